import { invalid } from '../errors.ts'
import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  lastMonth,
  type Month,
  monthPeriod,
  monthRange,
  monthsBetween,
  type Period,
  parsePeriod,
  samePeriodLastYear,
  yearPeriod,
} from '../reference/period.ts'
import {
  type Coverage,
  type Currency,
  coverageOf,
  extentOf,
  type LoadedSlice,
  missingFrom,
  monthsIn,
  within,
} from './coverage.ts'

export interface Warning {
  code: string
  detail: string
}

export interface Range {
  from: Month
  to: Month
  yearly: boolean
}

export interface PeriodQuery {
  from?: string | undefined
  to?: string | undefined
  currency?: Currency | undefined
  janFeb?: 'merged' | 'split' | undefined
}

/** Customs publishes, and a date ends, by Beijing time. */
const beijing = '+08:00'

/** The instant an `asOf` means: itself, or the end of a day in Beijing; `now` when none is given. */
export function instantOf(asOf: string | undefined, now: Date): Date {
  if (asOf === undefined) return now
  const day = /^\d{4}-\d{2}-\d{2}/.exec(asOf)?.[0] ?? ''
  const instant = new Date(asOf === day ? `${day}T23:59:59.999${beijing}` : asOf)
  const exists = new Date(`${day}T00:00:00Z`)
  if (
    Number.isNaN(instant.getTime()) ||
    Number.isNaN(exists.getTime()) ||
    !exists.toISOString().startsWith(day)
  ) {
    throw invalid('asOf', asOf, 'a date YYYY-MM-DD or an instant YYYY-MM-DDThh:mm:ssZ')
  }
  return instant
}

/** The asked months, checked against what is loaded. `defaultFrom` gives the first month when none is asked. */
export function rangeOf(
  query: PeriodQuery,
  coverage: Coverage,
  defaultFrom: (to: Month, first: Month) => Month,
): Range {
  const extent = extentOf(coverage)
  if (!extent) throw invalid('from', query.from ?? '', 'nothing is loaded for this question')
  const { first, last, yearly } = { ...extent, first: firstMonth(extent.first), last: lastMonth(extent.last) }
  const to = query.to === undefined ? last : lastMonth(parsed('to', query.to, yearly))
  const from =
    query.from === undefined ? defaultFrom(to, first) : firstMonth(parsed('from', query.from, yearly))
  const loaded = `loaded: ${rangeText({ from: first, to: last, yearly })}`
  if (query.from !== undefined && comparePeriods(from, to) > 0)
    throw invalid('from', query.from, `not after ${formatPeriod(to)}`)
  if (comparePeriods(to, first) < 0) throw invalid('to', query.to ?? formatPeriod(to), loaded)
  if (comparePeriods(from, last) > 0) throw invalid('from', query.from ?? formatPeriod(from), loaded)
  const range = { from, to, yearly }
  if (within(coverage, range).size === 0) {
    throw invalid('from', query.from ?? formatPeriod(from), `nothing is loaded up to ${formatPeriod(to)}`)
  }
  return range
}

function parsed(field: string, text: string, yearly: boolean): Period {
  const period = parsePeriod(text)
  if (!period || (yearly && period.months !== 12)) {
    throw invalid(field, text, yearly ? 'a year: this source is yearly' : 'a month YYYY-MM or a year')
  }
  return period
}

/** First and last period of a range as text, in the source's own kind. */
export function spanOf(range: Range): { from: string; to: string } {
  const text = (month: Month) => formatPeriod(range.yearly ? yearPeriod(month.year) : month)
  return { from: text(range.from), to: text(range.to) }
}

function rangeText(range: Range): string {
  const { from, to } = spanOf(range)
  return `${from} to ${to}`
}

/** The slices that state the asked currency, or CNY where both exist and none is asked. */
export function inCurrency(
  slices: readonly LoadedSlice[],
  asked: Currency | undefined,
): { currency: Currency; slices: LoadedSlice[] } {
  const available = (['CNY', 'USD'] as const).filter((code) =>
    slices.some((slice) => slice.currencies.includes(code)),
  )
  const currency = asked ?? available[0] ?? 'CNY'
  if (!available.includes(currency)) {
    throw invalid('currency', currency, `in these data: ${available.join(', ')}; totals are never converted`)
  }
  return { currency, slices: slices.filter((slice) => slice.currencies.includes(currency)) }
}

