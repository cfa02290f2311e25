import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analysisRoutes } from '../../src/analysis/routes.ts'
import { run } from '../../src/cli/indicators.ts'
import { fixedClock } from '../../src/clock.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { loadFrame } from '../../src/indicators/load-frame.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice } from '../indicators/own-rows.ts'

let database: TestDatabase
let app: FastifyInstance

/** Tea to Japan and shirts to the United States; April 2026 was not loaded, Japan bought nothing in March. */
const months: Record<string, [tea: string | null, shirts: string]> = {
  '2025-01': ['100', '7'],
  '2025-02': ['100', '8'],
  '2025-03': ['150', '10'],
  '2025-05': ['300', '20'],
  '2026-01': ['120.5', '10'],
  '2026-02': ['129.5', '20'],
  '2026-03': [null, '15'],
  '2026-05': ['330', '0.01'],
}

beforeAll(async () => {
  database = await freshDatabase()
  app = fastify({
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true, allErrors: false },
    },
  })
  handleErrors(app)
  analysisRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-07-20T00:00:00Z'),
  })
  for (const [month, [tea, shirts]] of Object.entries(months)) {
    await addSlice(database, {
      period: `${month}-01`,
      rows: [
        ...(tea === null ? [] : [{ hs: '09021000', partner: 'JP', cny: tea }]),
        { hs: '61091000', partner: 'US', cny: shirts },
      ],
    })
  }
})

afterAll(async () => {
  await app.close()
  await database.close()
})

const ask = async (operation: string, body: object) =>
  (
    await app.inject({ method: 'POST', url: `/analysis/${operation}`, payload: { flow: 'export', ...body } })
  ).json()

test('a pivot sets money out exactly, January and February as one, a period without data as a gap', async () => {
  const { data, meta } = await ask('pivot', { rows: 'hs2', columns: 'period', from: '2026-01' })
  expect(meta.columns.map(({ code }: { code: string }) => code)).toEqual(meta.periods)
  expect(meta.periods).toEqual(['2026-01/02', '2026-03', '2026-04', '2026-05'])
  expect(data.map(({ code, values }: { code: string; values: unknown }) => [code, values])).toEqual([
    ['09', ['250', '0', null, '330']],
    ['61', ['30', '15', null, '0.01']],
  ])
  expect(meta).toMatchObject({ observations: 8, rows: 7, currency: 'CNY', source: 'hs2' })
  expect(meta.warnings).toEqual([
    { code: 'missing-period', detail: '2026-04: not loaded, without observations' },
  ])
})

test('a pivot of two dimensions by mean gives numbers', async () => {
  const { data, meta } = await ask('pivot', {
    rows: 'partner',
    columns: 'hs2',
    aggregate: 'mean',
    from: '2025-01',
    to: '2025-05',
  })
  expect(meta.columns.map(({ code }: { code: string }) => code)).toEqual(['09', '61'])
  expect(data.map(({ code, values }: { code: string; values: unknown }) => [code, values])).toEqual([
    ['JP', [650 / 3, null]],
    ['US', [null, 15]],
  ])
})

test('a description of each line says how its months are spread', async () => {
  const { data, meta } = await ask('describe', { by: 'hs2', from: '2026-01' })
  expect(data[1]).toEqual({
    code: '61',
    name: null,
    nameEn: null,
    count: 3,
    missing: 1,
    sum: '45.01',
    mean: expect.closeTo(45.01 / 3, 10),
    std: expect.closeTo(14.995, 6),
    min: '0.01',
    median: 15,
    max: '30',
  })
  expect(meta.warnings[1]).toEqual({
    code: 'merged-period',
    detail: '2026-01/02: one observation of two months',
  })
})

test('growth over the year before is an observation too, and correlates: +0.25, −1, +0.1 with +1, +0.5, −0.9995', async () => {
  const { data } = await ask('correlate', { by: 'hs2', from: '2026-01' })
  expect(data).toEqual([
    {
      a: { code: '09', name: null, nameEn: null },
      b: { code: '61', name: null, nameEn: null },
      correlation: expect.closeTo(-0.17003, 5),
      observations: 3,
    },
  ])
})

test('a moving mean of the total waits for a full window', async () => {
  const { data } = await ask('rolling', { from: '2025-01', to: '2025-05', window: 2, aggregate: 'sum' })
  expect(data.map((row: Record<string, unknown>) => [row.code, row.period, row.value, row.rolling])).toEqual([
    [null, '2025-01/02', '215', null],
    [null, '2025-03', '160', '375'],
    [null, '2025-04', null, null],
    [null, '2025-05', '320', null],
  ])
})

describe('what cannot be served', () => {
  test.each([
    ['pivot', { rows: 'hs2', columns: 'hs2' }, { field: 'columns', allowed: 'another than rows' }],
    ['pivot', { rows: 'hs2', columns: 'hs4' }, { field: 'columns' }],
    ['pivot', { rows: 'section' }, { field: 'rows' }],
    [
      'describe',
      { by: 'enterprise' },
      { field: 'by', allowed: 'customs-cn states no enterprise in these periods' },
    ],
    ['rolling', { window: 1 }, { field: 'window' }],
    ['correlate', { by: 'hs2', currency: 'USD' }, { field: 'currency' }],
  ])('%s of %o is refused by name', async (operation, body, problem) => {
    expect(await ask(operation, body)).toMatchObject({ status: 400, code: 'invalid-input', ...problem })
  })
})

test('a frame of more observations than allowed is refused with what to ask instead', async () => {
  const ask = {
    selection: { flow: 'export', to: '2026-05' },
    dimensions: ['hs2'],
    measure: 'value',
    top: null,
  } as const
  const now = new Date('2026-07-20T00:00:00Z')
  const allowed = 'observations (lines × periods): ask for fewer periods, a coarser code or a filter'
  for (const [mostRows, value] of [
    [10, 'more than 10'],
    [29, '30'],
  ] as const) {
    await expect(loadFrame(database.db, { ...ask, mostRows }, now)).rejects.toMatchObject({
      code: 'too-large',
      detail: { field: 'frame', value, allowed: `at most ${mostRows} ${allowed}` },
    })
  }
})

test('a frame comes as a table in a file', async () => {
  const reply = await app.inject({
    method: 'POST',
    url: '/analysis/pivot?format=csv',
    payload: { flow: 'export', rows: 'hs2', columns: 'year', to: '2026-05' },
  })
  expect(reply.headers['content-disposition']).toBe('attachment; filename="pivot.csv"')
  expect(reply.body.split('\r\n').slice(0, 3)).toEqual([
    '\uFEFF代码,名称,2025（元）,2026（元）',
    '09,,650,580',
    '61,,45,45.01',
  ])
})

test('the command line answers as the HTTP interface does', async () => {
  const output: string[] = []
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = database.url
  try {
    await run(['frame', 'pivot', '--flow', 'export', '--rows', 'hs2', '--to', '2026-05', '--json'], {
      stdout: (text) => void output.push(text),
      stderr: () => {},
    })
  } finally {
    process.env.DATABASE_URL = before
  }
  const { data } = await ask('pivot', { rows: 'hs2', to: '2026-05' })
  expect(JSON.parse(output.join('')).data).toEqual(data)
})
