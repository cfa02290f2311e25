import { Button, Modal } from 'antd'
import { type TrainingEvent, useSignUps } from '../../api-portal.ts'
import { dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'

/** Who comes to an event, to be seen and taken along as a workbook. */
export function SignUpList({ event, onClose }: { event: TrainingEvent; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.events
  const signUps = useSignUps(event.id)
  return (
    <Modal
      open
      title={labels.listOf(event.title)}
      width={760}
      onCancel={onClose}
      footer={
        <Button href={`/api/v1/events/${event.id}/sign-ups?format=xlsx`} download>
          {labels.export}
        </Button>
      }
    >
      <Loaded query={signUps} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.noSignUps} />
          ) : (
            <ScrollingTable label={labels.list}>
              <thead>
                <tr>
                  <th scope="col">{labels.enterprise}</th>
                  <th scope="col" className="number">
                    {labels.people}
                  </th>
                  <th scope="col">{labels.contact}</th>
                  <th scope="col">{labels.phone}</th>
                  <th scope="col">{labels.when}</th>
                </tr>
              </thead>
              <tbody>
                {data.map((row) => (
                  <tr key={row.enterpriseId}>
                    <th scope="row">{row.enterprise}</th>
                    <td className="number">{row.people}</td>
                    <td>{row.contact}</td>
                    <td className="nowrap">{row.phone}</td>
                    <td className="nowrap">{dayAndTime(row.signedUpAt)}</td>
                  </tr>
                ))}
              </tbody>
            </ScrollingTable>
          )
        }
      </Loaded>
    </Modal>
  )
}
