import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { Api, Principal } from '../http/schema.ts'
import type { WarningDeps } from './routes.ts'
import { SubscriptionBody, SubscriptionsReply } from './schema.ts'
import { listSubscriptions, subscribe, unsubscribe } from './subscription-queries.ts'

const config = { access: 'signed-in' } as const
const tags = ['warnings']

/** What one gets by mail; everyone their own, administrators see all. */
export function subscriptionRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  const listed = async (principal: Principal) => {
    const data = await listSubscriptions(db, principal)
    return { data, meta: { rows: data.length } }
  }
  app.get(
    '/warnings/subscriptions',
    { config, schema: { tags, response: { 200: SubscriptionsReply } } },
    (request) => listed(caller(request.principal)),
  )
  app.put(
    '/warnings/subscriptions/own',
    { config, schema: { tags, body: SubscriptionBody, response: { 200: SubscriptionsReply } } },
    async (request) => {
      const principal = caller(request.principal)
      await subscribe(db, principal, { body: request.body, now: clock.now() })
      return listed(principal)
    },
  )
  app.delete(
    '/warnings/subscriptions/own',
    { config, schema: { tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await unsubscribe(db, caller(request.principal))
      reply.status(204)
      return null
    },
  )
}

function caller(principal: Principal | null): Principal {
  if (!principal) throw new AppError('unauthenticated', 'sign in, or send a valid bearer token')
  return principal
}
