import { Big } from 'big.js'
import { type Condition, isGrowth, isStatistic, type Measure, type Rule } from './rule.ts'
import { type Calendar, type Entry, type Point, pointOf, type Series, type Span } from './series.ts'
import { logDifference, statisticOf } from './statistics.ts'

/** A measure before division: growth is current / base - 1, a level current / base. Comparisons multiply across, so no threshold sees rounding. */
export interface Ratio {
  readonly current: Big
  readonly base: Big
}

/** A measure of a series in a period; null where there is none: base of zero, quantity missing, units that differ, short history. */
export interface Measured {
  readonly measure: Measure
  readonly ratio: Ratio | null
}

/** What a rule saw of a series in a period. Amounts are of the first condition's window; null without data. */
export interface Observation {
  readonly outcome: 'met' | 'not-met' | 'no-data'
  readonly value: Big | null
  readonly base: Big | null
  readonly measured: readonly Measured[]
}

const zero = new Big(0)
const one = new Big(1)
const noData: Observation = { outcome: 'no-data', value: null, base: null, measured: [] }
const absent: Point = pointOf('0', '0', { other: '0' })

/**
 * Looks at a series in a period with a rule's eyes. A period or base period that is not loaded gives no-data, which
 * neither fires nor resolves; a measure that does not exist (new trade, base zero) passes no threshold.
 */
export function observe(rule: Rule, calendar: Calendar, entry: Entry, series: Series): Observation {
  if (!hasData(rule, calendar, entry)) return noData
  const measured = rule.conditions.map(({ measure }) => ({
    measure,
    ratio: ratioOf(measure, calendar, entry, series),
  }))
  const lead = leadWindow(rule, entry)
  const { current, base } = sums(series, lead)
  const sized = (rule.floor.on === 'base' ? base : current).gte(
    new Big(rule.floor.monthlyAmount).times(monthsOf(lead)),
  )
  const held =
    sized &&
    (!rule.remedy || series.remedied === true) &&
    rule.conditions.every((condition, index) => holds(condition, measured[index]?.ratio ?? null))
  return { outcome: held ? 'met' : 'not-met', value: current, base, measured }
}

/** Whether everything the rule compares in a period is loaded. */
export function hasData(rule: Rule, { loaded }: Calendar, entry: Entry): boolean {
  return rule.conditions.every(({ measure }) =>
    spansOf(measure, entry).every(
      ({ key, baseKey }) => loaded.has(key) && (isLevel(measure) || loaded.has(baseKey)),
    ),
  )
}

/** Whether a measure lies strictly beyond the condition's threshold. */
export function holds({ measure, comparison, threshold }: Condition, ratio: Ratio | null): boolean {
  if (!ratio) return false
  const offset = isGrowth(measure) ? one : zero
  const limit = offset.plus(threshold).times(ratio.base)
  if (comparison === 'above') return ratio.current.gt(limit)
  if (comparison === 'below') return ratio.current.lt(limit)
  return ratio.current.gt(limit) || ratio.current.lt(offset.minus(threshold).times(ratio.base))
}

/** Whether the measure moved from `from` by at least `step`, in the given direction, away from zero, or in any. */
export function movedBy(
  from: Ratio,
  to: Ratio,
  step: string,
  direction: Condition['comparison'] | 'any',
): boolean {
  // to/from rates a/b and c/d differ by step when a*d - c*b reaches step*b*d; bases are positive
  const difference = to.current.times(from.base).minus(from.current.times(to.base))
  const reach = new Big(step).times(from.base).times(to.base)
  if (direction === 'above') return difference.gte(reach)
  if (direction === 'below') return difference.times(-1).gte(reach)
  if (direction === 'any') return difference.abs().gte(reach)
  return (to.current.lt(zero) ? difference.times(-1) : difference).gte(reach)
}

