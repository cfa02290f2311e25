import { afterAll, beforeAll, expect, test } from 'vitest'
import { createToken } from '../../src/enterprises/queries.ts'
import { originCase } from '../helpers/origin-case.ts'
import { clock, firm, operationsOf, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
let otherToken: string
/** Ids of what the other firm keeps, by what stands before them in addresses. */
const theirs: Record<string, number> = {}

const product = { code: 'T', name: 'tea', hs: '090210' }
const supplier = { name: 'leaf garden', country: 'JP' }
const bill = { name: 'bill', document: originCase({}) }
const question = { topic: 'origin', title: 'secret title', body: 'secret body' }
const validity = { validFrom: '2026-01-01', validTo: '2026-12-31' }
const proof = { hs: '090210', party: 'JP', kind: 'certificate', number: 'C-1', ...validity }

interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  payload?: object
}

async function send(token: string, { method, path, payload }: Asked) {
  const headers = { authorization: `Bearer ${token}` }
  const url = `/api/v1${path}`
  const reply = await service.app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: reply.statusCode, body: reply.body === '' ? null : JSON.parse(reply.body) }
}
const asFirm = (asked: Asked) => send(service.tokens.enterprise, asked)
const asOther = (asked: Asked) => send(otherToken, asked)

beforeAll(async () => {
  service = await startTestService()
  const other = { name: 'other', role: 'enterprise' as const, enterpriseId: otherFirm }
  otherToken = await createToken(service.owner.db, other, clock.now())
  const base = `/enterprises/${otherFirm}`
  const add = async (kind: string, payload: object) => {
    const { status, body } = await asOther({ method: 'POST', path: `${base}/${kind}`, payload })
    expect([kind, status]).toEqual([kind, 201])
    theirs[kind] = body.data.id
  }
  await add('products', product)
  await add('suppliers', supplier)
  await add('evidence', { ...proof, supplierId: theirs.suppliers })
  await add('boms', { ...bill, productId: theirs.products })
  await add('questions', { ...question, productId: theirs.products })
  const { rows } = await service.owner.pool.query(
    `insert into question_attachment (enterprise_id, question_id, name, type, bytes, content, added_by, added_at)
       values ($1, $2, 'secret.txt', 'text/plain', 1, 'x', 'other', now()) returning id`,
    [otherFirm, theirs.questions],
  )
  theirs.attachments = rows[0].id
})
afterAll(() => service.close())

/** Everything the other firm keeps, as the owner of the tables sees it. */
async function kept(): Promise<unknown[]> {
  const found: unknown[] = []
  for (const table of [
    'product',
    'supplier',
    'origin_evidence',
    'bill_of_materials',
    'question',
    'question_entry',
    'question_attachment',
  ])
    found.push(
      (
        await service.owner.pool.query(`select * from ${table} where enterprise_id = $1 order by id`, [
          otherFirm,
        ])
      ).rows,
    )
  return found
}

const bodies: Record<string, object> = {
  products: product,
  suppliers: supplier,
  evidence: { ...proof, supplierId: 1 },
  boms: bill,
  entries: { body: 'from elsewhere' },
  state: { state: 'closed' },
}

test('an id of another firm in an address of one’s own finds nothing, whatever is asked, and changes nothing', async () => {
  const before = await kept()
  const asked = operationsOf(service.app).filter(({ path }) =>
    /\{enterprise\}\/.*\{(id|attachment)\}/.test(path),
  )
  const answers: Record<string, unknown> = {}
  for (const { method, path: template } of asked) {
    if (template.includes('/sign-ups/') || template.endsWith('/attachments')) continue
    const path = template
      .replace('/api/v1', '')
      .replace('{enterprise}', firm)
      .replace(/(\w+)\/\{(id|attachment)\}/g, (_whole, kind: string) => `${kind}/${theirs[kind]}`)
    const kind =
      path
        .split('/')
        .filter((part) => part in bodies)
        .at(-1) ?? ''
    const payload = method === 'GET' || method === 'DELETE' ? undefined : bodies[kind]
    const { status, body } = await asFirm({ method, path, ...(payload && { payload }) })
    answers[`${method} ${template}`] = status
    expect(JSON.stringify(body)).not.toMatch(/secret|leaf garden|tea/)
  }
  expect(Object.keys(answers).length).toBeGreaterThan(10)
  expect(new Set(Object.values(answers))).toEqual(new Set([404]))
  expect(await kept()).toEqual(before)
})

test('an id of another firm in a body is refused like one that is nobody’s, and tells nothing of it', async () => {
  const before = await kept()
  const base = `/enterprises/${firm}`
  const tries = (productId: number | undefined, supplierId: number | undefined) =>
    [
      { path: `${base}/boms`, payload: { ...bill, productId } },
      { path: `${base}/questions`, payload: { ...question, productId } },
      { path: `${base}/evidence`, payload: { ...proof, supplierId } },
    ].map((asked) => asFirm({ method: 'POST', ...asked }))
  const shape = (answers: { status: number; body: { detail: string } }[]) =>
    answers.map(({ status, body }) => [status, body.detail.replaceAll(/\d+/g, 'N')])
  const foreign = shape(await Promise.all(tries(theirs.products, theirs.suppliers)))
  expect(foreign.every(([status]) => Number(status) >= 400 && Number(status) < 500)).toBe(true)
  expect(foreign).toEqual(shape(await Promise.all(tries(999_999, 999_999))))
  expect(await kept()).toEqual(before)
})

test('a firm that names another where one may be named is refused', async () => {
  const named = operationsOf(service.app).filter(
    ({ access, method, parameters }) =>
      access === 'signed-in' &&
      method === 'GET' &&
      parameters.some(({ name, in: where }) => name === 'enterprise' && where === 'query'),
  )
  expect(named.map(({ path }) => path)).toEqual(['/api/v1/rcep/advice', '/api/v1/rcep/opportunities'])
  const questions = ['/rcep/opportunities?', '/rcep/advice?hs=090210&on=2026-11-23&from=CN&to=JP&']
  for (const path of questions)
    expect((await asFirm({ method: 'GET', path: `${path}enterprise=${otherFirm}` })).status).toBe(403)
  const payload = { hs: '090210', on: '2026-11-23', from: 'CN', to: 'JP', enterprise: otherFirm }
  expect((await asFirm({ method: 'POST', path: '/rcep/advice', payload })).status).toBe(403)
})
