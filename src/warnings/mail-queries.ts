import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import type { LastDigest } from './decide.ts'
import type { ComposedMail } from './email.ts'
import type { Digest, Subscription, WarningEvent } from './notify.ts'
import type { MailRow } from './schema.ts'

/** Officers and administrators are subscribed once, to everything; whoever switches it off stays off. */
export async function subscribeOfficers(db: Database, now: Date): Promise<void> {
  await db
    .insertInto('subscription')
    .columns(['email', 'accountId', 'createdAt', 'escalations'])
    .expression((eb) =>
      eb
        .selectFrom('account')
        .select([
          'email',
          'id',
          sql<Date>`${now}`.as('createdAt'),
          sql<boolean>`role = 'admin'`.as('escalations'),
        ])
        .where('role', 'in', ['officer', 'admin']),
    )
    .onConflict((conflict) => conflict.column('accountId').doNothing())
    .execute()
}

export async function activeSubscriptions(db: Database): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('active', '=', true)
    .orderBy('id')
    .execute()
  return rows.map(
    ({ id, email, language, severities, topics, remindAfterDays, enterpriseId, escalations }) => ({
      id,
      email,
      language: language as Subscription['language'],
      severities,
      topics,
      remindAfterDays,
      enterpriseId,
      escalations,
    }),
  )
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
export async function listMails(db: Database, limit: number): Promise<MailRow[]> {
  const rows = await db.selectFrom('mail').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
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
    text: row.bodyText,
    html: row.bodyHtml,
  }))
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

/** The oldest mail that is due and that no other instance is sending, locked until the transaction ends. */
export async function lockDueMail(tx: Tx, now: Date) {
  return await tx
    .selectFrom('mail')
    .selectAll()
    .where('state', '=', 'queued')
    .where('nextAttemptAt', '<=', now)
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}
