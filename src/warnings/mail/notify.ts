import { createHash } from 'node:crypto'
import { Big } from 'big.js'
import { fewestFirms } from '../../indicators/suppression.ts'
import type { Reason } from '../evaluate.ts'
import { type Exposure, nobodyExposed } from '../exposure.ts'
import { severities } from '../rule.ts'
import type { ExposedEnterprise, Warning } from '../schema.ts'
import { type DigestReason, decide, type LastDigest } from './decide.ts'
import type { Language } from './text.ts'

export interface Subscription {
  id: number
  email: string
  language: Language
  severities: readonly string[]
  /** Empty: all. */
  topics: readonly string[]
  remindAfterDays: number
  /** Set: only what this enterprise is exposed to, and no other enterprise's name or amount. */
  enterpriseId: string | null
  /** Also hears of warnings nobody took on in time. */
  escalations: boolean
  /** Beginnings of district codes: only what has trade there, and of its enterprises only those there. Empty: all. */
  districts: readonly string[]
  /** False: no enterprise's name or amount. */
  namesEnterprises: boolean
  /** Whether there is an account to sign in with: nothing in the service is open to others. */
  hasAccount: boolean
}

/** A stored transition with the warning it belongs to. */
export interface WarningEvent {
  id: number
  warningId: number
  reason: Reason
  cause: 'data' | 'rule'
}

export interface Notification {
  subscription: Subscription
  /** Open warnings, and any warning that a digest or an event mentions. */
  warnings: readonly Warning[]
  exposed: ReadonlyMap<number, Exposure>
  /** Transitions since the last digest, in order. */
  events: readonly WarningEvent[]
  /** Warnings nobody wants to hear of for now: neither told nor reported as resolved. */
  silenced?: ReadonlySet<number>
  last: LastDigest | null
  now: Date
}

/** How long nobody has taken a warning on: open since a date, working days since, and those its rule allows. */
export interface Waited {
  since: string
  days: number
  allowed: number
}

/** A line of a digest. */
export interface DigestItem {
  warning: Warning
  reason: Reason | 'ongoing'
  cause: 'data' | 'rule'
  exposed: readonly ExposedEnterprise[]
  /** Set in an escalation. */
  waited: Waited | null
  /** Set for an enterprise that could reckon the amount of the only other one from the total: the total is left out. */
  withheld: boolean
}

/** What a mail says, before words. */
export interface Digest {
  reason: DigestReason
  subscription: Subscription
  /** Latest period of what is told. */
  period: string
  counts: { open: number; fresh: number; worse: number; revised: number; resolved: number }
  open: DigestItem[]
  moreOpen: number
  resolved: DigestItem[]
  moreResolved: number
  /** Every line, also those past the longest list. */
  all: DigestItem[]
  /** Identities for the next decision. */
  firing: string[]
  resolvedKeys: string[]
  dedupKey: string
  now: Date
}

const longestList = 20

/**
 * What to tell one subscriber, or null for nothing. The same situation always gives the same dedupKey, so that two
 * instances cannot queue it twice.
 */
export function notify(notification: Notification): Digest | null {
  const input = withoutSilenced(notification)
  // the end of what was told is told, whatever the subscription asks for by now
  const concerned = input.warnings.filter(
    (warning) => concerns(input, warning) || (!warning.open && wasTold(input.last, warning)),
  )
  const open = concerned.filter((warning) => warning.open)
  const firing = new Set(open.map(identity))
  const stillOpen = new Set(notification.warnings.filter((warning) => warning.open).map(identity))
  const resolved = concerned.filter(
    (warning) => wasTold(input.last, warning) && !stillOpen.has(identity(warning)),
  )
  const items = [...open, ...resolved].map((warning) => itemOf(input, warning))
  if (items.length === 0) return null
  const changed = items.filter(({ reason }) => reason !== 'ongoing')
  const reason = decide(
    input.last,
    {
      firing,
      resolved: new Set(resolved.map(identity)),
      worse: items.some((item) => item.reason === 'worse'),
      revised: items.some((item) => item.reason === 'revised'),
      onlyRevised: changed.length > 0 && changed.every((item) => item.reason === 'revised'),
      now: input.now,
    },
    input.subscription.remindAfterDays,
  )
  return (
    reason &&
    digestOf(input, reason, { open: items.slice(0, open.length), resolved: items.slice(open.length) })
  )
}

function withoutSilenced(input: Notification): Notification {
  const { silenced, last } = input
  if (!silenced || silenced.size === 0) return input
  const heard = (key: string) => !silenced.has(Number(key.split('@')[0]))
  return {
    ...input,
    warnings: input.warnings.filter(({ id }) => !silenced.has(id)),
    last: last && { ...last, firing: new Set([...last.firing].filter(heard)) },
  }
}

/** A mail about warnings nobody has taken on in time; it leaves what digests have told as it is. */
export function escalate(
  input: Pick<Notification, 'subscription' | 'exposed' | 'now'> & {
    overdue: readonly { warning: Warning; waited: Waited }[]
  },
): Digest | null {
  const { overdue } = input
  const notification = { ...input, warnings: overdue.map(({ warning }) => warning), events: [], last: null }
  const concerned = overdue.filter(({ warning }) => concerns(notification, warning))
  if (concerned.length === 0) return null
  const open = concerned.map(({ warning, waited }) => ({
    ...itemOf(notification, warning),
    reason: 'ongoing' as const,
    waited,
  }))
  return digestOf(notification, 'escalation', { open, resolved: [] })
}

