import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { lockDataset } from '../../src/ingest/load-queries.ts'
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
  ingestRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), deps)
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('truncate source_file, slice, trade_flow, trade_rollup, reject cascade')
  rmSync(join(home, 'uploads'), { recursive: true, force: true })
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

/** What the routes are made of; changed by tests of those who do not wait for the answer. */
const deps = {
  get connection() {
    return database
  },
  clock: fixedClock('2026-07-01T00:00:00Z'),
  config: readConfig({ TRADEWIND_HOME: home }),
  answerWithinMs: 60_000,
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
    data: [
      {
        line: 4,
        column: '美元',
        value: 'x',
        reason: 'not a number',
        hint: expect.any(String),
        reasonCode: { code: 'number-not', params: {} },
        hintCode: { code: 'mend-digits', params: {} },
      },
    ],
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

/** Keeps every import of customs statistics from its end until `release` is called. */
async function holdImports(): Promise<{ release: () => Promise<void> } & AsyncDisposable> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('begin')
  await lockDataset(client, 'customs-cn')
  const release = () => client.end()
  return { release, [Symbol.asyncDispose]: release }
}

/** A request that has begun: without this it begins when it is awaited. */
function begun<T>(request: PromiseLike<T>): Promise<T> {
  return Promise.resolve(request.then((answer) => answer))
}

const states = async () => {
  const { data } = (await app.inject('/imports')).json()
  return (data as { name: string; state: string; progress: { waiting?: boolean } | null }[])
    .map(({ name, state, progress }) => [name, state, progress?.waiting ?? null])
    .sort()
}

