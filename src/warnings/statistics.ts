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
 * - robustZ: distance from the median in robust standard deviations (1.4826 × median absolute deviation).
 * - cusum: the larger of the two one-sided sums of robust z beyond 0.5 (negative for a fall), restarting at zero.
 * - naiveBand, smoothedBand: distance from the forecast in half-widths of the 80 % band (beyond ±1 is outside). The
 *   seasonal-naïve forecast is the value a year ago; the smoothed one lets its growth follow simple exponential smoothing
 *   (weight 0.3). The half-width is the 80 % quantile of the method's own past errors, so coverage is empirical.
 */
export function statisticOf(
  measure: StatisticMeasure,
  differences: readonly (number | null)[],
): number | null {
  const last = differences.at(-1) ?? null
  const past = differences.slice(0, -1).filter((value) => value !== null)
  if (last === null || past.length < fewest) return null
  if (measure === 'robustZ') return robustZ(past, last)
  if (measure === 'cusum') return cusum(past, last)
  if (measure === 'naiveBand') return bandDistance(past.map(Math.abs), last)
  const level = past.reduce((smoothed, value) => smoothed + smoothing * (value - smoothed))
  return bandDistance(smoothingErrors(past), last - level)
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

/** The sums run over the last year of differences, judged against what came before that year. */
function cusum(past: readonly number[], last: number): number | null {
  const recent = [...past.slice(-(fewest - 1)), last]
  const { centre, scale } = usual(past.length >= 2 * fewest - 1 ? past.slice(0, -(fewest - 1)) : past)
  if (scale === 0) return null
  let up = 0
  let down = 0
  for (const value of recent) {
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

function bandDistance(errors: readonly number[], error: number): number | null {
  const sorted = errors.toSorted((a, b) => a - b)
  // the (n + 1)-th share: as many future errors as past ones are expected inside
  const width = sorted[Math.min(sorted.length, Math.ceil(bandCoverage * (sorted.length + 1))) - 1] ?? 0
  return width > 0 ? error / width : null
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