/** What a structure adds up: the loaded part of the range and the same months a year before. */
export interface Selection {
  currency: Currency
  range: Range
  current: Coverage
  /** Null when growth cannot be computed; a warning says why. */
  base: Coverage | null
  warnings: Warning[]
}

/** Chooses the slices of a structure. Throws for a period or currency that is not loaded. */
export function selectStructure(slices: readonly LoadedSlice[], query: PeriodQuery): Selection {
  const { currency, slices: usable } = inCurrency(slices, query.currency)
  const coverage = coverageOf(usable)
  const range = rangeOf(query, coverage, (to) => monthPeriod(to.year, 1))
  const current = within(coverage, range)
  const missing = missingFrom(current, monthRange(range.from, range.to))
  const { base, warnings } = selectBase(coverage, current, range, query)
  return {
    currency,
    range,
    current,
    base,
    warnings: [
      ...missingWarning('missing-period', 'not loaded, not in the totals', missing, range),
      ...warnings,
    ],
  }
}

function selectBase(
  coverage: Coverage,
  current: Coverage,
  range: Range,
  query: PeriodQuery,
): { base: Coverage | null; warnings: Warning[] } {
  const wanted = monthsIn(current).map((month) => samePeriodLastYear(month))
  const wantedTexts = new Set(wanted.map(formatPeriod))
  const before = within(coverage, {
    ...range,
    from: samePeriodLastYear(range.from),
    to: samePeriodLastYear(range.to),
  })
  const base = new Map(
    [...before].filter(
      ([, { period }]) =>
        wantedTexts.has(formatPeriod(firstMonth(period))) && wantedTexts.has(formatPeriod(lastMonth(period))),
    ),
  )
  const missing = missingFrom(base, wanted)
  if (missing.length > 0 || wanted.length === 0) {
    return {
      base: null,
      warnings: missingWarning('no-comparison', 'a year before is not loaded', missing, range),
    }
  }
  const halves = range.yearly || query.janFeb === 'split' ? [] : halvesOf(monthsIn(current))
  if (halves.length === 0) return { base, warnings: [] }
  const detail = `${halves.map(formatPeriod).join(', ')}: growth is computed for January and February together; ask for both, or for janFeb=split`
  return { base: null, warnings: [{ code: 'half-of-january-february', detail }] }
}

/** Januaries without their February and the reverse. */
export function halvesOf(months: readonly Month[]): Month[] {
  const held = new Set(months.map(formatPeriod))
  return months.filter(
    (month) => month.month <= 2 && !held.has(formatPeriod(monthPeriod(month.year, 3 - month.month))),
  )
}

function missingWarning(code: string, why: string, missing: readonly Month[], range: Range): Warning[] {
  return missing.length === 0 ? [] : [{ code, detail: `${monthsText(missing, range.yearly)}: ${why}` }]
}

/** Months in order as text, consecutive ones as a span: `2025-03, 2025-07 to 2025-09`; or the years they make up. */
export function monthsText(months: readonly Month[], yearly: boolean): string {
  const runs: { first: Month; last: Month }[] = []
  for (const month of months) {
    const run = runs.at(-1)
    if (run && monthsBetween(run.last, month) === 1) run.last = month
    else runs.push({ first: month, last: month })
  }
  return runs
    .map(({ first, last }) => spanOf({ from: first, to: last, yearly }))
    .map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
    .join(', ')
}

/** Remarks on whether slices can be compared: different HS editions at four digits or finer, different sets of partners. */
export function comparability(slices: readonly LoadedSlice[], digits: number): Warning[] {
  const editions = [...new Set(slices.map((slice) => slice.hsEdition))].sort()
  const warnings: Warning[] = []
  if (editions.length > 1 && digits > 2) {
    const detail = `codes of different editions (${editions.join(', ')}) are compared as they are: some were split or merged in between; editions=common brings them together`
    warnings.push({ code: 'hs-edition-break', detail })
  }
  const partners = Map.groupBy(
    slices.filter((slice) => slice.partner !== null),
    (slice) => slice.firstDay,
  )
  const sets = new Set(
    [...partners.values()].map((of) =>
      of
        .map((slice) => slice.partner)
        .sort()
        .join(','),
    ),
  )
  if (sets.size > 1) {
    const detail = 'the periods were loaded for different partners: their totals are not comparable'
    warnings.push({ code: 'partners-differ', detail })
  }
  return warnings
}
