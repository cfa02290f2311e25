import { changeText, observe } from './measure.ts'
import type { Rule } from './rule.ts'
import type { Calendar, Entry, Series } from './series.ts'
import { type Change, inactive, type State, step } from './state.ts'
import { type BandMethod, bandOf, logDifference } from './statistics.ts'

/** A period of a series as the page of a warning draws it. */
export interface DetailPoint {
  period: string
  /** Amounts of the period itself and a year earlier, whatever window the rule looks at; null where not loaded. */
  value: string | null
  base: string | null
  /** The rule's first measure, as everywhere cut at six places. */
  change: string | null
  outcome: 'met' | 'not-met' | 'no-data'
  state: State
  event: Change | null
  /** The 80 % band for the value from the series' earlier growth; null where the past is too short. */
  forecast: number | null
  lower: number | null
  upper: number | null
}

export interface Detail {
  points: DetailPoint[]
  /** How many of the periods that have a band lie inside it: what the stated coverage came to. */
  inside: number
  banded: number
}

/** A series replayed with a rule's eyes, period by period, with a forecast band beside it. */
export function detailOf(
  rule: Rule,
  calendar: Calendar,
  { series, method }: { series: Series; method: BandMethod },
): Detail {
  let state = inactive
  const past: number[] = []
  const points = calendar.periods.map((entry): DetailPoint => {
    const seen = { ...observe(rule, calendar, entry, series), period: entry.key }
    const { next, change: event } = step(rule, state, seen)
    state = next
    const { amount, baseAmount, ...amounts } = amountsOf(calendar, entry, series)
    const band = baseAmount === null ? null : bandOf(method, past)
    const difference = logDifference(amount ?? 0, baseAmount ?? 0)
    if (difference !== null) past.push(difference)
    const at = (log: number) => (baseAmount ?? 0) * Math.exp(log)
    return {
      period: entry.key,
      ...amounts,
      change: changeText(seen.measured[0]?.ratio ?? null, seen.measured[0]?.measure),
      outcome: seen.outcome,
      state: state.state,
      event,
      forecast: band && at(band.centre),
      lower: band && at(band.centre - band.width),
      upper: band && at(band.centre + band.width),
    }
  })
  const banded = points.filter(({ value, lower }) => value !== null && lower !== null)
  const inside = banded.filter(
    ({ value, lower, upper }) => Number(value) >= (lower ?? 0) && Number(value) <= (upper ?? 0),
  )
  return { points, inside: inside.length, banded: banded.length }
}

function amountsOf({ loaded }: Calendar, { single: [span] }: Entry, { points }: Series) {
  const of = (key: string | undefined) => {
    if (key === undefined || !loaded.has(key)) return { text: null, amount: null }
    const point = points.get(key)
    return { text: point?.value ?? '0', amount: point?.amount ?? 0 }
  }
  const [now, before] = [of(span?.key), of(span?.baseKey)]
  return { value: now.text, base: before.text, amount: now.amount, baseAmount: before.amount }
}
