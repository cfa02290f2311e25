import { Big } from 'big.js'
import { glancer } from './glance.ts'
import type { Condition, Measure, Rule } from './rule.ts'
import { type Calendar, calendarOf, type Point, pointOf, type Series } from './series.ts'
import { inactive, isOpen, step } from './state.ts'

/** What a rule did to a simulated city: noise, moving Spring Festival, and known steps to be found. */
export interface Score {
  falseAlarmsPerThousand: number
  /** Share of the false alarms in the first two months of a year. */
  holidayShare: number
  /** Share of the steps told of within three periods, and of those in quiet series (noise under 0.3). */
  detected: number
  detectedQuiet: number
  /** Periods from the step to the alarm. */
  medianDelay: number | null
}

export interface Simulated {
  series: Series
  noise: number
  /** Index of the stepped month from the start; null without a step. */
  stepMonth: number | null
}

const startYear = 2019
const years = 7
const months = years * 12
export const simulatedCalendar: Calendar = wholeCalendar()

/**
 * Seven years of monthly series with Student-t noise of a scale from 0.1 to 0.8 (more of them low), yearly drift, a
 * Spring Festival that takes trade from January or February by turns, and a step of +60 % in the last year for one in
 * twenty. The same seed gives the same city.
 */
export function simulateCity(count: number, seed: number): Simulated[] {
  const random = generator(seed)
  return Array.from({ length: count }, (_, index) => simulateSeries(index, random))
}

function simulateSeries(index: number, random: () => number): Simulated {
  const noise = 0.1 + 0.7 * random() ** 1.5
  const drift = normal(random) * 0.05
  const level = Math.log(1_000_000) + normal(random)
  const stepMonth = random() < 0.05 ? months - 12 + Math.floor(random() * 10) : null
  const points = new Map<string, Point>()
  for (let month = 0; month < months; month++) {
    const stepped = stepMonth !== null && month >= stepMonth ? Math.log(1.6) : 0
    const log = level + (drift * month) / 12 + stepped + noise * studentT(random) + festival(month)
    const key = keyOf(month)
    const value = new Big(Math.exp(log).toFixed(2)).plus(points.get(key)?.value ?? 0)
    points.set(key, pointOf(value.toFixed()))
  }
  return { series: { labels: { series: String(index) }, points }, noise, stepMonth }
}

/** Runs a rule over the last year of each series. An alarm in a stepped series counts as found from the step on. */
export function scoreRule(rule: Rule, city: readonly Simulated[]): Score {
  const glance = glancer(rule, simulatedCalendar)
  const seen = city.map((one) => lastYearOf(one, openPeriods(rule, glance, one.series)))
  const quietPeriods = seen.flatMap(({ before }) => before)
  const alarms = quietPeriods.filter(({ open }) => open)
  const steps = seen.filter(({ delay }) => delay !== null)
  const found = steps.filter(({ delay }) => (delay ?? 0) <= 3)
  const quiet = steps.filter(({ noise }) => noise < 0.3)
  return {
    falseAlarmsPerThousand: (1000 * alarms.length) / quietPeriods.length,
    holidayShare: alarms.length === 0 ? 0 : alarms.filter(({ holiday }) => holiday).length / alarms.length,
    detected: found.length / steps.length,
    detectedQuiet: quiet.filter(({ delay }) => (delay ?? 0) <= 3).length / quiet.length,
    medianDelay: medianOf(found.flatMap(({ delay }) => delay ?? [])),
  }
}

/** The periods of the last year before any step, and how long after it the alarm came (infinite: never); null without one. */
function lastYearOf({ noise, stepMonth }: Simulated, open: readonly boolean[]) {
  const { periods } = simulatedCalendar
  const indexOf = (month: number) => periods.findIndex(({ key }) => key === keyOf(month))
  const stepped = stepMonth === null ? periods.length : indexOf(stepMonth)
  const first = indexOf(months - 12)
  const before = open
    .slice(first, Math.max(first, stepped))
    .map((isAlarm, index) => ({ open: isAlarm, holiday: index === 0 }))
  const after = open.slice(stepped).indexOf(true)
  return { noise, before, delay: stepMonth === null ? null : after < 0 ? Number.POSITIVE_INFINITY : after }
}

export interface SimulationRow {
  name: string
  score: Score
  /** What the study that this repeats reports for the rule; null where it does not name it. */
  source: Omit<Score, 'holidayShare'> | null
}

