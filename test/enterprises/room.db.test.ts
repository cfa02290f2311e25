import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { originCase } from '../helpers/origin-case.ts'
import { firm, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
let supplierId: number

beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service.close())
beforeEach(async () => {
  const { pool } = service.owner
  await pool.query('truncate product, supplier, origin_evidence, question, bill_of_materials cascade')
  const { rows } = await pool.query(
    `insert into supplier (enterprise_id, name, country, updated_at) values ($1, 's', 'JP', now()) returning id`,
    [firm],
  )
  supplierId = rows[0].id
})

async function add(
  kind: string,
  payload: object,
  role: 'enterprise' | 'officer' = 'enterprise',
  owner = firm,
) {
  const reply = await service.app.inject({
    method: 'POST',
    url: `/api/v1/enterprises/${owner}/${kind}`,
    headers: { authorization: `Bearer ${service.tokens[role]}` },
    payload,
  })
  return { status: reply.statusCode, body: reply.json() }
}

const proof = {
  hs: '090210',
  party: 'JP',
  kind: 'certificate',
  number: 'X',
  validFrom: '2026-01-01',
  validTo: '2026-02-01',
}
const question = { topic: 'origin', title: 't', body: 'b' }

test.each([
  [
    'products',
    { code: 'X', name: 'x', hs: '090210' },
    `insert into product (enterprise_id, code, name, hs, updated_at) select $1, n::text, 'n', '090210', now() from generate_series(1, 10000) n`,
  ],
  [
    'suppliers',
    { name: 'x', country: 'JP' },
    `insert into supplier (enterprise_id, name, country, updated_at) select $1, n::text, 'JP', now() from generate_series(1, 4999) n`,
  ],
  [
    'evidence',
    proof,
    `insert into origin_evidence (enterprise_id, supplier_id, hs, party, kind, number, valid_from, valid_to, updated_at)
       select $1, s.id, '090210', 'JP', 'certificate', n::text, '2026-01-01', '2026-02-01', now() from supplier s, generate_series(1, 20000) n`,
  ],
  [
    'questions',
    question,
    `insert into question (enterprise_id, topic, title, asked_by, asked_at, updated_at) select $1, 'data', 't', 'F', now(), now() from generate_series(1, 5000) n`,
  ],
])('a firm keeps so many %s and no more, and fills no other firm’s room', async (kind, body, fill) => {
  const payload = kind === 'evidence' ? { ...body, supplierId } : body
  await service.owner.pool.query(fill, [firm])
  const refused = await add(kind, payload)
  expect([refused.status, refused.body.code, refused.body.field]).toEqual([409, 'conflict', 'room'])
  expect((await add(kind, payload, 'officer')).status).toBe(409)
  if (kind !== 'evidence') expect((await add(kind, payload, 'officer', otherFirm)).status).toBe(201)
})

test('bills take so much room together, a changed one counted in place of what it was', async () => {
  const note = 'x'.repeat(1000)
  const materials = Array.from({ length: 1200 }, (_, at) => ({
    ...{ id: String(at), hs: '090210', value: '1', description: note },
    origin: { status: 'unknown' },
  }))
  const bill = (name: string) => ({ name, document: originCase({ materials: materials as never }) })
  const { body } = await add('boms', bill('one'))
  await service.owner.pool.query(
    `insert into bill_of_materials (enterprise_id, name, document, updated_at)
       select enterprise_id, 'copy ' || n, document, now() from bill_of_materials, generate_series(1, 14) n`,
  )
  expect((await add('boms', bill('two'))).body).toMatchObject({ status: 409, field: 'room' })
  const changed = await service.app.inject({
    method: 'PUT',
    url: `/api/v1/enterprises/${firm}/boms/${body.data.id}`,
    headers: { authorization: `Bearer ${service.tokens.enterprise}` },
    payload: bill('renamed'),
  })
  expect(changed.statusCode).toBe(200)
})

test('a question has so many entries', async () => {
  const { body } = await add('questions', question)
  await service.owner.pool.query(
    `insert into question_entry (enterprise_id, question_id, kind, body, author, of_bureau, at)
       select $1, $2, 'added', 'b', 'F', false, now() from generate_series(1, 499) n`,
    [firm, body.data.id],
  )
  expect((await add(`questions/${body.data.id}/entries`, { body: 'more' })).body).toMatchObject({
    status: 409,
    field: 'room',
  })
})
