import { sql } from 'kysely'
import type { Database, Tx } from './connect.ts'

/**
 * Runs `work` in a transaction that sees the rows of one enterprise (its customs code), or of all (`*`). The database enforces it:
 * the tables of enterprises show nothing outside such a transaction.
 */
export async function inScope<T>(db: Database, scope: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('tradewind.enterprise', ${scope}, true)`.execute(tx)
    return await work(tx)
  })
}
