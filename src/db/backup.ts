import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { AppError } from '../errors.ts'
import { frame, frameReader } from './frames.ts'
import { migrate, migrations } from './migrate.ts'

/** What a backup or a restore went through. */
export interface BackupReport {
  tables: number
  rows: number
}

interface Manifest {
  format: 'tradewind-backup'
  version: 1
  migrations: { name: string; sha256: string }[]
}

interface Table {
  table: string
  columns: string[]
  /** Last numbers given out, by column. */
  sequences: { column: string; last: number }[]
}

/** Tables a new database has rows in: those of the backup take their place, so that links in mails that were sent stay good. */
const ofMigrations = ['signing_key']

type Read = () => Promise<Buffer | null>

/**
 * Writes every row of every table, as of one moment, into a compressed file that takes its name when it is complete. Passwords
 * and tokens are in it as the hashes the database holds, second factors and the key of links as they are; the file is readable by its
 * owner only.
 */
export async function backUp(pool: pg.Pool, file: string): Promise<BackupReport> {
  const client = await pool.connect()
  const report = { tables: 0, rows: 0 }
  const partial = `${file}.partial`
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(`select set_config('tradewind.enterprise', '*', true)`)
    await pipeline(rowsOf(client, report), createGzip(), createWriteStream(partial, { mode: 0o600 }))
    await client.query('commit')
    await rename(partial, file)
    return report
  } catch (error) {
    await client.query('rollback').catch(() => {})
    await rm(partial, { force: true })
    throw error
  } finally {
    client.release()
  }
}

async function* rowsOf(client: pg.PoolClient, report: BackupReport): AsyncGenerator<Buffer> {
  const applied = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  )
  const manifest: Manifest = { format: 'tradewind-backup', version: 1, migrations: applied.rows }
  yield frame(JSON.stringify(manifest))
  for (const table of await tablesOf(client)) {
    yield frame(JSON.stringify(table))
    const columns = table.columns.map(quoted).join(', ')
    const rows = client.query(copyTo(`copy (select ${columns} from ${quoted(table.table)}) to stdout`))
    for await (const chunk of rows) if (chunk.length > 0) yield frame(chunk)
    yield frame('')
    yield frame(JSON.stringify({ rows: rows.rowCount }))
    report.tables += 1
    report.rows += rows.rowCount
  }
  yield frame(JSON.stringify({ end: true }))
}

/**
 * Fills an empty database from a backup of this very release, in one transaction. Refused, with nothing changed: a database that
 * holds rows, a backup of another release, a file that is none or was cut off.
 */
export async function restore(pool: pg.Pool, file: string): Promise<BackupReport> {
  const input = createReadStream(file)
  const unpacked = input.pipe(createGunzip())
  input.on('error', (error) => unpacked.destroy(error))
  const read = readable(frameReader(unpacked), file)
  try {
    checkManifest(await parsed<Manifest>(read, file), file)
    await migrate(pool)
    return await fill(pool, read, file)
  } finally {
    input.destroy()
  }
}

