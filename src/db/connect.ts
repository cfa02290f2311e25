import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './schema.ts'

/** The query builder; columns are snake_case in SQL and camelCase in TypeScript. */
export type Database = Kysely<DB>
export type Tx = Transaction<DB>

/** An open database: the query builder and, for COPY, the pool beneath it. */
export interface Connection {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/** numeric stays a decimal string; dates are YYYY-MM-DD; bigint ids and counts are safe integers here. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return Number
    if (oid === pg.types.builtins.DATE) return String
    return format === undefined ? pg.types.getTypeParser(oid) : pg.types.getTypeParser(oid, format)
  },
}

export interface ConnectOptions {
  max?: number
  /** Taken on by every connection from its start. */
  role?: string | null
  /** After how long the server ends a statement (SQLSTATE 57014); 0, or nothing: never. */
  statementTimeoutMs?: number
}

/** Opens a pool. A connection that breaks while idle is dropped and replaced at the next query. */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    types,
    application_name: 'tradewind',
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
    ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks fails its query; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  // Kysely ends the pool only if it ever used it.
  const close = async () => {
    await db.destroy()
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}
