import { Type } from 'typebox'
import { AppError } from '../../errors.ts'
import type { Api, Principal } from '../../http/schema.ts'
import type { WarningDeps } from '../routes.ts'
import { IdParams } from '../schema.ts'
import {
  addAddress,
  changeDefault,
  changeSubscription,
  listDefaults,
  listSubscriptions,
  removeSubscription,
  subscribe,
  unsubscribe,
} from './subscription-queries.ts'
import {
  AddressBody,
  DefaultBody,
  DefaultsReply,
  RoleParams,
  SubscriptionBody,
  SubscriptionReply,
  SubscriptionsReply,
} from './subscription-schema.ts'

const config = { access: 'signed-in' } as const
const adminOnly = { access: 'admin' } as const
const tags = ['warnings']

/** What one gets by mail; everyone their own, administrators everyone's and what a role gets. */
export function subscriptionRoutes(app: Api, deps: WarningDeps): void {
  ownRoutes(app, deps)
  everyonesRoutes(app, deps)
  defaultRoutes(app, deps)
}

function ownRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
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

function everyonesRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  const one = async (request: { principal: Principal | null }, id: number) => {
    const rows = await listSubscriptions(db, caller(request.principal))
    const data = rows.find((row) => row.id === id)
    if (!data) throw new AppError('not-found', `subscription: ${id}: the id of a subscription`)
    return { data, meta: {} }
  }
  app.post(
    '/warnings/subscriptions',
    { config: adminOnly, schema: { tags, body: AddressBody, response: { 201: SubscriptionReply } } },
    async (request, reply) => {
      const id = await addAddress(db, request.body, clock.now())
      return reply.status(201).send(await one(request, id))
    },
  )
  app.put(
    '/warnings/subscriptions/:id',
    {
      config: adminOnly,
      schema: { tags, params: IdParams, body: SubscriptionBody, response: { 200: SubscriptionReply } },
    },
    async (request) => {
      await changeSubscription(db, request.params.id, request.body)
      return await one(request, request.params.id)
    },
  )
  app.delete(
    '/warnings/subscriptions/:id',
    { config: adminOnly, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await removeSubscription(db, request.params.id)
      reply.status(204)
      return null
    },
  )
}

function defaultRoutes(app: Api, { connection: { db } }: WarningDeps): void {
  const all = async () => {
    const data = await listDefaults(db)
    return { data, meta: { rows: data.length } }
  }
  app.get(
    '/warnings/subscription-defaults',
    { config: adminOnly, schema: { tags, response: { 200: DefaultsReply } } },
    all,
  )
  app.put(
    '/warnings/subscription-defaults/:role',
    {
      config: adminOnly,
      schema: { tags, params: RoleParams, body: DefaultBody, response: { 200: DefaultsReply } },
    },
    async (request) => {
      await changeDefault(db, { ...request.body, role: request.params.role })
      return await all()
    },
  )
}

/** Who asks; the guard lets nobody through without. */
export function caller(principal: Principal | null): Principal {
  if (!principal) throw new AppError('unauthenticated', 'sign in, or send a valid bearer token')
  return principal
}
