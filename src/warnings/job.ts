import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { type Mailer, type OutgoingMail, smtpMailer } from '../mail.ts'
import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  growthPeriodOf,
  type Period,
  parseMonth,
  parsePeriod,
} from '../reference/period.ts'
import { ruleEvaluator } from './evaluate.ts'
import { type Coverage, loadCoverage } from './load.ts'
import { loadSeries } from './load-series.ts'
import { whyWithheld } from './mail/addressee-queries.ts'
import { refusedAddress } from './mail/bounce.ts'
import { type Bounced, markBounced } from './mail/bounce-queries.ts'
import { countQueued, lockDueMail } from './mail/mail-queries.ts'
import { afterAttempt } from './mail/outbox.ts'
import { takeSlot } from './mail/schedule-queries.ts'
import { tellSubscribers } from './mail/tell-job.ts'
import { unsubscribeHeaders, unsubscribeLink, withToken } from './mail/unsubscribe.ts'
import { tokenFor } from './mail/unsubscribe-queries.ts'
import { listRules, type StoredRule, saveOutcomes, storedSeries } from './queries.ts'
import { remedyLookup } from './remedies/queries.ts'
import { type EvaluationReport, type OpenSeries, openSeries, type RuleReport, reportOf } from './report.ts'
import { ruleHash } from './rule.ts'
import { calendarOf, dataThrough } from './series.ts'
import { isOpen } from './state.ts'

export interface WarningWorld {
  connection: Connection
  clock: Clock
  config: Config
}

/** Any number that nothing else in this database uses as an advisory lock. */
const evaluationLock = 7_420_005

/**
 * Evaluates every enabled rule for a data period (the latest loaded or evaluated one unless given), decides who is told what, and
 * stores states, transitions and mails in one transaction. A second instance waits and then finds nothing new to say.
 * With `tell: 'when-due'` digests wait for the schedule; what happened since the last one is told then. Throws for a period
 * that is not loaded.
 */
