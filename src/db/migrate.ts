import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { AppError } from '../errors.ts'

const folder = fileURLToPath(new URL('migrations/', import.meta.url))

/** Any number that nothing else in this database uses as an advisory lock. */
const migrationLock = 7_420_001

export interface Migration {
  name: string
  sql: string
  sha256: string
}

/** The migrations of this release in the order they are applied. */
export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(folder + name, 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, one transaction a file, under a lock so that two instances may start at once. Returns the
 * names applied. A database of a newer release, or one whose applied files differ from ours, is refused untouched.
 */
export async function migrate(pool: pg.Pool, available: Migration[] = migrations()): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    const missing = pending(await appliedMigrations(client), available)
    for (const migration of missing) await apply(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    client.release()
  }
}

/** Names of the migrations this database still lacks; throws like `migrate` when it is not ours to touch. */
export async function pendingMigrations(pool: pg.Pool): Promise<string[]> {
  const made = await pool.query(`select to_regclass('migration') is not null as exists`)
  const applied = made.rows[0]?.exists ? await appliedMigrations(pool) : new Map<string, string>()
  return pending(applied, migrations()).map((migration) => migration.name)
}

async function appliedMigrations(client: pg.Pool | pg.PoolClient): Promise<Map<string, string>> {
  const found = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
  return new Map(found.rows.map((row) => [row.name, row.sha256]))
}

function pending(applied: Map<string, string>, available: Migration[]): Migration[] {
  const known = new Map(available.map((migration) => [migration.name, migration.sha256]))
  for (const [name, sha256] of applied) {
    if (!known.has(name)) {
      throw new AppError(
        'refused',
        `database: ${name}: unknown migration: the database belongs to a newer release; start that one`,
      )
    }
    if (known.get(name) !== sha256) {
      throw new AppError(
        'refused',
        `database: ${name}: differs from the file that was applied: restore the released file`,
      )
    }
  }
  return available.filter((migration) => !applied.has(migration.name))
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed`, { cause: error })
  }
}
