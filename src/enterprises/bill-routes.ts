import papaparse from 'papaparse'
import { Type } from 'typebox'
import type { Api } from '../http/schema.ts'
import { scopeOf } from './access.ts'
import { billColumns, readBillTable } from './bill-table.ts'
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

function tableRoutes(app: Api): void {
  app.get(
    '/bom-template',
    {
      config,
      schema: {
        tags,
        summary: 'The columns of a bill of materials as CSV',
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      scopeOf(request.principal)
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="bom-template.csv"')
      // A byte order mark, so that spreadsheets read it as UTF-8.
      return `\uFEFF${billColumns.join(',')}\r\n1,848210,bearing,40,0.2,non-originating,DE,,\r\n`
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
      const { data: rows } = papaparse.parse<string[]>(request.body.csv.replace(/^\uFEFF/, ''), {
        skipEmptyLines: 'greedy',
      })
      const data = readBillTable(rows)
      return { data, meta: { rows: data.materials.length } }
    },
  )
}
