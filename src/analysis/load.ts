import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { fromUnits } from '../indicators/exact.ts'
import type { Frame, FrameMeasure } from '../indicators/frame.ts'
import { nameOf } from '../indicators/lines.ts'
import { type FrameDimension, type LoadedFrame, loadFrame } from '../indicators/load-frame.ts'
import { loadNames } from '../indicators/reference-queries.ts'
import type { selection } from '../indicators/schema.ts'
import { computeAside } from './aside-job.ts'
import { analysisFormulas } from './formulas.ts'
import {
  type CorrelateQuery,
  type CorrelateReply,
  type DescribeQuery,
  type DescribeReply,
  mostCells,
  mostObservations,
  type PivotQuery,
  type PivotReply,
  type RollingQuery,
  type RollingReply,
} from './schema.ts'
import type { Aggregate, Axis } from './task.ts'

type Selected = Pick<PivotQuery, keyof typeof selection>
type Label = PivotReply['meta']['columns'][number]

interface Asked {
  selected: Selected
  dimensions: readonly FrameDimension[]
  measure: FrameMeasure
  shown: Record<string, string>
}

/** Money of a selection set out by two labels: period, year, product, partner, … */
export async function loadPivot(db: Database, query: PivotQuery, now: Date): Promise<PivotReply> {
  const { rows, columns = null, aggregate = 'sum', ...selected } = query
  if (rows === columns) throw invalid('columns', columns, 'another than rows')
  const dimensions = [rows, columns].filter((axis) => axis !== null && axis !== 'period' && axis !== 'year')
  if (dimensions.length === 2 && dimensions.every((axis) => axis?.startsWith('hs'))) {
    throw invalid('columns', columns, 'not a product code where the rows are one')
  }
  const lines = dimensions as FrameDimension[]
  const shown = { rows, ...(columns === null ? {} : { columns }), aggregate }
  const loaded = await load(db, { selected, dimensions: lines, measure: 'value', shown }, now)
  const axisOf = (axis: typeof rows): Axis =>
    axis === 'period' || axis === 'year' ? axis : lines.indexOf(axis) === 0 ? 0 : 1
  const axes = { rows: axisOf(rows), columns: columns === null ? null : axisOf(columns) }
  rejectWidePivot(loaded.frame, axes)
  const table = await computeAside({ kind: 'pivot', frame: loaded.frame, ...axes, aggregate })
  const [rowLabels, columnLabels] = [
    await labelled(db, rows, table.rows),
    await labelled(db, columns, table.columns),
  ]
  const shownAs = figures(loaded.frame, aggregate)
  return {
    data: rowLabels.map((label, row) => ({ ...label, values: (table.cells[row] ?? []).map(shownAs) })),
    meta: { ...metaOf(loaded, 'pivot'), columns: columnLabels },
  }
}

/** How the observations of each line are spread. */
export async function loadDescription(db: Database, query: DescribeQuery, now: Date): Promise<DescribeReply> {
  const { by, measure = 'value', ...selected } = query
  const loaded = await load(db, { ...lineAsk(by, measure), selected }, now)
  const found = await computeAside({ kind: 'describe', frame: loaded.frame })
  const labels = await lineLabels(db, by, loaded.frame)
  const money = figures(loaded.frame, 'sum')
  const scaled = figures(loaded.frame, 'mean') as (value: number | null) => number | null
  return {
    data: found.map((line, at) => ({
      ...(labels[at] ?? all),
      ...line,
      sum: money(line.sum),
      min: money(line.min),
      max: money(line.max),
      mean: scaled(line.mean),
      std: scaled(line.std),
      median: scaled(line.median),
    })),
    meta: metaOf(loaded, 'describe'),
  }
}

/** How closely the largest lines move together. */
export async function loadCorrelations(
  db: Database,
  query: CorrelateQuery,
  now: Date,
): Promise<CorrelateReply> {
  const { by, measure = 'yoy', top = 10, ...selected } = query
  const loaded = await load(db, { ...lineAsk(by, measure, { top }), selected, top }, now)
  const found = await computeAside({ kind: 'correlate', frame: loaded.frame })
  const labels = await lineLabels(db, by, loaded.frame)
  return {
    data: found.map(({ a, b, ...pair }) => ({ a: labels[a] ?? all, b: labels[b] ?? all, ...pair })),
    meta: metaOf(loaded, 'correlate'),
  }
}

