import { Big } from 'big.js'
import { glancer } from './glance.ts'
import { changeText, movedBy, type Observation, observe, type Ratio } from './measure.ts'
import type { Rule } from './rule.ts'
import { type Calendar, dataThrough, type Labels, labelKey, type Series } from './series.ts'
import { type Change, inactive, isOpen, type SeriesState, type Spell, step } from './state.ts'

export type Reason = Change | 'revised'

/** The figures of a period as stored and shown: amounts and rates exact, `change` the first measure's rate cut at six places. */
export interface Figures {
  readonly period: string
  readonly value: string | null
  readonly base: string | null
  readonly change: string | null
  readonly measured: readonly StoredMeasure[]
}

export interface StoredMeasure {
  readonly measure: string
  readonly current: string | null
  readonly base: string | null
  readonly change: string | null
}

/** Something to tell: in which data period, why, and whether data or the officer's change of the rule caused it. */
export interface Transition extends Figures {
  readonly reason: Reason
  readonly cause: 'data' | 'rule'
}

/** What the last evaluation left behind for a series. */
export interface StoredSeries {
  readonly state: SeriesState['state']
  readonly resumes: SeriesState['resumes']
  readonly spells: readonly Spell[]
  readonly figures: Figures
}

export interface Evaluation {
  readonly rule: Rule
  readonly calendar: Calendar
  readonly series: readonly Series[]
  /** By label key. Series without a row were inactive. */
  readonly stored: ReadonlyMap<string, StoredSeries>
  /** Last period with data when evaluated before (`dataThrough`); null when there was none. */
  readonly evaluatedThrough: string | null
  /** Whether the rule was changed since. */
  readonly ruleChanged: boolean
}

export interface Outcome {
  readonly labels: Labels
  readonly key: string
  readonly state: SeriesState
  readonly spells: readonly Spell[]
  readonly figures: Figures
  readonly transitions: readonly Transition[]
}

/** A rule whose result cannot be used: its states stay as they were. */
export interface RuleError {
  readonly kind: 'duplicate-labels' | 'limit'
  readonly detail: string
}

/** Takes a rule's series one by one, so that they need never be in memory all at once. */
export interface RuleEvaluator {
  add(series: Series): void
  result(): { series: number; outcomes: Outcome[]; error: RuleError | null }
}

/**
 * Replays a rule over the whole history of its series. States are a function of the data alone, so evaluating twice, or
 * after a restart, changes nothing; what differs from the stored outcome in periods evaluated before was revised.
 * Series that are inactive and were so for a year are left out.
 */
export function ruleEvaluator(evaluation: Omit<Evaluation, 'series'>): RuleEvaluator {
  const { rule, calendar } = evaluation
  const glance = glancer(rule, calendar)
  const keys = new Set<string>()
  let outcomes: Outcome[] = []
  let firing = 0
  let error: RuleError | null = null
  const fail = (kind: RuleError['kind'], detail: string) => {
    error = { kind, detail }
    outcomes = []
  }
  const addOne = (series: Series) => {
    const key = labelKey(series.labels)
    if (keys.has(key)) return fail('duplicate-labels', `two series are labelled ${key || 'total'}`)
    keys.add(key)
    const outcome = evaluateSeries(evaluation, { series, key, glance })
    if (!outcome) return
    if (isOpen(outcome.state)) firing++
    // past the limit they are only counted
    if (firing <= rule.limit) outcomes.push(outcome)
    else outcomes = []
  }
  return {
    add(series) {
      if (error === null) addOne(series)
    },
    result() {
      if (firing > rule.limit)
        fail('limit', `fires for ${firing} series, more than its limit of ${rule.limit}`)
      return { series: keys.size, outcomes, error }
    },
  }
}

/** The same for series that are at hand. */
export function evaluateRule(evaluation: Evaluation): { outcomes: Outcome[]; error: RuleError | null } {
  const evaluator = ruleEvaluator(evaluation)
  for (const series of evaluation.series) evaluator.add(series)
  const { outcomes, error } = evaluator.result()
  return { outcomes, error }
}

interface Seen extends Observation {
  readonly period: string
}

interface Replayed {
  readonly state: SeriesState
  /** The last period with its figures. */
  readonly last: Seen
  readonly changes: readonly (Seen & { change: Change })[]
  observed(period: string): Seen | null
}

type Glance = ReturnType<typeof glancer>

