import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inScope } from '../../src/db/scope.ts'
import { addBill, addProduct } from '../../src/enterprises/product-queries.ts'
import { addEvidence, addSupplier } from '../../src/enterprises/supplier-queries.ts'
import {
  clock,
  firm,
  type Operation,
  operationsOf,
  otherFirm,
  startTestService,
  type TestService,
} from './service.ts'

const columns = ['nobody', 'made-up', 'firm', 'other', 'officer', 'admin'] as const
type Column = (typeof columns)[number]

let service: TestService
let app: FastifyInstance

beforeAll(async () => {
  service = await startTestService()
  app = service.app
})
afterAll(() => service.close())

/** The reviewed table: one line a route, one cell a caller; `-` where a route names no firm. */
function reviewedTable(): Map<string, string[]> {
  const lines = readFileSync('test/golden/http/access.txt', 'utf8').trim().split('\n').slice(1)
  return new Map(
    lines.map((line) => {
      const [method, path, ...cells] = line.split(/ +/)
      return [`${method} ${path}`, cells]
    }),
  )
}

test('the table has a line for every route of the document and no other', () => {
  const routes = operationsOf(app).map(({ method, path }) => `${method} ${path}`)
  expect([...reviewedTable().keys()].sort()).toEqual(routes.sort())
  expect(routes.length).toBeGreaterThan(50)
})

test('every route answers every caller as the table says', async () => {
  const table = reviewedTable()
  const found: Record<string, string[]> = {}
  for (const operation of operationsOf(app)) {
    const cells: string[] = []
    for (const column of columns) cells.push(await cell(operation, column))
    found[`${operation.method} ${operation.path}`] = cells
  }
  expect(found).toEqual(Object.fromEntries(table))
})

/** `in`: the caller got past the door, and with a firm's records to what it asked for. */
async function cell(operation: Operation, column: Column): Promise<string> {
  const ofFirm = operation.path.includes('{enterprise}')
  if (column === 'other' && !ofFirm) return '-'
  const asked = column === 'other' ? otherFirm : firm
  const ids = ofFirm ? await makeRecords(asked) : {}
  const body = bodies(ids)[`${operation.method} ${operation.path.replace('/api/v1', '')}`]
  const reply = await app.inject({
    method: operation.method,
    url: address(operation, asked, ids),
    headers: { ...headersOf(column) },
    ...(body ? { payload: body } : {}),
  })
  if ([401, 403].includes(reply.statusCode)) return String(reply.statusCode)
  if (ofFirm) return reply.statusCode < 300 ? 'in' : String(reply.statusCode)
  return 'in'
}

function headersOf(column: Column): { authorization?: string } {
  if (column === 'nobody') return {}
  if (column === 'made-up') return { authorization: 'Bearer twt_made_up' }
  const role = column === 'other' || column === 'firm' ? 'enterprise' : column
  return { authorization: `Bearer ${service.tokens[role]}` }
}

type Ids = Partial<Record<'products' | 'boms' | 'suppliers' | 'evidence', number>>

function address({ path, parameters }: Operation, enterprise: string, ids: Ids): string {
  const kind = path.split('/')[5] as keyof Ids | undefined
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    if (name === 'enterprise') return enterprise
    if (kind && ids[kind]) return String(ids[kind])
    const type = parameters.find((parameter) => parameter.name === name)?.schema.type
    return type === 'integer' ? '999999999' : 'none-such'
  })
}

const document = {
  good: { hs: '090210', producedIn: 'CN', fob: '100' },
  importer: 'JP',
  on: '2026-01-01',
  materials: [],
}
const validity = { validFrom: '2026-01-01', validTo: '2026-12-31' }
const evidence = { hs: '090210', party: 'CN', kind: 'declaration' as const, ...validity }

function bodies(ids: Ids): Record<string, object> {
  const product = { code: 'N1', name: 'tea', hs: '090210' }
  const bill = { name: 'new', document }
  const supplier = { name: 'new', country: 'CN' }
  return {
    'POST /enterprises/{enterprise}/products': product,
    'PUT /enterprises/{enterprise}/products/{id}': product,
    'POST /enterprises/{enterprise}/boms': bill,
    'PUT /enterprises/{enterprise}/boms/{id}': bill,
    'POST /enterprises/{enterprise}/suppliers': supplier,
    'PUT /enterprises/{enterprise}/suppliers/{id}': supplier,
    'POST /enterprises/{enterprise}/evidence': { ...evidence, supplierId: ids.suppliers, number: 'N1' },
  }
}

/** One record of each kind, made anew for each cell. */
async function makeRecords(enterprise: string): Promise<Ids> {
  await service.owner.pool.query('truncate product, bill_of_materials, supplier, origin_evidence')
  const at = { now: clock.now(), on: '2026-11-23' }
  return await inScope(service.connection.db, '*', async (tx) => {
    const product = await addProduct(tx, enterprise, { code: 'T1', name: 'tea', hs: '090210' }, at.now)
    const spare = await addBill(tx, enterprise, { name: 'tea', document }, at.now)
    const supplier = await addSupplier(tx, enterprise, { name: 'garden', country: 'CN' }, at.now)
    const proof = await addEvidence(tx, enterprise, { ...evidence, supplierId: supplier.id, number: '1' }, at)
    return { products: product.id, boms: spare.id, suppliers: supplier.id, evidence: proof.id }
  })
}
