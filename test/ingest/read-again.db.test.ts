import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { ingestRoutes } from '../../src/ingest/routes.ts'
import { sweepUploads } from '../../src/ingest/uploads.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
let app: FastifyInstance
/** Two people may have the same name. */
let accountId = 1
const home = mkdtempSync(join(tmpdir(), 'tradewind-again-'))
const uploads = join(home, 'uploads')

beforeAll(async () => {
  database = await freshDatabase()
  await database.pool.query(
    `insert into account (id, email, name, role, password_hash, created_at) overriding system value
     select n, n || '@example.cn', '王伟', 'officer', 'x', now() from generate_series(1, 2) n`,
  )
  app = fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } } })
  handleErrors(app)
  await app.register(multipart, { limits: { fileSize: 100_000, files: 1 } })
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = { name: '王伟', role: 'officer', enterpriseId: null, accountId }
  })
  ingestRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-01T00:00:00Z'),
    config: readConfig({ TRADEWIND_HOME: home }),
    answerWithinMs: 60_000,
  })
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  accountId = 1
  await database.pool.query('truncate source_file, slice, trade_flow, trade_rollup, reject cascade')
  rmSync(uploads, { recursive: true, force: true })
})

const good = '数据年月,商品编码,贸易伙伴编码,美元\n202603,09021010,116,7\n202603,09021010,502,8\n'
const unknown = 'Commodity,Country,Month,USD\n854140,Japan,2026-03,"1,234"\n'

async function upload(name: string, content: string | Uint8Array<ArrayBuffer>) {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  const payload = Buffer.from(await encoded.arrayBuffer())
  return (await app.inject({ method: 'POST', url: '/imports', headers, payload })).json().data
}

const again = (id: number, payload: object) =>
  app.inject({ method: 'POST', url: `/imports/${id}/read`, payload })
const tried = (payload: object) => app.inject({ method: 'POST', url: '/imports/mappings/preview', payload })
const list = async (show: string) => {
  const { data } = (await app.inject(`/imports?show=${show}`)).json()
  return (data as { state: string }[]).map(({ state }) => state)
}

describe('a file sent once', () => {
  test('is read again under its number once the flow is said, confirmed, and then gone', async () => {
    const asked = await upload('a.csv', good)
    expect(asked).toMatchObject({
      state: 'failed',
      kept: true,
      problem: { field: 'flow', value: '(missing)', allowedCode: { code: 'say-flow', params: {} } },
    })
    const read = await again(asked.id, { flow: 'export' })
    expect(read.statusCode).toBe(202)
    expect(read.json().data).toMatchObject({
      id: asked.id,
      state: 'previewed',
      kept: true,
      problem: null,
      error: null,
      report: { totals: [{ flow: 'export', value: '15' }] },
    })
    const other = (await again(asked.id, { flow: 'import', period: '2026-02' })).json().data
    expect(other.report.totals).toMatchObject([{ flow: 'import', period: '2026-02', value: '15' }])
    expect(other.report.said.warnings).toContainEqual({
      code: 'noted-set',
      params: { column: '数据年月', values: '202603', rows: { code: 'rows-many', params: { count: '2' } } },
    })
    const confirmed = await app.inject({ method: 'POST', url: `/imports/${asked.id}/confirm` })
    expect(confirmed.json().data).toMatchObject({ id: asked.id, state: 'loaded', kept: false })
    expect(readdirSync(uploads)).toEqual([])
    expect((await again(asked.id, { flow: 'export' })).json()).toMatchObject({
      status: 409,
      said: { code: 'import-no-file', params: { id: String(asked.id) } },
    })
  })

  test('is refused by name where an option is wrong, and stays', async () => {
    const { id } = await upload('出口.csv', good)
    expect((await again(id, { encoding: 'klingon' })).json()).toMatchObject({
      status: 400,
      field: 'encoding',
      said: { code: 'say-one-of' },
    })
    expect((await again(id, { colour: 'red' })).json()).toMatchObject({ status: 400 })
    expect((await app.inject(`/imports/${id}`)).json().data).toMatchObject({ state: 'previewed', kept: true })
  })

  test('is read again by nobody else', async () => {
    const { id } = await upload('出口.csv', good)
    accountId = 2
    for (const reply of [await again(id, { flow: 'import' }), await tried({ import: id })])
      expect(reply.json()).toMatchObject({ status: 403, said: { code: 'import-not-yours' } })
  })

  test('is gone when it is dropped, and its attempt off the list', async () => {
    const { id, state } = await upload('x.csv', unknown)
    expect(state).toBe('refused')
    await upload('出口.csv', good)
    expect(await list('refused')).toEqual(['refused'])
    expect(await list('open')).toEqual(['previewed'])
    expect((await app.inject({ method: 'DELETE', url: `/imports/${id}` })).statusCode).toBe(200)
    expect(await list('current')).toEqual(['previewed'])
    expect(await list('dropped')).toEqual(['dropped'])
    expect(await list('stored')).toEqual([])
    expect(readdirSync(uploads)).not.toContain(`${id}.upload`)
  })

  test('does not outlive a crash of what it belonged to', async () => {
    const { id } = await upload('出口.csv', good)
    const sheets = join(home, 'sheets')
    mkdirSync(sheets, { recursive: true })
    const left = [join(uploads, '999.upload'), join(uploads, 'old.part'), join(sheets, 'old.csv')]
    for (const path of [...left, join(uploads, 'new.part')]) writeFileSync(path, 'x')
    for (const path of left) utimesSync(path, new Date('2026-06-30'), new Date('2026-06-30'))
    await sweepUploads(home, new Set([id]), new Date('2026-07-01'))
    expect(left.filter((path) => existsSync(path))).toEqual([])
    expect(readdirSync(uploads).sort()).toEqual([`${id}.upload`, 'new.part'])
  })
})