/** Null for a series that is inactive, has been for a year, and was not known before. */
function evaluateSeries(
  evaluation: Omit<Evaluation, 'series'>,
  { series, key, glance }: { series: Series; key: string; glance: Glance },
): Outcome | null {
  const { rule, calendar, evaluatedThrough } = evaluation
  const { state, changes } = replay(rule, calendar, { series, glance })
  const known = evaluation.stored.has(key)
  if (!known && changes.length === 0 && standing(state) === 'inactive') return null
  const observed = (period: string): Seen | null => {
    const entry = calendar.periods.find((candidate) => candidate.key === period)
    return entry ? { ...observe(rule, calendar, entry, series), period } : null
  }
  const replayed = {
    state,
    changes,
    observed,
    last: observed(calendar.periods.at(-1)?.key ?? '') ?? nothingSeen,
  }
  const since = yearBefore(dataThrough(calendar) ?? replayed.last.period)
  const spells = spellsOf(changes).filter(({ resolved }) => resolved === null || resolved >= since)
  const transitions = evaluatedThrough === null ? firstSeen(replayed) : told(evaluation, key, replayed)
  // also what fired within the year: only what is stored can be found revised
  const kept = known || standing(state) !== 'inactive' || spells.length > 0
  return kept
    ? { labels: series.labels, key, state, spells, figures: figuresOf(replayed.last), transitions }
    : null
}

const nothingSeen: Seen = { period: '', outcome: 'no-data', value: null, base: null, measured: [] }

function standing({ state, resumes }: SeriesState): SeriesState['state'] | null {
  return state === 'no-data' ? resumes : state
}

function replay(rule: Rule, calendar: Calendar, { series, glance }: { series: Series; glance: Glance }) {
  let state: SeriesState = inactive
  const changes: (Seen & { change: Change })[] = []
  calendar.periods.forEach((entry, index) => {
    const seen = { ...glance(index, series), period: entry.key }
    const { next, change } = step(rule, state, seen)
    // what resolved may have been seen by a glance only: its figures are wanted
    if (change) changes.push({ ...observe(rule, calendar, entry, series), period: entry.key, change })
    state = next
  })
  return { state, changes }
}

/** What is new in the periods since the last evaluation, after what it said of earlier ones and is revised. */
function told(evaluation: Omit<Evaluation, 'series'>, key: string, replayed: Replayed): Transition[] {
  const through = evaluation.evaluatedThrough ?? ''
  const before = replayed.changes.filter(({ period }) => period <= through)
  const after = replayed.changes.filter(({ period }) => period > through)
  return [
    ...revisions(evaluation, key, { before, replayed }),
    ...after.map((seen) => toldAs(seen.change, seen)),
  ]
}

/** On a rule's first evaluation nobody is told of the past: only of what is open now. */
function firstSeen({ state, changes, last }: Replayed): Transition[] {
  if (!isOpen(state)) return []
  return [toldAs('new', changes.findLast(({ change }) => change === 'new') ?? last)]
}

/** What the stored outcome said about periods that now read differently: one transition, or none. */
function revisions(
  { rule, stored, evaluatedThrough, ruleChanged }: Omit<Evaluation, 'series'>,
  key: string,
  { before, replayed }: { before: Replayed['changes']; replayed: Replayed },
): Transition[] {
  const seen = replayed.observed(evaluatedThrough ?? '')
  if (!seen) return []
  const since = yearBefore(seen.period)
  const was = stored.get(key)
  const spells = spellsOf(before)
  const same = sameSpells(within(was?.spells ?? [], since), within(spells, since))
  const open = spells.at(-1)?.resolved === null
  if (same && !(open && figuresMoved(rule, was?.figures, seen))) return []
  return [{ ...toldAs('revised', seen), cause: ruleChanged ? 'rule' : 'data' }]
}

function figuresMoved(rule: Rule, was: Figures | undefined, seen: Seen): boolean {
  if (was?.period !== seen.period) return false
  const from = ratioOfStored(was.measured[0])
  const to = seen.measured[0]?.ratio ?? null
  return from !== null && to !== null && movedBy(from, to, rule.worseBy, 'any')
}

function ratioOfStored(stored: StoredMeasure | undefined): Ratio | null {
  if (!stored?.current || !stored.base) return null
  return { current: new Big(stored.current), base: new Big(stored.base) }
}

function spellsOf(changes: Replayed['changes']): Spell[] {
  const spells: Spell[] = []
  for (const { change, period } of changes) {
    if (change === 'new') spells.push({ fired: period, resolved: null })
    const last = spells.at(-1)
    if (change === 'resolved' && last) spells[spells.length - 1] = { ...last, resolved: period }
  }
  return spells
}

function within(spells: readonly Spell[], since: string): readonly Spell[] {
  return spells.filter(({ resolved }) => resolved === null || resolved >= since)
}

function sameSpells(a: readonly Spell[], b: readonly Spell[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ fired, resolved }, index) => fired === b[index]?.fired && resolved === b[index]?.resolved)
  )
}

function yearBefore(period: string): string {
  return `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`
}

function toldAs(reason: Reason, seen: Seen): Transition {
  return { reason, cause: 'data', ...figuresOf(seen) }
}

function figuresOf(seen: Seen): Figures {
  return {
    period: seen.period,
    value: seen.value?.toFixed() ?? null,
    base: seen.base?.toFixed() ?? null,
    change: changeText(seen.measured[0]?.ratio ?? null, seen.measured[0]?.measure),
    measured: seen.measured.map(({ measure, ratio }) => ({
      measure,
      current: ratio?.current.toFixed() ?? null,
      base: ratio?.base.toFixed() ?? null,
      change: changeText(ratio, measure),
    })),
  }
}
