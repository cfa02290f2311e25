import type { Api } from '../http/schema.ts'
import { scopeFor } from './access.ts'
import { billRoutes } from './bill-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { findEnterprise, listEnterprises, registerEnterprise } from './firm-queries.ts'
import { noticeRoutes } from './notice-routes.ts'
import { productRoutes } from './product-routes.ts'
import { questionRoutes } from './question-routes.ts'
import type { FirmDeps } from './record-queries.ts'
import {
  EnterpriseBody,
  EnterpriseParams,
  EnterpriseReply,
  EnterprisesQuery,
  EnterprisesReply,
} from './record-schema.ts'
import { supplierRoutes } from './supplier-routes.ts'

const tags = ['enterprises']

/** Enterprises and what they keep here. An officer sees every firm, a firm itself only. */
export function firmRoutes(app: Api, deps: FirmDeps): void {
  const { db } = deps.connection
  app.get(
    '/enterprises',
    {
      config: { access: 'officer' },
      schema: { tags, querystring: EnterprisesQuery, response: { 200: EnterprisesReply } },
    },
    async (request) => {
      const { q, limit = 100 } = request.query
      const data = await listEnterprises(db, { limit, ...(q === undefined ? {} : { q }) })
      return { data, meta: { rows: data.length } }
    },
  )
  app.post(
    '/enterprises',
    {
      config: { access: 'officer' },
      schema: { tags, body: EnterpriseBody, response: { 201: EnterpriseReply } },
    },
    async (request, reply) => {
      const data = await registerEnterprise(db, request.body, deps.clock.now())
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.get(
    '/enterprises/:enterprise',
    {
      config: { access: 'signed-in' },
      schema: { tags, params: EnterpriseParams, response: { 200: EnterpriseReply } },
    },
    async (request) => {
      scopeFor(request.principal, request.params.enterprise)
      return { data: await findEnterprise(db, request.params.enterprise), meta: {} }
    },
  )
  productRoutes(app, deps)
  billRoutes(app, deps)
  supplierRoutes(app, deps)
  questionRoutes(app, deps)
  noticeRoutes(app, deps)
  eventRoutes(app, deps)
}
