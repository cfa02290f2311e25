import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../src/db/connect.ts'
import { inScope } from '../../src/db/scope.ts'
import { addAttachment } from '../../src/enterprises/attachment-queries.ts'
import { publishEvent } from '../../src/enterprises/event-queries.ts'
import { addBill, addProduct } from '../../src/enterprises/product-queries.ts'
import { ask } from '../../src/enterprises/question-queries.ts'
import { signUp } from '../../src/enterprises/sign-up-queries.ts'
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
  const ids = ofFirm ? await makeRecords(asked, operation.path.split('/')[5]) : {}
  const body = bodies(ids)[`${operation.method} ${operation.path.replace('/api/v1', '')}`]
  const upload = operation.path.endsWith('/attachments') ? aFile : null
  const reply = await app.inject({
    method: operation.method,
    url: address(operation, asked, ids),
    headers: { ...headersOf(column), ...upload?.headers },
    ...(body ? { payload: body } : {}),
    ...(upload && { payload: upload.payload }),
  })
  if ([401, 403].includes(reply.statusCode)) return String(reply.statusCode)
  if (ofFirm) return reply.statusCode < 300 ? 'in' : String(reply.statusCode)
  return 'in'
}

const aFile = {
  headers: { 'content-type': 'multipart/form-data; boundary=x' },
  payload: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\ntext\r\n--x--\r\n',
}

function headersOf(column: Column): { authorization?: string } {
  if (column === 'nobody') return {}
  if (column === 'made-up') return { authorization: 'Bearer twt_made_up' }
  const role = column === 'other' || column === 'firm' ? 'enterprise' : column
  return { authorization: `Bearer ${service.tokens[role]}` }
}

type Ids = Partial<
  Record<'products' | 'boms' | 'suppliers' | 'evidence' | 'questions' | 'sign-ups' | 'attachment', number>
>

function address({ path, parameters }: Operation, enterprise: string, ids: Ids): string {
  const kind = path.split('/')[5] as keyof Ids | undefined
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    if (name === 'enterprise') return enterprise
    if (name === 'attachment') return String(ids.attachment)
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
const question = { topic: 'origin' as const, title: 'cumulation', body: 'may we?' }
const validity = { validFrom: '2026-01-01', validTo: '2026-12-31' }
const evidence = { hs: '090210', party: 'CN', kind: 'declaration' as const, ...validity }

function bodies(ids: Ids): Record<string, object> {
  const product = { code: 'N1', name: 'tea', hs: '090210' }
  const bill = { name: 'new', document }
  const supplier = { name: 'new', country: 'CN' }
  return {
    'PUT /enterprises/{enterprise}': { name: 'new', uscc: null },
    'POST /enterprises/{enterprise}/products': product,
    'PUT /enterprises/{enterprise}/products/{id}': product,
    'POST /enterprises/{enterprise}/boms': bill,
    'PUT /enterprises/{enterprise}/boms/{id}': bill,
    'POST /enterprises/{enterprise}/suppliers': supplier,
    'PUT /enterprises/{enterprise}/suppliers/{id}': supplier,
    'POST /enterprises/{enterprise}/questions': question,
    'POST /enterprises/{enterprise}/questions/{id}/entries': { body: 'more' },
    'PUT /enterprises/{enterprise}/questions/{id}/state': { state: 'closed' },
    'PUT /enterprises/{enterprise}/sign-ups/{id}': { people: 2, contact: 'Wang', phone: '0571-1234567' },
    'PUT /enterprises/{enterprise}/evidence/{id}': { ...evidence, supplierId: ids.suppliers, number: 'N1' },
    'POST /enterprises/{enterprise}/evidence': { ...evidence, supplierId: ids.suppliers, number: 'N1' },
  }
}

/** One record of each kind, made anew for each cell; a question and a sign-up where the route is about them. */
async function makeRecords(enterprise: string, kind = ''): Promise<Ids> {
  const asks = kind === 'questions'
  const signsUp = kind === 'sign-ups'
  await service.owner.pool.query(
    `truncate product, bill_of_materials, supplier, origin_evidence, question${signsUp ? ', training_event' : ''} cascade`,
  )
  const at = { now: clock.now(), on: '2026-11-23' }
  return await inScope(service.connection.db, '*', async (tx) => {
    const product = await addProduct(tx, enterprise, { code: 'T1', name: 'tea', hs: '090210' }, at.now)
    const spare = await addBill(tx, enterprise, { name: 'tea', document }, at.now)
    const supplier = await addSupplier(tx, enterprise, { name: 'garden', country: 'CN' }, at.now)
    const proof = await addEvidence(tx, enterprise, { ...evidence, supplierId: supplier.id, number: '1' }, at)
    return {
      ...{ products: product.id, boms: spare.id, suppliers: supplier.id, evidence: proof.id },
      ...(asks && (await makeQuestion(tx, enterprise))),
      ...(signsUp && { 'sign-ups': await makeSignUp(tx, enterprise) }),
    }
  })
}

/** The ids of a question and of the file that came with it. */
async function makeQuestion(tx: Tx, enterpriseId: string): Promise<Ids> {
  const by = { name: 'firm', ofBureau: false, now: clock.now() }
  const { id } = await ask(tx, enterpriseId, question, by)
  const file = { name: 'a.txt', type: 'text/plain', content: Buffer.from('a') }
  const attachment = await addAttachment(tx, { enterpriseId, id }, file, by)
  return { questions: id, attachment: attachment.id }
}

/** The id of an event the firm signed up for. */
async function makeSignUp(tx: Tx, enterpriseId: string): Promise<number> {
  const everybody = { districts: [], chapters: [], capacity: 9 }
  const times = { startsAt: '2026-12-01T01:00:00Z', deadline: '2026-11-30T01:00:00Z' }
  const event = { title: 'training', body: 'rules', place: 'here', ...everybody, ...times }
  const { id } = await publishEvent(tx, event, { author: 'officer', now: clock.now() })
  await signUp(tx, { enterpriseId, id }, { people: 1, contact: 'Li', phone: '0571-1234567' }, clock.now())
  return id
}