function digestOf(
  { subscription, last, now }: Notification,
  reason: DigestReason,
  items: { open: DigestItem[]; resolved: DigestItem[] },
): Digest {
  const all = [...items.open, ...items.resolved]
  const open = items.open.toSorted(byRank)
  const resolved = items.resolved.toSorted(byRank)
  const firing = items.open.map(({ warning }) => identity(warning)).sort()
  const resolvedKeys = items.resolved.map(({ warning }) => identity(warning)).sort()
  const counted = (wanted: DigestItem['reason']) => all.filter((item) => item.reason === wanted).length
  return {
    reason,
    subscription,
    period:
      all
        .map(({ warning }) => warning.period)
        .sort()
        .at(-1) ?? '',
    counts: {
      open: open.length,
      fresh: counted('new'),
      worse: counted('worse'),
      revised: counted('revised'),
      resolved: counted('resolved'),
    },
    open: open.slice(0, longestList),
    all: [...open, ...resolved],
    moreOpen: Math.max(0, open.length - longestList),
    resolved: resolved.slice(0, longestList),
    moreResolved: Math.max(0, resolved.length - longestList),
    firing,
    resolvedKeys,
    dedupKey: dedupKey([subscription.id, reason, firing, resolvedKeys, last?.at.toISOString() ?? null]),
    now,
  }
}

/** A warning in one of its spells: firing again later is news, a new value is not. */
export function identity({ id, firedPeriod }: Pick<Warning, 'id' | 'firedPeriod'>): string {
  return `${id}@${firedPeriod ?? ''}`
}

/** Whether the last digest listed the warning, in this spell or the one that a revision moved or withdrew. */
function wasTold(last: LastDigest | null, { id }: Warning): boolean {
  return last !== null && [...last.firing].some((key) => key.startsWith(`${id}@`))
}

function concerns({ subscription, exposed }: Notification, warning: Warning): boolean {
  const { severities: wanted, topics, enterpriseId, districts } = subscription
  if (!wanted.includes(warning.rule.severity)) return false
  if (topics.length > 0 && !topics.includes(warning.rule.topic)) return false
  const exposure = exposed.get(warning.id) ?? nobodyExposed
  if (enterpriseId !== null) return exposure.enterprises.some(({ id }) => id === enterpriseId)
  if (districts.length === 0) return true
  const named = warning.labels.find(({ name }) => name === 'district')
  return isWithin(districts, named ? [named.code] : exposure.districts)
}

/** Whether any of the codes lies in a region, whole or by its beginning. */
function isWithin(regions: readonly string[], codes: readonly string[]): boolean {
  return codes.some((code) => regions.some((region) => code.startsWith(region)))
}

function itemOf(input: Notification, warning: Warning): DigestItem {
  const events = input.events.filter(({ warningId }) => warningId === warning.id)
  const { reason, cause } = reasonOf(input.last, warning, events)
  const withheld = tellsOfAnother(input, warning)
  return {
    warning: withheld ? { ...warning, value: null, base: null } : warning,
    reason,
    cause,
    exposed: shownEnterprises(input, warning),
    waited: null,
    withheld,
  }
}

function tellsOfAnother({ subscription, exposed }: Notification, { id }: Warning): boolean {
  const behind = exposed.get(id)?.enterprises.length ?? 0
  return subscription.enterpriseId !== null && behind > 1 && behind < fewestFirms
}

/** The enterprises a subscriber may read of: the own one alone, those of the regions, none, or all. */
function shownEnterprises(
  { subscription, exposed }: Notification,
  { id }: Warning,
): readonly ExposedEnterprise[] {
  const { enterpriseId, districts, namesEnterprises } = subscription
  const { enterprises } = exposed.get(id) ?? nobodyExposed
  if (enterpriseId !== null) return enterprises.filter((one) => one.id === enterpriseId)
  if (!namesEnterprises) return []
  return districts.length === 0
    ? enterprises
    : enterprises.filter((one) => isWithin(districts, one.districts))
}

/** One reason a line: a revision since the last digest first, then resolved, new, worse; nothing happened means it goes on. */
function reasonOf(
  last: LastDigest | null,
  warning: Warning,
  events: readonly WarningEvent[],
): Pick<DigestItem, 'reason' | 'cause'> {
  const happened = (wanted: Reason) => events.find(({ reason }) => reason === wanted)
  const told = wasTold(last, warning)
  const revised = happened('revised')
  if (revised && last && (told || warning.open)) return { reason: 'revised', cause: revised.cause }
  if (!warning.open) return { reason: 'resolved', cause: 'data' }
  if (!last?.firing.has(identity(warning))) return { reason: 'new', cause: 'data' }
  return { reason: happened('worse') ? 'worse' : 'ongoing', cause: 'data' }
}

const reasonRank = ['new', 'worse', 'revised', 'resolved', 'ongoing']

/** What changed first, then the gravest, then the largest change of the amount. */
function byRank(a: DigestItem, b: DigestItem): number {
  return (
    Number(a.reason === 'ongoing') - Number(b.reason === 'ongoing') ||
    severities.indexOf(a.warning.rule.severity) - severities.indexOf(b.warning.rule.severity) ||
    moved(b.warning).cmp(moved(a.warning)) ||
    reasonRank.indexOf(a.reason) - reasonRank.indexOf(b.reason) ||
    a.warning.id - b.warning.id
  )
}

function moved({ value, base }: Warning): Big {
  return new Big(value ?? 0).minus(base ?? 0).abs()
}

function dedupKey(parts: unknown): string {
  return `digest:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`
}
