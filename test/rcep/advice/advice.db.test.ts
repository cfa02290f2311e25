import { readFileSync, writeFileSync } from 'node:fs'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../../src/clock.ts'
import { handleErrors } from '../../../src/http/errors.ts'
import { loadTariffs } from '../../../src/rcep/load.ts'
import { rcepRoutes } from '../../../src/rcep/routes.ts'
import { freshDatabase, type TestDatabase } from '../../helpers/database.ts'

let database: TestDatabase
const app = fastify({
  ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
})

beforeAll(async () => {
  database = await freshDatabase()
  handleErrors(app)
  rcepRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-06-01T08:00:00Z'),
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const get = async (path: string, query: Record<string, string>) => {
  const reply = await app.inject({ method: 'GET', url: path, query })
  return { status: reply.statusCode, body: reply.json() }
}

const preferences = (body: { data: { rates: { agreement: string }[] } }) =>
  body.data.rates.filter(({ agreement }) => agreement === 'RCEP')

const clutch = {
  good: { hs: '870893', edition: '2022', producedIn: 'VN', fob: '413', currency: 'USD' },
  importer: 'CN',
  on: '2026-06-01',
  operations: ['assembly'],
  materials: [
    { id: '1', hs: '848210', value: '40', origin: { status: 'non-originating', country: 'GB' } },
    { id: '2', hs: '870899', value: '60', origin: { status: 'originating', party: 'JP', evidence: 'CO' } },
  ],
}

test('before the facts are loaded the answer is what to do', async () => {
  const { status, body } = await get('/rcep/tariffs', {
    hs: '610910',
    importer: 'CN',
    exporter: 'VN',
    on: '2026-06-01',
  })
  expect([status, body.detail]).toEqual([503, 'tariffs: none loaded: run "tradewind reference load" first'])
})

describe('with the shipped facts', () => {
  beforeAll(() => loadTariffs(database.pool, new Date('2026-06-01')))

  test('tariffs give rate, base rate and the years ahead', async () => {
    const query = { hs: '6109.10.00', importer: 'CN', exporter: 'VN', on: '2026-06-01', language: 'en' }
    const { status, body } = await get('/rcep/tariffs', query)
    expect(status).toBe(200)
    expect(body.meta).toEqual({ rows: 1, asOf: '2026-06-01' })
    expect(body.data.rates).toMatchObject([
      {
        agreement: 'RCEP',
        group: 'ASEAN',
        lines: ['61091000'],
        rate: '7%',
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      },
    ])
    expect(body.data.base).toMatchObject([{ rate: '14%', on: '2014-01-01' }])
    expect(body.data.byYear.map((year: { rates: { RCEP: string } }) => year.rates.RCEP)).toEqual([
      '7%',
      '5.6%',
      '4.2%',
      '2.8%',
      '1.4%',
      '0%',
      '0%',
      '0%',
      '0%',
      '0%',
    ])
    expect(body.data.missing.map(({ code }: { code: string }) => code)).toEqual([
      'mfn-rates',
      'other-schedules',
    ])
  })

  test('a code of HS 2022 is looked up under all it may have been in HS 2012', async () => {
    const query = { hs: '851713', importer: 'AU', exporter: 'CN', on: '2026-06-01', language: 'en' }
    const { body } = await get('/rcep/tariffs', query)
    expect(body.data.product.mapped[0]).toEqual({ edition: '2012', codes: ['851712'], quality: 'n:1' })
    expect(preferences(body)).toMatchObject([{ lines: ['85171200'], rate: '0%' }])
  })

  test('a free MFN rate beats a dutiable RCEP rate', async () => {
    const query = { hs: '392310', from: 'CN', to: 'JP', on: '2026-08-01', value: '100000', currency: 'USD' }
    const { body } = await get('/rcep/advice', query)
    expect(body.data.best).toEqual({ agreement: 'MFN', rate: '無税', saving: '0', conditional: false })
    expect(body.data.rates.map(({ duty }: { duty: string }) => duty)).toEqual(['0', '1800'])
  })

  test('quantities price a specific rate', async () => {
    const query = {
      hs: '870323',
      edition: '2012',
      from: 'CN',
      to: 'AU',
      on: '2026-06-01',
      value: '20000',
      currency: 'AUD',
    }
    const withCars = await app.inject({
      url: '/rcep/advice',
      query: { ...query, hs: '87032311', quantity: '2 item' },
    })
    expect(preferences(withCars.json())).toMatchObject([{ rate: '5%, and $12,000 each', duty: '25000' }])
    const inDollars = { ...query, hs: '87032311', currency: 'USD', quantity: '2 item', exchange: 'AUD=0.65' }
    const converted = await app.inject({ url: '/rcep/advice', query: inDollars })
    expect(preferences(converted.json())).toMatchObject([{ duty: '16600' }])
    const without = await app.inject({
      url: '/rcep/advice',
      query: { ...query, hs: '87032311', language: 'en' },
    })
    const asked = without.json().data.missing
    expect(asked.at(-1)).toEqual({ code: 'quantity', text: 'the quantity in item' })
  })

  test('a whole advice with a bill of materials is what it was', async () => {
    const path = new URL('../../golden/rcep/tariffs/advice.json', import.meta.url)
    const payload = {
      hs: '87089310',
      from: 'VN',
      to: 'CN',
      on: '2026-06-01',
      value: '100000',
      currency: 'USD',
      mfn: '6%',
      years: '3',
      language: 'en',
      bom: clutch,
    }
    const reply = await app.inject({ method: 'POST', url: '/rcep/advice', payload })
    const { origin, ...advice } = reply.json().data
    const found = { ...advice, origin: { verdict: origin.verdict, codes: origin.codes } }
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`)
    expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')))
  })

  test('a product has a row for every Party, with the year in which its rate changes and what is not loaded', async () => {
    const { status, body } = await get('/rcep/rate-table', {
      hs: '61044200',
      on: '2026-06-01',
      language: 'en',
    })
    expect([status, body.data.rows.length, body.meta]).toEqual([
      200,
      14,
      { rows: 14, on: '2026-06-01', flow: 'export' },
    ])
    const row = (partner: string) =>
      body.data.rows.find((one: { partner: string }) => one.partner === partner)
    expect(row('AU').change).toMatchObject({ from: '2032-01-01', year: 11, rate: '9%' })
    expect(row('JP')).toMatchObject({ importer: 'JP', exporter: 'CN', best: { agreement: 'RCEP' } })
    expect(row('VN').years).toEqual([])
    expect(row('VN').missing[0]).toContain('Decree 129/2022/ND-CP, Annex C')
    const imports = await get('/rcep/rate-table', { hs: '61044200', on: '2026-06-01', flow: 'import' })
    expect(imports.body.data.rows[0]).toMatchObject({ importer: 'CN' })
    const sheet = await app.inject({
      url: '/rcep/rate-table',
      query: { hs: '61044200', on: '2026-06-01', format: 'csv' },
    })
    expect(sheet.body.split('\r\n')[0]).toContain('进口方,出口方,税号,年度')
  })

  test.each<[Record<string, string>, string]>([
    [{ hs: '12' }, 'hs'],
    [{ hs: '000000' }, 'hs'],
    [{ hs: '999999' }, 'hs'],
    [{ hs: '851712' }, 'hs'],
    [{ to: 'US' }, 'to'],
    [{ to: 'VN' }, 'to'],
    [{ from: 'XX' }, 'from'],
    [{ on: '2026-02-30' }, 'on'],
    [{ on: '1999-01-01' }, 'on'],
    [{ edition: '2007' }, 'edition'],
    [{ value: '-1', currency: 'USD' }, 'value'],
    [{ value: '0.00', currency: 'USD' }, 'value'],
    [{ value: '5' }, 'currency'],
    [{ value: '5', currency: 'RMB' }, 'currency'],
    [{ shippedOn: '2099-01-01' }, 'shippedOn'],
    [{ currency: 'USD' }, 'value'],
    [{ quantity: '5 bushels', value: '5', currency: 'USD' }, 'quantity'],
    [{ exchange: 'AUD=0', value: '5', currency: 'USD' }, 'exchange'],
    [{ years: '99' }, 'years'],
    [{ mfn: 'whatever' }, 'mfn'],
    [{ unknown: '1' }, 'unknown'],
  ])('%j is a 400 that names the field', async (wrong, field) => {
    const query = { hs: '610910', from: 'VN', to: 'CN', on: '2026-06-01', ...wrong }
    const { status, body } = await get('/rcep/advice', query)
    expect([status, body.code, body.field]).toEqual([400, 'invalid-input', field])
  })

  test('a bill of other goods, or of another trade, is refused', async () => {
    const question = { hs: '870893', from: 'VN', to: 'CN', on: '2026-06-01' }
    const post = async (bom: unknown, changes = {}) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/rcep/advice',
        payload: { ...question, ...changes, bom },
      })
      return [reply.statusCode, reply.json().field]
    }
    expect(await post(clutch, { hs: '610910' })).toEqual([400, 'bom.good.hs'])
    expect(await post({ ...clutch, importer: 'KR' })).toEqual([400, 'bom.importer'])
    expect(await post(clutch, { from: 'TH' })).toEqual([400, 'bom.good.producedIn'])
    expect((await post({ good: 1 }))[0]).toBe(400)
  })
})

describe('origin over HTTP', () => {
  test('gives the rule of every subheading the code may be', async () => {
    const { status, body } = await get('/rcep/rules', { hs: '8708.93' })
    expect(status).toBe(200)
    expect(body.data).toMatchObject([
      {
        hs: '870893',
        edition: '2022',
        rule: { text: 'CTH or RVC40', level: 4, code: '8708', parsed: { kind: 'rule' } },
      },
    ])
    expect(body.meta).toMatchObject({ rows: 1, agreement: 'RCEP', confidence: 'high', complete: true })
  })

  test('refuses an agreement whose rules are not shipped', async () => {
    const { status, body } = await get('/rcep/rules', { hs: '870893', agreement: 'CPTPP' })
    expect([status, body.field, body.allowed]).toEqual([400, 'agreement', 'one of RCEP, CN-KR, ACFTA'])
  })

  test('judges a bill, in the language asked for', async () => {
    const post = (language: string) =>
      app.inject({ method: 'POST', url: '/rcep/origin', query: { language }, payload: clutch })
    const [english, chinese] = [(await post('en')).json().data, (await post('zh')).json().data]
    expect([english.verdict, english.codes]).toEqual(['pass', ['CTC', 'ACU']])
    expect(chinese.steps[0].detail).toMatch(/\p{Script=Han}/u)
  })

  test('names the field of a bill that is wrong', async () => {
    const payload = { ...clutch, materials: [{ id: '1', hs: '848210', value: 'forty' }] }
    const reply = await app.inject({ method: 'POST', url: '/rcep/origin', payload })
    expect([reply.statusCode, reply.json().field]).toEqual([400, 'materials.0.value'])
  })
})
