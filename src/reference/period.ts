/**
 * A month, the merged first two months of a year (there is no January release), or a whole year.
 * `month` is the first month covered (1–12), or null for a year; `months` says how many it covers.
 */
export type Period =
  | { readonly year: number; readonly month: number; readonly months: 1 }
  | { readonly year: number; readonly month: 1; readonly months: 2 }
  | { readonly year: number; readonly month: null; readonly months: 12 }

export type Month = Extract<Period, { months: 1 }>

const firstYear = 1949
const lastYear = 2199
const monthPatterns = [/^(\d{4})(\d{2})$/, /^(\d{4})[-/.](\d{1,2})$/, /^(\d{4})年(\d{1,2})月(?:份)?$/]
const mergedPatterns = [/^(\d{4})-0?1[/~]0?2$/, /^(\d{4})年0?1(?:-|~|至|—|–)0?2月(?:份)?$/]
const yearPatterns = [/^(\d{4})$/, /^(\d{4})年$/]

export function monthPeriod(year: number, month: number): Month {
  return { year, month, months: 1 }
}

export function yearPeriod(year: number): Period {
  return { year, month: null, months: 12 }
}

/** January and February taken together. */
export function mergedPeriod(year: number): Period {
  return { year, month: 1, months: 2 }
}

/**
 * Reads `2026-03`, `202603`, `2026/3`, `2026.3`, `2026年3月`, `2026`, `2026年`, `2026-01/02`, `2026年1-2月`;
 * full-width digits and surrounding spaces are accepted. Anything else, or a month outside 1–12, is null.
 */
export function parsePeriod(text: string): Period | null {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  const merged = firstMatch(mergedPatterns, plain)
  if (merged) return inRange(mergedPeriod(Number(merged[1])))
  const month = firstMatch(monthPatterns, plain)
  if (month) return inRange(monthPeriod(Number(month[1]), Number(month[2])))
  const year = firstMatch(yearPatterns, plain)
  return year ? inRange(yearPeriod(Number(year[1]))) : null
}

/** As parsePeriod, for callers who need a single month; a year or merged period is null. */
export function parseMonth(text: string): Month | null {
  const period = parsePeriod(text)
  return period?.months === 1 ? period : null
}

/** The canonical text: `YYYY-MM`, `YYYY-01/02` or `YYYY`. */
export function formatPeriod(period: Period): string {
  if (period.months === 12) return String(period.year)
  if (period.months === 2) return `${period.year}-01/02`
  return `${period.year}-${String(period.month).padStart(2, '0')}`
}

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The text people read: `2026年3月` or `Mar 2026`, `2026年1-2月` or `Jan–Feb 2026`, `2026年` or `2026`. */
export function labelPeriod(period: Period, language: 'zh' | 'en'): string {
  const { year } = period
  if (period.months === 12) return language === 'zh' ? `${year}年` : String(year)
  if (period.months === 2) return language === 'zh' ? `${year}年1-2月` : `Jan–Feb ${year}`
  return language === 'zh' ? `${year}年${period.month}月` : `${englishMonths[period.month - 1]} ${year}`
}

/** Orders by first month, then the shorter first: 2026-01 < 2026-01/02 < 2026 < 2026-02. */
export function comparePeriods(a: Period, b: Period): number {
  return monthNumber(firstMonth(a)) - monthNumber(firstMonth(b)) || a.months - b.months
}

export function firstMonth(period: Period): Month {
  return monthPeriod(period.year, period.month ?? 1)
}

export function lastMonth(period: Period): Month {
  return addMonths(firstMonth(period), period.months - 1)
}

/** The months a period covers, in order. */
export function monthsOf(period: Period): Month[] {
  return monthRange(firstMonth(period), lastMonth(period))
}

/** Moves a month forward, or back when `count` is negative. */
export function addMonths(month: Month, count: number): Month {
  const number = monthNumber(month) + count
  return monthPeriod(Math.floor(number / 12), (((number % 12) + 12) % 12) + 1)
}

/** How many months `to` lies after `from`; negative when before. */
export function monthsBetween(from: Month, to: Month): number {
  return monthNumber(to) - monthNumber(from)
}

/** Every month from `from` to `to`, both included; empty when `to` is earlier. */
export function monthRange(from: Month, to: Month): Month[] {
  const length = Math.max(0, monthsBetween(from, to) + 1)
  return Array.from({ length }, (_, index) => addMonths(from, index))
}

/** The period of the same shape `years` earlier. */
export function samePeriodLastYear<P extends Period>(period: P, years = 1): P {
  return { ...period, year: period.year - years }
}

/** January to the period's last month: what the year-to-date figure covers. */
export function yearToDate(period: Period): Month[] {
  return monthRange(monthPeriod(period.year, 1), lastMonth(period))
}

/** The period in which growth of this month may be computed: January and February only together. */
export function growthPeriodOf(month: Month): Period {
  return month.month <= 2 ? mergedPeriod(month.year) : month
}

/**
 * The periods of a growth series over a range of months: January and February appear as one. A range that starts in
 * February or ends in January holds only half of a merged period, and leaves it out.
 */
export function growthPeriods(from: Month, to: Month): Period[] {
  return monthRange(from, to).flatMap((month): Period[] => {
    if (month.month > 2) return [month]
    const whole = month.month === 1 ? monthsBetween(month, to) >= 1 : monthsBetween(from, month) >= 1
    return month.month === 2 && whole ? [mergedPeriod(month.year)] : []
  })
}

/** Moves a growth period (eleven a year: 01/02, 03 … 12) forward, or back when `count` is negative. */
export function addGrowthPeriods(period: Period, count: number): Period {
  const at = Math.max(0, lastMonth(period).month - 2)
  const number = period.year * 11 + at + count
  const index = ((number % 11) + 11) % 11
  const year = Math.floor(number / 11)
  return index === 0 ? mergedPeriod(year) : monthPeriod(year, index + 2)
}

function monthNumber(month: Month): number {
  return month.year * 12 + month.month - 1
}

function firstMatch(patterns: readonly RegExp[], text: string): RegExpMatchArray | null {
  for (const pattern of patterns) {
    const match = text.match(pattern)
    if (match) return match
  }
  return null
}

function inRange(period: Period): Period | null {
  const yearFits = period.year >= firstYear && period.year <= lastYear
  const monthFits = period.month === null || (period.month >= 1 && period.month <= 12)
  return yearFits && monthFits ? period : null
}
