import { read } from '@e965/xlsx'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { indicatorRoutes } from '../../src/indicators/routes.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice, type OwnRow } from './own-rows.ts'

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  app = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
  })
  handleErrors(app)
  indicatorRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-20T00:00:00Z'),
  })
  const firms = (hs: string, partner: string, cny: number, count: number, mode = '0110'): OwnRow[] =>
    Array.from({ length: count }, (_, at) => ({
      hs,
      partner,
      mode,
      enterprise: `99012601${10 + at}`,
      cny: String(cny),
      usd: String(cny / 10),
    }))
  for (const [year, times] of [
    [2024, 1],
    [2025, 2],
  ] as const) {
    await addSlice(database, {
      period: `${year}-01-01`,
      months: 12,
      rows: [
        ...firms('09021000', 'JP', 100 * times, 2),
        ...firms('61091000', 'JP', 100, 4, '9810'),
        ...firms('85044099', 'US', 1000, 5),
      ],
    })
  }
  await addSlice(database, {
    flow: 'import',
    period: '2025-01-01',
    months: 12,
    rows: firms('61091000', 'IT', 50, 1),
  })
})

afterAll(async () => {
  await app.close()
  await database.close()
})

describe('a table as a file', () => {
  const url = '/indicators/structure?flow=export&by=hs2&from=2025'

  test('comes as CSV with Chinese headings, units and notes, by parameter or by Accept', async () => {
    const reply = await app.inject(`${url}&format=csv`)
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.headers['content-disposition']).toBe('attachment; filename="structure.csv"')
    const lines = reply.body.split('\r\n')
    expect(lines[0]).toBe(
      '\uFEFF代码,名称,金额（元）,占比（小数）,上年同期（元）,增减额（元）,同比（小数）,拉动（百分点）,贡献率（小数）,说明',
    )
    expect(lines[1]).toBe('85,电机电气,5000,0.862069,5000,0,0,0,0,')
    expect(reply.body).toContain('注：查询条件 flow=export')
    const accepted = await app.inject({ url, headers: { accept: 'text/csv' } })
    expect(accepted.body).toBe(reply.body)
  })

  test('comes as a workbook', async () => {
    const reply = await app.inject(`${url}&format=xlsx`)
    const page = read(reply.rawPayload).Sheets.结构
    expect([page?.A2?.v, page?.A2?.t, page?.C2?.v, page?.C2?.t]).toEqual(['85', 's', 5000, 'n'])
  })

  test.each([
    'growth?flow=balance',
    'decomposition?flow=export&method=margins',
    'decomposition?flow=export&method=contribution&top=2',
    'competitiveness?measure=tsc&level=2',
    'firms?flow=export',
    'public-structure?flow=export&by=hs2',
  ])('of every answer: %s', async (query) => {
    const reply = await app.inject(`/indicators/${query}&format=csv`)
    expect([reply.statusCode, reply.body.slice(0, 1)]).toEqual([200, '\uFEFF'])
    const json = await app.inject(`/indicators/${query}`)
    expect([json.statusCode, json.json().data.length > 0]).toEqual([200, true])
  })

  test('an unknown format is refused', async () => {
    expect((await app.inject(`${url}&format=pdf`)).json()).toMatchObject({
      code: 'invalid-input',
      field: 'format',
    })
  })
})

test('the balance is exports less imports, the total both, where both are loaded', async () => {
  const values = async (flow: string) => {
    const { data } = (await app.inject(`/indicators/growth?flow=${flow}&from=2024`)).json()
    return data.map((row: { period: string; value: string }) => [row.period, row.value])
  }
  expect(await values('balance')).toEqual([
    ['2024', null],
    ['2025', '5750'],
  ])
  expect(await values('total')).toEqual([
    ['2024', null],
    ['2025', '5850'],
  ])
})

test('forms of trade are lines of a structure, with the remark that goods move between them', async () => {
  const { data, meta } = (await app.inject('/indicators/structure?flow=export&by=form&from=2025')).json()
  expect(
    data.map((row: { code: string; name: string; value: string }) => [row.code, row.name, row.value]),
  ).toEqual([
    ['general', '一般贸易', '5400'],
    ['ecommerce', '跨境电商', '400'],
  ])
  expect(meta.warnings.map(({ code }: { code: string }) => code)).toEqual(['mode-reclassification'])
})

describe('the public structure', () => {
  test('withholds chapters of two firms and the one they hide behind; mode and total stay', async () => {
    const { data, meta } = (
      await app.inject('/indicators/public-structure?flow=export&by=hs2&year=2025')
    ).json()
    expect(
      data.map((row: { code: string; value: string | null; note: string }) => [row.code, row.value]),
    ).toEqual([
      ['85', '5000'],
      ['09', null],
      ['61', null],
    ])
    expect([meta.total, meta.suppressed, meta.currency]).toEqual(['5800', 2, 'CNY'])
  })

  test('withholds the total where a single firm stands behind it', async () => {
    const { data, meta } = (await app.inject('/indicators/public-structure?flow=import&by=partner')).json()
    expect([data[0].value, data[0].share, meta.total]).toEqual([null, null, null])
  })

  test('by a dimension that the data do not state is refused, not one line of everything', async () => {
    const reply = await app.inject('/indicators/public-structure?flow=export&by=transport&year=2025')
    expect([reply.statusCode, reply.json().detail]).toEqual([
      400,
      'by: transport: customs-cn states no transport in these periods',
    ])
  })

  test('is of a whole year, and what is less of one is refused by its name', async () => {
    for (const year of ['2026', '0000']) {
      const reply = await app.inject(`/indicators/public-structure?flow=export&by=hs2&year=${year}`)
      expect(reply.statusCode).toBe(400)
      expect(reply.json().detail).toBe(`year: ${year}: a year that customs-cn holds in full`)
    }
  })

  test.each(['hs=09', 'partner=JP', 'from=2025-01', 'currency=USD', 'asOf=2026-01-01'])(
    'takes no %s, by which tables could be subtracted from each other',
    async (more) => {
      const reply = await app.inject(`/indicators/public-structure?flow=export&by=hs2&${more}`)
      expect(reply.statusCode).toBe(400)
    },
  )
})
