import { competitivenessAddress, useCompetitiveness } from '../../api-change.ts'
import { count, money, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { Loaded } from '../Loaded.tsx'
import { ScrollBox } from '../ScrollBox.tsx'
import { Section } from '../Section.tsx'

const all = 20_000

/** Specialisation and two-way trade by product, largest exports first; they need nothing but own exports and imports. */
export function OwnSection({ year, level }: { year: string; level: number }) {
  const { language, text } = useText()
  const { own, columns, notes, formulas } = text.competitiveness
  const specialised = { measure: 'tsc', year, level, top: all } as const
  const tsc = useCompetitiveness(specialised)
  const gl = useCompetitiveness({ measure: 'gl', year, level, top: all })
  const twoWay = new Map(gl.data?.data.map((row) => [row.code, row.index]))
  return (
    <Section
      title={own.title}
      extra={
        tsc.data && (
          <HowComputed
            computation={{
              of: own.title,
              formulas: [],
              says: [formulas.tsc, formulas.gl],
              url: competitivenessAddress(specialised),
              ...accountOf(tsc.data.meta),
            }}
          />
        )
      }
    >
      <p className="muted gap-below-small">{own.note}</p>
      <Loaded query={tsc} rows={10}>
        {({ data }) => {
          const rows = data.toSorted((a, b) => Number(b.exports) - Number(a.exports))
          const unit = unitFor(
            rows.flatMap(({ exports, imports }) => [exports, imports]),
            { currency: 'USD', language, use: 'table' },
          )
          const figure = (index: number | null | undefined, note: string | null) =>
            typeof index === 'number' ? index.toFixed(2) : (notes[note ?? ''] ?? '')
          return (
            <ScrollBox label={text.tableOf(own.title)} tall>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{columns.product}</th>
                    <th scope="col" className="number">{`${columns.exports} (${unit.label})`}</th>
                    <th scope="col" className="number">{`${columns.imports} (${unit.label})`}</th>
                    <th scope="col" className="number">
                      {columns.tsc}
                    </th>
                    <th scope="col" className="number">
                      {columns.gl}
                    </th>
                    <th scope="col" className="number">
                      {columns.firms}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.code}>
                      <th scope="row">
                        {row.name !== null && <span className="muted code">{row.code}</span>}{' '}
                        {nameOf({ ...row, nameZh: row.name }, language)}
                      </th>
                      <td className="number">{money(row.exports, unit)}</td>
                      <td className="number">{money(row.imports, unit)}</td>
                      <td className="number">{figure(row.index, row.note)}</td>
                      <td className="number">{figure(twoWay.get(row.code), row.note)}</td>
                      <td className="number">{row.firms === null ? '' : count(row.firms)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }}
      </Loaded>
    </Section>
  )
}
