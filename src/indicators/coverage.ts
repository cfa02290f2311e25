import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  lastMonth,
  type Month,
  mergedPeriod,
  monthPeriod,
  monthRange,
  monthsOf,
  type Period,
  yearPeriod,
} from '../reference/period.ts'

export type Currency = 'USD' | 'CNY'

/** A loaded slice as far as a figure depends on it. */
export interface LoadedSlice {
  id: number
  /** First day, YYYY-MM-DD. */
  firstDay: string
  months: 1 | 2 | 12
  /** The only partner of a slice delivered by partner (W00 for all of them), otherwise null. */
  partner: string | null
  hsEdition: string
  loadedAt: Date
  currencies: Currency[]
}

/** Slices by the period they were loaded for. */
export type Coverage = ReadonlyMap<string, { period: Period; slices: LoadedSlice[] }>

export function periodOf(slice: Pick<LoadedSlice, 'firstDay' | 'months'>): Period {
  const year = Number(slice.firstDay.slice(0, 4))
  if (slice.months === 12) return yearPeriod(year)
  return slice.months === 2 ? mergedPeriod(year) : monthPeriod(year, Number(slice.firstDay.slice(5, 7)))
}

/**
 * Groups slices by period so that no month is counted twice: January and February count singly when both are there, otherwise by
 * their merged slice.
 */
export function coverageOf(slices: readonly LoadedSlice[]): Coverage {
  const found = new Map<string, { period: Period; slices: LoadedSlice[] }>()
  for (const slice of slices) {
    const period = periodOf(slice)
    const key = formatPeriod(period)
    const entry = found.get(key) ?? { period, slices: [] }
    found.set(key, entry)
    entry.slices.push(slice)
  }
  for (const { period } of [...found.values()]) {
    if (period.months !== 2) continue
    const singles = monthsOf(period).map(formatPeriod)
    const superfluous = singles.every((key) => found.has(key)) ? [formatPeriod(period)] : singles
    for (const key of superfluous) found.delete(key)
  }
  return found
}

/** Whether the source is monthly or yearly, and the first and last period it has; null for an empty coverage. */
export function extentOf(coverage: Coverage): { yearly: boolean; first: Period; last: Period } | null {
  const all = [...coverage.values()].map((entry) => entry.period)
  const monthly = all.filter((period) => period.months !== 12)
  const periods = (monthly.length > 0 ? monthly : all).sort(comparePeriods)
  const [first] = periods
  const last = periods.at(-1)
  return first && last
    ? { yearly: monthly.length === 0, first: firstMonth(first), last: lastMonth(last) }
    : null
}

/** Everything of a coverage within two months, of one kind: years, or months and merged pairs. */
export function within(coverage: Coverage, range: { from: Month; to: Month; yearly: boolean }): Coverage {
  const months = new Set(monthRange(range.from, range.to).map(formatPeriod))
  return new Map(
    [...coverage].filter(
      ([, { period }]) =>
        (period.months === 12) === range.yearly &&
        monthsOf(period).every((month) => months.has(formatPeriod(month))),
    ),
  )
}

/** The months a coverage holds, in order. */
export function monthsIn(coverage: Coverage): Month[] {
  return [...coverage.values()].flatMap(({ period }) => monthsOf(period)).sort(comparePeriods)
}

/** The months of `wanted` that `coverage` does not hold. */
export function missingFrom(coverage: Coverage, wanted: readonly Month[]): Month[] {
  const held = new Set(monthsIn(coverage).map(formatPeriod))
  return wanted.filter((month) => !held.has(formatPeriod(month)))
}

export function slicesIn(coverage: Coverage): LoadedSlice[] {
  return [...coverage.values()].flatMap((entry) => entry.slices)
}
