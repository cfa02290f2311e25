import type pg from 'pg'
import { onceAnswering } from '../db/outlast.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import { type SourceFile, startSourceFile } from './queries.ts'
import type { ImportEntry } from './schema.ts'

/** Registers an upload that is being read; its id. */
export async function registerUpload(pool: pg.Pool, file: SourceFile, at: Date): Promise<number> {
  return startSourceFile(pool, file, 'loading', at)
}

/** Begins to read an upload once more; false when it is stored or being read meanwhile. */
export async function restartUpload(pool: pg.Pool, id: number, options: ImportOptions): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with restarted as (
       update source_file set state = 'loading', options = $2, report = null, error = null, problem = null,
         finished_at = null where id = $1 and state in ('previewed', 'refused', 'failed') returning id
     ), forgotten as (delete from reject where source_file_id in (select id from restarted))
     select from restarted`,
    [id, JSON.stringify(options)],
  )
  return rowCount === 1
}

/** The imports whose uploads are still wanted. */
export async function openUploads(pool: pg.Pool): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from source_file where state in ('loading', 'previewed', 'refused', 'failed')`,
  )
  return new Set(rows.map(({ id }) => Number(id)))
}

/** Forgets an upload that could not be read. */
export async function forgetUpload(pool: pg.Pool, id: number): Promise<void> {
  await onceAnswering(async () => {
    await pool.query(`delete from source_file where id = $1 and state = 'loading'`, [id])
  })
}

/** Why an upload could not be read. */
interface Failure {
  state: 'failed' | 'dropped'
  error: string
  problem: ImportEntry['problem']
  at: Date
}

/** Writes down why an upload could not be read after its sender was answered. */
export async function failUpload(
  pool: pg.Pool,
  id: number,
  { state, error, problem, at }: Failure,
): Promise<void> {
  await onceAnswering(async () => {
    await pool.query(
      `update source_file set state = $2, error = $3, problem = $4, finished_at = $5
       where id = $1 and state = 'loading'`,
      [id, state, error, problem && JSON.stringify(problem), at],
    )
  })
}

/** Writes down why a confirmed preview was not loaded; it stays a preview. */
export async function tellUnloaded(pool: pg.Pool, id: number, error: string): Promise<void> {
  await onceAnswering(async () => {
    await pool.query(`update source_file set error = $2 where id = $1 and state = 'previewed'`, [id, error])
  })
}

/** First half of the advisory lock that an import being read holds. */
const jobLock = 7_420_004

/** Runs `work` under the lock of an import, so that one instance does; false when another holds it. */
export async function underLock(pool: pg.Pool, id: number, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
      jobLock,
      id,
    ])
    if (!rows[0]?.got) return false
    try {
      await work()
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [jobLock, id])
    }
    return true
  } finally {
    client.release()
  }
}

/** Marks uploads whose reader died with its process; those another instance is reading hold their lock. */
export async function failAbandoned(pool: pg.Pool, at: Date): Promise<void> {
  await pool.query(
    `update source_file set state = 'failed', error = $3, finished_at = $2
     where state = 'loading' and pg_try_advisory_xact_lock($1, id::int)`,
    [jobLock, at, say('service-stopped')],
  )
}
