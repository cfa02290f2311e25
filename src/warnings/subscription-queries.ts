import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import type { Principal } from '../http/schema.ts'
import type { SubscriptionBody } from './schema.ts'

/** A person's own subscription, or every one for an administrator. */
export async function listSubscriptions(db: Database, principal: Principal) {
  const own = principal.accountId ?? -1
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .$if(principal.role !== 'admin', (query) => query.where('accountId', '=', own))
    .orderBy('id')
    .execute()
  return rows.map(({ accountId, createdAt: _, ...row }) => ({
    ...row,
    language: row.language as SubscriptionBody['language'],
    severities: row.severities as SubscriptionBody['severities'],
    topics: row.topics as SubscriptionBody['topics'],
    own: accountId === own,
  }))
}

/** Makes or changes a person's own subscription. An enterprise's is always of that enterprise, and hears no escalations. */
export async function subscribe(
  db: Database,
  principal: Principal,
  { body, now }: { body: SubscriptionBody; now: Date },
): Promise<void> {
  const accountId = personOf(principal)
  const { email } = await db
    .selectFrom('account')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  const changes = {
    ...body,
    escalations: principal.role !== 'enterprise' && body.escalations,
    enterpriseId: principal.enterpriseId,
  }
  await db
    .insertInto('subscription')
    .values({ ...changes, email, accountId, createdAt: now })
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet(changes))
    .execute()
}

/** Switches a person's own subscription off. It stays, so that it is not made anew; there may be none. */
export async function unsubscribe(db: Database, principal: Principal): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ active: false })
    .where('accountId', '=', personOf(principal))
    .execute()
}

function personOf({ accountId }: Principal): number {
  if (accountId == null) throw new AppError('forbidden', 'a token has no subscription: sign in as a person')
  return accountId
}