/** The measure cut toward zero at six places, for people and for the database: a fraction for growth and shares. */
export function changeText(ratio: Ratio | null, measure: Measure = 'yoy'): string | null {
  if (!ratio) return null
  const precise = Big()
  precise.DP = 6
  precise.RM = 0
  const from = isGrowth(measure) ? ratio.current.minus(ratio.base) : ratio.current
  return precise(from.toFixed()).div(ratio.base.toFixed()).toFixed(6)
}

/** The spans whose amounts a rule shows for a period: the window of its first condition. */
export function leadWindow(rule: Rule, entry: Entry): readonly Span[] {
  return spansOf(rule.conditions[0]?.measure ?? 'yoy', entry)
}

export function monthsOf(window: readonly Span[]): number {
  return window.reduce((count, span) => count + span.months, 0)
}

/** The spans a measure covers in a period. */
export function spansOf(measure: Measure, entry: Entry): readonly Span[] {
  if (measure === 'ytdYoy') return entry.yearToDate
  return measure === 'rolling3Yoy' ? entry.rolling3 : entry.single
}

function isLevel(measure: Measure): boolean {
  return !isGrowth(measure) && !isStatistic(measure)
}

function ratioOf(measure: Measure, calendar: Calendar, entry: Entry, series: Series): Ratio | null {
  if (isStatistic(measure)) {
    const { differences, inYear } = differencesUpTo(calendar, entry, series)
    const statistic = statisticOf(measure, differences, inYear)
    return statistic === null ? null : { current: new Big(statistic.toFixed(6)), base: one }
  }
  const [span] = entry.single
  const current = series.points.get(span?.key ?? '') ?? absent
  if (measure === 'quantityYoy' || measure === 'unitValueYoy') {
    return perQuantity(measure, current, series.points.get(span?.baseKey ?? '') ?? absent)
  }
  return withBase(isGrowth(measure) ? sums(series, spansOf(measure, entry)) : levelOf(measure, current))
}

function perQuantity(measure: Measure, current: Point, base: Point): Ratio | null {
  if (current.quantity === null || base.quantity === null || !sameUnit(current, base)) return null
  const [now, before] = [new Big(current.quantity), new Big(base.quantity)]
  if (measure === 'quantityYoy') return withBase({ current: now, base: before })
  if (now.eq(zero)) return null
  // value/quantity over base value/base quantity, without dividing
  return withBase({ current: before.times(current.value), base: now.times(base.value) })
}

function levelOf(measure: Measure, { value, quantity, other }: Point): Ratio {
  const amount = new Big(value)
  const beside = new Big(other ?? 0)
  if (measure === 'unitValue') return { current: amount, base: new Big(quantity ?? 0) }
  if (measure === 'share') return { current: amount, base: beside }
  if (measure === 'hhi') return { current: beside, base: amount.times(amount) }
  return { current: amount.minus(beside), base: amount.plus(beside) }
}

/** The 12-month log differences from the first loaded pair of periods to this one (null where there is none), and those of its year. */
function differencesUpTo({ periods, loaded }: Calendar, entry: Entry, { points }: Series) {
  const differences: (number | null)[] = []
  const year = entry.key.slice(0, 4)
  let inYear = 0
  for (const { key, single } of periods) {
    const baseKey = single[0]?.baseKey ?? ''
    if (loaded.has(key) && loaded.has(baseKey)) {
      if (key.startsWith(year)) inYear++
      differences.push(logDifference(points.get(key)?.amount ?? 0, points.get(baseKey)?.amount ?? 0))
    }
    if (key === entry.key) break
  }
  return { differences, inYear }
}

function sameUnit(a: Point, b: Point): boolean {
  return a === absent || b === absent || a.unit === b.unit
}

function withBase(ratio: Ratio): Ratio | null {
  return ratio.base.gt(zero) ? ratio : null
}

function sums(series: Series, spans: readonly Span[]): Ratio {
  let current = zero
  let base = zero
  for (const span of spans) {
    current = current.plus(series.points.get(span.key)?.value ?? zero)
    base = base.plus(series.points.get(span.baseKey)?.value ?? zero)
  }
  return { current, base }
}
