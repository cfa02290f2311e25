import { sql } from 'kysely'
import { dateIn } from '../../clock.ts'
import type { Config } from '../../config.ts'
import type { Tx } from '../../db/connect.ts'
import type { Exposure } from '../exposure.ts'
import { exposures } from '../exposure-queries.ts'
import { activeSilences, markEscalated, openedAt } from '../follow-up-queries.ts'
import { listWarnings } from '../list-queries.ts'
import { scheduleFacts, workingCalendar } from '../load.ts'
import { listRules } from '../queries.ts'
import type { EvaluationReport } from '../report.ts'
import type { Warning } from '../schema.ts'
import { silencedIds } from '../silence.ts'
import { composeDigest, type MailContext } from './email.ts'
import { activeSubscriptions, queueDigest, queueMail, toldSince } from './mail-queries.ts'
import { escalate, notify, type Subscription } from './notify.ts'
import { nextSlot, parseSchedule } from './schedule.ts'
import { subscribeByRole } from './subscription-queries.ts'
import { isKnownYear, workingDaysAfter } from './working-days.ts'

/** Puts into the outbox what each subscriber has to hear. */
export async function tellSubscribers(tx: Tx, config: Config, now: Date): Promise<EvaluationReport['mails']> {
  await subscribeByRole(tx, now)
  const subscriptions = await activeSubscriptions(tx)
  if (subscriptions.length === 0) return []
  const open = await listWarnings(tx, { state: 'open', limit: 100_000 })
  const exposed = await exposuresOf(tx, open, now)
  const silenced = silencedIds(open, await activeSilences(tx, now))
  const context = contextAt(config, now)
  const lastEventId = await newestEvent(tx)
  const mails: EvaluationReport['mails'] = []
  for (const subscription of subscriptions) {
    const { last, events } = await toldSince(tx, subscription.id)
    const ended = await endedWarnings(tx, open, last?.firing)
    const unknown = ended.filter(({ id }) => !exposed.has(id))
    for (const [id, exposure] of await exposuresOf(tx, unknown, now)) exposed.set(id, exposure)
    const warnings = [...open, ...ended]
    const digest = notify({ subscription, warnings, exposed, events, silenced, last, now })
    if (!digest) continue
    const mail = composeDigest(digest, context)
    const messageDomain = new URL(config.publicUrl).hostname
    if (!(await queueDigest(tx, digest, { mail, messageDomain, lastEventId }))) continue
    mails.push({ to: subscription.email, reason: digest.reason, subject: mail.subject })
  }
  return [
    ...mails,
    ...(await escalateOverdue(tx, { subscriptions, open, exposed, silenced, context, now, config })),
  ]
}

function contextAt(config: Config, now: Date): MailContext {
  const facts = scheduleFacts(config)
  const schedule = parseSchedule(config.warningSchedule)
  const next = nextSlot(schedule, now, facts)
  const year = next && dateIn(config.timeZone, next).slice(0, 4)
  return {
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    nextSlot: next,
    uncertain: schedule.kind === 'working-days' && year !== null && !isKnownYear(facts.working, year),
  }
}

interface Escalation {
  subscriptions: readonly Subscription[]
  open: readonly Warning[]
  exposed: ReadonlyMap<number, Exposure>
  silenced: ReadonlySet<number>
  context: MailContext
  now: Date
  config: Config
}

/** Once for each spell: what its rule's working days have passed for and nobody took on. */
async function escalateOverdue(tx: Tx, world: Escalation): Promise<EvaluationReport['mails']> {
  const { now, config, context } = world
  const today = dateIn(config.timeZone, now)
  const calendar = workingCalendar(config.home)
  const rows = await openedAt(tx)
  const overdue = world.open.flatMap((warning) => {
    const row = rows.get(warning.id)
    if (!row || world.silenced.has(warning.id)) return []
    const since = dateIn(config.timeZone, row.openedAt)
    const waited = { since, days: workingDaysAfter(since, today, calendar), allowed: row.escalateAfter }
    return waited.days >= waited.allowed ? [{ warning, waited }] : []
  })
  if (overdue.length === 0) return []
  const mails: EvaluationReport['mails'] = []
  const told = new Set<number>()
  for (const subscription of world.subscriptions.filter(({ escalations }) => escalations)) {
    const digest = escalate({ subscription, exposed: world.exposed, overdue, now })
    if (!digest) continue
    const mail = composeDigest(digest, context)
    const messageDomain = new URL(config.publicUrl).hostname
    if ((await queueMail(tx, digest, { mail, messageDomain })) === null) continue
    for (const { warning } of digest.all) told.add(warning.id)
    mails.push({ to: subscription.email, reason: digest.reason, subject: mail.subject })
  }
  // what concerns nobody who hears of escalations waits for someone who does
  if (told.size > 0) await markEscalated(tx, [...told], now)
  return mails
}

/** Warnings the last digest listed as firing that are open no more. */
async function endedWarnings(
  tx: Tx,
  open: readonly Warning[],
  told: ReadonlySet<string> = new Set(),
): Promise<Warning[]> {
  const openIds = new Set(open.map(({ id }) => id))
  const ids = [...told].map((key) => Number(key.split('@')[0])).filter((id) => !openIds.has(id))
  return ids.length > 0 ? listWarnings(tx, { ids: [...new Set(ids)] }) : []
}

async function exposuresOf(tx: Tx, warnings: readonly Warning[], asOf: Date): Promise<Map<number, Exposure>> {
  const rules = new Map((await listRules(tx)).map(({ rule }) => [rule.id, rule]))
  const found = new Map<number, Exposure>()
  for (const [ruleId, group] of Map.groupBy(warnings, (warning) => warning.rule.id)) {
    const rule = rules.get(ruleId)
    if (!rule) continue
    for (const [id, exposure] of await exposures(tx, rule, { warnings: group, asOf })) found.set(id, exposure)
  }
  return found
}

async function newestEvent(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('warningEvent')
    .select(sql<number>`coalesce(max(id), 0)`.as('id'))
    .executeTakeFirstOrThrow()
  return row.id
}
