import type { Frame } from '../indicators/frame.ts'

export const aggregates = ['sum', 'mean', 'median', 'min', 'max', 'std', 'count'] as const
export type Aggregate = (typeof aggregates)[number]

/** One label an observation, by line and period of the frame: what a pivot's rows or columns are. */
export type Axis = 'period' | 'year' | 0 | 1

/** What is asked of a frame; plain data, so that it can be sent to a process. */
export type Task =
  | { kind: 'pivot'; frame: Frame; rows: Axis; columns: Axis | null; aggregate: Aggregate }
  | { kind: 'describe'; frame: Frame }
  | { kind: 'correlate'; frame: Frame }
  | { kind: 'rolling'; frame: Frame; window: number; aggregate: Aggregate }

export interface PivotTable {
  rows: string[]
  /** One without a name where the pivot has no columns. */
  columns: string[]
  /** By row, then by column; null where no observation falls. */
  cells: (number | null)[][]
}

/** Of one line's observations; null where there are too few. */
export interface Description {
  count: number
  missing: number
  sum: number | null
  mean: number | null
  /** Sample standard deviation, over n − 1. */
  std: number | null
  min: number | null
  median: number | null
  max: number | null
}

/** Positions of two lines and Pearson's coefficient over the periods that both have. */
export interface Correlation {
  a: number
  b: number
  correlation: number | null
  observations: number
}

/** What each kind of task answers: descriptions and rolling values by line. */
export interface Results {
  pivot: PivotTable
  describe: Description[]
  correlate: Correlation[]
  rolling: (number | null)[][]
}

/** A figure that JSON can carry: null for what is not finite or not there. */
export function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null
}
