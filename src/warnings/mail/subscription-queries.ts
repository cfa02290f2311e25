import type { Database } from '../../db/connect.ts'
import { AppError } from '../../errors.ts'
import type { Principal, Role } from '../../http/schema.ts'
import type {
  AddressBody,
  SubscriptionBody,
  SubscriptionDefault,
  SubscriptionRow,
} from './subscription-schema.ts'

/** A person's own subscription; for officers those of addresses without an account too, for an administrator every one. */
export async function listSubscriptions(db: Database, principal: Principal): Promise<SubscriptionRow[]> {
  const own = principal.accountId ?? -1
  const rows = await db
    .selectFrom('subscription as s')
    .leftJoin('account as a', 'a.id', 's.accountId')
    .leftJoin('bouncedAddress as b', (join) =>
      join.on((eb) => eb('b.address', '=', eb.fn<string>('lower', ['s.email']))),
    )
    .selectAll('s')
    .select(['a.role', 'a.name as person', 'b.status', 'b.diagnostic', 'b.bouncedAt'])
    .$if(principal.role === 'enterprise', (query) => query.where('s.accountId', '=', own))
    .$if(principal.role === 'officer', (query) =>
      query.where((eb) => eb.or([eb('s.accountId', '=', own), eb('s.accountId', 'is', null)])),
    )
    .orderBy('s.id')
    .execute()
  return rows.map(
    ({
      accountId,
      createdAt: _,
      role,
      person,
      name,
      status,
      diagnostic,
      bouncedAt,
      unsubscribedAt,
      ...row
    }) => ({
      ...row,
      unsubscribedAt: unsubscribedAt?.toISOString() ?? null,
      name: person ?? name,
      role: role as Role | null,
      language: row.language as SubscriptionBody['language'],
      severities: row.severities as SubscriptionBody['severities'],
      topics: row.topics as SubscriptionBody['topics'],
      own: accountId === own,
      bounced: bouncedAt && {
        at: bouncedAt.toISOString(),
        status: status ?? '',
        diagnostic: diagnostic ?? '',
      },
    }),
  )
}

/** Makes or changes a person's own subscription. An enterprise's is always of that enterprise, and hears no escalations. */
export async function subscribe(
  db: Database,
  principal: Principal,
  { body, now }: { body: SubscriptionBody; now: Date },
): Promise<void> {
  const accountId = personOf(principal, 'subscription')
  const { email } = await db
    .selectFrom('account')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  const changes = { ...limited(body, principal.enterpriseId), enterpriseId: principal.enterpriseId }
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
    .where('accountId', '=', personOf(principal, 'subscription'))
    .execute()
}

