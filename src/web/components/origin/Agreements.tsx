import type { Advice } from '../../api.ts'
import { amount, missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { agreementText, rateText } from '../rcep/rate-text.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'

/** The bill under RCEP and every other agreement between the two; one shipment uses one of them. */
export function Agreements({ advice, currency }: { advice: Advice; currency: string }) {
  const { text } = useText()
  const labels = text.preference.bill.agreements
  if (advice.agreements.length < 2) return null
  const isPriced = advice.agreements.some(({ duty }) => duty !== null)
  return (
    <Section title={labels.title}>
      <ScrollingTable label={labels.title}>
        <thead>
          <tr>
            <th scope="col">{labels.agreement}</th>
            <th scope="col">{labels.verdict}</th>
            <th scope="col" className="number">
              {labels.rate}
            </th>
            {isPriced && (
              <th scope="col" className="number">
                {labels.duty(currency)}
              </th>
            )}
            <th scope="col">{labels.rule}</th>
            <th scope="col">{labels.missing}</th>
          </tr>
        </thead>
        <tbody>
          {advice.agreements.map((one) => (
            <tr key={one.agreement} className={advice.best?.agreement === one.agreement ? 'best' : ''}>
              <th scope="row">{agreementText(one.agreement, text)}</th>
              <td>
                {text.rcep.verdicts[one.verdict]}
                {one.codes.length > 0 && <div className="muted">{one.codes.join(' ')}</div>}
              </td>
              <td className="number">{one.rate === null ? missing : rateText(one.rate, text)}</td>
              {isPriced && <td className="number">{one.duty === null ? missing : amount(one.duty)}</td>}
              <td>{one.rule?.text ?? missing}</td>
              <td>
                {one.missing.length === 0 ? (
                  missing
                ) : (
                  <ul className="lines">
                    {one.missing.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </Section>
  )
}
