import type * as Danfo from 'danfojs-node'
import type { Frame } from '../indicators/frame.ts'
import {
  type Aggregate,
  type Axis,
  type Correlation,
  type Description,
  finite,
  type PivotTable,
  type Results,
  type Task,
} from './task.ts'

type DanfoLibrary = typeof Danfo
type Column = InstanceType<DanfoLibrary['Series']>

/** Answers a task with the data frame library, which the caller has loaded. */
export function compute(danfo: DanfoLibrary, task: Task): Results[Task['kind']] {
  switch (task.kind) {
    case 'pivot':
      return pivot(danfo, task)
    case 'describe':
      return task.frame.values.map((line) => description(danfo, line))
    case 'correlate':
      return correlations(danfo, task.frame)
    case 'rolling':
      return task.frame.values.map((line) => rolling(danfo, line, task))
  }
}

/** The library groups and aggregates but has no pivot: groups by row and column, then sets the groups out as a table. */
function pivot(danfo: DanfoLibrary, task: Extract<Task, { kind: 'pivot' }>): PivotTable {
  const rows = labelsOf(task.frame, task.rows)
  const columns = task.columns === null ? { labels: [''], at: () => 0 } : labelsOf(task.frame, task.columns)
  const observations = task.frame.values.flatMap((line, lineAt) =>
    line.flatMap((value, periodAt) =>
      value === null ? [] : [[`r${rows.at(lineAt, periodAt)}`, `c${columns.at(lineAt, periodAt)}`, value]],
    ),
  )
  const table: PivotTable = {
    rows: rows.labels,
    columns: columns.labels,
    cells: rows.labels.map(() => columns.labels.map(() => null)),
  }
  if (observations.length === 0) return table
  const names = ['row', 'column', 'value']
  const data = new danfo.DataFrame(observations, {
    columns: names,
    config: {},
    dtypes: ['string', 'string', 'float32'],
  })
  const groups = data
    .groupby(['row', 'column'])
    .col(['value'])
    .agg({ value: [task.aggregate, 'count'] })
  for (const [row, column, value, count] of groups.values as [string, string, number, number][]) {
    const cells = table.cells[Number(row.slice(1))]
    if (cells) cells[Number(column.slice(1))] = task.aggregate === 'std' && count < 2 ? null : finite(value)
  }
  return table
}

/** The labels along an axis in order, and the position of an observation's label among them. */
function labelsOf(frame: Frame, axis: Axis): { labels: string[]; at(line: number, period: number): number } {
  const byPeriod = axis === 'period' || axis === 'year'
  const own = byPeriod
    ? frame.periods.map((period) => (axis === 'year' ? period.slice(0, 4) : period))
    : frame.lines.map((codes) => codes[axis] ?? '')
  const labels = axis === 'period' ? own : [...new Set(own)].sort()
  const places = new Map(labels.map((label, index) => [label, index]))
  const positions = own.map((label) => places.get(label) ?? 0)
  return { labels, at: (line, period) => positions[byPeriod ? period : line] ?? 0 }
}

/** The library's own describe cannot leave out missing values, so each statistic is asked of the present ones. */
function description(danfo: DanfoLibrary, line: readonly (number | null)[]): Description {
  const present = line.filter((value) => value !== null)
  const counted = { count: present.length, missing: line.length - present.length }
  if (present.length === 0) {
    return { ...counted, sum: null, mean: null, std: null, min: null, median: null, max: null }
  }
  const column = new danfo.Series(present)
  const of = (aggregate: Aggregate) => statistic(column, aggregate)
  return {
    ...counted,
    sum: of('sum'),
    mean: of('mean'),
    std: of('std'),
    min: of('min'),
    median: of('median'),
    max: of('max'),
  }
}

/** The library has no correlation: Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²) from its columns. */
function correlations(danfo: DanfoLibrary, frame: Frame): Correlation[] {
  return frame.values.flatMap((first, a) =>
    frame.values.slice(a + 1).map((second, at) => {
      const pairs = first.flatMap((x, index) => {
        const y = second[index] ?? null
        return x === null || y === null ? [] : [[x, y] as const]
      })
      const correlation = pairs.length < 2 ? null : pearson(danfo, pairs)
      return { a, b: a + 1 + at, correlation, observations: pairs.length }
    }),
  )
}

function pearson(danfo: DanfoLibrary, pairs: readonly (readonly [number, number])[]): number | null {
  const deviations = ([0, 1] as const).map((side) => {
    const column = new danfo.Series(pairs.map((pair) => pair[side]))
    return column.sub(column.mean()) as Column
  })
  const [x, y] = deviations
  if (!x || !y) return null
  const together = (a: Column, b: Column) => (a.mul(b) as Column).sum()
  const both = Math.sqrt(together(x, x) * together(y, y))
  return both === 0 ? null : finite(Math.min(1, Math.max(-1, together(x, y) / both)))
}

/** The library has no windows: each is a slice of the column. Null until a window is full, and where it holds a gap. */
function rolling(
  danfo: DanfoLibrary,
  line: readonly (number | null)[],
  { window, aggregate }: { window: number; aggregate: Aggregate },
): (number | null)[] {
  return line.map((_, end) => {
    const values = line.slice(Math.max(0, end + 1 - window), end + 1).filter((value) => value !== null)
    return values.length < window ? null : statistic(new danfo.Series(values), aggregate)
  })
}

function statistic(column: Column, aggregate: Aggregate): number | null {
  if (aggregate === 'count') return column.count()
  if (aggregate === 'std' && column.count() < 2) return null
  return finite(column[aggregate]())
}
