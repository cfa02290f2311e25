import { App, Button } from 'antd'
import { useBouncedAddresses, useForgive } from '../../api-alerts.ts'
import { dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { failed } from './failed.tsx'

/** Addresses nothing is written to any more because mail came back; each can be written to again. Nothing where there is none. */
export function Addresses() {
  const { text } = useText()
  const labels = text.alerts.mails
  const app = App.useApp()
  const addresses = useBouncedAddresses()
  const forgive = useForgive()
  const found = addresses.data?.data ?? []
  if (found.length === 0) return null
  return (
    <Section title={labels.addresses}>
      <ScrollingTable label={labels.addresses}>
        <thead>
          <tr>
            <th scope="col">{labels.address}</th>
            <th scope="col">{labels.since}</th>
            <th scope="col">{labels.reason}</th>
            <th scope="col">
              <span className="visually-hidden">{labels.again}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ address, at, status, diagnostic }) => (
            <tr key={address}>
              <th scope="row">{address}</th>
              <td className="nowrap">{dayAndTime(at)}</td>
              <td>
                {status} {diagnostic}
              </td>
              <td>
                <Button
                  size="small"
                  aria-label={labels.againTo(address)}
                  loading={forgive.isPending && forgive.variables === address}
                  onClick={() => forgive.mutate(address, { onError: failed(app) })}
                >
                  {labels.again}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </Section>
  )
}
