import { Big } from 'big.js'
import {
  formatPeriod,
  type Month,
  mergedPeriod,
  monthPeriod,
  type Period,
  yearPeriod,
} from '../reference/period.ts'
import { sum } from './exact.ts'

/**
 * Values by period text (`2026-03`, `2026-01/02`, `2025`). A period that was loaded and holds no trade is a true 0; a period that
 * is absent was not loaded and is unknown.
 */
export type Series = ReadonlyMap<string, Big>

/** The value of a period, from its own figure or from the months it consists of; null when any of it was not loaded. */
export function valueIn(series: Series, period: Period): Big | null {
  const own = series.get(formatPeriod(period))
  if (own) return own
  if (period.months === 1) return null
  if (period.months === 2) return sumOf([monthPeriod(period.year, 1), monthPeriod(period.year, 2)], series)
  return sumOver(series, monthsOfYear(period.year))
}

/** The sum over months; January and February may come from their merged figure. Null when any of them was not loaded. */
export function sumOver(series: Series, months: readonly Month[]): Big | null {
  const numbers = new Map(months.map((month) => [formatPeriod(month), month]))
  const periods = new Map<string, Period>()
  for (const month of months) {
    const other = monthPeriod(month.year, 3 - month.month)
    const pair = month.month <= 2 && numbers.has(formatPeriod(other))
    const period = pair ? mergedPeriod(month.year) : month
    periods.set(formatPeriod(period), period)
  }
  const years = new Set(months.map((month) => month.year))
  const [only] = years
  if (years.size === 1 && only !== undefined && months.length === 12) {
    const whole = series.get(formatPeriod(yearPeriod(only)))
    if (whole) return whole
  }
  return sumOf([...periods.values()], series)
}

function sumOf(periods: readonly Period[], series: Series): Big | null {
  const values: Big[] = []
  for (const period of periods) {
    const value = valueIn(series, period)
    if (value === null) return null
    values.push(value)
  }
  return values.length === 0 ? new Big(0) : sum(values)
}

function monthsOfYear(year: number): Month[] {
  return Array.from({ length: 12 }, (_, index) => monthPeriod(year, index + 1))
}
