import type { Origin } from '../../api.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'

type Found = NonNullable<Origin['sensitivity']>

/** At which change of prices or of the exchange rate the verdict turns, and what changes of 5 and 10 % do. */
export function Sensitivity({ found }: { found: Found }) {
  const { text } = useText()
  const labels = text.preference.bill.sensitivity
  const tried = [...new Set(found.shocks.map(({ percent }) => percent))]
  return (
    <Section title={labels.title}>
      <ul className="lines gap-below">
        {found.limits.map((limit) => (
          <li key={limit.of}>{limit.text}</li>
        ))}
      </ul>
      <ScrollingTable label={labels.title}>
        <thead>
          <tr>
            <th scope="col">{labels.what}</th>
            {tried.map((percent) => (
              <th key={percent} scope="col">
                {`${percent.startsWith('-') ? `−${percent.slice(1)}` : `+${percent}`}%`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.limits.map(({ of }) => (
            <tr key={of}>
              <th scope="row">{labels.of[of]}</th>
              {found.shocks
                .filter((shock) => shock.of === of)
                .map(({ percent, verdict }) => (
                  <td key={percent} className={verdict === 'pass' ? 'good' : 'bad'}>
                    {text.rcep.verdicts[verdict]}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      <p className="muted">{labels.note}</p>
    </Section>
  )
}
