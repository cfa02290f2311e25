import type { Outcome, RuleError } from './evaluate.ts'
import { labelKey } from './series.ts'
import { isOpen } from './state.ts'

export interface RuleReport {
  rule: string
  /** Series looked at: those ever as large as the floor. */
  series: number
  open: number
  pending: number
  noData: number
  transitions: Record<'new' | 'worse' | 'revised' | 'resolved', number>
  error: RuleError | null
}

export interface EvaluationReport {
  /** Data period evaluated; null when nothing is loaded that a rule looks at. */
  period: string | null
  /** False: an older period than was evaluated before, so nothing was stored and nobody is told. */
  stored: boolean
  rules: RuleReport[]
  open: OpenSeries[]
  /** Mails put into the outbox, by reason. */
  mails: { to: string; reason: string; subject: string }[]
}

export interface OpenSeries {
  rule: string
  labels: string
  since: string | null
  period: string
  value: string | null
  base: string | null
  change: string | null
}

/** What an evaluation of a rule found, in numbers. */
export function reportOf(
  rule: string,
  { series, outcomes, error }: { series: number; outcomes: readonly Outcome[]; error: RuleError | null },
): RuleReport {
  const told = (wanted: string) =>
    outcomes.reduce(
      (sum, { transitions }) => sum + transitions.filter(({ reason }) => reason === wanted).length,
      0,
    )
  return {
    rule,
    series,
    open: outcomes.filter(({ state }) => isOpen(state)).length,
    pending: outcomes.filter(({ state }) => state.state === 'pending').length,
    noData: outcomes.filter(({ state }) => state.state === 'no-data').length,
    transitions: {
      new: told('new'),
      worse: told('worse'),
      revised: told('revised'),
      resolved: told('resolved'),
    },
    error,
  }
}

/** A line of the list of what is open. */
export function openSeries(rule: string, { labels, state, figures }: Outcome): OpenSeries {
  const { period, value, base, change } = figures
  return { rule, labels: labelKey(labels), since: state.activeSince, period, value, base, change }
}