/** The measures on one simulated city beside the published figures of the same experiment on another draw. */
export function simulationTable(count = 4000, seed = 2026): SimulationRow[] {
  const city = simulateCity(count, seed)
  return experiments.map(({ name, conditions, held = 1, source = null }) => ({
    name,
    score: scoreRule(simulatedRule(conditions, held), city),
    source,
  }))
}

interface Experiment {
  name: string
  conditions: Rule['conditions']
  held?: number
  source?: SimulationRow['source']
}

const experiments: Experiment[] = [
  { name: 'yoy > 30 %', conditions: [above('yoy', '0.3')], source: figures(260, 0.97, 0.99, 0) },
  { name: 'yoy > 30 % for 2', conditions: [above('yoy', '0.3')], held: 2, source: figures(84, 0.81, 0.9, 1) },
  { name: 'since January > 30 %', conditions: [above('ytdYoy', '0.3')], source: figures(142, 0.52, 0.5, 0) },
  {
    name: 'rolling 3 > 30 %',
    conditions: [above('rolling3Yoy', '0.3')],
    source: figures(180, 0.9, 0.96, 0.5),
  },
  { name: 'robust z > 3', conditions: [above('robustZ', '3')], source: figures(9.2, 0.37, 0.63, 0) },
  { name: 'robust z > 3.7', conditions: [above('robustZ', '3.7')] },
  { name: 'cusum > 5', conditions: [above('cusum', '5')], source: figures(11.7, 0.38, 0.66, 2) },
  {
    name: 'rolling 3 > 30 % and z > 2.5',
    conditions: [above('rolling3Yoy', '0.3'), above('robustZ', '2.5')],
    source: figures(17.8, 0.5, 0.77, 1),
  },
  {
    name: 'outside the naive 80 % band',
    conditions: [{ ...above('naiveBand', '1'), comparison: 'outside' }],
  },
  {
    name: 'outside the smoothed 80 % band',
    conditions: [{ ...above('smoothedBand', '1'), comparison: 'outside' }],
  },
]

function above(measure: Measure, threshold: string): Condition {
  return { measure, comparison: 'above', threshold }
}

function figures(
  falseAlarmsPerThousand: number,
  detected: number,
  detectedQuiet: number,
  medianDelay: number,
) {
  return { falseAlarmsPerThousand, detected, detectedQuiet, medianDelay }
}

function simulatedRule(conditions: Rule['conditions'], held: number): Rule {
  return {
    id: 'simulated',
    name: { zh: '模拟', en: 'Simulated' },
    topic: 'surge',
    severity: 'info',
    selector: { dataset: 'simulated', flow: 'export', by: 'total', currency: 'USD' },
    conditions,
    floor: { on: 'current', monthlyAmount: '0' },
    for: held,
    keepFiringFor: 0,
    worseBy: '1',
    limit: 100_000,
    enabled: true,
  }
}

function openPeriods(rule: Rule, glance: ReturnType<typeof glancer>, series: Series): boolean[] {
  let state = inactive
  return simulatedCalendar.periods.map(({ key }, index) => {
    state = step(rule, state, { ...glance(index, series), period: key }).next
    return isOpen(state)
  })
}

function keyOf(month: number): string {
  const year = startYear + Math.floor(month / 12)
  const inYear = (month % 12) + 1
  return inYear <= 2 ? `${year}-01/02` : `${year}-${String(inYear).padStart(2, '0')}`
}

function wholeCalendar(): Calendar {
  const last = { year: startYear + years - 1, month: 12, months: 1 } as const
  const loaded = new Set(Array.from({ length: months }, (_, month) => keyOf(month)))
  return calendarOf({ year: startYear, month: 1, months: 1 }, last, loaded)
}

/** Share of the month's trade the holiday takes, in logs: years alternate between late January and mid-February. */
function festival(month: number): number {
  const inYear = month % 12
  const early = Math.floor(month / 12) % 2 === 0
  if (inYear === 0) return early ? -0.4 : 0.1
  if (inYear === 1) return early ? 0 : -0.4
  return 0
}

/** Uniform numbers in (0, 1) from a 32-bit state (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}

/** Student's t with five degrees of freedom, scaled to a variance of one. */
function studentT(random: () => number): number {
  const degrees = 5
  let squares = 0
  for (let count = 0; count < degrees; count++) squares += normal(random) ** 2
  return (normal(random) / Math.sqrt(squares / degrees)) * Math.sqrt((degrees - 2) / degrees)
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
