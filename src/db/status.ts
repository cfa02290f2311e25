import type pg from 'pg'

export interface DatabaseStatus {
  version: string
  bytes: number
  migrations: number
  files: number
  currentSlices: number
  olderSlices: number
  currentFacts: number
  rollupRows: number
}

/** The server, its size, and how much is stored; of a migrated database. */
export async function databaseStatus(pool: pg.Pool): Promise<DatabaseStatus> {
  const { rows } = await pool.query<DatabaseStatus>(`
    select version() as version, pg_database_size(current_database()) as bytes,
      (select count(*) from migration) as migrations,
      (select count(*) from source_file where state in ('loaded', 'partial')) as files,
      (select count(*) from slice where superseded_at is null) as "currentSlices",
      (select count(*) from slice where superseded_at is not null) as "olderSlices",
      (select coalesce(sum(rows), 0)::bigint from slice where superseded_at is null) as "currentFacts",
      (select count(*) from trade_rollup) as "rollupRows"`)
  const [found] = rows
  if (!found) throw new Error('a database that answers without a row')
  return found
}
