import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { threadBytes } from '../../src/ingest/load-thread.ts'
import { ingestRoutes } from '../../src/ingest/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
let app: FastifyInstance
const home = mkdtempSync(join(tmpdir(), 'tradewind-cancel-'))

beforeAll(async () => {
  database = await freshDatabase()
  app = fastify()
  handleErrors(app)
  await app.register(multipart, { limits: { fileSize: 50_000_000, files: 1 } })
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = { name: 'officer@example.cn', role: 'officer', enterpriseId: null }
  })
  ingestRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-01T00:00:00Z'),
    config: readConfig({ TRADEWIND_HOME: home }),
    answerWithinMs: 0,
  })
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const rows = 120_000
/** Large enough for a thread of its own; every thousandth row is bad, so that rejects are being written as well. */
const file = `数据年月,商品编码,商品名称,贸易伙伴编码,美元\n${Array.from(
  { length: rows },
  (_, row) =>
    `2026${String(1 + (row % 3)).padStart(2, '0')},0902${1000 + (row % 90)},${'茶'.repeat(9)}${row},116,${row % 1000 === 0 ? 'x' : row}\n`,
).join('')}`

/** Ends of channels to threads; one that has ended has none. */
const channels = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length
const folder = (name: string) => readdirSync(join(home, name))
const entryOf = async (id: number) => (await app.inject(`/imports/${id}`)).json().data

async function upload(): Promise<number> {
  const form = new FormData()
  form.append('flow', 'export')
  form.append('file', new Blob([file]), 'a.csv')
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  const payload = Buffer.from(await encoded.arrayBuffer())
  return (await app.inject({ method: 'POST', url: '/imports', headers, payload })).json().data.id
}

const midway = async (id: number) => {
  const { progress } = await entryOf(id)
  return progress !== null && progress.rows > 0 && progress.bytes < progress.totalBytes
}

async function kept(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select count(*)::int from trade_flow) as facts, (select count(*)::int from slice) as slices,
       (select count(*)::int from trade_rollup) as rollups, (select count(*)::int from reject) as rejects,
       (select count(*)::int from pg_locks where locktype = 'advisory' and database =
         (select oid from pg_database where datname = current_database())) as locks`,
  )
  return rows[0]
}
const nothing = { facts: 0, slices: 0, rollups: 0, rejects: 0, locks: 0 }

test('a file stopped while a thread reads it leaves no figure, no thread and no file, and says so', async () => {
  expect(Buffer.byteLength(file)).toBeGreaterThan(threadBytes)
  const before = channels()
  const id = await upload()
  await expect.poll(() => midway(id), { timeout: 60_000, interval: 2 }).toBe(true)
  expect(channels()).toBeGreaterThan(before)
  const dropped = await app.inject({ method: 'DELETE', url: `/imports/${id}` })
  expect(dropped.json().data).toMatchObject({
    state: 'dropped',
    error: 'cancelled',
    errorCode: { code: 'cancelled', params: {} },
    progress: null,
    kept: false,
  })
  expect(await kept()).toEqual(nothing)
  expect(folder('uploads')).toEqual([])
  expect(channels()).toBe(before)
})

test('a load stopped in the middle stores nothing, and its preview can be confirmed again', async () => {
  const id = await upload()
  await expect.poll(async () => (await entryOf(id)).state, { timeout: 60_000 }).toBe('previewed')
  const before = channels()
  const confirm = () =>
    app.inject({ method: 'POST', url: `/imports/${id}/confirm`, payload: { acceptPartial: true } })
  expect((await confirm()).json().data.state).toBe('loading')
  await expect.poll(() => midway(id), { timeout: 60_000, interval: 2 }).toBe(true)
  const stopped = await app.inject({ method: 'DELETE', url: `/imports/${id}` })
  expect(stopped.json().data).toMatchObject({
    state: 'previewed',
    kept: true,
    errorCode: { code: 'load-cancelled' },
  })
  expect(await kept()).toEqual({ ...nothing, rejects: rows / 1000 })
  expect(channels()).toBe(before)
  await confirm()
  await expect.poll(async () => (await entryOf(id)).state, { timeout: 60_000 }).toBe('partial')
  expect(await kept()).toMatchObject({ facts: rows - rows / 1000, slices: 3 })
  expect(folder('uploads')).toEqual([])
})