/** A statistic over a moving window of the largest lines. */
export async function loadRolling(db: Database, query: RollingQuery, now: Date): Promise<RollingReply> {
  const { by, measure = 'value', top = 10, window, aggregate = 'mean', ...selected } = query
  const loaded = await load(db, { ...lineAsk(by, measure, { top, window, aggregate }), selected, top }, now)
  const { frame } = loaded
  const found = await computeAside({ kind: 'rolling', frame, window, aggregate })
  const labels = await lineLabels(db, by, frame)
  const [own, rolled] = [figures(frame, 'sum'), figures(frame, aggregate)]
  return {
    data: labels.flatMap((label, line) =>
      frame.periods.map((period, at) => ({
        ...label,
        period,
        value: own(frame.values[line]?.[at] ?? null),
        rolling: rolled(found[line]?.[at] ?? null),
      })),
    ),
    meta: metaOf(loaded, 'rolling'),
  }
}

const all: Label = { code: null, name: null, nameEn: null }

function lineAsk(by: FrameDimension | undefined, measure: FrameMeasure, more: Record<string, unknown> = {}) {
  const given = Object.entries({ ...(by === undefined ? {} : { by }), ...more })
  const shown = Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
  return { dimensions: by === undefined ? [] : [by], measure, shown }
}

async function load(db: Database, asked: Asked & { top?: number }, now: Date): Promise<LoadedFrame> {
  const { selected, dimensions, measure, top } = asked
  const ask = { selection: selected, dimensions, measure, mostRows: mostObservations, top: top ?? null }
  const loaded = await loadFrame(db, ask, now)
  return { ...loaded, meta: { ...loaded.meta, filters: { ...loaded.meta.filters, ...asked.shown } } }
}

function rejectWidePivot(frame: Frame, axes: { rows: Axis; columns: Axis | null }): void {
  const lengthOf = (axis: Axis | null) => {
    if (axis === null) return 1
    if (axis === 'period' || axis === 'year') return frame.periods.length
    return new Set(frame.lines.map((codes) => codes[axis])).size
  }
  const cells = lengthOf(axes.rows) * lengthOf(axes.columns)
  if (cells > mostCells) {
    throw invalid('rows', `${cells} cells`, `a pivot of at most ${mostCells} cells (rows × columns)`)
  }
}

/** Sums, least and largest of whole units are money again; other statistics are doubles. */
function figures(frame: Frame, aggregate: Aggregate): (value: number | null) => string | number | null {
  const { places } = frame
  if (places === null || aggregate === 'count') return (value) => value
  if (['sum', 'min', 'max'].includes(aggregate)) {
    return (value) => (value === null ? null : fromUnits(BigInt(value), places).toFixed())
  }
  return (value) => (value === null ? null : value / 10 ** places)
}

function lineLabels(db: Database, by: FrameDimension | undefined, frame: Frame): Promise<Label[]> {
  const codes = frame.lines.map(([code = '']) => code)
  return by === undefined ? Promise.resolve(codes.map(() => all)) : labelled(db, by, codes)
}

async function labelled(db: Database, axis: PivotQuery['rows'] | null, codes: string[]): Promise<Label[]> {
  if (axis === null) return codes.map(() => all)
  if (axis === 'period' || axis === 'year') return codes.map((code) => ({ ...all, code }))
  const names = await loadNames(db, axis, codes)
  return codes.map((code) => {
    const name = nameOf(code, axis, names)
    return { code, name: name?.zh ?? null, nameEn: name?.en ?? null }
  })
}

function metaOf({ frame, meta }: LoadedFrame, kind: keyof typeof analysisFormulas) {
  const inexact =
    frame.places === null && meta.filters.measure === 'value'
      ? [{ code: 'rounded', detail: 'values of this size are added up as doubles of 15 digits' }]
      : []
  const merged = frame.periods.filter((period) => period.includes('/'))
  const uneven =
    merged.length === 0 || meta.filters.measure !== 'value' || kind === 'pivot' || kind === 'correlate'
      ? []
      : [{ code: 'merged-period', detail: `${merged.join(', ')}: one observation of two months` }]
  return {
    ...meta,
    warnings: [...meta.warnings, ...uneven, ...inexact],
    periods: frame.periods,
    observations: frame.lines.length * frame.periods.length,
    formulas: analysisFormulas[kind],
  }
}