async function fill(pool: pg.Pool, read: Read, file: string): Promise<BackupReport> {
  const client = await pool.connect()
  const report = { tables: 0, rows: 0 }
  try {
    await client.query('begin')
    await client.query(`select set_config('tradewind.enterprise', '*', true)`)
    const known = await tablesOf(client)
    for (const { table } of known) {
      if (ofMigrations.includes(table)) await client.query(`delete from ${quoted(table)}`)
      else await refuseRows(client, table)
    }
    for (;;) {
      const next = await parsed<Partial<Table> & { end?: true }>(read, file)
      if (next.end) break
      const table = known.find((one) => one.table === next.table)
      if (!table || !next.columns || !next.sequences) throw notABackup(file)
      report.rows += await fillTable(client, { ...table, columns: next.columns }, read, file)
      report.tables += 1
      await continueSequences(client, table.table, next.sequences)
    }
    if (report.tables !== known.length) throw notABackup(file)
    await client.query('commit')
    return report
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function fillTable(client: pg.PoolClient, table: Table, read: Read, file: string): Promise<number> {
  const name = quoted(table.table)
  const forced = await client.query(
    'select relforcerowsecurity as forced from pg_class where oid = $1::regclass',
    [name],
  )
  // An owner who is no superuser may COPY into a protected table only while it is not forced on owners.
  const lifted = forced.rows[0]?.forced === true
  if (lifted) await client.query(`alter table ${name} no force row level security`)
  const rows = client.query(copyFrom(`copy ${name} (${table.columns.map(quoted).join(', ')}) from stdin`))
  await pipeline(framesOfTable(read, file), rows)
  if (lifted) await client.query(`alter table ${name} force row level security`)
  const { rows: expected } = await parsed<{ rows: number }>(read, file)
  if (expected !== rows.rowCount) throw notABackup(file)
  return rows.rowCount
}

async function* framesOfTable(read: Read, file: string): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await read()
    if (next === null) throw notABackup(file)
    if (next.length === 0) return
    yield next
  }
}

/** Tables in the order they can be filled: what others point to comes first. The record of migrations is the target's own. */
async function tablesOf(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; columns: string[]; needs: string[] }>(`
    select c.relname as table,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct t.relname::text from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'migration'
    order by c.relname`)
  const tables: Table[] = []
  const open = new Map(rows.map((row) => [row.table, row]))
  while (open.size > 0) {
    const ready = [...open.values()].find(({ needs }) => !needs.some((other) => open.has(other)))
    if (!ready) throw new Error(`tables point at each other: ${[...open.keys()].join(', ')}`)
    open.delete(ready.table)
    const { table, columns } = ready
    tables.push({ table, columns, sequences: await sequencesOf(client, ready) })
  }
  return tables
}

async function sequencesOf(
  client: pg.PoolClient,
  { table, columns }: { table: string; columns: string[] },
): Promise<Table['sequences']> {
  const { rows } = await client.query<{ column: string; last: number }>(
    `select name as column, pg_sequence_last_value(sequence::regclass) as last
     from (select name, pg_get_serial_sequence($1, name) as sequence from unnest($2::text[]) as name) found
     where sequence is not null`,
    [quoted(table), columns],
  )
  return rows.map(({ column, last }) => ({ column, last: Number(last ?? 0) }))
}

async function continueSequences(
  client: pg.PoolClient,
  table: string,
  sequences: Table['sequences'],
): Promise<void> {
  for (const { column, last } of sequences) {
    if (last > 0)
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [quoted(table), column, last])
  }
}

async function refuseRows(client: pg.PoolClient, table: string): Promise<void> {
  const found = await client.query(`select from ${quoted(table)} limit 1`)
  if (found.rowCount === 0) return
  throw new AppError(
    'refused',
    `database: ${table} holds rows: a backup is restored into an empty database only`,
  )
}

function checkManifest(manifest: Manifest, file: string): void {
  if (manifest.format !== 'tradewind-backup' || manifest.version !== 1) throw notABackup(file)
  const text = (list: { name: string; sha256: string }[]) =>
    list.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')
  if (text(manifest.migrations) === text(migrations())) return
  const last = manifest.migrations.at(-1)?.name ?? 'none'
  throw new AppError(
    'refused',
    `backup: ${file}: made by another release (last migration ${last}): restore it with that one, then upgrade`,
  )
}

async function parsed<T>(read: Read, file: string): Promise<T> {
  const next = await read()
  try {
    return JSON.parse(next?.toString() ?? '')
  } catch {
    throw notABackup(file)
  }
}

/** A file that is not there says so; one that cannot be unpacked is no backup. */
function readable(read: Read, file: string): Read {
  return async () => {
    try {
      return await read()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
        throw new AppError('invalid-input', `backup: ${file}: a file that can be read`)
      throw notABackup(file)
    }
  }
}

function notABackup(file: string): AppError {
  return new AppError('refused', `backup: ${file}: no complete backup of this service; nothing was restored`)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
