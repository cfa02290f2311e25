import { type Projected, projectionAddress, useProjection, useWorldData } from '../../api-change.ts'
import { money, share, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { PictureBox } from '../explorer/PictureBox.tsx'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { Loaded } from '../Loaded.tsx'
import { ScrollBox } from '../ScrollBox.tsx'
import { Section } from '../Section.tsx'
import { NeedsData, needsOf } from './NeedsData.tsx'
import { type Point, Scatter } from './Scatter.tsx'

const shownRows = 50

/** The city in the product space of a table solved without it: complexity against nearness. */
export function SpaceSection({ year }: { year: string }) {
  const { text } = useText()
  const labels = text.competitiveness.space
  const world = useWorldData()
  const answer = useProjection(year, world?.complexities ?? false)
  const refused = needsOf(answer.error, world?.complexities)
  return (
    <Section
      title={labels.title}
      extra={
        answer.data && (
          <HowComputed
            computation={{
              of: labels.title,
              formulas: [],
              says: [text.competitiveness.formulas.projection],
              url: projectionAddress(year),
              ...accountOf(answer.data.meta),
            }}
          />
        )
      }
    >
      {refused !== null ? (
        <NeedsData title={labels.needs} next={labels.needsNext} reason={labels.reason} detail={refused} />
      ) : (
        <Loaded query={answer} rows={8}>
          {({ data, meta }) => (
            <>
              <p className="gap-below-small">
                {labels.answer({
                  eci: figure(meta.eci),
                  weighted: figure(meta.weightedPci),
                  coverage: share(meta.coverage),
                })}
              </p>
              <p className="muted gap-below-small">{labels.from(meta.scores.origin, meta.scores.edition)}</p>
              <Products rows={data} />
            </>
          )}
        </Loaded>
      )}
    </Section>
  )
}

function Products({ rows }: { rows: Projected[] }) {
  const { language, text } = useText()
  const { columns, space: labels } = text.competitiveness
  const unit = unitFor(
    rows.map(({ exports }) => exports),
    { currency: 'USD', language, use: 'table' },
  )
  const named = (row: Projected) => nameOf({ ...row, nameZh: row.name }, language)
  const points = rows.flatMap(({ density, pci, rca, exports, ...row }): Point[] =>
    density === null || pci === null
      ? []
      : [
          {
            name: nameOf({ ...row, nameZh: row.name }, language),
            x: density,
            y: pci,
            weight: Number(exports),
            strong: (rca ?? 0) >= 1,
            detail: `PCI ${pci.toFixed(2)}, ${density.toFixed(2)}`,
          },
        ],
  )
  return (
    <div className="lines-and-bars">
      <ScrollBox label={text.tableOf(labels.title)} tall>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{columns.product}</th>
              <th scope="col" className="number">{`${columns.exports} (${unit.label})`}</th>
              <th scope="col" className="number">
                {columns.rca}
              </th>
              <th scope="col" className="number">
                {columns.pci}
              </th>
              <th scope="col" className="number">
                {columns.density}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  {row.name !== null && <span className="muted code">{row.code}</span>} {named(row)}
                </th>
                <td className="number">{money(row.exports, unit)}</td>
                <td className="number">{figure(row.rca)}</td>
                <td className="number">{figure(row.pci)}</td>
                <td className="number">{figure(row.density)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {points.length > 0 && (
        <PictureBox name="product-space">
          <Scatter
            points={points}
            axes={{ x: labels.x, y: labels.y }}
            legend={{ strong: labels.strong, weak: labels.weak }}
            label={labels.spoken(points.length)}
          />
        </PictureBox>
      )}
    </div>
  )
}

function figure(value: number | null): string {
  return value === null ? '—' : value.toFixed(2).replace('-', '−')
}
