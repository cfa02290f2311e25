import type { GrowthRow } from '../api.ts'
import { partsOf } from '../format.ts'

export interface YearLine {
  year: number
  /** In the order of `periods`; null where the period was not loaded. */
  values: (string | null)[]
}

/**
 * Months of the latest year and the one before, over the same axis: `periods` are the month parts (`01/02`, `03` … `12`) that
 * either year has. The latest year is first; earlier years are left out.
 */
export function byYear(rows: readonly Pick<GrowthRow, 'period' | 'value'>[]): {
  periods: string[]
  lines: YearLine[]
} {
  const latest = Math.max(...rows.map((row) => partsOf(row.period).year))
  const shown = rows.filter((row) => partsOf(row.period).year >= latest - 1)
  const periods = [...new Set(shown.map((row) => row.period.slice(5)))].sort()
  const values = new Map(rows.map((row) => [row.period, row.value]))
  const lines = [latest, latest - 1]
    .filter((year) => rows.some((row) => partsOf(row.period).year === year))
    .map((year) => ({ year, values: periods.map((period) => values.get(`${year}-${period}`) ?? null) }))
  return { periods, lines }
}