export async function evaluateWarnings(
  world: WarningWorld,
  options: { asOfPeriod?: string; tell?: 'now' | 'when-due' } = {},
): Promise<EvaluationReport> {
  const now = world.clock.now()
  return await world.connection.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${evaluationLock})`.execute(tx)
    const rules = await coveredRules(tx, now)
    const evaluated = (await isClockBehind(tx, now)) ? undefined : lastEvaluated(rules)
    const period = periodToEvaluate(rules, { asked: options.asOfPeriod, evaluated })
    if (!period) return { period: null, stored: true, rules: [], open: [], mails: [] }
    const text = formatPeriod(period)
    const stored = rules.every(
      ({ evaluatedThrough }) => evaluatedThrough === null || evaluatedThrough <= text,
    )
    const reports: RuleReport[] = []
    const open: OpenSeries[] = []
    for (const rule of rules) {
      const result = await evaluateOne(tx, rule, { period, now, stored })
      reports.push(result.report)
      open.push(...result.open)
    }
    const due = options.tell !== 'when-due' || (stored && (await takeSlot(tx, world.config, now)))
    const mails = stored && due ? await tellSubscribers(tx, world.config, now) : []
    return { period: text, stored, rules: reports, open, mails }
  })
}

interface CoveredRule extends StoredRule {
  coverage: Coverage
}

async function coveredRules(tx: Tx, now: Date): Promise<CoveredRule[]> {
  const rules = await listRules(tx)
  const covered: CoveredRule[] = []
  for (const stored of rules) {
    if (!stored.rule.enabled) continue
    covered.push({ ...stored, coverage: await loadCoverage(tx, stored.rule, now) })
  }
  return covered
}

function periodToEvaluate(
  rules: readonly CoveredRule[],
  { asked, evaluated }: { asked: string | undefined; evaluated: Period | undefined },
): Period | null {
  const latest = rules
    .flatMap(({ coverage }) => coverage.latest ?? [])
    .sort(comparePeriods)
    .at(-1)
  if (asked === undefined) return [latest ?? [], evaluated ?? []].flat().sort(comparePeriods).at(-1) ?? null
  const month = parseMonth(asked)
  const parsed = parsePeriod(asked)
  const period = month ? growthPeriodOf(month) : parsed?.months === 2 ? parsed : null
  const known = latest
    ? `a month up to ${formatPeriod(latest)}, the latest loaded`
    : 'nothing yet: no data are loaded'
  if (!period) throw invalid('as-of-period', asked, `YYYY-MM; ${known}`)
  if (!latest || comparePeriods(period, latest) > 0) throw invalid('as-of-period', asked, known)
  return period
}

/** Looked at again where its data were taken back since, or its warnings would stand for ever. */
function lastEvaluated(rules: readonly CoveredRule[]): Period | undefined {
  return rules
    .flatMap(({ evaluatedThrough }) => parsePeriod(evaluatedThrough ?? '') ?? [])
    .sort(comparePeriods)
    .at(-1)
}

/** Loads that lie ahead are not taken back: a clock was set back, and shows them again in time. */
async function isClockBehind(tx: Tx, now: Date): Promise<boolean> {
  const ahead = await tx
    .selectFrom('slice')
    .select('id')
    .where('loadedAt', '>', now)
    .limit(1)
    .executeTakeFirst()
  return ahead !== undefined
}

async function evaluateOne(
  tx: Tx,
  { rule, coverage, evaluatedThrough, evaluatedDefinition }: CoveredRule,
  at: { period: Period; now: Date; stored: boolean },
): Promise<{ report: RuleReport; open: OpenSeries[] }> {
  const stored = at.stored ? await storedSeries(tx, rule.id) : new Map()
  const keep = [...stored.keys()]
  const calendar = calendarOf(coverage.from ?? firstMonth(at.period), at.period, coverage.loaded)
  const evaluator = ruleEvaluator({
    rule,
    calendar,
    stored,
    evaluatedThrough: at.stored ? evaluatedThrough : null,
    ruleChanged: evaluatedDefinition !== ruleHash(rule),
  })
  if (coverage.from || keep.length > 0) {
    const remedied = await remedyLookup(tx, rule, at.now)
    for await (const one of loadSeries(tx, rule, { asOf: at.now, keep })) evaluator.add(remedied(one))
  }
  const { series, outcomes, error } = evaluator.result()
  if (at.stored && !error)
    await saveOutcomes(tx, rule, { outcomes, through: dataThrough(calendar), now: at.now })
  return {
    report: reportOf(rule.id, { series, outcomes, error }),
    open: outcomes.filter(({ state }) => isOpen(state)).map((outcome) => openSeries(rule.id, outcome)),
  }
}

export interface FlushReport {
  sent: number
  /** Tried without success; they are tried again later. */
  deferred: number
  /** Given up: the server will not take them, or they are no longer for who would get them. */
  failed: number
  /** Still in the outbox afterwards, due or not. */
  waiting: number
  /** The last thing that went wrong; null when nothing did. */
  error: string | null
}

/**
 * Sends what is due in the outbox, oldest first, through SMTP_URL unless a mailer is given; without either everything
 * waits. Each mail is locked while it is on the wire, so several instances share the work and none sends a mail twice;
 * only a crash between the server's yes and our note of it repeats one, under the same Message-ID. When the server
 * cannot be reached the rest waits.
 */
export async function flushOutbox(
  world: WarningWorld,
  options: { mailer?: Mailer } = {},
): Promise<FlushReport> {
  const { smtpUrl, mailFrom } = world.config
  const report: FlushReport = { sent: 0, deferred: 0, failed: 0, waiting: 0, error: null }
  const mailer = options.mailer ?? (smtpUrl ? smtpMailer(smtpUrl, mailFrom) : null)
  try {
    for (let more = mailer !== null; more; ) {
      const outcome = mailer && (await sendNext(world, mailer))
      if (outcome) report[outcome.state] += 1
      if (outcome?.error) report.error = outcome.error
      more = outcome?.reachable ?? false
    }
  } finally {
    if (!options.mailer) mailer?.close()
  }
  return { ...report, waiting: await countQueued(world.connection.db) }
}

interface Attempt {
  state: 'sent' | 'deferred' | 'failed'
  reachable: boolean
  error: string | null
  bounced: Bounced | null
}

async function sendNext(world: WarningWorld, mailer: Mailer): Promise<Attempt | null> {
  const attempt = await sendOne(world, mailer)
  // after the mail is noted and let go of: other mails to the address may be on another instance's wire
  if (attempt?.bounced) await markBounced(world.connection.db, attempt.bounced)
  return attempt
}

async function sendOne({ connection, clock, config }: WarningWorld, mailer: Mailer): Promise<Attempt | null> {
  return await connection.db.transaction().execute(async (tx) => {
    const mail = await lockDueMail(tx, clock.now())
    if (!mail) return null
    const withheld = await whyWithheld(tx, mail.id)
    if (withheld !== null) {
      await tx
        .updateTable('mail')
        .set({ state: 'failed', lastError: withheld })
        .where('id', '=', mail.id)
        .execute()
      return { state: 'failed', reachable: true, error: null, bounced: null }
    }
    const { recipient: to, subject, messageId, attachment } = mail
    const content = await contentOf(tx, mail, config.publicUrl)
    const delivery = await mailer.send({ to, subject, messageId, attachment, ...content })
    const attempts = mail.attempts + 1
    const changes = afterAttempt(delivery, attempts, clock.now())
    await tx
      .updateTable('mail')
      .set({ ...changes, attempts })
      .where('id', '=', mail.id)
      .execute()
    if (delivery.ok) return { state: 'sent', reachable: true, error: null, bounced: null }
    const state = changes.state === 'failed' ? 'failed' : 'deferred'
    const refused = delivery.refused && refusedAddress(delivery.refused)
    const bounced = refused && {
      ...refused,
      address: to.toLowerCase(),
      source: 'reply' as const,
      mailId: mail.id,
      at: clock.now(),
    }
    return { state, reachable: delivery.reachable, error: delivery.error, bounced }
  })
}

/** What goes out: the bodies of the outbox, and to an address without an account the way to end its mails. */
async function contentOf(
  tx: Tx,
  {
    subscriptionId,
    bodyText,
    bodyHtml,
  }: { subscriptionId: number | null; bodyText: string; bodyHtml: string },
  publicUrl: string,
): Promise<Pick<OutgoingMail, 'text' | 'html' | 'headers'>> {
  const token = await tokenFor(tx, subscriptionId)
  if (token === null) return { text: bodyText, html: bodyHtml }
  return {
    text: withToken(bodyText, token),
    html: withToken(bodyHtml, token),
    headers: unsubscribeHeaders(withToken(unsubscribeLink(publicUrl), token)),
  }
}
