import { hasData, leadWindow, monthsOf, type Observation, observe, spansOf } from './measure.ts'
import { type Condition, isGrowth, type Rule } from './rule.ts'
import type { Calendar, Entry, Point, Series, Span } from './series.ts'

/** A growth condition whose two sides are sums. */
interface Check {
  readonly window: readonly Span[]
  readonly of: 'amount' | 'quantity'
  readonly comparison: Condition['comparison']
  readonly factor: number
}

/** How a rule looks at one period: prepared once for all series. */
interface View {
  readonly entry: Entry
  readonly available: boolean
  readonly window: readonly Span[]
  /** Lowest amount of the window, as a double. */
  readonly floor: number
  readonly conditions: readonly Check[]
}

/** Far above what adding a few hundred doubles can be off by, relative to the amounts added. */
const tolerance = 1e-9
const notMet: Observation = { outcome: 'not-met', value: null, base: null, measured: [] }
const noData: Observation = { outcome: 'no-data', value: null, base: null, measured: [] }

/**
 * Observes series after series with doubles where they leave no doubt that a condition fails, and exactly everywhere
 * else: what meets its conditions, or is anywhere near, is always decided exactly. Outcomes seen to fail by the glance
 * carry no figures.
 */
export function glancer(rule: Rule, calendar: Calendar): (index: number, series: Series) => Observation {
  const views = calendar.periods.map((entry) => viewOf(rule, calendar, entry))
  return (index, series) => {
    const view = views[index]
    if (!view?.available) return noData
    if (surelyFails(rule, view, series)) return notMet
    return observe(rule, calendar, view.entry, series)
  }
}

function viewOf(rule: Rule, calendar: Calendar, entry: Entry): View {
  const window = leadWindow(rule, entry)
  return {
    entry,
    available: hasData(rule, calendar, entry),
    window,
    floor: Number(rule.floor.monthlyAmount) * monthsOf(window),
    conditions: rule.conditions
      .filter(({ measure }) => isGrowth(measure) && measure !== 'unitValueYoy')
      .filter(({ comparison }) => comparison !== 'outside')
      .map(({ measure, comparison, threshold }) => ({
        window: spansOf(measure, entry),
        of: measure === 'quantityYoy' ? ('quantity' as const) : ('amount' as const),
        comparison,
        factor: 1 + Number(threshold),
      })),
  }
}

function surelyFails(rule: Rule, view: View, series: Series): boolean {
  if (rule.remedy && !series.remedied) return true
  const lead = roughly(series, view.window, amountOf)
  const size = rule.floor.on === 'base' ? lead.base : lead.current
  if (size < view.floor - tolerance * (lead.scale + view.floor)) return true
  return view.conditions.some(({ window, of, comparison, factor }) => {
    const isLead = of === 'amount' && window === view.window
    const { current, base, scale } = isLead
      ? lead
      : roughly(series, window, of === 'amount' ? amountOf : quantityOf)
    const doubt = tolerance * scale * (1 + Math.abs(factor))
    const beyond = current - factor * base
    return comparison === 'above' ? beyond < -doubt : beyond > doubt
  })
}

function amountOf(point: Point): number {
  return point.amount
}

function quantityOf({ quantity }: Point): number {
  return Number(quantity ?? 0)
}

function roughly({ points }: Series, window: readonly Span[], figure: (point: Point) => number) {
  let current = 0
  let base = 0
  let scale = 0
  for (const { key, baseKey } of window) {
    const [point, basePoint] = [points.get(key), points.get(baseKey)]
    const now = point ? figure(point) : 0
    const before = basePoint ? figure(basePoint) : 0
    current += now
    base += before
    scale += Math.abs(now) + Math.abs(before)
  }
  return { current, base, scale }
}
