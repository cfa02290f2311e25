import type { ImportEntry } from '../../api.ts'
import { amount, count, difference } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { periodName } from './period-name.ts'

type Slice = NonNullable<ImportEntry['report']>['slices'][number]

/** What a file replaces, against the last vintage: rows, values and how much they change. */
export function ReportSlices({ slices }: { slices: readonly Slice[] }) {
  const { language, text } = useText()
  return (
    <div className="stacked">
      <h3>{text.imports.slices}</h3>
      <ScrollingTable label={text.imports.slices}>
        <thead>
          <tr>
            <th scope="col">{text.flow}</th>
            <th scope="col">{text.monthly.period}</th>
            <th scope="col">{text.imports.action}</th>
            {[text.wizard.rows, text.imports.before, text.imports.after, text.wizard.difference].map(
              (name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {slices.map((slice) => {
            const { before, after, currency } = valuesOf(slice)
            const change = difference(after, before)
            return (
              <tr key={`${slice.dataset} ${slice.flow} ${slice.period}`}>
                <td>{text.flows[slice.flow]}</td>
                <td className="nowrap">{periodName(slice.period, language)}</td>
                <td className="nowrap">{text.imports.actions[slice.action]}</td>
                <td className="number" data-label={text.wizard.rows}>
                  {count(slice.after.rows)}
                </td>
                <td className="number" data-label={text.imports.before}>
                  {before === null ? '—' : amount(before)}
                </td>
                <td className="number" data-label={text.imports.after}>
                  {after === null ? '—' : `${amount(after)} ${currency}`}
                </td>
                <td className="number" data-label={text.wizard.difference}>
                  {change === null ? '—' : signed(change)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </ScrollingTable>
    </div>
  )
}

/** Both in the currency that both have, dollars first. */
function valuesOf({ before, after }: Slice) {
  const dollars = after.valueUsd !== null && (before === null || before.valueUsd !== null)
  const of = (sum: Slice['before']) => (dollars ? sum?.valueUsd : sum?.valueCny) ?? null
  return { before: of(before), after: of(after), currency: dollars ? 'USD' : 'CNY' }
}

function signed(value: string): string {
  const text = amount(value)
  return /[1-9]/.test(text) && !value.startsWith('-') ? `+${text}` : text
}
