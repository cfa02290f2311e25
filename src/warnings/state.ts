import { movedBy, type Observation, type Ratio } from './measure.ts'
import type { Rule } from './rule.ts'

export const states = ['inactive', 'pending', 'firing', 'resolved', 'no-data'] as const
export type State = (typeof states)[number]

/**
 * Where a series stands. The clock is the data period, never the wall clock; periods are texts that sort by time.
 * `no-data` keeps the state that goes on when data arrive in `resumes`.
 */
export interface SeriesState {
  readonly state: State
  readonly resumes: Exclude<State, 'no-data'> | null
  /** First period of the run in which the conditions hold. */
  readonly activeSince: string | null
  /** Periods of that run with data. */
  readonly held: number
  /** Periods with data since the conditions ceased, while still firing. */
  readonly absent: number
  readonly firedPeriod: string | null
  readonly resolvedPeriod: string | null
  /** The rate last told as new or worse. */
  readonly told: Ratio | null
}

/** From the period a series fired to the one it resolved in; null while it fires. */
export interface Spell {
  readonly fired: string
  readonly resolved: string | null
}

export type Change = 'new' | 'worse' | 'resolved'

export const inactive: SeriesState = {
  state: 'inactive',
  resumes: null,
  activeSince: null,
  held: 0,
  absent: 0,
  firedPeriod: null,
  resolvedPeriod: null,
  told: null,
}

/** The next state after one more period, and what there is to tell about it. Rules of the Prometheus alert state machine. */
export function step(
  rule: Rule,
  previous: SeriesState,
  seen: Observation & { period: string },
): { next: SeriesState; change: Change | null } {
  if (seen.outcome === 'no-data') {
    const resumes = previous.state === 'no-data' ? previous.resumes : previous.state
    return { next: { ...previous, state: 'no-data', resumes }, change: null }
  }
  const state = previous.state === 'no-data' ? (previous.resumes ?? 'inactive') : previous.state
  const from: SeriesState = { ...previous, state, resumes: null }
  return seen.outcome === 'met' ? conditionsHold(rule, from, seen) : conditionsCeased(rule, from, seen.period)
}

/** Whether a warning is open: firing, or firing when the data stopped. */
export function isOpen(state: Pick<SeriesState, 'state' | 'resumes'>): boolean {
  return state.state === 'firing' || state.resumes === 'firing'
}

function conditionsHold(rule: Rule, from: SeriesState, seen: Observation & { period: string }) {
  if (from.state === 'firing') return stillFiring(rule, from, seen)
  const running = from.state === 'pending'
  const held = running ? from.held + 1 : 1
  const fires = held >= rule.for
  const next: SeriesState = {
    ...inactive,
    state: fires ? 'firing' : 'pending',
    activeSince: running ? from.activeSince : seen.period,
    held,
    firedPeriod: fires ? seen.period : null,
    told: fires ? leadOf(seen) : null,
  }
  return { next, change: fires ? ('new' as const) : null }
}

function stillFiring(rule: Rule, from: SeriesState, seen: Observation) {
  const lead = leadOf(seen)
  const direction = rule.conditions[0]?.comparison ?? 'above'
  const worse = from.told !== null && lead !== null && movedBy(from.told, lead, rule.worseBy, direction)
  const next = { ...from, held: from.held + 1, absent: 0, told: worse ? lead : from.told }
  return { next, change: worse ? ('worse' as const) : null }
}

function conditionsCeased(rule: Rule, from: SeriesState, period: string) {
  if (from.state !== 'firing') return { next: inactive, change: null }
  if (from.absent < rule.keepFiringFor) return { next: { ...from, absent: from.absent + 1 }, change: null }
  const next: SeriesState = { ...from, state: 'resolved', absent: 0, resolvedPeriod: period }
  return { next, change: 'resolved' as const }
}

function leadOf(seen: Observation): Ratio | null {
  return seen.measured[0]?.ratio ?? null
}