/** Adds an address that belongs to no account: an association, a county's bureau, a firm without one. Returns its id. */
export async function addAddress(db: Database, body: AddressBody, now: Date): Promise<number> {
  const { enterpriseId = null, email, name, ...wanted } = body
  const added = await db
    .insertInto('subscription')
    .values({
      ...limited(wanted, enterpriseId),
      enterpriseId,
      name,
      email: email.toLowerCase(),
      createdAt: now,
    })
    .onConflict((conflict) => conflict.column('email').where('accountId', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
    .catch((error: { code?: string }) => {
      if (error.code !== '23503') throw error
      throw notThere(
        'enterpriseId',
        enterpriseId ?? '',
        'the customs code of an enterprise that is known here',
      )
    })
  if (!added)
    throw new AppError('conflict', `email: ${email}: an address that has no subscription yet`, {
      field: 'email',
      value: email,
      allowed: 'an address that has no subscription yet',
    })
  return added.id
}

/** Changes anyone's subscription; whose it is stays. Switched on, an address that unsubscribed is written to again. */
export async function changeSubscription(db: Database, id: number, body: SubscriptionBody): Promise<void> {
  const known = await db
    .selectFrom('subscription')
    .select('enterpriseId')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) throw noSuchSubscription(id)
  const changes = { ...limited(body, known.enterpriseId), ...(body.active ? { unsubscribedAt: null } : {}) }
  await db.updateTable('subscription').set(changes).where('id', '=', id).execute()
}

/** Takes an address away; a person's subscription is switched off instead, or it would be made anew. */
export async function removeSubscription(db: Database, id: number): Promise<void> {
  const gone = await db
    .deleteFrom('subscription')
    .where('id', '=', id)
    .where('accountId', 'is', null)
    .executeTakeFirst()
  if (gone.numDeletedRows) return
  const off = await db
    .updateTable('subscription')
    .set({ active: false })
    .where('id', '=', id)
    .executeTakeFirst()
  if (!off.numUpdatedRows) throw noSuchSubscription(id)
}

const shippedDefaults: SubscriptionDefault[] = [
  {
    role: 'admin',
    severities: ['critical', 'warning', 'info'],
    topics: [],
    remindAfterDays: 30,
    escalations: true,
    active: true,
  },
  {
    role: 'officer',
    severities: ['critical', 'warning', 'info'],
    topics: [],
    remindAfterDays: 30,
    escalations: false,
    active: true,
  },
  {
    role: 'enterprise',
    severities: ['critical', 'warning', 'info'],
    topics: [],
    remindAfterDays: 30,
    escalations: false,
    active: false,
  },
]

/** What people get by their role alone. */
export async function listDefaults(db: Database): Promise<SubscriptionDefault[]> {
  const rows = await db.selectFrom('subscriptionDefault').selectAll().execute()
  return shippedDefaults.map((shipped) => {
    const row = rows.find(({ role }) => role === shipped.role)
    return row ? { ...shipped, ...(row as SubscriptionDefault) } : shipped
  })
}

/** Changes what people without a subscription of their own get from now on; firms hear no escalations. */
export async function changeDefault(db: Database, changed: SubscriptionDefault): Promise<void> {
  const row = { ...changed, escalations: changed.escalations && changed.role !== 'enterprise' }
  await db
    .insertInto('subscriptionDefault')
    .values(row)
    .onConflict((conflict) => conflict.column('role').doUpdateSet(row))
    .execute()
}

/** Everyone whose role says so is subscribed once; whoever switches it off stays off. */
export async function subscribeByRole(db: Database, now: Date): Promise<void> {
  for (const { active, role, ...wanted } of await listDefaults(db)) {
    if (!active) continue
    const people = await db
      .selectFrom('account')
      .select(['id', 'email', 'enterpriseId'])
      .where('role', '=', role)
      .where('disabledAt', 'is', null)
      .where('id', 'not in', (eb) =>
        eb
          .selectFrom('subscription')
          .select('accountId')
          .where('accountId', 'is not', null)
          .$castTo<{ accountId: number }>(),
      )
      .orderBy('id')
      .execute()
    for (const { id: accountId, email, enterpriseId } of people)
      await db
        .insertInto('subscription')
        .values({ ...wanted, email, accountId, enterpriseId, createdAt: now })
        .onConflict((conflict) => conflict.column('accountId').doNothing())
        .execute()
  }
}

/** A firm's subscription is about that firm: neither districts nor escalations, and its own name and amounts. */
function limited(body: SubscriptionBody, enterpriseId: string | null): SubscriptionBody {
  return enterpriseId === null ? body : { ...body, districts: [], namesEnterprises: true, escalations: false }
}

/** The account of who asks. Throws for a program, which has no `thing` of its own. */
export function personOf({ accountId }: Principal, thing: string): number {
  if (accountId == null) throw new AppError('forbidden', `a token has no ${thing}: sign in as a person`)
  return accountId
}

function noSuchSubscription(id: number): AppError {
  return notThere('subscription', String(id), 'the id of a subscription')
}

function notThere(field: string, value: string, allowed: string): AppError {
  return new AppError('not-found', `${field}: ${value}: ${allowed}`, { field, value, allowed })
}