describe('a mapping made on a kept file', () => {
  const sheet = (rows: unknown[][]) => utils.aoa_to_sheet(rows)
  const workbook = () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet([['只是说明']]), '说明')
    utils.book_append_sheet(
      book,
      sheet([
        ['Commodity', 'Country', 'Month', 'USD'],
        ['854140', 'Japan', '2026-03', 1234],
      ]),
      'data',
    )
    return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }))
  }
  const columns = { hs: 'Commodity', partner: 'Country', period: 'Month', usd: 'USD' }

  test('sees the columns of a text file', async () => {
    const { id } = await upload('x.csv', unknown)
    const { data } = (await tried({ import: id })).json()
    expect(data).toMatchObject({ headers: ['Commodity', 'Country', 'Month', 'USD'], refused: null })
    expect((await tried({})).json()).toMatchObject({ status: 400, field: 'head' })
  })

  test('sees those of the sheet of a workbook that is chosen, which is then read by it', async () => {
    const { id, state } = await upload('x.xlsx', workbook())
    expect(state).toBe('refused')
    const first = (await tried({ import: id })).json().data
    expect(first).toMatchObject({ sheet: '说明', sheets: ['说明', 'data'], headers: ['只是说明'] })
    const mapping = { columns, flow: 'import' }
    const chosen = (await tried({ import: id, sheet: 'data', mapping })).json().data
    expect(chosen).toMatchObject({
      sheet: 'data',
      headers: ['Commodity', 'Country', 'Month', 'USD'],
      records: [
        { record: { flow: 'import', period: '2026-03', hs: '854140', partner: 'JP', valueUsd: '1234' } },
      ],
    })
    expect((await tried({ import: id, sheet: 'other' })).json()).toMatchObject({
      status: 400,
      field: 'sheet',
    })
    const saved = await app.inject({
      method: 'POST',
      url: '/imports/mappings',
      payload: { name: 'sheets', mapping },
    })
    expect(saved.statusCode).toBe(200)
    const read = (await again(id, { format: 'sheets', sheet: 'data' })).json().data
    expect(read).toMatchObject({
      state: 'previewed',
      report: { totals: [{ flow: 'import', value: '1234' }] },
    })
    expect(readdirSync(join(home, 'sheets'))).toEqual([])
  })
})
