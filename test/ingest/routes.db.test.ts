import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { ingestRoutes } from '../../src/ingest/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
let app: FastifyInstance
const home = mkdtempSync(join(tmpdir(), 'tradewind-upload-'))

beforeAll(async () => {
  database = await freshDatabase()
  app = fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } } })
  handleErrors(app)
  await app.register(multipart, { limits: { fileSize: 5000, files: 1 } })
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = { name: 'officer@example.cn', role: 'officer', enterpriseId: null }
  })
  ingestRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-01T00:00:00Z'),
    config: readConfig({ TRADEWIND_HOME: home }),
  })
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('truncate source_file, slice, trade_flow, trade_rollup, reject cascade')
})

const good = '数据年月,商品编码,贸易伙伴编码,美元\n202603,09021010,116,7\n202603,09021010,502,8\n'
const bad = `${good}202603,09021010,110,x\n`

/** A file and fields as a browser's form sends them. */
async function upload(name: string, content: string, fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([content]), name)
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  const payload = Buffer.from(await encoded.arrayBuffer())
  return app.inject({ method: 'POST', url: '/imports', headers, payload })
}

async function stored(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from trade_flow')
  return rows[0]?.n ?? -1
}

test('an upload is previewed, confirmed and then listed', async () => {
  const posted = await upload('a.csv', good, { flow: 'export' })
  expect(posted.statusCode).toBe(202)
  const { data } = posted.json()
  expect(data).toMatchObject({
    name: 'a.csv',
    state: 'previewed',
    importedBy: 'officer@example.cn',
    report: {
      status: 'loaded',
      dryRun: true,
      totals: [{ flow: 'export', period: '2026-03', currency: 'USD', value: '15' }],
    },
  })
  expect(await stored()).toBe(0)
  const confirmed = await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm` })
  expect(confirmed.json()).toMatchObject({
    data: { id: data.id, state: 'loaded', report: { status: 'loaded', dryRun: false } },
  })
  expect(await stored()).toBe(2)
  const listed = await app.inject('/imports')
  expect(listed.json()).toMatchObject({
    data: [{ id: data.id, state: 'loaded', progress: null }],
    meta: { rows: 1 },
  })
  expect(readdirSync(join(home, 'uploads'))).toEqual([])
  const again = await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm` })
  expect(again.statusCode).toBe(409)
})

test('rejects are shown before anything is stored and must be accepted', async () => {
  const { data } = (await upload('出口.csv', bad)).json()
  expect(data).toMatchObject({
    state: 'previewed',
    report: { status: 'refused', rows: { read: 3, rejected: 1 } },
  })
  const rejects = await app.inject(`/imports/${data.id}/rejects`)
  expect(rejects.json()).toEqual({
    data: [{ line: 4, column: '美元', value: 'x', reason: 'not a number', hint: expect.any(String) }],
    meta: { rows: 1 },
  })
  const csv = await app.inject(`/imports/${data.id}/rejects?format=csv`)
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(csv.body.split('\r\n')[1]).toMatch(/^4,美元,x,not a number,/)
  const refused = await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm`, payload: {} })
  expect(refused.json()).toMatchObject({ status: 422, code: 'refused', field: 'acceptPartial' })
  expect(await stored()).toBe(0)
  const url = `/imports/${data.id}/confirm`
  const accepted = await app.inject({ method: 'POST', url, payload: { acceptPartial: true } })
  expect(accepted.json()).toMatchObject({
    data: { state: 'partial', report: { rows: { loaded: 2, rejected: 1 } } },
  })
  expect(await stored()).toBe(2)
})

test('a preview can be dropped, with its file', async () => {
  const { data } = (await upload('出口.csv', good)).json()
  const dropped = await app.inject({ method: 'DELETE', url: `/imports/${data.id}` })
  expect(dropped.json()).toMatchObject({ data: { state: 'dropped' } })
  expect(readdirSync(join(home, 'uploads'))).toEqual([])
  expect((await app.inject({ method: 'DELETE', url: `/imports/${data.id}` })).statusCode).toBe(409)
})

test('the same bytes again are a duplicate, and change nothing', async () => {
  const { data } = (await upload('出口.csv', good)).json()
  await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm` })
  const again = (await upload('出口.csv', good)).json()
  expect(again).toMatchObject({ data: { state: 'dropped', report: { status: 'duplicate' } } })
  expect(await stored()).toBe(2)
})

test.each<[string, () => Promise<{ statusCode: number; json(): unknown }>, number, object]>([
  ['without a flow', () => upload('a.csv', good), 400, { field: 'flow' }],
  ['with an unknown field', () => upload('a.csv', good, { colour: 'red' }), 400, { field: 'colour' }],
  ['with an unknown format', () => upload('a.csv', good, { format: 'x' }), 400, { field: 'format' }],
  ['that is too large', () => upload('出口.csv', good.repeat(200)), 413, { code: 'too-large' }],
  [
    'that is no form',
    () => app.inject({ method: 'POST', url: '/imports', payload: {} }),
    400,
    { field: 'content-type' },
  ],
])('an upload %s is refused by name and leaves no file', async (_name, send, status, problem) => {
  const reply = await send()
  expect(reply.json()).toMatchObject({ status, ...problem })
  expect(reply.statusCode).toBe(status)
  const folder = join(home, 'uploads')
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})

test('an unknown import is not found', async () => {
  expect((await app.inject('/imports/999')).json()).toMatchObject({ status: 404, code: 'not-found' })
})
