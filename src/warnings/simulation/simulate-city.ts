import {
  type Calendar,
  calendarOf,
  type Entry,
  type Point,
  pointOf,
  type Series,
  type Span,
} from '../series.ts'

/** A series of the simulated city. */
export interface Simulated {
  /** Amounts of the months in order. */
  amounts: readonly number[]
  noise: number
  /** The stepped month of the last year, from 0; null without a step. */
  stepMonth: number | null
}

const startYear = 2019
const years = 7
const months = years * 12
/** Months of the years from 2019 to 2025 in which the Spring Festival began, from 0. */
const festivalMonths = [1, 0, 1, 1, 0, 1, 0]
const stepSize = Math.log(1.6)

/** Scales of the noise: a quarter of the series each. */
const noises = [0.1, 0.2, 0.4, 0.8] as const

/**
 * Seven years of monthly series with Student-t noise (six degrees of freedom, variance one) of one of four scales, a drift (4 %
 * a year, give or take 4, and a wandering of 1 % a month), a Spring Festival that takes a seventh of the trade of the month it
 * falls in, and for one in twenty a step of +60 % in a month of the last year. The same seed gives the same city.
 *
 * The study this repeats says no more than: noise of 0.1 to 0.8, Student-t, drift, a moving festival, 5 % with a step in the
 * last year. The rest was looked for by the figures of all its rules among some 10,000 readings: three to eight degrees of
 * freedom or normal, variance one or not; scales even, log-even, skewed or in levels; drift, its mean, wandering and serial
 * correlation; the festival; the months of the step; one- or two-sided p-values; a CUSUM that restarts after its alarm or goes
 * on. Even scales, three or four degrees of freedom, serial correlation of 0.2, two-sided p-values and the restart are
 * each far off. Scales in doublings with a positive, slightly wandering drift bring out every figure, the 58 % of false
 * discoveries among them; a draw of 4,000 may still miss one by luck.
 */
export function simulateCity(count: number, seed: number): Simulated[] {
  const random = generator(seed)
  return Array.from({ length: count }, () => simulateSeries(random))
}

function simulateSeries(random: () => number): Simulated {
  const noise = noises[Math.floor(random() * noises.length)] ?? noises[0]
  const drift = 0.04 + 0.04 * normal(random)
  let level = Math.log(1_000_000) + normal(random)
  const stepMonth = random() < 0.05 ? Math.floor(random() * 12) : null
  const amounts = Array.from({ length: months }, (_, month) => {
    const stepped = stepMonth !== null && month >= months - 12 + stepMonth ? stepSize : 0
    const festival = month % 12 === festivalMonths[Math.floor(month / 12)] ? -0.15 : 0
    level += drift / 12 + 0.01 * normal(random)
    return Math.exp(level + stepped + festival + noise * studentT(random))
  })
  return { amounts, noise, stepMonth }
}

/** How the months are looked at: each by itself, or January and February as one period as the service does. */
export interface View {
  calendar: Calendar
  /** Text of the period a month (from 0) belongs to. */
  keyOf(month: number): string
  /** Periods of a year, and how many of them hold the festival. */
  perYear: number
  holidays: number
  /** Index in the last year of the period that holds a month of it. */
  periodOf(month: number): number
}

export const mergedView: View = {
  calendar: mergedCalendar(),
  keyOf: (month) => (month % 12 < 2 ? `${yearOf(month)}-01/02` : monthKey(month)),
  perYear: 11,
  holidays: 1,
  periodOf: (month) => Math.max(0, month - 1),
}

export const monthView: View = {
  calendar: monthCalendar(),
  keyOf: monthKey,
  perYear: 12,
  holidays: 2,
  periodOf: (month) => month,
}

/** The amounts as a series of a view; `rolling`: each period with the two months before. */
export function seriesIn(view: View, { amounts }: Simulated, rolling = false): Series {
  const sums = new Map<string, number>()
  amounts.forEach((amount, month) => {
    if (rolling && month < 2) return
    const before = rolling ? (amounts[month - 1] ?? 0) + (amounts[month - 2] ?? 0) : 0
    const key = view.keyOf(month)
    sums.set(key, (sums.get(key) ?? 0) + amount + before)
  })
  const points = new Map<string, Point>([...sums].map(([key, sum]) => [key, pointOf(sum.toFixed(2))]))
  return { labels: {}, points }
}

function yearOf(month: number): number {
  return startYear + Math.floor(month / 12)
}

function monthKey(month: number): string {
  return `${yearOf(month)}-${String((month % 12) + 1).padStart(2, '0')}`
}

function mergedCalendar(): Calendar {
  const last = { year: startYear + years - 1, month: 12, months: 1 } as const
  const keys = Array.from({ length: months }, (_, month) =>
    month % 12 < 2 ? `${yearOf(month)}-01/02` : monthKey(month),
  )
  return calendarOf({ year: startYear, month: 1, months: 1 }, last, new Set(keys))
}

/** The calendar that the service does not use: January and February by themselves. */
function monthCalendar(): Calendar {
  const span = (month: number): Span => ({
    key: monthKey(month),
    baseKey: monthKey(month - 12),
    months: 1,
  })
  const spans = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => span(from + index))
  const periods = Array.from(
    { length: months },
    (_, month): Entry => ({
      key: monthKey(month),
      single: [span(month)],
      yearToDate: spans(month - (month % 12), month),
      rolling3: spans(month - 2, month),
    }),
  )
  return { periods, loaded: new Set(periods.map(({ key }) => key)) }
}

/** Uniform numbers in (0, 1) from a 32-bit state (mulberry32). */
function generator(seed: number): () => number {
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

/** Student's t with six degrees of freedom, scaled to a variance of one. */
function studentT(random: () => number): number {
  const degrees = 6
  let squares = 0
  for (let count = 0; count < degrees; count++) squares += normal(random) ** 2
  return (normal(random) / Math.sqrt(squares / degrees)) * Math.sqrt((degrees - 2) / degrees)
}
