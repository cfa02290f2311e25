import { invalid } from '../errors.ts'
import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  lastMonth,
  monthPeriod,
  monthRange,
  monthsBetween,
  type Period,
  parsePeriod,
  samePeriodLastYear,
} from '../reference/period.ts'
import {
  type Coverage,
  type Currency,
  coverageOf,
  extentOf,
  type LoadedSlice,
  missingFrom,
  slicesIn,
  within,
} from './coverage.ts'
import { halvesOf, inCurrency, monthsText, type Range, spanOf, type Warning } from './select.ts'

export interface PairQuery {
  base?: string | undefined
  current?: string | undefined
  currency?: Currency | undefined
}

/** Two spans of the same length, both loaded in full. */
export interface Pair {
  currency: Currency
  base: LoadedSlice[]
  current: LoadedSlice[]
  baseRange: Range
  currentRange: Range
  warnings: Warning[]
}

const forms = 'a month YYYY-MM, a year YYYY, YYYY-01/02, or two of them as FROM..TO'

/**
 * Chooses the slices of a comparison: `current` is the last year to date unless asked, `base` the same months a year before. Throws for
 * spans that are not loaded in full or not equally long: a difference between them would be no change of trade.
 */
export function selectPair(slices: readonly LoadedSlice[], query: PairQuery): Pair {
  const { currency, slices: usable } = inCurrency(slices, query.currency)
  const coverage = coverageOf(usable)
  const extent = extentOf(coverage)
  if (!extent) throw invalid('current', query.current ?? '', 'nothing is loaded for this question')
  const { yearly } = extent
  const last = lastMonth(extent.last)
  const currentRange = query.current
    ? parsed('current', query.current, yearly)
    : { from: monthPeriod(last.year, 1), to: last, yearly }
  const baseRange = query.base ? parsed('base', query.base, yearly) : yearBefore(currentRange)
  const [length, baseLength] = [currentRange, baseRange].map(({ from, to }) => monthsBetween(from, to) + 1)
  if (length !== baseLength) {
    throw invalid('base', query.base ?? '', `as many months as current (${length})`)
  }
  return {
    currency,
    current: whole('current', coverage, currentRange),
    base: whole('base', coverage, baseRange),
    currentRange,
    baseRange,
    warnings: halfWarning([baseRange, currentRange]),
  }
}

function parsed(field: string, text: string, yearly: boolean): Range {
  const [first = '', second = first, ...more] = text.split('..')
  const [from, to] = [parsePeriod(first), parsePeriod(second)]
  if (!from || !to || more.length > 0) throw invalid(field, text, forms)
  if (yearly && !isYear(from, to)) throw invalid(field, text, 'a year: this source is yearly')
  const range = { from: firstMonth(from), to: lastMonth(to), yearly }
  if (comparePeriods(range.from, range.to) > 0)
    throw invalid(field, text, 'a span that does not end before it begins')
  return range
}

function isYear(...periods: Period[]): boolean {
  return periods.every((period) => period.months === 12)
}

function yearBefore(range: Range): Range {
  return { ...range, from: samePeriodLastYear(range.from), to: samePeriodLastYear(range.to) }
}

function whole(field: string, coverage: Coverage, range: Range): LoadedSlice[] {
  const found = within(coverage, range)
  const missing = missingFrom(found, monthRange(range.from, range.to))
  if (missing.length === 0) return slicesIn(found)
  const { from, to } = spanOf(range)
  const asked = from === to ? from : `${from}..${to}`
  throw invalid(field, asked, `a span loaded in full; not loaded: ${monthsText(missing, range.yearly)}`)
}

function halfWarning(ranges: readonly Range[]): Warning[] {
  const halves = ranges.flatMap(({ from, to, yearly }) => (yearly ? [] : halvesOf(monthRange(from, to))))
  if (halves.length === 0) return []
  const detail = `${halves.map(formatPeriod).join(', ')}: January and February apart move with Spring Festival`
  return [{ code: 'half-of-january-february', detail }]
}
