import type { ImportEntry } from '../../api.ts'
import { amount, count } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { periodName } from './period-name.ts'

type Report = NonNullable<ImportEntry['report']>

/** Sums by flow, period and currency. */
export function ReportTotals({ title, totals }: { title: string; totals: Report['totals'] }) {
  const { language, text } = useText()
  return (
    <div className="stacked">
      <h3>{title}</h3>
      <ScrollingTable label={title}>
        <thead>
          <tr>
            <th scope="col">{text.flow}</th>
            <th scope="col">{text.monthly.period}</th>
            <th scope="col">{text.currency}</th>
            <th scope="col" className="number">
              {text.wizard.rows}
            </th>
            <th scope="col" className="number">
              {text.wizard.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map((total) => (
            <tr key={`${total.flow} ${total.period} ${total.currency}`}>
              <td>{text.flows[total.flow]}</td>
              <td className="nowrap">{periodName(total.period, language)}</td>
              <td>{total.currency}</td>
              <td className="number" data-label={text.wizard.rows}>
                {count(total.rows)}
              </td>
              <td className="number" data-label={text.wizard.amount}>
                {amount(total.value)}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </div>
  )
}
