import { addMonths, formatPeriod, type Month, monthPeriod, monthRange } from '../../src/reference/period.ts'

/** New Year's Day of the lunar calendar. */
const springFestivals = ['2023-01-22', '2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06']

/** Rates of the sample: close to the published monthly averages to 2026-06, invented afterwards. CNY per USD. */
const cnyPerUsd: Readonly<Record<string, number>> = {
  '2023-11': 7.2226,
  '2023-12': 7.1402,
  '2024-01': 7.1707,
  '2024-02': 7.1935,
  '2024-03': 7.2015,
  '2024-04': 7.2374,
  '2024-05': 7.2327,
  '2024-06': 7.2547,
  '2024-07': 7.2609,
  '2024-08': 7.1475,
  '2024-09': 7.076,
  '2024-10': 7.0881,
  '2024-11': 7.2063,
  '2024-12': 7.2807,
  '2025-01': 7.2957,
  '2025-02': 7.2734,
  '2025-03': 7.2493,
  '2025-04': 7.2968,
  '2025-05': 7.2166,
  '2025-06': 7.1804,
  '2025-07': 7.1741,
  '2025-08': 7.1727,
  '2025-09': 7.1235,
  '2025-10': 7.12,
  '2025-11': 7.1069,
  '2025-12': 7.0432,
  '2026-01': 6.9692,
  '2026-02': 6.9064,
  '2026-03': 6.8921,
  '2026-04': 6.8371,
  '2026-05': 6.7996,
  '2026-06': 6.7758,
  '2026-07': 6.771,
  '2026-08': 6.764,
  '2026-09': 6.758,
  '2026-10': 6.749,
}

/** Month data are out by the 20th of the next month, so this is the latest month known on a date (YYYY-MM-DD). */
export function latestMonth(publishedOn: string): Month {
  const [year = 0, month = 0, day = 0] = publishedOn.split('-').map(Number)
  return addMonths(monthPeriod(year, month), day >= 20 ? -1 : -2)
}

/** The 36 months the sample covers. */
export function sampleMonths(publishedOn: string): Month[] {
  const last = latestMonth(publishedOn)
  return monthRange(addMonths(last, -35), last)
}

/** The month's rate; throws outside the table. */
export function rateOf(month: Month): number {
  const rate = cnyPerUsd[formatPeriod(month)]
  if (rate === undefined) throw new Error(`no rate for ${formatPeriod(month)}`)
  return rate
}

/**
 * How busy a month is (1 = ordinary) given the Spring Festival: a rush in the three weeks before, almost nothing from two
 * days before to nine days after, a slow start in the week after that.
 */
export function festivalFactor(month: Month): number {
  const days = daysOf(month)
  const activity = days.map((day) =>
    Math.min(...springFestivals.map((date) => activityAround(daysBetween(date, day)))),
  )
  const rush = days.some((day) => springFestivals.some((date) => inRush(daysBetween(date, day))))
  const share = activity.reduce((sum, value) => sum + value, 0) / days.length
  return rush ? share * 1.06 : share
}

function activityAround(daysAfter: number): number {
  if (daysAfter >= -2 && daysAfter <= 9) return 0.12
  if (daysAfter > 9 && daysAfter <= 17) return 0.6
  return 1
}

function inRush(daysAfter: number): boolean {
  return daysAfter >= -23 && daysAfter < -9
}

function daysOf(month: Month): string[] {
  const length = new Date(Date.UTC(month.year, month.month, 0)).getUTCDate()
  return Array.from({ length }, (_, index) => `${formatPeriod(month)}-${String(index + 1).padStart(2, '0')}`)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
