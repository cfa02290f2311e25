import type { Database } from '../db/connect.ts'
import { AppError, invalid } from '../errors.ts'
import type { Principal, Role } from '../http/schema.ts'
import { spendCode } from './second-factor-queries.ts'
import { hashPassword, hashToken, newToken, verifyPassword } from './secrets.ts'

export const sessionDays = 14

/**
 * The name of a session's cookie and how it is set and taken away. Over https the prefix keeps other hosts of the same domain from
 * setting it: nobody is made to work in a session that somebody else opened.
 */
export function sessionCookie({ publicUrl }: { publicUrl: string }) {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-tradewind_session' : 'tradewind_session'
  return { name, options: { path: '/', httpOnly: true, sameSite: 'strict', secure } as const }
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
  // One address and nothing that a mail server would read as several, a name or a comment.
  if (!/^[^\s@\p{Cc}\p{Cf}()<>[\],;:"\\]+@[^\s@\p{Cc}\p{Cf}()<>[\],;:"\\]+$/u.test(email))
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

/** How long after signing in a person without a password need not sign in once more. */
const freshMinutes = 10

/**
 * Holds a person to the password once more, before what a session that was left open or taken over must not be enough for. Who signs in
 * through an identity provider alone has none: a sign-in of the last minutes stands for it. Throws forbidden naming `password`: the session
 * goes on, and a page that is told 401 asks people to sign in.
 */
export async function requirePassword(
  db: Database,
  { accountId, sessionId }: { accountId: number; sessionId: number | null },
  given: string,
  now: Date,
): Promise<void> {
  const account = await db
    .selectFrom('account')
    .leftJoin('session', (on) =>
      on.onRef('session.accountId', '=', 'account.id').on('session.id', '=', sessionId),
    )
    .select(['passwordHash', 'session.createdAt as signedInAt'])
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow()
  const { passwordHash, signedInAt } = account
  if (passwordHash === null ? isFresh(signedInAt, now) : await verifyPassword(given, passwordHash)) return
  const allowed =
    passwordHash === null
      ? `a sign-in within the last ${freshMinutes} minutes: sign in again`
      : 'the password you sign in with'
  throw new AppError('forbidden', `password: ${allowed}`, { field: 'password', allowed })
}

/** A beginning that lies ahead was noted by a clock that ran ahead: it is not fresh for ever. */
function isFresh(signedInAt: Date | null, now: Date): boolean {
  const age = signedInAt === null ? -1 : now.getTime() - signedInAt.getTime()
  return age >= 0 && age <= freshMinutes * 60_000
}

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

/**
 * A new session of a person whose identity is established; null where the account was disabled or got another password meanwhile: what
 * ends every session ends one that is just being opened too.
 */
export async function openSession(
  db: Database,
  account: {
    id: number
    name: string
    role: string
    enterpriseId: string | null
    passwordHash: string | null
  },
  now: Date,
): Promise<{ token: string; principal: Principal } | null> {
  const { token, hash } = newToken('tws')
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  const { id, name, role, enterpriseId, passwordHash } = account
  const session = await db
    .insertInto('session')
    .columns(['tokenHash', 'accountId', 'createdAt', 'expiresAt'])
    .expression((eb) =>
      eb
        .selectFrom('account')
        .select([
          eb.val(hash).as('tokenHash'),
          'id',
          eb.val(now).as('createdAt'),
          eb.val(expiresAt).as('expiresAt'),
        ])
        .where('id', '=', id)
        .where('disabledAt', 'is', null)
        .where('passwordHash', 'is not distinct from', passwordHash)
        .forShare(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!session) return null
  await db.deleteFrom('session').where('expiresAt', '<', now).execute()
  const principal = { name, role, enterpriseId, accountId: id, sessionId: session.id, readOnly: false }
  return { token, principal: principalOf(principal) }
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
