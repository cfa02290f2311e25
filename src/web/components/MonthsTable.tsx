import type { GrowthRow } from '../api.ts'
import { type MoneyUnit, money, month } from '../format.ts'
import { useText } from '../language.tsx'
import { Change } from './Change.tsx'
import { ScrollingTable } from './ScrollingTable.tsx'

/** The figures behind a chart of months, newest first. */
export function MonthsTable({ rows, unit, label }: { rows: GrowthRow[]; unit: MoneyUnit; label: string }) {
  const { language, text } = useText()
  return (
    <ScrollingTable label={label}>
      <thead>
        <tr>
          <th scope="col">{text.monthly.period}</th>
          <th scope="col" className="number">{`${text.value} (${unit.label})`}</th>
          <th scope="col" className="number">
            {text.yoy}
          </th>
          <th scope="col" className="number">{`${text.monthly.ytd} (${unit.label})`}</th>
          <th scope="col" className="number">
            {text.monthly.ytdYoy}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row) => (
          <tr key={row.period}>
            <th scope="row">{month(row.period, language)}</th>
            <td className="number">{money(row.value, unit)}</td>
            <td className="number">
              <Change value={row.yoy} />
            </td>
            <td className="number">{money(row.ytd, unit)}</td>
            <td className="number">
              <Change value={row.ytdYoy} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
