import type { Database } from '../db/connect.ts'
import { openSession } from './queries.ts'
import { hashToken } from './secrets.ts'

const attemptMinutes = 15

/** A sign-in under way: what the provider's answer must fit, and where to go afterwards. */
export interface OidcAttempt {
  state: string
  nonce: string
  codeVerifier: string
  next: string
}

/** Keeps an attempt for a quarter of an hour, its state as a hash. */
export async function keepAttempt(db: Database, attempt: OidcAttempt, now: Date): Promise<void> {
  const { state, ...rest } = attempt
  const expiresAt = new Date(now.getTime() + attemptMinutes * 60_000)
  await db
    .insertInto('oidcAttempt')
    .values({ ...rest, stateHash: hashToken(state), expiresAt })
    .execute()
}

/** Takes an attempt out, so that its answer counts once; null when it is unknown, used or over. */
export async function takeAttempt(
  db: Database,
  state: string,
  now: Date,
): Promise<Omit<OidcAttempt, 'state'> | null> {
  const taken = await db
    .deleteFrom('oidcAttempt')
    .where('stateHash', '=', hashToken(state))
    .returning(['nonce', 'codeVerifier', 'next', 'expiresAt'])
    .executeTakeFirst()
  return taken && taken.expiresAt > now ? taken : null
}

/**
 * Opens a session for the person an identity provider vouches for; null when nobody who may sign in has the address. It adds no
 * account: only who was invited gets in.
 */
export async function signInByEmail(db: Database, email: string, now: Date) {
  const account = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', email.trim().toLowerCase())
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return account ? await openSession(db, account, now) : null
}
