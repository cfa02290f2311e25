import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
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
  await inTransaction(pool, (client) => finishSourceFile(client, id, outcome))
}

/** Records an attempt that stored no trade. */
export async function recordOutcome(pool: pg.Pool, file: SourceFile, outcome: FileOutcome): Promise<number> {
  return inTransaction(pool, async (client) => {
    const id = await startSourceFile(client, file, outcome.state, outcome.at)
    await finishSourceFile(client, id, outcome)
    return id
  })
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