describe('an import that takes longer than its sender waits', () => {
  beforeEach(() => {
    deps.answerWithinMs = 0
  })
  afterEach(() => {
    deps.answerWithinMs = 60_000
  })

  test('is answered while it is read, and tells its progress until it has been read', async () => {
    await using held = await holdImports()
    const { data } = (await upload('出口.csv', good)).json()
    expect(data).toMatchObject({ state: 'loading', progress: { totalBytes: Buffer.byteLength(good) } })
    const events = begun(app.inject(`/imports/${data.id}/events`))
    const confirmed = await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm` })
    expect(confirmed.json()).toMatchObject({ status: 409, code: 'conflict' })
    await held.release()
    const { headers, body } = await events
    expect(headers['content-type']).toBe('text/event-stream')
    const told = body.split('\n\n').filter(Boolean)
    expect(told.at(-1)).toBe('event: end\ndata: {}')
    const [first = ''] = told
    expect(first.split('\n')[0]).toBe('event: progress')
    expect(JSON.parse(first.split('data: ')[1] ?? '')).toMatchObject({
      totalBytes: Buffer.byteLength(good),
      bytes: expect.any(Number),
      rows: expect.any(Number),
    })
    await expect.poll(states, { timeout: 30_000 }).toEqual([['出口.csv', 'previewed', null]])
    const ended = await app.inject(`/imports/${data.id}/events`)
    expect(ended.body).toBe('event: end\ndata: {}\n\n')
  })

  test('is stopped by dropping it, and leaves neither file nor figure', async () => {
    await using held = await holdImports()
    const { data } = (await upload('出口.csv', good)).json()
    const dropping = begun(app.inject({ method: 'DELETE', url: `/imports/${data.id}` }))
    await states()
    await held.release()
    expect((await dropping).json()).toMatchObject({ data: { state: 'dropped' } })
    expect(readdirSync(join(home, 'uploads'))).not.toContain(`${data.id}.upload`)
    expect(await stored()).toBe(0)
  })

  test('waits its turn when two others are read', async () => {
    await using held = await holdImports()
    const names = ['出口1.csv', '出口2.csv', '出口3.csv']
    const sent = await Promise.all(names.map((name, index) => upload(name, good.replace(',7', `,${index}`))))
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202])
    const waiting = (await states()).map(([, state, waits]) => [state, waits === true])
    expect(waiting.sort()).toEqual([
      ['loading', false],
      ['loading', false],
      ['loading', true],
    ])
    await held.release()
    await expect.poll(states, { timeout: 30_000 }).toEqual(names.map((name) => [name, 'previewed', null]))
  })
})

describe('a load taken back over HTTP', () => {
  test('says first what will change, then who did it, and twice is once', async () => {
    const { data } = (await upload('出口.csv', good)).json()
    await app.inject({ method: 'POST', url: `/imports/${data.id}/confirm` })
    const effects = await app.inject(`/imports/${data.id}/undo`)
    expect(effects.json()).toEqual({
      data: [
        {
          dataset: 'customs-cn',
          flow: 'export',
          period: '2026-03',
          now: { rows: 2, valueCny: null, valueUsd: '15' },
          after: null,
        },
      ],
      meta: { rows: 1 },
    })
    const undo = { method: 'POST', url: `/imports/${data.id}/undo` } as const
    const undone = await app.inject(undo)
    expect(undone.json()).toEqual({
      data: {
        id: data.id,
        name: '出口.csv',
        slices: 1,
        restored: 0,
        undoneBy: 'officer@example.cn',
        undoneAt: '2026-07-01T00:00:00.000Z',
      },
      meta: {},
    })
    expect((await app.inject(undo)).json()).toEqual(undone.json())
    expect((await app.inject('/imports')).json()).toMatchObject({
      data: [{ id: data.id, state: 'undone', undoneBy: 'officer@example.cn' }],
    })
    expect((await app.inject({ method: 'POST', url: '/imports/999/undo' })).statusCode).toBe(404)
    expect((await app.inject('/imports/999/undo')).statusCode).toBe(404)
  })
})

describe('a column mapping tried on the beginning of a file', () => {
  const text =
    'Commodity,Country,Time,Customs Value (Gen) ($US)\n854140 Diodes,Japan,March 2026,"1,234"\n8541,Japan,never,5\n'
  const head = Buffer.from(`${text}854140,Jap`).toString('base64')
  const preview = (payload: object) =>
    app.inject({ method: 'POST', url: '/imports/mappings/preview', payload })

  test('tells the columns and what they probably mean', async () => {
    expect((await preview({ head })).json()).toEqual({
      data: {
        encoding: 'utf-8',
        delimiter: ',',
        headers: ['Commodity', 'Country', 'Time', 'Customs Value (Gen) ($US)'],
        sample: [
          ['854140 Diodes', 'Japan', 'March 2026', '1,234'],
          ['8541', 'Japan', 'never', '5'],
        ],
        guesses: {
          hs: 'Commodity',
          partner: 'Country',
          period: 'Time',
          usd: 'Customs Value (Gen) ($US)',
        },
        records: [],
        refused: null,
      },
      meta: { rows: 0 },
    })
  })

  test('shows the first records, and what it cannot read', async () => {
    const columns = { hs: 'Commodity', partner: 'Country', period: 'Time', usd: 'Customs Value (Gen) ($US)' }
    const { data } = (await preview({ head, mapping: { columns, flow: 'import' } })).json()
    expect(data.records).toEqual([
      {
        record: {
          flow: 'import',
          period: '2026-03',
          hs: '854140',
          partner: 'JP',
          quantity1: null,
          unit1: null,
          valueCny: null,
          valueUsd: '1234',
          value: null,
          currency: null,
        },
        problems: [],
      },
      {
        record: null,
        problems: [
          {
            column: 'Time',
            value: 'never',
            reason: 'not a period',
            hint: expect.any(String),
            reasonCode: { code: 'period-not', params: {} },
            hintCode: { code: 'mend-period', params: {} },
          },
        ],
      },
    ])
    const none = await preview({ head, mapping: { columns: { usd: 'Somewhere' }, flow: 'import' } })
    expect(none.json().data).toMatchObject({ records: [], refused: expect.stringContaining('not that of') })
    const unfit = await preview({ head, mapping: { columns: { hs: 'Commodity' } } })
    expect(unfit.json()).toMatchObject({ status: 400, field: 'mapping' })
  })

  test('is a table or nothing whatever the bytes', async () => {
    for (const bytes of ['', '\0\0\0', '\ufeff', '"', ',,,\n', '数据年月'])
      expect((await preview({ head: Buffer.from(bytes).toString('base64') })).statusCode).toBe(200)
  })
})
