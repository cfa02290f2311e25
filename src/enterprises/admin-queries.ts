import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { isDuplicate, noSuchEnterprise, notFound, taken } from './access.ts'
import type { AccountBody, FirmBody } from './admin-schema.ts'
import { keepingAdministrator } from './administrator-queries.ts'
import { escapeLike, findEnterprise } from './firm-queries.ts'
import type { AuditRow } from './people-schema.ts'
import { knownEnterprise } from './queries.ts'
import type { Enterprise } from './record-schema.ts'
import { normaliseUscc } from './registration.ts'

/**
 * Gives a person another role; it holds from the next request on. Mails of another firm, or of the bureau, end with it: what a role
 * gets by itself is subscribed anew. Throws where no administrator would be left.
 */
export async function changeRole(db: Database, id: number, body: AccountBody): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const enterpriseId = await knownEnterprise(tx, body.role, body.enterpriseId ?? null)
    await keepingAdministrator(tx, async () => {
      const found = await tx
        .updateTable('account')
        .set({ role: body.role, enterpriseId })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
      if (!found) throw notFound('account', id, 'a person who is listed')
    })
    await tx
      .deleteFrom('subscription')
      .where('accountId', '=', id)
      .where('enterpriseId', 'is distinct from', enterpriseId)
      .execute()
  })
}

/** Takes a lost second factor away; the person signs in with the password and may set a new one. */
export async function resetSecondFactor(db: Database, id: number): Promise<void> {
  const found = await db
    .updateTable('account')
    .set({ totpSecret: null, totpLastStep: null, codeTries: 0 })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!found) throw notFound('account', id, 'a person who is listed')
}

/** Corrects a firm's name and code; one known from declarations only is registered by it. */
export async function changeEnterprise(
  db: Database,
  id: string,
  { name, uscc }: FirmBody,
  now: Date,
): Promise<Enterprise> {
  const code = uscc === null ? null : normaliseUscc(uscc)
  if (uscc !== null && code === null)
    throw invalid('uscc', uscc, 'a unified social credit code with its right check character')
  const changed = await db
    .updateTable('enterprise')
    .set({ name, uscc: code, registeredAt: sql<Date>`coalesce(registered_at, ${now})` })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      if (isDuplicate(error)) throw taken('uscc', uscc ?? '', 'a code no other enterprise has')
      throw error
    })
  if (!changed) throw noSuchEnterprise(id)
  return findEnterprise(db, id)
}

export interface AuditFilter {
  limit: number
  before?: number
  actor?: string
  action?: string
  subject?: string
  /** Instants: from the first, before the second. */
  from?: Date
  until?: Date
}

/** The newest entries that fit, those before `before` (an id) when given. */
export async function listAudit(db: Database, filter: AuditFilter): Promise<AuditRow[]> {
  const { limit, before, from, until } = filter
  let query = db.selectFrom('auditEntry').selectAll().orderBy('id', 'desc').limit(limit)
  for (const part of ['actor', 'action', 'subject'] as const) {
    const text = filter[part]
    if (text !== undefined) query = query.where(part, 'ilike', `%${escapeLike(text)}%`)
  }
  if (before !== undefined) query = query.where('id', '<', before)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (until !== undefined) query = query.where('at', '<', until)
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
