import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import type { Role } from '../http/schema.ts'
import { checkPassword, insertAccount } from './queries.ts'
import { hashPassword, hashToken, newToken } from './secrets.ts'

export const linkHours = { invitation: 72, reset: 2 } as const
export type LinkPurpose = keyof typeof linkHours

/** A one-time link as it is handed over; only its hash is stored. */
export interface PasswordLink {
  purpose: LinkPurpose
  email: string
  name: string
  token: string
}

export interface Invitation {
  email: string
  name: string
  role: Role
  enterpriseId: string | null
}

/** Adds a person without a password and the link to set one. Throws like `addAccount`. */
export async function invite(db: Database, invitation: Invitation, now: Date): Promise<PasswordLink> {
  return await db.transaction().execute(async (tx) => {
    const { id, email } = await insertAccount(tx, { ...invitation, passwordHash: null }, now)
    const token = await addLink(tx, { accountId: id, purpose: 'invitation' }, now)
    return { purpose: 'invitation', email, name: invitation.name, token }
  })
}

/** Links to set a new password that are open at a time: whoever asks for more fills somebody's inbox. */
const mostResets = 5

/** A link to set a new password, or null when nobody (or a disabled person) has this address, or enough of them are out. */
export async function requestReset(db: Database, email: string, now: Date): Promise<PasswordLink | null> {
  const account = await db
    .selectFrom('account')
    .select(['id', 'email', 'name'])
    .where('email', '=', email.trim().toLowerCase())
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  if (!account) return null
  const { open } = await db
    .selectFrom('accountLink')
    .select(sql<number>`count(*)`.as('open'))
    .where('accountId', '=', account.id)
    .where('purpose', '=', 'reset')
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow()
  if (open >= mostResets) return null
  const token = await addLink(db, { accountId: account.id, purpose: 'reset' }, now)
  return { purpose: 'reset', email: account.email, name: account.name, token }
}

/** Sets the password a link is for; the link, its siblings and every session of the person end with it. */
export async function setPasswordByLink(
  db: Database,
  link: { token: string; password: string },
  now: Date,
): Promise<void> {
  checkPassword(link.password)
  const passwordHash = await hashPassword(link.password)
  await db.transaction().execute(async (tx) => {
    const used = await tx
      .updateTable('accountLink')
      .set({ usedAt: now })
      .where('tokenHash', '=', hashToken(link.token))
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', now)
      .returning('accountId')
      .executeTakeFirst()
    if (!used) throw new AppError('unauthenticated', 'the link is unknown, used or over: ask for a new one')
    const { accountId } = used
    await tx.updateTable('account').set({ passwordHash }).where('id', '=', accountId).execute()
    await tx.deleteFrom('session').where('accountId', '=', accountId).execute()
    await tx
      .updateTable('accountLink')
      .set({ usedAt: now })
      .where('accountId', '=', accountId)
      .where('usedAt', 'is', null)
      .execute()
  })
}

async function addLink(
  db: Database,
  link: { accountId: number; purpose: LinkPurpose },
  now: Date,
): Promise<string> {
  const { token, hash } = newToken('twl')
  const expiresAt = new Date(now.getTime() + linkHours[link.purpose] * 3_600_000)
  await db.deleteFrom('accountLink').where('expiresAt', '<', now).execute()
  await db
    .insertInto('accountLink')
    .values({ ...link, tokenHash: hash, createdAt: now, expiresAt })
    .execute()
  return token
}
