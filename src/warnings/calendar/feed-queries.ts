import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/connect.ts'
import type { Principal } from '../../http/schema.ts'
import { personOf } from '../mail/subscription-queries.ts'

/** Since when a person has a feed, and when a program last read it (to the hour); null without one. */
export async function feedOf(
  db: Database,
  principal: Principal,
): Promise<{ createdAt: string; lastUsedAt: string | null } | null> {
  const feed = await db
    .selectFrom('calendarFeed')
    .select(['createdAt', 'lastUsedAt'])
    .where('accountId', '=', personOf(principal, 'calendar feed'))
    .executeTakeFirst()
  return feed
    ? { createdAt: feed.createdAt.toISOString(), lastUsedAt: feed.lastUsedAt?.toISOString() ?? null }
    : null
}

/** Gives a person a feed, or another one in place of it, and returns its token, which is not stored and never seen again. */
export async function giveFeed(db: Database, principal: Principal, now: Date): Promise<string> {
  // 192 random bits: a plain digest is enough to look it up by
  const token = randomBytes(24).toString('base64url')
  const feed = {
    accountId: personOf(principal, 'calendar feed'),
    tokenHash: hashOf(token),
    createdAt: now,
    lastUsedAt: null,
  }
  await db
    .insertInto('calendarFeed')
    .values(feed)
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet(feed))
    .execute()
  return token
}

/** Ends a person's feed; there may be none. */
export async function dropFeed(db: Database, principal: Principal): Promise<void> {
  await db.deleteFrom('calendarFeed').where('accountId', '=', personOf(principal, 'calendar feed')).execute()
}

/** Whether a token is of someone who may see the calendar still: a person of the bureau whose account is not disabled. */
export async function mayReadFeed(db: Database, token: string, now: Date): Promise<boolean> {
  const feed = await db
    .selectFrom('calendarFeed as f')
    .innerJoin('account as a', 'a.id', 'f.accountId')
    .select(['f.accountId', 'f.lastUsedAt'])
    .where('f.tokenHash', '=', hashOf(token))
    .where('a.disabledAt', 'is', null)
    .where('a.role', 'in', ['officer', 'admin'])
    .executeTakeFirst()
  if (!feed) return false
  if (feed.lastUsedAt === null || now.getTime() - feed.lastUsedAt.getTime() > hourMs)
    await db
      .updateTable('calendarFeed')
      .set({ lastUsedAt: now })
      .where('accountId', '=', feed.accountId)
      .execute()
  return true
}

const hourMs = 3_600_000

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
