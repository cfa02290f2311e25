import { Segmented } from 'antd'
import { type StructureRow, structureAddress, useStructure } from '../../api.ts'
import { money, points, signedMoney, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { useChoice } from '../../use-choice.ts'
import { PictureBox } from '../explorer/PictureBox.tsx'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { Loaded } from '../Loaded.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { asked, type ChangeSelection } from './selection.ts'
import { Waterfall } from './Waterfall.tsx'

const ways = ['hs2', 'partner', 'enterprise'] as const
const mostSteps = 8

/** The lines that moved the total most, as steps from nothing to its growth; all others are one step. */
export function WhoPulled(props: {
  selection: ChangeSelection
  onChange: (changes: Record<string, string>) => void
}) {
  const { language, text } = useText()
  const { selection, onChange } = props
  const labels = text.change.who
  const [way, choose] = useChoice('of', ways)
  const by = way === 'hs2' ? productsUnder(selection.filters.hs) : way
  const filter = { ...asked(selection), from: selection.from, to: selection.to, by, top: 20_000 }
  const structure = useStructure(filter)
  const named = (line: StructureRow) => nameOf({ ...line, nameZh: line.name }, language)
  return (
    <Section
      title={labels.title}
      extra={
        <>
          {structure.data && (
            <HowComputed
              computation={{
                of: labels.title,
                formulas: [],
                says: [text.change.formulas.pull],
                url: structureAddress(filter),
                ...accountOf(structure.data.meta),
              }}
            />
          )}
          <Segmented
            aria-label={labels.of}
            value={way}
            onChange={choose}
            options={ways.map((value) => ({ value, label: labels.by[value] }))}
          />
        </>
      }
    >
      <Loaded query={structure} rows={8}>
        {({ data, meta }) => {
          const lines = data.filter((line) => line.pull !== null && line.pull !== 0)
          if (meta.pull === null || lines.length === 0) return <p className="muted">{text.noComparison}</p>
          const ordered = lines.toSorted((a, b) => Math.abs(b.pull ?? 0) - Math.abs(a.pull ?? 0))
          const [shown, rest] = [ordered.slice(0, mostSteps), ordered.slice(mostSteps)]
          const restPull = rest.reduce((sum, line) => sum + (line.pull ?? 0), 0)
          const steps = [
            ...shown.map((line) => ({ name: named(line), pull: line.pull ?? 0 })),
            ...(rest.length > 0 ? [{ name: labels.rest(rest.length), pull: restPull }] : []),
          ]
          const unit = unitFor(
            shown.flatMap((line) => [line.value, line.base]),
            {
              currency: selection.currency,
              language,
              use: 'table',
            },
          )
          const filterBy = { hs2: 'hs', partner: 'partner', enterprise: 'enterprise' }[way]
          return (
            <div className="lines-and-bars">
              <ScrollingTable label={labels.title}>
                <thead>
                  <tr>
                    <th scope="col">{labels.by[way]}</th>
                    <th scope="col" className="number">{`${text.change.tree.before} (${unit.label})`}</th>
                    <th scope="col" className="number">{`${text.change.tree.after} (${unit.label})`}</th>
                    <th scope="col" className="number">
                      {text.change.difference}
                    </th>
                    <th scope="col" className="number">
                      {text.structure.pull}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((line) => (
                    <tr key={line.code}>
                      <th scope="row">
                        {line.code === 'unclassified' ? (
                          named(line)
                        ) : (
                          <button
                            type="button"
                            className="drill"
                            onClick={() => onChange({ [filterBy]: line.code })}
                          >
                            {named(line)}
                          </button>
                        )}
                      </th>
                      <td className="number">{money(line.base, unit)}</td>
                      <td className="number">{money(line.value, unit)}</td>
                      <td className="number">{signedMoney(line.change, unit)}</td>
                      <td className="number">{points(line.pull, 2)}</td>
                    </tr>
                  ))}
                  {rest.length > 0 && (
                    <tr>
                      <th scope="row">{labels.rest(rest.length)}</th>
                      <td />
                      <td />
                      <td />
                      <td className="number">{points(restPull.toFixed(6), 2)}</td>
                    </tr>
                  )}
                  <tr className="sum">
                    <th scope="row">{labels.whole}</th>
                    <td className="number">{money(meta.base, unit)}</td>
                    <td className="number">{money(meta.total, unit)}</td>
                    <td />
                    <td className="number">{points(meta.pull, 2)}</td>
                  </tr>
                </tbody>
              </ScrollingTable>
              <PictureBox name={`pull-${way}`}>
                <Waterfall steps={steps} total={meta.pull} />
              </PictureBox>
            </div>
          )
        }}
      </Loaded>
    </Section>
  )
}

/** Chapters, or what a code is made of: headings of a chapter, the products of a heading. */
function productsUnder(hs: string | undefined): 'hs2' | 'hs4' | 'hs8' {
  if (hs === undefined) return 'hs2'
  return hs.length === 2 ? 'hs4' : 'hs8'
}
