import type { ReactNode } from 'react'
import { type Decomposition, type DecompositionFilter, decompositionAddress } from '../../api-change.ts'
import { count, points, signedMoney, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { PictureBox } from '../explorer/PictureBox.tsx'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { Waterfall } from './Waterfall.tsx'

/** A section's heading with the account of its answer. */
export function DecompositionSection(props: {
  title: string
  formula: string
  filter: DecompositionFilter
  meta: Decomposition['meta'] | undefined
  children: ReactNode
}) {
  const { title, formula, filter, meta, children } = props
  return (
    <Section
      title={title}
      extra={
        meta && (
          <HowComputed
            computation={{
              of: title,
              formulas: [],
              says: [formula],
              url: decompositionAddress(filter),
              ...accountOf(meta),
            }}
          />
        )
      }
    >
      {children}
    </Section>
  )
}

/** The parts of a change: a table that adds up, beside it a waterfall of their pulls. */
export function Parts({ answer, name }: { answer: Decomposition; name: string }) {
  const { language, text } = useText()
  const { data, meta } = answer
  const currency = meta.currency === 'CNY' ? 'CNY' : 'USD'
  const unit = unitFor([...data.map(({ change }) => change), meta.change], {
    currency,
    language,
    use: 'table',
  })
  const withIndex = data.some(({ index }) => index !== null)
  const withCells = data.some(({ cells }) => cells !== null)
  const named = (code: string) => text.change.parts[code] ?? code
  const whole = data.reduce((sum, { pull }) => sum + (pull ?? 0), 0)
  return (
    <>
      <Remarks warnings={meta.warnings} />
      <div className="lines-and-bars">
        <ScrollingTable label={name}>
          <thead>
            <tr>
              <th scope="col">{text.change.part}</th>
              <th scope="col" className="number">{`${text.change.difference} (${unit.label})`}</th>
              <th scope="col" className="number">
                {text.structure.pull}
              </th>
              {withIndex && (
                <th scope="col" className="number">
                  {text.change.price.index}
                </th>
              )}
              {withCells && (
                <th scope="col" className="number">
                  {text.change.margins.cells}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.map(({ code, change, pull, index, cells }) => (
              <tr key={code}>
                <th scope="row">{named(code)}</th>
                <td className="number">{signedMoney(change, unit)}</td>
                <td className="number">{points(pull, 2)}</td>
                {withIndex && <td className="number">{index === null ? '' : index.toFixed(4)}</td>}
                {withCells && <td className="number">{cells === null ? '' : count(cells)}</td>}
              </tr>
            ))}
            <tr className="sum">
              <th scope="row">{text.change.who.whole}</th>
              <td className="number">{signedMoney(meta.change, unit)}</td>
              <td className="number">{points(whole.toFixed(6), 2)}</td>
              {withIndex && <td />}
              {withCells && <td />}
            </tr>
          </tbody>
        </ScrollingTable>
        <PictureBox name={name}>
          <Waterfall
            steps={data.map(({ code, pull }) => ({ name: named(code), pull: pull ?? 0 }))}
            total={whole}
          />
        </PictureBox>
      </div>
    </>
  )
}

/** What the answer remarks on itself, in the reader's words where there are any. */
function Remarks({ warnings }: { warnings: Decomposition['meta']['warnings'] }) {
  const { text } = useText()
  return warnings.map(({ code, detail }) => (
    <p key={code} className="note">
      {text.change.warnings[code] ?? detail}
    </p>
  ))
}
