import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection, Tx } from '../db/connect.ts'
import { inScope } from '../db/scope.ts'

/** What was deleted, by kind. */
export type RetentionReport = Record<
  'sessions' | 'links' | 'signIns' | 'audit' | 'digests' | 'mails' | 'previews' | 'attachments' | 'files',
  number
>

interface RetentionWorld {
  connection: Connection
  clock: Clock
  config: Config
}

/** Any number that nothing else in this database uses as an advisory lock. */
const retentionLock = 7_420_018
const batchRows = 1000
const dayMs = 86_400_000

/**
 * Deletes what its time is over for (see Retention), a thousand rows a transaction, so that nobody waits for it; a second instance at
 * work meanwhile deletes the rest. Facts, questions and what firms keep here are never deleted by time.
 */
export async function deleteExpired(world: RetentionWorld): Promise<RetentionReport> {
  const { retention, home } = world.config
  const now = world.clock.now()
  const before = (days: number) => new Date(now.getTime() - days * dayMs)
  const all = (statement: RawBuilder<unknown>, enter?: (tx: Tx) => Promise<unknown>) =>
    inBatches(world, statement, enter)
  return {
    sessions: await all(deleting('session', sql`expires_at < ${now}`)),
    links: await all(deleting('account_link', sql`expires_at < ${now}`)),
    signIns: await all(deleting('oidc_attempt', sql`expires_at < ${now}`)),
    // The service's role may add to the record and not take from it; this is the one exception.
    audit: await all(deleting('audit_entry', sql`at < ${before(retention.auditDays)}`), (tx) =>
      sql`select set_config('role', 'none', true)`.execute(tx),
    ),
    // A subscriber's last digest says what the next one need not repeat.
    digests: await all(
      deleting(
        'digest',
        sql`created_at < ${before(retention.mailDays)} and exists (
          select from digest later where later.subscription_id = old.subscription_id and later.id > old.id)`,
      ),
    ),
    mails: await all(
      deleting(
        'mail',
        sql`state <> 'queued' and created_at < ${before(retention.mailDays)}
          and not exists (select from digest d where d.mail_id = old.id)`,
      ),
    ),
    previews: await all(sql`
      update source_file set state = 'dropped', finished_at = ${now} where id in (
        select id from source_file
        where state in ('previewed', 'refused', 'failed') and received_at < ${before(retention.previewDays)}
        limit ${batchRows})`),
    attachments: await all(sql`
      update question_attachment set content = null where id in (
        select a.id from question_attachment a
        join question q on q.id = a.question_id and q.enterprise_id = a.enterprise_id
        where a.content is not null and q.state = 'closed' and q.updated_at < ${before(retention.attachmentDays)}
        limit ${batchRows})`),
    files:
      (await deleteFiles(join(home, 'uploads'), before(retention.previewDays))) +
      (await deleteFiles(join(home, 'rejects'), before(retention.rejectDays))),
  }
}

/** Deletes a batch of the rows, as `old`, that fit. */
function deleting(table: string, fits: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`delete from ${sql.table(table)} where ctid = any(array(
    select old.ctid from ${sql.table(table)} old where ${fits} limit ${batchRows}))`
}

async function inBatches(
  { connection }: RetentionWorld,
  statement: RawBuilder<unknown>,
  enter: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<number> {
  let total = 0
  for (let done = batchRows; done === batchRows; total += done) {
    done = await inScope(connection.db, '*', async (tx) => {
      await sql`select pg_advisory_xact_lock(${retentionLock})`.execute(tx)
      await enter(tx)
      return Number((await statement.execute(tx)).numAffectedRows ?? 0)
    })
  }
  return total
}

/** Deletes the files of a folder last written before an instant. */
async function deleteFiles(folder: string, before: Date): Promise<number> {
  let deleted = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (!found?.isFile() || found.mtime >= before) continue
    await rm(path, { force: true })
    deleted += 1
  }
  return deleted
}
