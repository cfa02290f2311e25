import type { Database, Tx } from '../../db/connect.ts'
import type { Language } from './text.ts'
import { isTokenOf, type Recipient, unsubscribeToken } from './unsubscribe.ts'

/** The token of the address a mail goes to; null for a person with an account, who signs in to change a subscription. */
export async function tokenFor(tx: Tx, subscriptionId: number | null): Promise<string | null> {
  const recipient = subscriptionId === null ? null : await addressOf(tx, subscriptionId)
  return recipient && unsubscribeToken(await signingKey(tx), recipient)
}

/** An address that may end its mails. */
export interface Subscriber extends Recipient {
  language: Language
  active: boolean
}

/** Whose token it is; null for a token of nobody, and for that of an address that was taken away or given an account. */
export async function subscriberOf(db: Database, token: string): Promise<Subscriber | null> {
  const id = Number(token.split('.')[0])
  const subscriber = Number.isSafeInteger(id) ? await addressOf(db, id) : null
  return subscriber && isTokenOf(token, await signingKey(db), subscriber) ? subscriber : null
}

/** Switches the mails to an address off and notes that it asked for it; once it did, nothing changes any more. */
export async function unsubscribeAddress(db: Database, { id }: Recipient, now: Date): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ active: false, unsubscribedAt: now })
    .where('id', '=', id)
    .where('accountId', 'is', null)
    .where('unsubscribedAt', 'is', null)
    .execute()
}

async function addressOf(db: Database, id: number): Promise<Subscriber | null> {
  const row = await db
    .selectFrom('subscription')
    .select(['id', 'email', 'language', 'active'])
    .where('id', '=', id)
    .where('accountId', 'is', null)
    .executeTakeFirst()
  return row ? { ...row, language: row.language as Language } : null
}

async function signingKey(db: Database): Promise<Uint8Array> {
  const { key } = await db
    .selectFrom('signingKey')
    .select('key')
    .where('purpose', '=', 'unsubscribe')
    .executeTakeFirstOrThrow()
  return key
}
