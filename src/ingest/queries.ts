import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { onceAnswering } from '../db/outlast.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import type { Reject } from './record.ts'
import type { StoredImport } from './report.ts'
import type { ImportEntry, ImportReport } from './schema.ts'

/** A file to be registered, or with `id` one that its upload registered. */
export interface SourceFile {
  id?: number | undefined
  name: string
  sha256: string
  sizeBytes: number
  options: ImportOptions
  importedBy: string
  /** The account whose upload it is; null for the command line and tokens. */
  sentBy?: number | null
}

/** What came of a file. */
export interface FileOutcome {
  state: ImportEntry['state']
  report: ImportReport
  rejects: readonly Reject[]
  at: Date
}

/** The import that stored these bytes, or null. */
export async function storedImport(
  client: pg.Pool | pg.ClientBase,
  sha256: string,
): Promise<StoredImport | null> {
  const { rows } = await client.query<{ name: string; finished_at: Date; report: ImportReport | null }>(
    `select name, finished_at, report from source_file where sha256 = $1 and state in ('loaded', 'partial')`,
    [sha256],
  )
  const row = rows[0]
  return row ? { name: row.name, at: row.finished_at.toISOString(), report: row.report } : null
}

/** Whether a file of that many bytes is stored. */
export async function storesSize(client: pg.Pool | pg.ClientBase, bytes: number): Promise<boolean> {
  const { rows } = await client.query(
    `select from source_file where bytes = $1 and state in ('loaded', 'partial') limit 1`,
    [bytes],
  )
  return rows.length > 0
}

/** Registers a file in a state, or finds it registered already; its id. */
export async function startSourceFile(
  client: pg.Pool | pg.ClientBase,
  file: SourceFile,
  state: ImportEntry['state'],
  at: Date,
): Promise<number> {
  if (file.id !== undefined) return file.id
  const { rows } = await client.query<{ id: number }>(
    `insert into source_file (sha256, name, bytes, state, options, imported_by, received_at, sent_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      ...[file.sha256, file.name, file.sizeBytes, state, JSON.stringify(file.options), file.importedBy, at],
      file.sentBy ?? null,
    ],
  )
  return rows[0]?.id ?? 0
}

/** Writes down what came of a file, with its rejects in place of those of an earlier attempt. */
export async function finishSourceFile(
  client: pg.ClientBase,
  id: number,
  { state, report, rejects, at }: FileOutcome,
): Promise<void> {
  await client.query(
    'update source_file set state = $2, report = $3, finished_at = $4, sha256 = $5, bytes = $6, error = null where id = $1',
    [
      id,
      state,
      JSON.stringify(report),
      state === 'previewed' ? null : at,
      report.file.sha256,
      report.file.bytes,
    ],
  )
  await client.query('delete from reject where source_file_id = $1', [id])
  if (rejects.length === 0) return
  const columns = ['source_file_id', 'line', 'field', 'value', 'reason', 'hint']
  const rows = rejects.map(({ line, column, value, reason, hint }) =>
    copyRow([id, line, column, value.replaceAll('\0', '␀'), reason, hint]),
  )
  await copyInto(client, 'reject', columns, rows)
}

/** Writes down what a preview found. */
export async function finishPreview(pool: pg.Pool, id: number, outcome: FileOutcome): Promise<void> {
  await transaction(pool, (client) => finishSourceFile(client, id, outcome))
}

/** Records an attempt that stored no trade. */
export async function recordOutcome(pool: pg.Pool, file: SourceFile, outcome: FileOutcome): Promise<number> {
  return transaction(pool, async (client) => {
    const id = await startSourceFile(client, file, outcome.state, outcome.at)
    await finishSourceFile(client, id, outcome)
    return id
  })
}

async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

interface FileRow {
  id: number
  name: string
  sha256: string
  bytes: number
  state: ImportEntry['state']
  options: ImportOptions
  imported_by: string
  received_at: Date
  finished_at: Date | null
  report: ImportReport | null
  error: string | null
  problem: ImportEntry['problem']
  undone_by: string | null
  undone_at: Date | null
  sent_by: number | null
}

const statesShown = {
  current: ['loading', 'previewed', 'loaded', 'partial', 'undone', 'refused', 'failed'],
  stored: ['loaded', 'partial', 'undone'],
  open: ['loading', 'previewed'],
  refused: ['refused', 'failed'],
  dropped: ['dropped'],
} as const satisfies Record<string, readonly ImportEntry['state'][]>

/** The imports, newest first. */
export async function listImports(
  pool: pg.Pool,
  limit: number,
  show?: keyof typeof statesShown,
): Promise<ImportEntry[]> {
  const { rows } = await pool.query<FileRow>(
    'select * from source_file where $2::text[] is null or state = any($2) order by id desc limit $1',
    [limit, show === undefined ? null : statesShown[show]],
  )
  return rows.map(toEntry)
}

/** One import and the options it was made with, or null. */
export async function findImport(
  pool: pg.Pool,
  id: number,
): Promise<{ entry: ImportEntry; options: ImportOptions; sentBy: number | null } | null> {
  const { rows } = await pool.query<FileRow>('select * from source_file where id = $1', [id])
  const [row] = rows
  return row ? { entry: toEntry(row), options: row.options, sentBy: row.sent_by } : null
}

/** Drops a preview, or takes an attempt that stored nothing off the list; false when it is neither. */
export async function dropPreview(pool: pg.Pool, id: number, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update source_file set state = 'dropped', finished_at = $2 where id = $1 and state in ('previewed', 'refused', 'failed')`,
    [id, at],
  )
  return rowCount === 1
}

/** The rejects of a file in line order, as many as the database keeps. */
export async function listRejects(pool: pg.Pool, id: number): Promise<Reject[]> {
  const { rows } = await pool.query<Reject>(
    `select line, field as column, value, reason, hint from reject where source_file_id = $1 order by line`,
    [id],
  )
  return rows
}

function toEntry(row: FileRow): ImportEntry {
  return {
    id: row.id,
    name: row.name,
    sha256: row.sha256,
    bytes: row.bytes,
    state: row.state,
    importedBy: row.imported_by,
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    report: row.report,
    undoneBy: row.undone_by,
    undoneAt: row.undone_at?.toISOString() ?? null,
    error: row.error,
    problem: row.problem,
    progress: null,
    kept: false,
  }
}

/** Registers an upload that is being read; its id. */
export async function registerUpload(pool: pg.Pool, file: SourceFile, at: Date): Promise<number> {
  return startSourceFile(pool, file, 'loading', at)
}

/** Begins to read an upload once more; false when it is stored or being read meanwhile. */
export async function restartUpload(pool: pg.Pool, id: number, options: ImportOptions): Promise<boolean> {
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update source_file set state = 'loading', options = $2, report = null, error = null, problem = null,
         finished_at = null where id = $1 and state in ('previewed', 'refused', 'failed')`,
      [id, JSON.stringify(options)],
    )
    await client.query('delete from reject where source_file_id = $1', [id])
    return rowCount === 1
  })
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
