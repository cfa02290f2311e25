import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { AppError } from '../../errors.ts'
import type { BounceReport, Returned } from './bounce.ts'

export interface Bounced extends Returned {
  source: 'reply' | 'report'
  mailId: number | null
  at: Date
}

/**
 * Notes that an address cannot be reached: no digest is written to it any more, and what waits for it is given up, but
 * for what another instance has on the wire, which will learn it by itself.
 */
export async function markBounced(db: Database, bounced: Bounced): Promise<void> {
  const { address, status, diagnostic, source, mailId, at } = bounced
  const mark = { status, diagnostic, source, mailId, bouncedAt: at }
  await db
    .insertInto('bouncedAddress')
    .values({ address, ...mark })
    .onConflict((conflict) => conflict.column('address').doUpdateSet(mark))
    .execute()
  await sql`
    update mail set state = 'failed', last_error = ${`address bounced: ${status} ${diagnostic}`.slice(0, 500)}
    where id in (select id from mail where state = 'queued' and lower(recipient) = ${address} for update skip locked)`.execute(
    db,
  )
}

export interface BounceOutcome {
  marked: Returned[]
  /** Ids of the mails noted as returned. */
  mails: number[]
  /** Addresses nothing was ever written to: a forged or foreign report marks nobody. */
  unknown: string[]
}

/** Takes a report in: marks addresses we have written to, and notes it on the mail it returns (or the newest to the address). */
export async function takeBounce(db: Database, report: BounceReport, at: Date): Promise<BounceOutcome> {
  const outcome: BounceOutcome = { marked: [], mails: [], unknown: [] }
  for (const returned of report.failed) {
    const mail = await db
      .selectFrom('mail')
      .select('id')
      .where(sql<boolean>`lower(recipient) = ${returned.address}`)
      .where('state', '=', 'sent')
      .orderBy(sql`message_id is not distinct from ${report.messageId}`, 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!mail) {
      outcome.unknown.push(returned.address)
      continue
    }
    await db
      .updateTable('mail')
      .set({ bouncedAt: at, bounceStatus: returned.status, bounceDiagnostic: returned.diagnostic })
      .where('id', '=', mail.id)
      .where('bouncedAt', 'is', null)
      .execute()
    await markBounced(db, { ...returned, source: 'report', mailId: mail.id, at })
    outcome.marked.push(returned)
    outcome.mails.push(mail.id)
  }
  return outcome
}

/** Addresses no mail goes to, the latest first. */
export async function listBounced(db: Database) {
  const rows = await db
    .selectFrom('bouncedAddress')
    .selectAll()
    .orderBy('bouncedAt', 'desc')
    .limit(1000)
    .execute()
  return rows.map(({ bouncedAt, source, ...row }) => ({
    ...row,
    source: source as Bounced['source'],
    at: bouncedAt.toISOString(),
  }))
}

/** Mails go to the address again, the first telling what was in those that did not arrive. */
export async function unmarkBounced(db: Database, given: string): Promise<void> {
  const address = given.toLowerCase()
  const gone = await db.deleteFrom('bouncedAddress').where('address', '=', address).executeTakeFirst()
  if (!gone.numDeletedRows)
    throw new AppError('not-found', `address: ${given}: an address that bounced`, {
      field: 'address',
      value: given,
      allowed: 'an address that bounced',
    })
  // what was never read counts as never told; the mails stay as a record under keys of their own
  await sql`
    with lost as (
      update mail set dedup_key = dedup_key || ':' || id, message_id = '<' || id || '.' || substr(message_id, 2)
      where lower(recipient) = ${address} and (state = 'failed' or bounced_at is not null)
        and id in (select mail_id from digest) returning id
    ) delete from digest where mail_id in (select id from lost)`.execute(db)
}
