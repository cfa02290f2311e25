import { useStructure } from '../../api.ts'
import { type Advantage, competitivenessAddress, useCompetitiveness, useWorldData } from '../../api-change.ts'
import { count, growth, money, share, unitFor } from '../../format.ts'
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

/** Revealed comparative advantage by product, and against growth; without world data, which to load. */
export function AdvantageSection({ year }: { year: string }) {
  const { text } = useText()
  const labels = text.competitiveness.rca
  const filter = { measure: 'rca', year, top: 2000 } as const
  const world = useWorldData()
  const answer = useCompetitiveness(filter, world?.exports ?? false)
  const refused = needsOf(answer.error, world?.exports)
  return (
    <Section
      title={labels.title}
      extra={
        answer.data && (
          <HowComputed
            computation={{
              of: labels.title,
              formulas: [],
              says: [text.competitiveness.formulas.rca],
              url: competitivenessAddress(filter),
              ...accountOf(answer.data.meta),
            }}
          />
        )
      }
    >
      {refused !== null ? (
        <NeedsData
          title={labels.needs}
          next={labels.needsNext(year)}
          reason={labels.reason}
          detail={refused}
        />
      ) : (
        <Loaded query={answer} rows={10}>
          {({ data, meta }) => (
            <>
              <p className="muted gap-below-small">{labels.world(meta.world.join(text.comma))}</p>
              {meta.rcepImports?.share !== null && meta.rcepImports && (
                <p className="gap-below-small">
                  {labels.rcep({
                    products: count(meta.rcepImports.products),
                    share: share(meta.rcepImports.share),
                    parties: meta.rcepImports.parties.join(text.comma),
                  })}
                </p>
              )}
              <Advantages rows={data} level={meta.level} year={year} />
            </>
          )}
        </Loaded>
      )}
    </Section>
  )
}

function Advantages({ rows, level, year }: { rows: Advantage[]; level: number; year: string }) {
  const { language, text } = useText()
  const { columns, notes, rca: labels } = text.competitiveness
  const by = ({ 2: 'hs2', 4: 'hs4', 6: 'hs6' } as const)[level] ?? 'hs6'
  const grown = useStructure({ flow: 'export', currency: 'USD', from: year, to: year, by, top: 20_000 })
  const yoy = new Map(grown.data?.data.map((line) => [line.code, line.yoy]))
  const unit = unitFor(
    rows.map(({ exports }) => exports),
    { currency: 'USD', language, use: 'table' },
  )
  const named = (row: Advantage) => nameOf({ ...row, nameZh: row.name }, language)
  const points = rows.flatMap((row): Point[] => {
    const rate = yoy.get(row.code) ?? null
    if (row.index === null || rate === null) return []
    return [
      {
        name: named(row),
        x: symmetric(row.index),
        y: rate * 100,
        weight: Number(row.exports),
        strong: row.index > 1,
        detail: `RCA ${row.index.toFixed(2)}, ${growth(rate)}`,
      },
    ]
  })
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
                {columns.rsca}
              </th>
              <th scope="col" className="number">
                {columns.yoy}
              </th>
              <th scope="col" className="number">
                {columns.firms}
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
                <td className="number">
                  {row.index === null ? (notes[row.note ?? ''] ?? '') : row.index.toFixed(2)}
                </td>
                <td className="number">{row.index === null ? '' : symmetric(row.index).toFixed(2)}</td>
                <td className="number">{growth(yoy.get(row.code))}</td>
                <td className="number">{row.firms === null ? '' : count(row.firms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <PictureBox name="rca">
        <p className="muted">{labels.quadrants}</p>
        <Scatter
          points={points}
          axes={{ x: labels.x, y: labels.y }}
          legend={{ strong: text.competitiveness.space.strong, weak: text.competitiveness.space.weak }}
          label={labels.spoken(points.length)}
        />
      </PictureBox>
    </div>
  )
}

/** RSCA: (RCA − 1) / (RCA + 1). */
function symmetric(rca: number): number {
  return (rca - 1) / (rca + 1)
}
