import type { Database } from '../db/connect.ts'
import { notFound } from './access.ts'
import { keepingAdministrator } from './administrator-queries.ts'
import type { AccountRow, AuditRow, SessionRow, TokenRow } from './people-schema.ts'

export async function listAccounts(db: Database): Promise<AccountRow[]> {
  const rows = await db.selectFrom('account').selectAll().orderBy('email').execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role as AccountRow['role'],
    enterpriseId: row.enterpriseId,
    state: row.disabledAt ? 'disabled' : row.passwordHash ? 'active' : 'invited',
    secondFactor: row.totpSecret !== null,
    createdAt: row.createdAt.toISOString(),
  }))
}

/**
 * The person can no longer sign in; open sessions end. The row stays: records name it. Throws where no administrator would be left.
 */
export async function disableAccount(db: Database, id: number, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await keepingAdministrator(tx, async () => {
      const disabled = await tx
        .updateTable('account')
        .set({ disabledAt: now })
        .where('id', '=', id)
        .where('disabledAt', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (!disabled) throw notFound('account', id, 'the id of an account that is not disabled')
    })
    await tx.deleteFrom('session').where('accountId', '=', id).execute()
    await tx.deleteFrom('accountLink').where('accountId', '=', id).execute()
  })
}

/** Open sessions of a person, newest first. */
export async function listSessions(
  db: Database,
  own: { accountId: number; sessionId: number | null },
  now: Date,
): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'createdAt', 'expiresAt'])
    .where('accountId', '=', own.accountId)
    .where('expiresAt', '>', now)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, createdAt, expiresAt }) => ({
    id,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: id === own.sessionId,
  }))
}

export async function endSession(db: Database, key: { accountId: number; id: number }): Promise<void> {
  const ended = await db
    .deleteFrom('session')
    .where('accountId', '=', key.accountId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst()
  if (!ended) throw notFound('session', key.id, 'the id of one of your open sessions')
}

export async function listTokens(db: Database): Promise<TokenRow[]> {
  const rows = await db.selectFrom('apiToken').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role as TokenRow['role'],
    enterpriseId: row.enterpriseId,
    scope: row.scope as TokenRow['scope'],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }))
}

/** The token stops working at once. Throws when there is none of this id or it is revoked already. */
export async function revokeToken(db: Database, id: number, now: Date): Promise<void> {
  const revoked = await db
    .updateTable('apiToken')
    .set({ revokedAt: now })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!revoked) throw notFound('token', id, 'the id of a token that is not revoked')
}

export type AuditEntry = Omit<AuditRow, 'id' | 'at'> & { at: Date }

/** Notes who saw or changed what. */
export async function noteAudit(db: Database, entry: AuditEntry): Promise<void> {
  await db.insertInto('auditEntry').values(entry).execute()
}
