import { glancer } from './glance.ts'
import { changeText, hasData, observe } from './measure.ts'
import { isStatistic, type Rule } from './rule.ts'
import type { Calendar, Labels, Series } from './series.ts'
import { inactive, isOpen, step } from './state.ts'

/** A spell that a rule would have told of. */
export interface BacktestAlert {
  labels: Labels
  firedPeriod: string
  resolvedPeriod: string | null
  value: string | null
  base: string | null
  change: string | null
}

export interface Backtest {
  periods: { period: string; fired: number; open: number }[]
  /** Mean of new alerts a period. */
  perPeriod: number
  /** Gravest first by the first measure; at most `longestList`. */
  alerts: BacktestAlert[]
  moreAlerts: number
  budget: Budget | null
}

/**
 * The threshold of the first condition with which a rule meets its conditions `wanted` times a period in the year before
 * those tested, and how often it would then have met them in the tested ones: what to expect is not what will come.
 */
export interface Budget {
  wanted: number
  threshold: string | null
  /** Why no threshold is proposed; null where one is. */
  noThreshold: NoThreshold | null
  calibratedOn: string[]
  calibratedPerPeriod: number
  realisedPerPeriod: number
}

/**
 * `no-earlier-year`: no period before the tested ones has all the rule compares it with; `nothing-measured`: in those that have,
 * no series met size and the other conditions with any movement of the first measure to the side asked for.
 */
export const noThresholds = ['no-earlier-year', 'nothing-measured'] as const
type NoThreshold = (typeof noThresholds)[number]

const longestList = 200
const heldOutPeriods = 11

/** Replays a rule over series given one by one, and says what it would have told in the last `periods` loaded periods. */
export function backtester(
  rule: Rule,
  calendar: Calendar,
  options: { periods: number; budget: number | null },
) {
  const known = calendar.periods.filter(({ key }) => calendar.loaded.has(key))
  const tested = known.slice(-options.periods).map(({ key }) => key)
  const heldOut = known
    .slice(0, -options.periods)
    .filter((entry) => hasData(rule, calendar, entry))
    .map(({ key }) => key)
    .slice(-heldOutPeriods)
  const glance = glancer(rule, calendar)
  const counts = new Map(tested.map((period) => [period, { period, fired: 0, open: 0 }]))
  const alerts: BacktestAlert[] = []
  const budget =
    options.budget === null ? null : calibrator(rule, calendar, { wanted: options.budget, heldOut, tested })
  const addOne = (series: Series) => {
    let state = inactive
    let alert: BacktestAlert | null = null
    calendar.periods.forEach((entry, index) => {
      const { next, change } = step(rule, state, { ...glance(index, series), period: entry.key })
      state = next
      const count = counts.get(entry.key)
      if (count && isOpen(state)) count.open++
      if (change === 'resolved' && alert) alert.resolvedPeriod = entry.key
      if (change !== 'new' || !count) return
      count.fired++
      const { value, base, measured } = observe(rule, calendar, entry, series)
      alert = {
        labels: series.labels,
        firedPeriod: entry.key,
        resolvedPeriod: null,
        value: value?.toFixed() ?? null,
        base: base?.toFixed() ?? null,
        change: changeText(measured[0]?.ratio ?? null, measured[0]?.measure),
      }
      alerts.push(alert)
    })
    budget?.add(series)
  }
  return {
    add: addOne,
    result(): Backtest {
      const fired = alerts.length
      const sorted = alerts.toSorted((a, b) => Math.abs(Number(b.change)) - Math.abs(Number(a.change)))
      return {
        periods: [...counts.values()],
        perPeriod: tested.length === 0 ? 0 : fired / tested.length,
        alerts: sorted.slice(0, longestList),
        moreAlerts: Math.max(0, fired - longestList),
        budget: budget?.result() ?? null,
      }
    },
  }
}

/** Collects how far the first measure went wherever size and the other conditions were met. */
function calibrator(
  rule: Rule,
  calendar: Calendar,
  { wanted, heldOut, tested }: { wanted: number; heldOut: readonly string[]; tested: readonly string[] },
) {
  const [first] = rule.conditions
  const relaxed = {
    ...rule,
    conditions: rule.conditions.map((condition, index) =>
      index === 0 ? { ...condition, threshold: '0' } : condition,
    ),
  }
  const glance = glancer(relaxed, calendar)
  const before = { measured: 0, sizes: [] as number[] }
  const after = { measured: 0, sizes: [] as number[] }
  const [heldOutSet, testedSet] = [new Set(heldOut), new Set(tested)]
  const sign = first?.comparison === 'below' ? -1 : 1
  const size = (change: number) => (first?.comparison === 'outside' ? Math.abs(change) : sign * change)
  return {
    add(series: Series) {
      calendar.periods.forEach(({ key }, index) => {
        const into = heldOutSet.has(key) ? before : testedSet.has(key) ? after : null
        if (!into) return
        const { outcome, measured } = glance(index, series)
        const change = changeText(measured[0]?.ratio ?? null, measured[0]?.measure)
        if (change === null) return
        into.measured++
        if (outcome === 'met') into.sizes.push(size(Number(change)))
      })
    },
    result(): Budget {
      const sorted = before.sizes.toSorted((a, b) => b - a)
      // statistics of the past could be reckoned for fewer series a year earlier: fewer alerts are then allowed
      const measurable = (before.measured * tested.length) / Math.max(1, after.measured * heldOut.length)
      const share = first && isStatistic(first.measure) ? Math.min(1, measurable) : 1
      const allowed = Math.floor(wanted * heldOut.length * share)
      // the first value that is one too many, rounded away from zero at two places
      const excess = sorted[allowed]
      const cut = excess === undefined ? 0 : Math.ceil(excess * 100) / 100
      const beyond = (values: readonly number[], periods: number) =>
        periods === 0 ? 0 : values.filter((value) => value > cut).length / periods
      const noThreshold =
        heldOut.length === 0 ? 'no-earlier-year' : before.sizes.length === 0 ? 'nothing-measured' : null
      return {
        wanted,
        threshold: noThreshold === null ? (sign * cut).toFixed(2) : null,
        noThreshold,
        calibratedOn: [...heldOut],
        calibratedPerPeriod: beyond(before.sizes, heldOut.length),
        realisedPerPeriod: beyond(after.sizes, tested.length),
      }
    },
  }
}
