import type { StatisticMeasure } from './rule.ts'

/** Fewest past differences a statistic is computed from: one year of growth periods. */
const fewest = 11
/** Makes the median absolute deviation estimate a standard deviation of normal noise. */
const normalScale = 1.4826
const cusumAllowance = 0.5
const smoothing = 0.3
/** Share of past forecast errors inside the band. */
export const bandCoverage = 0.8

/**
 * A statistic of the last of `differences` (12-month log differences of a series in order, January and February as one
 * period; null where one of the two values is not positive) against those before it, or null with fewer than eleven.
 * `inYear`: how many of them are of the last one's year.
 * - robustZ: distance from the median in robust standard deviations (1.4826 × median absolute deviation).
 * - cusum: the larger of the two one-sided sums of robust z beyond 0.5 (negative for a fall), restarting at zero; it begins
 *   with the year of the last difference, and judges by the differences before it (k = 0.5; 5 is the usual threshold).
 * - naiveBand, smoothedBand: distance from the forecast in half-widths of the 80 % band (beyond ±1 is outside). The
 *   seasonal-naïve forecast is the value a year ago; the smoothed one lets its growth follow simple exponential smoothing
 *   (weight 0.3). The half-width is the 80 % quantile of the method's own past errors, so coverage is empirical.
 */
export function statisticOf(
  measure: StatisticMeasure,
  differences: readonly (number | null)[],
  inYear = 1,
): number | null {
  const last = differences.at(-1) ?? null
  const past = differences.slice(0, -1).filter((value) => value !== null)
  if (last === null || past.length < fewest) return null
  if (measure === 'robustZ') return robustZ(past, last)
  if (measure === 'cusum') return cusum(differences, inYear)
  const band = bandOf(measure === 'naiveBand' ? 'naive' : 'smoothed', past)
  return band && (last - band.centre) / band.width
}

export const bandMethods = ['naive', 'smoothed'] as const
export type BandMethod = (typeof bandMethods)[number]

/**
 * The 80 % band of the next difference after `past` (12-month log differences in order): the forecast growth and the
 * half-width, both as logs; null with fewer than eleven, or where the method never missed.
 */
export function bandOf(
  method: BandMethod,
  past: readonly number[],
): { centre: number; width: number } | null {
  if (past.length < fewest) return null
  const smoothed = method === 'smoothed'
  const centre = smoothed ? past.reduce((level, value) => level + smoothing * (value - level)) : 0
  const width = halfWidth(smoothed ? smoothingErrors(past) : past.map(Math.abs))
  return width > 0 ? { centre, width } : null
}

/** Log difference of two amounts; null unless both are positive. */
export function logDifference(current: number, base: number): number | null {
  return current > 0 && base > 0 ? Math.log(current / base) : null
}

function robustZ(past: readonly number[], last: number): number | null {
  const { centre, scale } = usual(past)
  return scale > 0 ? (last - centre) / scale : null
}

/** Median and robust standard deviation. */
function usual(values: readonly number[]): { centre: number; scale: number } {
  const centre = median(values)
  return { centre, scale: normalScale * median(values.map((value) => Math.abs(value - centre))) }
}

function cusum(differences: readonly (number | null)[], inYear: number): number | null {
  const before = differences.slice(0, -inYear).filter((value) => value !== null)
  if (before.length < fewest) return null
  const { centre, scale } = usual(before)
  if (scale === 0) return null
  let up = 0
  let down = 0
  for (const value of differences.slice(-inYear)) {
    if (value === null) continue
    const z = (value - centre) / scale
    up = Math.max(0, up + z - cusumAllowance)
    down = Math.max(0, down - z - cusumAllowance)
  }
  return up >= down ? up : -down
}

function smoothingErrors(values: readonly number[]): number[] {
  let level = values[0] ?? 0
  return values.slice(1).map((value) => {
    const error = value - level
    level += smoothing * error
    return Math.abs(error)
  })
}

function halfWidth(errors: readonly number[]): number {
  const sorted = errors.toSorted((a, b) => a - b)
  // the (n + 1)-th share: as many future errors as past ones are expected inside
  return sorted[Math.min(sorted.length, Math.ceil(bandCoverage * (sorted.length + 1))) - 1] ?? 0
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
