import { Type } from 'typebox'
import { invalid } from '../errors.ts'
import { type Api, strict } from '../http/schema.ts'
import { scopeOf } from './access.ts'
import { contentOf } from './attachment-routes.ts'
import { mostTableBytes, readBill } from './bill-read.ts'
import { csvTemplate, workbookTemplate } from './bill-template.ts'
import { addBill, changeBill, deleteBill, listBills } from './product-queries.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import {
  BillBody,
  BillReply,
  BillsReply,
  EnterpriseParams,
  RecordParams,
  TableReply,
} from './record-schema.ts'

const config = { access: 'signed-in' } as const
const tags = ['enterprises']
const bodyLimit = 2 * 1024 * 1024

/** Bills of materials of a firm, and the table they can be typed in. */
export function billRoutes(app: Api, deps: FirmDeps): void {
  tableRoutes(app)
  app.get(
    '/enterprises/:enterprise/boms',
    { config, schema: { tags, params: EnterpriseParams, response: { 200: BillsReply } } },
    async (request) => {
      const data = await onRecords(deps, request, listBills)
      return { data, meta: { rows: data.length } }
    },
  )
  app.post(
    '/enterprises/:enterprise/boms',
    { config, schema: { tags, params: EnterpriseParams, body: BillBody, response: { 201: BillReply } } },
    async (request, reply) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) => {
        deps.checkCase(request.body.document)
        return addBill(tx, enterpriseId, request.body, now)
      })
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.put(
    '/enterprises/:enterprise/boms/:id',
    { config, schema: { tags, params: RecordParams, body: BillBody, response: { 200: BillReply } } },
    async (request) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) => {
        deps.checkCase(request.body.document)
        return changeBill(tx, { enterpriseId, id: request.params.id }, request.body, now)
      })
      return { data, meta: {} }
    },
  )
  app.delete(
    '/enterprises/:enterprise/boms/:id',
    { config, schema: { tags, params: RecordParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await onRecords(deps, request, (tx, enterpriseId) =>
        deleteBill(tx, { enterpriseId, id: request.params.id }),
      )
      reply.status(204)
      return null
    },
  )
}

const TemplateQuery = strict({
  format: Type.Optional(Type.Enum(['csv', 'xlsx'], { description: 'csv unless said' })),
})
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

function tableRoutes(app: Api): void {
  app.get(
    '/bom-template',
    {
      config,
      schema: {
        tags,
        summary: 'The columns of a bill of materials, to be filled in',
        querystring: TemplateQuery,
        response: { 200: Type.Any({ description: 'a file' }) },
      },
    },
    async (request, reply) => {
      scopeOf(request.principal)
      const { format = 'csv' } = request.query
      return reply
        .type(types[format])
        .header('content-disposition', `attachment; filename="bom-template.${format}"`)
        .send(format === 'csv' ? csvTemplate() : await workbookTemplate())
    },
  )
  app.post(
    '/bom-table',
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'Reads a filled-in template; every cell that is wrong is named by row and column',
        body: Type.Object({ csv: Type.String() }, { additionalProperties: false }),
        response: { 200: TableReply },
      },
    },
    async (request) => {
      const data = await readBill(Buffer.from(request.body.csv))
      return { data, meta: { rows: data.materials.length } }
    },
  )
  app.post(
    '/bom-table/file',
    {
      config: { ...config, rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'The same of a file, CSV or .xlsx, as multipart/form-data',
        response: { 200: TableReply },
      },
    },
    async (request) => {
      const part = await request.file({ limits: { fileSize: mostTableBytes, files: 1, fields: 0 } })
      if (!part) throw invalid('file', '(missing)', 'one file in a multipart form')
      const data = await readBill(await contentOf(part, mostTableBytes))
      return { data, meta: { rows: data.materials.length } }
    },
  )
}
