/** Why a digest is sent at all. */
export const digestReasons = [
  'first',
  'new',
  'all-resolved',
  'worse',
  'revised',
  'some-resolved',
  'reminder',
  'escalation',
] as const
export type DigestReason = (typeof digestReasons)[number]

/** What the last digest of a subscription said: identities of warnings it listed as firing and as resolved. */
export interface LastDigest {
  readonly firing: ReadonlySet<string>
  readonly resolved: ReadonlySet<string>
  readonly at: Date
}

/** How things stand now. */
export interface Standing {
  readonly firing: ReadonlySet<string>
  readonly resolved: ReadonlySet<string>
  /** Something that was firing got worse, or was revised, since the last digest. */
  readonly worse: boolean
  readonly revised: boolean
  /** Everything that changed since then changed by revision. */
  readonly onlyRevised: boolean
  readonly now: Date
}

/**
 * Whether to write to a subscriber, and why; null is silence. The order of the questions is that of Alertmanager's
 * de-duplication stage, with worse and revised between: the first mail needs something firing; then anything firing that
 * was not told; then the end of everything told; then worse, revised, partly resolved; then the reminder.
 */
export function decide(
  last: LastDigest | null,
  standing: Standing,
  remindAfterDays: number,
): DigestReason | null {
  const reason = bySets(last, standing, remindAfterDays)
  const becauseOfSets = reason === 'new' || reason === 'all-resolved' || reason === 'some-resolved'
  return becauseOfSets && standing.onlyRevised ? 'revised' : reason
}

function bySets(last: LastDigest | null, standing: Standing, remindAfterDays: number): DigestReason | null {
  if (!last) return standing.firing.size > 0 ? 'first' : null
  if (!isSubset(standing.firing, last.firing)) return last.firing.size === 0 ? 'first' : 'new'
  if (standing.firing.size === 0) return last.firing.size > 0 ? 'all-resolved' : null
  if (standing.worse) return 'worse'
  if (standing.revised) return 'revised'
  if (!isSubset(standing.resolved, last.resolved)) return 'some-resolved'
  return reminderAt(last.at, remindAfterDays) <= standing.now ? 'reminder' : null
}

/** When a subscriber hears again even if nothing changes. */
export function reminderAt(last: Date, remindAfterDays: number): Date {
  return new Date(last.getTime() + remindAfterDays * 86_400_000)
}

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((key) => whole.has(key))
}
