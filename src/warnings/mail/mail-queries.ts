import { type Selectable, sql } from 'kysely'
import type { Database, Tx } from '../../db/connect.ts'
import type { DB } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import type { MailRow } from '../schema.ts'
import type { LastDigest } from './decide.ts'
import type { ComposedMail } from './email.ts'
import type { Digest, Subscription, WarningEvent } from './notify.ts'

/** Subscriptions mails go to: switched on, of nobody whose account is disabled, to no address that bounced. */
export async function activeSubscriptions(db: Database): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription as s')
    .leftJoin('account as a', 'a.id', 's.accountId')
    .selectAll('s')
    .where('s.active', '=', true)
    .where('a.disabledAt', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('bouncedAddress as b').whereRef('b.address', '=', (eb) => eb.fn('lower', ['s.email'])),
        ),
      ),
    )
    .orderBy('s.id')
    .execute()
  return rows.map(({ accountId, active: _active, createdAt: _at, name: _name, ...row }) => ({
    ...row,
    hasAccount: accountId !== null,
    language: row.language as Subscription['language'],
  }))
}

/** The last digest of a subscription and the transitions since it; all transitions when there was none. */
export async function toldSince(
  db: Database,
  subscriptionId: number,
): Promise<{ last: LastDigest | null; events: WarningEvent[] }> {
  const last = await db
    .selectFrom('digest')
    .selectAll()
    .where('subscriptionId', '=', subscriptionId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const events = await db
    .selectFrom('warningEvent')
    .select(['id', 'warningId', 'reason', 'cause'])
    .where('id', '>', last?.lastEventId ?? 0)
    .orderBy('id')
    .execute()
  return {
    last: last
      ? { firing: new Set(last.firing), resolved: new Set(last.resolved), at: last.createdAt }
      : null,
    events: events as WarningEvent[],
  }
}

/** Queues a digest and notes what it told; false when the very same digest is there already. */
export async function queueDigest(
  tx: Tx,
  digest: Digest,
  queued: { mail: ComposedMail; messageDomain: string; lastEventId: number },
): Promise<boolean> {
  const mailId = await queueMail(tx, digest, queued)
  if (mailId === null) return false
  const { subscription, now } = digest
  await tx
    .insertInto('digest')
    .values({
      subscriptionId: subscription.id,
      mailId,
      reason: digest.reason,
      firing: digest.firing,
      resolved: digest.resolvedKeys,
      lastEventId: queued.lastEventId,
      createdAt: now,
    })
    .execute()
  return true
}

/** Puts a mail into the outbox; null when the very same one is there already. */
export async function queueMail(
  tx: Tx,
  digest: Digest,
  { mail, messageDomain }: { mail: ComposedMail; messageDomain: string },
): Promise<number | null> {
  const { subscription, now } = digest
  const added = await tx
    .insertInto('mail')
    .values({
      dedupKey: digest.dedupKey,
      subscriptionId: subscription.id,
      recipient: subscription.email,
      reason: digest.reason,
      subject: mail.subject,
      bodyText: mail.text,
      bodyHtml: mail.html,
      attachment: mail.attachment,
      nextAttemptAt: now,
      messageId: `<${digest.dedupKey.replace(':', '.')}@${messageDomain}>`,
      createdAt: now,
    })
    .onConflict((conflict) => conflict.column('dedupKey').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added?.id ?? null
}

/** The outbox, newest first, with what became of each mail. */
export async function listMails(
  db: Database,
  { state, limit }: { state?: MailState | undefined; limit: number },
): Promise<MailRow[]> {
  const rows = await db
    .selectFrom('mail')
    .selectAll()
    .$if(state === 'bounced', (query) => query.where(isBounced))
    .$if(state !== undefined && state !== 'bounced', (query) => query.where('state', '=', state ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(mailOf)
}

export type MailState = MailRow['state'] | 'bounced'

// refused on the wire, a mail has the mark of its address alone
const isBounced = sql<boolean>`(bounced_at is not null or id in (select mail_id from bounced_address))`

/** One mail with its attachment; throws not-found. */
export async function findMail(db: Database, id: number): Promise<MailRow & { attachment: string | null }> {
  const row = await db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row)
    throw new AppError('not-found', `mail: ${id}: the id of a mail`, {
      field: 'mail',
      value: String(id),
      allowed: 'the id of a mail',
    })
  return { ...mailOf(row), attachment: row.attachment }
}

function mailOf(row: Selectable<DB['mail']>): MailRow {
  return {
    id: row.id,
    recipient: row.recipient,
    reason: row.reason,
    subject: row.subject,
    state: row.state as MailRow['state'],
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    lastError: row.lastError,
    smtpResponse: row.smtpResponse,
    messageId: row.messageId,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    bounced: row.bouncedAt && {
      at: row.bouncedAt.toISOString(),
      status: row.bounceStatus ?? '',
      diagnostic: row.bounceDiagnostic ?? '',
    },
    hasAttachment: row.attachment !== null,
    text: row.bodyText,
    html: row.bodyHtml,
  }
}

/** How many mails wait in the outbox. */
export async function countQueued(db: Database): Promise<number> {
  const row = await db
    .selectFrom('mail')
    .select(sql<number>`count(*)`.as('count'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow()
  return row.count
}

/** No mail waits this long for its next attempt: one that is due later still was noted by a clock that ran ahead. */
const longestWaitMs = 24 * 3_600_000

/** The oldest mail that is due and that no other instance is sending, locked until the transaction ends. */
export async function lockDueMail(tx: Tx, now: Date) {
  return await tx
    .selectFrom('mail')
    .selectAll()
    .where('state', '=', 'queued')
    .where((eb) =>
      eb.or([
        eb('nextAttemptAt', '<=', now),
        eb('nextAttemptAt', '>', new Date(now.getTime() + longestWaitMs)),
      ]),
    )
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}
