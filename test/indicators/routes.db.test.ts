import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/indicators.ts'
import { fixedClock } from '../../src/clock.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { indicatorRoutes } from '../../src/indicators/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice } from './own-rows.ts'

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await freshDatabase()
  app = fastify({
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true, allErrors: false },
    },
  })
  handleErrors(app)
  indicatorRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-20T00:00:00Z'),
  })
  for (const year of [2025, 2026]) {
    await addSlice(database, {
      period: `${year}-05-01`,
      rows: [
        { hs: '09021000', partner: 'JP', usd: String(year) },
        { hs: '61091000', partner: 'US', usd: '1000.5' },
      ],
    })
  }
})

afterAll(async () => {
  await app.close()
  await database.close()
})

describe('GET /indicators/structure', () => {
  const url = '/indicators/structure?flow=export&by=partner&from=2026-05&top=1'

  test('answers with the fields of the contract', async () => {
    const { data, meta } = (await app.inject(url)).json()
    expect(data[0]).toEqual({
      code: 'JP',
      name: null,
      nameEn: null,
      value: '2026',
      share: '0.669420',
      base: '2025',
      change: '1',
      yoy: 1 / 2025,
      note: null,
      pull: 0.033052,
      contributionRate: null,
      isNew: false,
      isGone: false,
    })
    expect(data[1]).toMatchObject({ code: 'other', name: '其他', value: '1000.5', share: '0.330580' })
    expect(meta).toMatchObject({ total: '3026.5', currency: 'USD', rows: 4, source: 'partner', warnings: [] })
  })

  test('is not sent again to a caller who has it, until newer data are loaded', async () => {
    const first = await app.inject(url)
    const headers = { 'if-none-match': String(first.headers.etag) }
    const again = await app.inject({ url, headers })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect((await app.inject({ url: url.replace('partner', 'hs2'), headers })).statusCode).toBe(200)
  })

  test.each([
    ['flow=export&by=color', 'by', 'color'],
    ['flow=sideways&by=hs2', 'flow', 'sideways'],
    ['by=hs2', 'flow', ''],
    ['flow=export&by=hs2&colour=red', 'colour', ''],
    ['flow=export&by=hs2&top=0', 'top', '0'],
    ['flow=export&by=hs2&from=2026-13', 'from', '2026-13'],
    ['flow=export&by=hs2&hs=902', 'hs', '902'],
    ['flow=export&by=hs2&hs=0903', 'hs', '0903'],
    ['flow=export&by=region', 'by', 'region'],
    ['flow=export&by=hs2&currency=CNY', 'currency', 'CNY'],
    ['flow=export&by=hs2&asOf=yesterday', 'asOf', 'yesterday'],
  ])('refuses %s with 400, naming the field', async (query, field) => {
    const reply = await app.inject(`/indicators/structure?${query}`)
    expect([reply.statusCode, reply.json().code, reply.json().field]).toEqual([400, 'invalid-input', field])
  })
})

test('GET /indicators/growth answers by month', async () => {
  const reply = await app.inject('/indicators/growth?flow=export&from=2026-05&hs=09')
  const { data, meta } = reply.json()
  expect(data).toEqual([
    {
      period: '2026-05',
      value: '2026',
      change: '1',
      yoy: 1 / 2025,
      mom: null,
      ytd: null,
      ytdYoy: null,
      rolling3Yoy: null,
      rolling12Yoy: null,
      cagr2: null,
      oddBase: false,
      notes: {
        mom: 'not-loaded',
        ytdYoy: 'not-loaded',
        rolling3Yoy: 'not-loaded',
        rolling12Yoy: 'not-loaded',
        cagr2: 'not-loaded',
      },
    },
  ])
  expect([meta.seasonallyAdjusted, meta.source]).toEqual([false, 'hs2'])
})

test('GET /indicators/datasets lists what is loaded', async () => {
  const { data } = (await app.inject('/indicators/datasets')).json()
  expect(data).toEqual([
    {
      dataset: 'customs-cn',
      flow: 'export',
      first: '2025-05',
      last: '2026-05',
      yearly: false,
      currencies: ['USD'],
      vintage: '2026-07-18T00:00:00.000Z',
    },
  ])
  const refused = await app.inject('/indicators/datasets?dataset=customs-cn')
  expect([refused.statusCode, refused.json().field]).toEqual([400, 'dataset'])
})

describe('the command line', () => {
  const output: string[] = []
  const io = { stdout: (text: string) => void output.push(text), stderr: () => {} }

  test('gives the answer of the HTTP interface', async () => {
    process.env.DATABASE_URL = database.url
    await run(
      [
        'structure',
        '--flow',
        'export',
        '--by',
        'partner',
        '--from',
        '2026-05',
        '--top',
        '1',
        '--as-of',
        '2026-07-20',
        '--json',
      ],
      io,
    )
    const served = await app.inject(
      '/indicators/structure?flow=export&by=partner&from=2026-05&top=1&asOf=2026-07-20',
    )
    expect(JSON.parse(output.pop() ?? '')).toEqual(served.json())
  })

  test('draws a table in one unit', async () => {
    process.env.DATABASE_URL = database.url
    await run(['structure', '--flow', 'export', '--by', 'partner', '--from', '2026-05'], io)
    expect(output.pop()?.split('\n').slice(1, 6)).toEqual([
      'total 3026.50 美元, growth +0.03, HHI 0.5574 over 2 lines, effective number 1.7940',
      '',
      'code  name     美元  share %  yoy %  pull pp  contribution %',
      'JP          2026.00    66.94  +0.05    +0.03               -',
      'US          1000.50    33.06   0.00     0.00               -',
    ])
  })
})
