import { sql } from 'kysely'
import { appRole, firmRole } from './app-role.ts'
import type { Database, Tx } from './connect.ts'

/**
 * Runs `work` in a transaction that sees the rows of one enterprise (its customs code), or of all (`*`). The database enforces it:
 * the tables of enterprises show nothing outside such a transaction. In the scope of a firm the names of the trade tables and of the
 * register stand for its own rows, and the service goes on in a role that reaches neither those tables nor accounts, mails or
 * warnings; where it could not take on its own role it keeps the one it has.
 */
export async function inScope<T>(db: Database, scope: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('tradewind.enterprise', ${scope}, true)`.execute(tx)
    if (scope !== '*')
      await sql`select set_config('search_path', 'firm, public', true),
        case when current_user = ${appRole} then set_config('role', ${firmRole}, true) end`.execute(tx)
    return await work(tx)
  })
}
