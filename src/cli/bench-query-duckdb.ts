import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** A question as DuckDB is asked: grouped by what, restricted to what, in the months up to December 2026 and a year before. */
export interface Scan {
  by: string
  where?: string
  /** First month of the later of the two periods. */
  from?: string
}

/** The facts of the bench in a file of DuckDB. */
export interface DuckFacts {
  ask(scan: Scan): Promise<void>
  close(): void
}

/** Copies the facts to DuckDB; null where that is not installed (it is a tool of developers). */
export async function duckFacts(pool: pg.Pool, folder: string): Promise<DuckFacts | null> {
  const library = await import('@duckdb/node-api').catch(() => null)
  if (library === null) return null
  const instance = await library.DuckDBInstance.create(join(folder, 'facts.duckdb'))
  const connection = await instance.connect()
  const csv = join(folder, 'facts.csv')
  await exportTable(pool, csv, facts)
  await fill(
    connection,
    'fact',
    csv,
    'period date, hs varchar, partner varchar, mode varchar, enterprise varchar, value_usd decimal(18, 2)',
  )
  await exportTable(pool, csv, 'select code, section from hs_chapter')
  await fill(connection, 'chapter', csv, 'code varchar, section varchar')
  await exportTable(pool, csv, `select name, member from country_group where valid_to is null`)
  await fill(connection, 'member', csv, 'name varchar, member varchar')
  return {
    ask: async (scan) => void (await connection.runAndReadAll(questionOf(scan))),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const facts = `select period, hs, partner, supervision_mode, enterprise, value_usd from trade_flow`

function questionOf({ by, where = 'true', from = '2026-01-01' }: Scan): string {
  const later = `period between date '${from}' and date '2026-12-01'`
  const earlier = `period between date '${from}' - interval 1 year and date '2025-12-01'`
  return `
    select ${by} as code, sum(value_usd) filter (where ${later}) as current, sum(value_usd) filter (where ${earlier}) as base
    from fact left join chapter on chapter.code = left(hs, 2)
    where (${later} or ${earlier}) and ${where} group by 1`
}

async function exportTable(pool: pg.Pool, path: string, query: string): Promise<void> {
  const client = await pool.connect()
  try {
    const rows = client.query(copyTo(`copy (${query}) to stdout with (format csv)`))
    await pipeline(rows, createWriteStream(path))
  } finally {
    client.release()
  }
}

async function fill(
  connection: DuckDBConnection,
  table: string,
  path: string,
  columns: string,
): Promise<void> {
  await connection.run(`create table ${table} (${columns})`)
  await connection.run(`copy ${table} from '${path.replaceAll("'", "''")}' (format csv)`)
}
