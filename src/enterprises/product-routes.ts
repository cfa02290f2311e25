import { Type } from 'typebox'
import type { Api } from '../http/schema.ts'
import { addProduct, changeProduct, deleteProduct, listProducts } from './product-queries.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import { EnterpriseParams, ProductBody, ProductReply, ProductsReply, RecordParams } from './record-schema.ts'

const config = { access: 'signed-in' } as const
const tags = ['enterprises']

/** The products of a firm under its own codes. */
export function productRoutes(app: Api, deps: FirmDeps): void {
  app.get(
    '/enterprises/:enterprise/products',
    { config, schema: { tags, params: EnterpriseParams, response: { 200: ProductsReply } } },
    async (request) => {
      const data = await onRecords(deps, request, listProducts)
      return { data, meta: { rows: data.length } }
    },
  )
  app.post(
    '/enterprises/:enterprise/products',
    {
      config,
      schema: { tags, params: EnterpriseParams, body: ProductBody, response: { 201: ProductReply } },
    },
    async (request, reply) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        addProduct(tx, enterpriseId, request.body, now),
      )
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.put(
    '/enterprises/:enterprise/products/:id',
    { config, schema: { tags, params: RecordParams, body: ProductBody, response: { 200: ProductReply } } },
    async (request) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        changeProduct(tx, { enterpriseId, id: request.params.id }, request.body, now),
      )
      return { data, meta: {} }
    },
  )
  app.delete(
    '/enterprises/:enterprise/products/:id',
    { config, schema: { tags, params: RecordParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await onRecords(deps, request, (tx, enterpriseId) =>
        deleteProduct(tx, { enterpriseId, id: request.params.id }),
      )
      reply.status(204)
      return null
    },
  )
}
