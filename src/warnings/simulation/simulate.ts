import { glancer } from '../glance.ts'
import { observe } from '../measure.ts'
import type { Rule } from '../rule.ts'
import type { Calendar, Series } from '../series.ts'
import { inactive, isOpen, step } from '../state.ts'
import { type Simulated, seriesIn, type View } from './simulate-city.ts'

/** A share or rate with the standard error of this draw. */
export interface Estimate {
  value: number
  error: number
}

/** What a rule did to a simulated city: noise, moving Spring Festival, and known steps to be found. */
export interface Score {
  /** Open alarms without a step, of a thousand series and periods of the last year. */
  falseAlarmsPerThousand: Estimate
  /** Share of the false alarms in the first two months of the year. */
  holidayShare: number
  /** Share of the steps told of within three periods, and of those in quiet series (noise under 0.3). */
  detected: Estimate
  detectedQuiet: Estimate
  /** Periods from the step to the alarm, of the steps found. */
  medianDelay: number | null
  /** Share of the series that alarm without cause among all that alarm, period by period. */
  falseDiscoveries: number
}

/** For each series whether it alarms, period by period of the last year. */
export type Alarms = readonly (readonly boolean[])[]

/** How a city is looked at. */
export interface Look {
  view: View
  /** On sums of three months. */
  rolling: boolean
  /** Statistics judge by the years before only, not also by the months of the year so far as in the service. */
  fixedPast: boolean
}

/** Replays a rule over the city as the service does. */
export function alarmsOf(rule: Rule, city: readonly Simulated[], { view, rolling, fixedPast }: Look): Alarms {
  const { periods } = view.calendar
  // a run of periods may begin before the year that is scored
  const from = periods.length - view.perYear - rule.for
  const seen = periods.slice(from).map(({ key }, index) => {
    const glance = glancer(rule, fixedPast ? withoutYearSoFar(view, key) : view.calendar)
    return { key, observed: (series: Series) => glance(from + index, series) }
  })
  return city.map((one) => {
    const series = seriesIn(view, one, rolling)
    let state = inactive
    const open = seen.map(({ key, observed }) => {
      state = step(rule, state, { ...observed(series), period: key }).next
      return isOpen(state)
    })
    return open.slice(-view.perYear)
  })
}

/** The calendar as if of the year of a period nothing else were loaded. */
function withoutYearSoFar({ calendar: { periods, loaded } }: View, key: string): Calendar {
  const others = [...loaded].filter((one) => one === key || !one.startsWith(key.slice(0, 4)))
  return { periods, loaded: new Set(others) }
}

/**
 * Alarms by the procedure of Benjamini and Hochberg (1995) in each period over all series: the measure of the rule taken as
 * a standard normal under no change, one-sided, at a nominal share of false discoveries.
 */
export function discoveries(
  rule: Rule,
  city: readonly Simulated[],
  { view, rolling, fixedPast, share }: Look & { share: number },
): Alarms {
  const year = view.calendar.periods.slice(-view.perYear).map((entry) => ({
    entry,
    calendar: fixedPast ? withoutYearSoFar(view, entry.key) : view.calendar,
  }))
  const scores = city.map((one) => {
    const series = seriesIn(view, one, rolling)
    return year.map(({ entry, calendar }) => {
      const ratio = observe(rule, calendar, entry, series).measured[0]?.ratio
      return ratio ? Number(ratio.current) : Number.NEGATIVE_INFINITY
    })
  })
  const cuts = Array.from({ length: view.perYear }, (_, period) =>
    discoveryCut(
      scores.map((row) => row[period] ?? Number.NEGATIVE_INFINITY),
      share,
    ),
  )
  return scores.map((row) => row.map((score, period) => score >= (cuts[period] ?? Number.POSITIVE_INFINITY)))
}

/** The lowest score that is still a discovery. */
function discoveryCut(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((a, b) => b - a)
  const last = sorted.findLastIndex(
    (score, index) => upperTail(score) <= (share * (index + 1)) / sorted.length,
  )
  return sorted[last] ?? Number.POSITIVE_INFINITY
}

/** Scores alarms. One in a stepped series counts as found from the step on. */
export function scoreAlarms(city: readonly Simulated[], alarms: Alarms, view: View): Score {
  const seen = city.map((one, index) => lastYearOf(one, alarms[index] ?? [], view))
  const before = seen.map(({ quiet }) => quiet)
  const falseAlarms = ratioOf(before.map((row) => [row.filter(Boolean).length, row.length]))
  const early = before.reduce((sum, row) => sum + row.slice(0, view.holidays).filter(Boolean).length, 0)
  const all = before.reduce((sum, row) => sum + row.filter(Boolean).length, 0)
  const steps = seen.filter(({ delay }) => delay !== null)
  const isFound = ({ delay }: { delay: number | null }) => (delay ?? 9) <= 3
  const found = (rows: typeof steps) => shareOf(rows.filter(isFound).length, rows.length)
  return {
    falseAlarmsPerThousand: { value: 1000 * falseAlarms.value, error: 1000 * falseAlarms.error },
    holidayShare: all === 0 ? 0 : early / all,
    detected: found(steps),
    detectedQuiet: found(steps.filter(({ noise }) => noise < 0.3)),
    medianDelay: medianOf(steps.filter(isFound).flatMap(({ delay }) => delay ?? [])),
    falseDiscoveries: all / Math.max(1, all + seen.reduce((sum, { justified }) => sum + justified, 0)),
  }
}

/** The periods before any step, how long after it the alarm came (infinite: never; null without a step), and alarms with cause. */
function lastYearOf({ noise, stepMonth }: Simulated, open: readonly boolean[], view: View) {
  const stepped = stepMonth === null ? open.length : view.periodOf(stepMonth)
  const after = open.slice(stepped)
  const first = after.indexOf(true)
  return {
    noise,
    quiet: open.slice(0, stepped),
    delay: stepMonth === null ? null : first < 0 ? Number.POSITIVE_INFINITY : first,
    justified: after.filter(Boolean).length,
  }
}

/** A ratio of sums over series, and its standard error with the series as the units drawn: alarms of one come in runs. */
function ratioOf(parts: readonly (readonly [number, number])[]): Estimate {
  const whole = parts.reduce((sum, [, count]) => sum + count, 0)
  if (whole === 0) return { value: 0, error: 0 }
  const value = parts.reduce((sum, [hits]) => sum + hits, 0) / whole
  const squares = parts.reduce((sum, [hits, count]) => sum + (hits - value * count) ** 2, 0)
  return { value, error: Math.sqrt(squares) / whole }
}

/** A share of independent cases; the error after Agresti and Coull, so that one of all or none is not taken as certain. */
function shareOf(hits: number, count: number): Estimate {
  const around = (hits + 2) / (count + 4)
  return { value: count === 0 ? 0 : hits / count, error: Math.sqrt((around * (1 - around)) / (count + 4)) }
}

/** Chance of a standard normal above z (Abramowitz and Stegun 26.2.17; error below 7.5e-8). */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z)
  const t = 1 / (1 + 0.2316419 * z)
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
