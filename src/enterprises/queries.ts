import type { Database } from '../db/connect.ts'
import { AppError, invalid } from '../errors.ts'
import type { Principal, Role } from '../http/schema.ts'
import { hashPassword, hashToken, newToken, verifyPassword } from './secrets.ts'
import { totpStep } from './totp.ts'

export const sessionDays = 14

/** How the cookie of a session is set and taken away. */
export function sessionCookieOptions({ publicUrl }: { publicUrl: string }) {
  const secure = publicUrl.startsWith('https:')
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
}

export interface NewAccount {
  email: string
  name: string
  role: Role
  enterpriseId: string | null
  password: string
}

/** Adds a person. Throws when the address is taken, the enterprise unknown or the password too short. */
export async function addAccount(db: Database, account: NewAccount, now: Date): Promise<void> {
  checkPassword(account.password)
  const { password, ...person } = account
  await insertAccount(db, { ...person, passwordHash: await hashPassword(password) }, now)
}

export function checkPassword(password: string): void {
  if (password.length < 10 || password.length > 1024)
    throw invalid('password', '(not shown)', 'at least 10 and at most 1024 characters')
}

/** The row of a person; without a password hash nobody can sign in yet. */
export async function insertAccount(
  db: Database,
  account: Omit<NewAccount, 'password'> & { passwordHash: string | null },
  now: Date,
): Promise<{ id: number; email: string }> {
  const email = account.email.trim().toLowerCase()
  if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email))
    throw invalid('email', account.email, 'an address such as name@example.cn')
  const enterpriseId = await knownEnterprise(db, account.role, account.enterpriseId)
  const { name, role, passwordHash } = account
  const added = await db
    .insertInto('account')
    .values({ email, name, role, enterpriseId, passwordHash, createdAt: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added)
    throw new AppError('conflict', `email: ${email}: an account with this address exists`, {
      field: 'email',
      value: email,
    })
  return { id: added.id, email }
}

// Stands in for the hash of an unknown address, so that a refused sign-in takes the same time either way.
const nobody = hashPassword('no account has this password')

export interface Credentials {
  email: string
  password: string
  /** Six digits, where the person has a second factor. */
  code?: string
}

/**
 * Opens a session for the right password and second factor; null when the password is wrong. The token goes into a cookie
 * and is not stored. Throws unauthenticated naming `code` when only the second factor is missing or wrong.
 */
export async function signIn(
  db: Database,
  credentials: Credentials,
  now: Date,
): Promise<{ token: string; principal: Principal } | null> {
  const account = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', credentials.email.trim().toLowerCase())
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  const right = await verifyPassword(credentials.password, account?.passwordHash ?? (await nobody))
  if (!account?.passwordHash || !right) return null
  if (account.totpSecret)
    await spendCode(db, { ...account, totpSecret: account.totpSecret }, credentials.code ?? '', now)
  return await openSession(db, account, now)
}

/** A new session of a person whose identity is established. */
export async function openSession(
  db: Database,
  account: { id: number; name: string; role: string; enterpriseId: string | null },
  now: Date,
): Promise<{ token: string; principal: Principal }> {
  const { token, hash } = newToken('tws')
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  const session = await db
    .insertInto('session')
    .values({ tokenHash: hash, accountId: account.id, createdAt: now, expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.deleteFrom('session').where('expiresAt', '<', now).execute()
  return {
    token,
    principal: principalOf({ ...account, accountId: account.id, sessionId: session.id, readOnly: false }),
  }
}

/** Takes a second-factor code, once: a later use of the same code fails, also at the same moment. */
export async function spendCode(
  db: Database,
  account: { id: number; totpSecret: string; totpLastStep: number | null },
  code: string,
  now: Date,
): Promise<void> {
  const step = totpStep(account.totpSecret, code, { now, lastStep: account.totpLastStep })
  const taken =
    step !== null &&
    (await db
      .updateTable('account')
      .set({ totpLastStep: step })
      .where('id', '=', account.id)
      // Two steps ahead is what a clock that ran ahead left behind.
      .where((or) =>
        or.or([
          or('totpLastStep', 'is', null),
          or('totpLastStep', '<', step),
          or('totpLastStep', '>', step + 2),
        ]),
      )
      .returning('id')
      .executeTakeFirst())
  if (!taken) {
    const allowed = 'the six digits your authenticator shows now'
    throw new AppError('unauthenticated', `code: ${allowed}`, { field: 'code', allowed })
  }
}

export async function signOut(db: Database, token: string): Promise<void> {
  await db.deleteFrom('session').where('tokenHash', '=', hashToken(token)).execute()
}

/** Who a session cookie belongs to, or null when it is unknown or over. */
export async function principalOfSession(db: Database, token: string, now: Date): Promise<Principal | null> {
  const account = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.accountId')
    .select([
      'account.name',
      'account.role',
      'account.enterpriseId',
      'account.id as accountId',
      'session.id as sessionId',
    ])
    .where('session.tokenHash', '=', hashToken(token))
    .where('session.expiresAt', '>', now)
    .where('account.disabledAt', 'is', null)
    .executeTakeFirst()
  return account ? principalOf({ ...account, readOnly: false }) : null
}

/** Who an API token acts for, or null when it is unknown, revoked or over. */
export async function principalOfToken(db: Database, token: string, now: Date): Promise<Principal | null> {
  const found = await db
    .selectFrom('apiToken')
    .select(['name', 'role', 'enterpriseId', 'scope'])
    .where('tokenHash', '=', hashToken(token))
    .where('revokedAt', 'is', null)
    .where((or) => or.or([or('expiresAt', 'is', null), or('expiresAt', '>', now)]))
    .executeTakeFirst()
  return found
    ? principalOf({ ...found, accountId: null, sessionId: null, readOnly: found.scope === 'read' })
    : null
}

export interface NewToken {
  name: string
  role: Role
  enterpriseId: string | null
  /** read: may ask, not change; write unless said. */
  scope?: 'read' | 'write'
  expiresAt?: Date | null
}

/** Makes an API token; it is shown once and stored as a hash. */
export async function createToken(db: Database, owner: NewToken, now: Date): Promise<string> {
  const { token, hash } = newToken('twt')
  const { name, role, scope = 'write', expiresAt = null } = owner
  const enterpriseId = await knownEnterprise(db, role, owner.enterpriseId)
  await db
    .insertInto('apiToken')
    .values({ name, role, enterpriseId, tokenHash: hash, createdAt: now, scope, expiresAt })
    .execute()
  return token
}

export async function knownEnterprise(
  db: Database,
  role: Role,
  enterpriseId: string | null,
): Promise<string | null> {
  if (role !== 'enterprise') {
    if (enterpriseId === null) return null
    throw invalid('enterprise', enterpriseId, 'given for role enterprise only')
  }
  if (enterpriseId === null)
    throw invalid('enterprise', '', 'the customs code of the enterprise, for role enterprise')
  const found = await db
    .selectFrom('enterprise')
    .select('id')
    .where('id', '=', enterpriseId)
    .executeTakeFirst()
  if (!found)
    throw invalid('enterprise', enterpriseId, 'the customs code of an enterprise in the loaded data')
  return enterpriseId
}

function principalOf(row: Required<Omit<Principal, 'role'>> & { role: string }): Principal {
  const { name, enterpriseId, accountId, sessionId, readOnly } = row
  return { name, role: row.role as Role, enterpriseId, accountId, sessionId, readOnly }
}
