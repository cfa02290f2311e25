import type { Big } from 'big.js'
import {
  formatPeriod,
  type Month,
  monthPeriod,
  type Period,
  samePeriodLastYear,
} from '../reference/period.ts'
import { type Coverage, periodOf } from './coverage.ts'
import { placesIn, sum, unitsOf } from './exact.ts'
import type { FrameSum } from './frame-queries.ts'
import { growth } from './growth.ts'

/** An indicator as a table of observations: one a line and period, complete over the loaded periods. */
export interface Frame {
  /** In order. */
  periods: string[]
  /** Codes of each line in the order of the asked dimensions, ascending. */
  lines: string[][]
  /** By line, then by period; null where the period was not loaded or growth has no base. */
  values: (number | null)[][]
  /**
   * Values are whole numbers of 10^−places and so small that sums of them are exact in a double; null for growth rates, and
   * where they are too large, when they are doubles of the values themselves.
   */
  places: number | null
}

export type FrameMeasure = 'value' | 'yoy'

/** Values by line and by the period they were loaded for. */
type Lines = Map<string, { codes: string[]; values: Map<string, Big> }>

/**
 * Spreads sums over periods. A line without trade in a loaded period is a true 0 there. With `yoy` an observation is the growth
 * over the same period a year before.
 */
export function frameOf(
  sums: readonly FrameSum[],
  coverage: Coverage,
  ask: { periods: readonly Period[]; measure: FrameMeasure },
): Frame {
  const lines = [...linesOf(sums, coverage).values()].sort((a, b) => compareCodes(a.codes, b.codes))
  const periods = ask.periods.map((period) => ({
    own: sourcesOf(coverage, period),
    base: sourcesOf(coverage, samePeriodLastYear(period)),
  }))
  const frame = { periods: ask.periods.map(formatPeriod), lines: lines.map(({ codes }) => codes) }
  const over = (values: ReadonlyMap<string, Big>, keys: readonly string[] | null) =>
    keys && sum(keys.flatMap((key) => values.get(key) ?? []))
  if (ask.measure === 'value') {
    return { ...frame, ...numbersOf(lines.map(({ values }) => periods.map(({ own }) => over(values, own)))) }
  }
  const rates = lines.map(({ values }) =>
    periods.map(({ own, base }) => growth(over(values, own), over(values, base)).value),
  )
  return { ...frame, values: rates, places: null }
}

function linesOf(sums: readonly FrameSum[], coverage: Coverage): Lines {
  const periodOfSlice = new Map(
    [...coverage.values()].flatMap(({ slices }) =>
      slices.map((slice) => [slice.id, formatPeriod(periodOf(slice))] as const),
    ),
  )
  const lines: Lines = new Map()
  for (const { sliceId, codes, value } of sums) {
    const period = periodOfSlice.get(sliceId)
    if (period === undefined) continue
    const key = JSON.stringify(codes)
    const line = lines.get(key) ?? { codes, values: new Map<string, Big>() }
    lines.set(key, line)
    line.values.set(period, (line.values.get(period) ?? value.minus(value)).plus(value))
  }
  return lines
}

/** The loaded periods that make up a period: itself, or its two months; null when any of it was not loaded. */
function sourcesOf(coverage: Coverage, period: Period): string[] | null {
  const own = formatPeriod(period)
  if (coverage.has(own)) return [own]
  if (period.months !== 2) return null
  const months: Month[] = [monthPeriod(period.year, 1), monthPeriod(period.year, 2)]
  const keys = months.map(formatPeriod)
  return keys.every((key) => coverage.has(key)) ? keys : null
}

function numbersOf(values: (Big | null)[][]): Pick<Frame, 'values' | 'places'> {
  const known = values.flat().filter((value) => value !== null)
  const places = placesIn(known)
  const size = known.reduce((total, value) => total + unitsOf(value.abs(), places), 0n)
  const exact = size <= BigInt(Number.MAX_SAFE_INTEGER)
  const numberOf = (value: Big) => Number(exact ? unitsOf(value, places) : value.toString())
  return {
    values: values.map((line) => line.map((value) => (value === null ? null : numberOf(value)))),
    places: exact ? places : null,
  }
}

function compareCodes(a: readonly string[], b: readonly string[]): number {
  const [x, y] = [a.join('\u0000'), b.join('\u0000')]
  return x < y ? -1 : x > y ? 1 : 0
}
