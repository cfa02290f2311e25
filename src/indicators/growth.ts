import type { Big } from 'big.js'
import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  lastMonth,
  type Month,
  monthPeriod,
  monthRange,
  type Period,
  samePeriodLastYear,
} from '../reference/period.ts'
import { quotient } from './exact.ts'
import { type Series, sumOver, valueIn } from './series.ts'

/** Why a growth rate is absent, or what its −100 % means. */
export type GrowthNote =
  | 'new' // nothing in the base period, something now
  | 'gone' // something in the base period, nothing now
  | 'none' // nothing in either
  | 'not-loaded' // one of the periods was never loaded: unknown, not zero
  | 'negative-base' // a percentage of a negative figure has no meaning; the difference has
  | 'unequal-periods' // January and February together against one month
  | 'not-monthly'

export interface Growth {
  /** A fraction: 0.25 is +25 %. Never infinite or NaN. */
  value: number | null
  note: GrowthNote | null
}

/** Growth from `base` to `current`; null for a figure that was not loaded. */
export function growth(current: Big | null, base: Big | null): Growth {
  if (current === null || base === null) return { value: null, note: 'not-loaded' }
  if (base.lt(0)) return { value: null, note: 'negative-base' }
  if (base.eq(0)) return { value: null, note: current.eq(0) ? 'none' : 'new' }
  return { value: quotient(current.minus(base), base), note: current.eq(0) ? 'gone' : null }
}

/**
 * Average growth per interval: (last / first)^(1 / intervals) − 1. Null without a positive base, a figure that is not negative
 * and a positive number of intervals.
 */
export function averageGrowth(first: Big | null, last: Big | null, intervals: number): Growth {
  const overall = growth(last, first)
  if (overall.value === null || first === null || last === null) return overall
  if (last.lt(0) || !(intervals > 0)) return { value: null, note: 'negative-base' }
  return { value: quotient(last, first) ** (1 / intervals) - 1, note: overall.note }
}

const measures = ['yoy', 'mom', 'ytdYoy', 'rolling3Yoy', 'rolling12Yoy', 'cagr2'] as const
export type GrowthMeasure = (typeof measures)[number]

/** One line of a growth table. Money is exact decimal text, growth a fraction. */
export interface GrowthRow extends Record<GrowthMeasure, number | null> {
  period: string
  value: string | null
  /** Value less that of the same period a year before. */
  change: string | null
  ytd: string | null
  /** Last year's own growth was beyond ±20 %: read cagr2 beside yoy. */
  oddBase: boolean
  /** For measures that are null, why; `gone` beside −1. */
  notes: Partial<Record<GrowthMeasure, GrowthNote>>
}

const oddBaseBeyond = 0.2

/** The growth table of a series over `periods`, which name the rows: months, merged Januaries and Februaries, or years. */
export function growthTable(series: Series, periods: readonly Period[]): GrowthRow[] {
  const ordered = [...periods].sort(comparePeriods)
  const split = ordered.some((period) => period.months === 1 && period.month <= 2)
  return ordered.map((period) => growthRow(series, period, split))
}

function growthRow(series: Series, period: Period, split: boolean): GrowthRow {
  const lastYear = samePeriodLastYear(period)
  const twoYearsAgo = samePeriodLastYear(period, 2)
  const value = valueIn(series, period)
  const base = valueIn(series, lastYear)
  const before = growth(base, valueIn(series, twoYearsAgo)).value
  const toDate = sumOver(series, yearToDateOf(period))
  const results: Record<GrowthMeasure, Growth> = {
    yoy: growth(value, base),
    mom: sequential(series, period, split),
    ytdYoy: growth(toDate, sumOver(series, yearToDateOf(lastYear))),
    rolling3Yoy: rolling(series, period, 3, split),
    rolling12Yoy: rolling(series, period, 12, split),
    cagr2: averageGrowth(valueIn(series, twoYearsAgo), value, 2),
  }
  return {
    period: formatPeriod(period),
    value: value?.toFixed() ?? null,
    change: value && base ? value.minus(base).toFixed() : null,
    ytd: toDate?.toFixed() ?? null,
    oddBase: before !== null && Math.abs(before) > oddBaseBeyond,
    ...valuesOf(results),
    notes: notesOf(results),
  }
}

function valuesOf(results: Record<GrowthMeasure, Growth>): Record<GrowthMeasure, number | null> {
  const { yoy, mom, ytdYoy, rolling3Yoy, rolling12Yoy, cagr2 } = results
  return {
    yoy: yoy.value,
    mom: mom.value,
    ytdYoy: ytdYoy.value,
    rolling3Yoy: rolling3Yoy.value,
    rolling12Yoy: rolling12Yoy.value,
    cagr2: cagr2.value,
  }
}

function notesOf(results: Record<GrowthMeasure, Growth>): GrowthRow['notes'] {
  const noted: GrowthRow['notes'] = {}
  for (const measure of measures) {
    const { note } = results[measure]
    if (note) noted[measure] = note
  }
  return noted
}

function yearToDateOf(period: Period): Month[] {
  return monthRange(monthPeriod(period.year, 1), lastMonth(period))
}

/** Against the month before, not seasonally adjusted; two merged months are not compared with one. */
function sequential(series: Series, period: Period, split: boolean): Growth {
  if (period.months === 12) return { value: null, note: 'not-monthly' }
  if (period.months === 2 || (!split && period.month === 3)) return { value: null, note: 'unequal-periods' }
  const before = monthRange(monthPeriod(period.year - 1, 12), period).at(-2) ?? null
  return growth(valueIn(series, period), before && valueIn(series, before))
}

/**
 * The last `count` months against the same months a year before. January and February stay together unless split: a window that
 * would begin in February begins in January.
 */
function rolling(series: Series, period: Period, count: number, split: boolean): Growth {
  if (period.months > count) return { value: null, note: 'not-monthly' }
  const end = lastMonth(period)
  const all = monthRange(monthPeriod(firstMonth(period).year - 1, 1), end)
  const start = all.at(-count)
  const window = all.slice(start?.month === 2 && !split ? -count - 1 : -count)
  return growth(
    sumOver(series, window),
    sumOver(
      series,
      window.map((month) => samePeriodLastYear(month)),
    ),
  )
}
