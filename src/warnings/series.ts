import {
  addMonths,
  formatPeriod,
  growthPeriods,
  lastMonth,
  type Month,
  monthPeriod,
  type Period,
  samePeriodLastYear,
} from '../reference/period.ts'

/** What a series is about: `{ hs, partner }`, `{ district }`, … and nothing for the total. Part of a warning's identity. */
export type Labels = Readonly<Record<string, string>>

/**
 * Amount of a period in the rule's currency as exact text; quantity only where all of it is in one unit. A hundred
 * thousand series have millions of these: they are made into exact numbers only where a comparison is close.
 */
export interface Point {
  readonly value: string
  /** The value as a double: for statistics, and to see what is far from a threshold. */
  readonly amount: number
  readonly quantity: string | null
  readonly unit: string | null
  /** What else the rule asks for: the whole a share is of, the squared parts of a concentration, the opposite flow. */
  readonly other: string | null
}

/** A point of these texts. */
export function pointOf(
  value: string,
  quantity: string | null = null,
  more: { unit?: string | null; other?: string | null } = {},
): Point {
  return { value, amount: Number(value), quantity, unit: more.unit ?? null, other: more.other ?? null }
}

/** A period without a point is a true zero when the calendar says the period is loaded, and unknown otherwise. */
export interface Series {
  readonly labels: Labels
  readonly points: ReadonlyMap<string, Point>
  /** Whether a trade-remedy case stands in the sense of the rule; only rules that ask for one set it. */
  readonly remedied?: boolean
}

/** The growth periods of the data in order, without gaps, and the texts of those that are loaded. */
export interface Calendar {
  readonly periods: readonly Entry[]
  readonly loaded: ReadonlySet<string>
}

/** A period of the calendar and the windows that end with it. */
export interface Entry {
  readonly key: string
  readonly single: readonly Span[]
  readonly yearToDate: readonly Span[]
  /** The last three months; a window that would begin in February begins in January. */
  readonly rolling3: readonly Span[]
}

/** A growth period and the same one a year earlier, as texts. */
export interface Span {
  readonly key: string
  readonly baseKey: string
  readonly months: number
}

/** One text for a label set, whatever the order it was written in: the identity inside a rule. */
export function labelKey(labels: Labels): string {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';')
}

/** The calendar from the first month with data to the evaluated period. */
export function calendarOf(from: Month, asOf: Period, loaded: ReadonlySet<string>): Calendar {
  const periods = growthPeriods(wholeStart(from), lastMonth(asOf))
  return { periods: periods.map(entryOf), loaded }
}

/** The last period that is loaded, or null: what comes late for a period is news for it, not a revision. */
export function dataThrough({ periods, loaded }: Calendar): string | null {
  return periods.findLast(({ key }) => loaded.has(key))?.key ?? null
}

/** A period with its windows. */
export function entryOf(period: Period): Entry {
  const last = lastMonth(period)
  return {
    key: formatPeriod(period),
    single: [spanOf(period)],
    yearToDate: growthPeriods(monthPeriod(period.year, 1), last).map(spanOf),
    rolling3: growthPeriods(wholeStart(addMonths(last, -2)), last).map(spanOf),
  }
}

function spanOf(period: Period): Span {
  return {
    key: formatPeriod(period),
    baseKey: formatPeriod(samePeriodLastYear(period)),
    months: period.months,
  }
}

/** February is never taken without January. */
function wholeStart(month: Month): Month {
  return month.month === 2 ? addMonths(month, -1) : month
}
