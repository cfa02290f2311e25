import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/connect.ts'

/** A load is evaluated once no other followed it for this long: several files in a row make one digest. */
const settledAfterMs = 60_000

/**
 * Answers whether a settled load has come since it was made or last said so. Loads are told apart by their numbers: their times may
 * lie ahead when the clock was set back.
 */
export function watchArrivals({ db, clock }: { db: Database; clock: Clock }): () => Promise<boolean> {
  let seen: number | null = null
  return async () => {
    const { rows } = await sql<{ id: number | null; at: Date | null }>`
      select max(id) as id, (array_agg(loaded_at order by id desc))[1] as at from slice`.execute(db)
    const newest = rows[0]?.id ?? 0
    if (seen === null || newest < seen) {
      seen = newest
      return false
    }
    const ageMs = clock.now().getTime() - (rows[0]?.at?.getTime() ?? 0)
    if (newest === seen || (ageMs >= 0 && ageMs < settledAfterMs)) return false
    seen = newest
    return true
  }
}
