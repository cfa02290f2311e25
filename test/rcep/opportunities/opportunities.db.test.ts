import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../../src/clock.ts'
import { appRole, ensureAppRole } from '../../../src/db/app-role.ts'
import { connect } from '../../../src/db/connect.ts'
import { handleErrors } from '../../../src/http/errors.ts'
import type { Principal } from '../../../src/http/schema.ts'
import { benchFirm, loadBenchFirm } from '../../../src/rcep/bench-load.ts'
import { loadTariffs, storePack } from '../../../src/rcep/load.ts'
import { enterpriseName, tradeOfEnterprise, tradeYear } from '../../../src/rcep/opportunities/queries.ts'
import { rcepRoutes } from '../../../src/rcep/routes.ts'
import { storeNames, storeRules } from '../../../src/rcep/rules/load.ts'
import { readPublished } from '../../../src/rcep/tariff/read-published.ts'
import { readReference } from '../../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../../helpers/database.ts'

let database: TestDatabase
let principal: Pick<Principal, 'role' | 'enterpriseId'> = { role: 'officer', enterpriseId: null }
const now = new Date('2026-06-20T08:00:00Z')
const app = fastify({
  ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
})

beforeAll(async () => {
  database = await freshDatabase()
  handleErrors(app)
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = principal as Principal
  })
  rcepRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: fixedClock('2026-06-20T08:00:00Z'),
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const get = async (url: string) => {
  const reply = await app.inject({ url })
  return { status: reply.statusCode, body: reply.json() }
}
const firm = `/rcep/opportunities?enterprise=${benchFirm.id}&on=${benchFirm.on}&language=en`

test('before any tariff is loaded the answer is what to do', async () => {
  await loadBenchFirm(database.pool, now)
  const { status, body } = await get(firm)
  expect([status, body.detail]).toEqual([503, 'tariffs: none loaded: run "tradewind reference load" first'])
})

describe('with the shipped tariffs', () => {
  beforeAll(() => loadTariffs(database.pool, now))

  test("a firm's sixty products are put beside fourteen Parties in one answer", async () => {
    const { status, body } = await get(firm)
    expect(status).toBe(200)
    expect(body.data.cells).toHaveLength(840)
    const asked = { on: '2026-06-01', from: '2025-06-01', to: '2026-05-31' }
    expect(body.meta).toMatchObject({ rows: 840, ...asked, months: 12 })
    expect(body.meta.notLoaded).toEqual([
      'BN',
      'ID',
      'KH',
      'KR',
      'LA',
      'MM',
      'MY',
      'NZ',
      'PH',
      'SG',
      'TH',
      'VN',
    ])
    expect(body.meta.notes[0]).toMatch(/^Eligible, not necessarily unused/)
    const counted = Object.values<number>(body.data.states).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(840)
  })

  test('the money is the difference of the rates at the trade of the year', async () => {
    const { body } = await get(firm)
    const cells: {
      state: string
      value: string
      rcep: string
      mfn: string
      saving: { least: string; most: string }
    }[] = body.data.cells
    const plain = cells.filter(
      ({ state, rcep, mfn }) =>
        state === 'saving' && /^[\d.]+%$/.test(mfn) && (/^[\d.]+%$/.test(rcep) || rcep === '0%'),
    )
    expect(plain.length).toBeGreaterThan(3)
    for (const { value, rcep, mfn, saving } of plain) {
      expect(value).toBe('12000')
      const points = Math.round((Number.parseFloat(mfn) - Number.parseFloat(rcep)) * 100)
      expect(Number(saving.most)).toBeCloseTo((12000 * points) / 10_000, 6)
      expect(saving.least).toBe(saving.most)
    }
  })

  test('an enterprise sees itself only, and the ledger is for officers', async () => {
    principal = { role: 'enterprise', enterpriseId: '3301960001' }
    const other = await get(firm)
    const own = await get(`/rcep/opportunities?on=${benchFirm.on}`)
    const advice = await get(`/rcep/advice?hs=610442&from=CN&to=JP&on=2026-06-01&enterprise=${benchFirm.id}`)
    principal = { role: 'officer', enterpriseId: null }
    expect([other.status, other.body.code]).toEqual([403, 'forbidden'])
    expect([own.status, own.body.field]).toEqual([400, 'enterprise'])
    expect(advice.status).toBe(403)
  })

  test('the ledger ranks what could pay less, by money', async () => {
    const { status, body } = await get(`/rcep/ledger?on=${benchFirm.on}&top=10&language=en`)
    // The bench loads facts only; the ledger reads the sums kept with a load, of which there are none here.
    expect([status, body.meta.total, body.data.cells]).toEqual([200, 0, []])
  })

  test.each([
    ['/rcep/opportunities', 'enterprise'],
    ['/rcep/opportunities?enterprise=nobody', 'enterprise'],
    [`${firm}&flow=both`, 'flow'],
    [`${firm}&currency=EUR`, 'currency'],
    [`${firm}&exchange=JPY`, 'exchange'],
    ['/rcep/ledger?top=0', 'top'],
    ['/rcep/ledger?unknown=1', 'unknown'],
  ])('%s is a 400 that names the field', async (url, field) => {
    const { status, body } = await get(url)
    expect([status, body.field]).toEqual([400, field])
  })

  test('a year of which months are missing says how many there are', async () => {
    const { body } = await get(firm.replace(benchFirm.on, '2026-03-15'))
    expect(body.meta).toMatchObject({ from: '2025-06-01', to: '2026-02-28', months: 9 })
    expect(body.meta.notes.at(-1)).toMatch(/^Only 9 of these twelve months/)
  })

  test('what RCEP alone saves is told apart from what other agreements may give already', async () => {
    const { body } = await get(firm)
    const ofMarket = (importer: string) =>
      body.data.cells.filter(
        (cell: { importer: string; saving: unknown }) => cell.importer === importer && cell.saving,
      )
    const saved = (cells: { saving: { most: string } }[]) =>
      cells.reduce((sum, cell) => sum + Number(cell.saving.most), 0)
    expect(
      ofMarket('AU').every((cell: { notCompared: string[] }) => cell.notCompared.includes('CN-AU')),
    ).toBe(true)
    expect(ofMarket('JP').every((cell: { notCompared: string[] }) => cell.notCompared.length === 0)).toBe(
      true,
    )
    expect(saved(ofMarket('AU'))).toBeGreaterThan(0)
    expect(Number(body.data.certain.most)).toBeCloseTo(saved(ofMarket('JP')), 2)
    expect(Number(body.data.most)).toBeCloseTo(saved(ofMarket('JP')) + saved(ofMarket('AU')), 2)
  })

  test('advice takes the yearly value from the own trade of the firm', async () => {
    const { body } = await get(firm)
    const cell = body.data.cells.find(
      ({ state, importer }: { state: string; importer: string }) => state === 'saving' && importer === 'JP',
    )
    const { hs } = cell
    const query = `hs=${hs}&from=CN&to=JP&on=2026-06-01&enterprise=${benchFirm.id}&language=en&discount=5`
    const advice = (await get(`/rcep/advice?${query}`)).body.data
    expect(advice.trade).toMatchObject({
      value: '12000',
      currency: 'USD',
      from: '2025-06-01',
      to: '2026-05-31',
    })
    expect(advice.saving.perYear).toMatchObject({ amount: cell.saving.most, basis: 'own-trade' })
    expect(advice.saving.presentValue).toMatchObject({ discount: '5' })
  })

  test('another agreement whose rates are loaded is shown where it is lower', async () => {
    const before = (await get(firm)).body.data.cells
    const cell = before.find(
      (one: { state: string; importer: string; rcep: string }) =>
        one.state === 'rcep-not-loaded' && one.importer === 'KR',
    )
    const options = { name: 'kr.csv', importer: 'KR', partners: '', edition: '2022', year: '', to: '' }
    const { concordance } = readReference()
    const publish = async (kind: 'agreement-tariff' | 'mfn-tariff', rate: string, agreement: string) => {
      const bytes = new TextEncoder().encode(`line,rate\n${cell.hs}0000,${rate}\n`)
      const asked = { ...options, agreement, from: '2026-01-01' }
      for (const pack of readPublished(kind, bytes, asked, concordance).packs)
        await storePack(database.pool, pack, { now, shipped: false })
    }
    await publish('agreement-tariff', '2%', 'CN-KR')
    await publish('mfn-tariff', '8%', '')
    const { body } = await get(firm)
    const same = body.data.cells.find(
      (one: { hs: string; importer: string }) => one.hs === cell.hs && one.importer === 'KR',
    )
    expect(same).toMatchObject({
      state: 'rcep-not-loaded',
      mfn: '8%',
      best: 'CN-KR',
      others: [{ agreement: 'CN-KR', rate: '2%', belowRcep: true, saving: { least: '720', most: '720' } }],
    })
    const texts = body.meta.toLoad.filter(({ importer }: { importer: string }) => importer === 'VN')
    expect(texts.map(({ regime }: { regime: string }) => regime)).toEqual(['RCEP', 'MFN'])
    expect(texts[0].text).toContain('RCEP Annex I, schedule of VN for CN (Decree 129/2022/ND-CP, Annex C)')
  })

  test('imported rules and names are used at once', async () => {
    const file = {
      set: {
        agreement: 'CN-NZ',
        edition: '2022' as const,
        parties: ['CN', 'NZ'],
        validFrom: '2008-10-01',
        complete: true,
        origin: 'rules.csv',
        sha256: '0'.repeat(64),
        rows: 1,
        manual: 0,
      },
      rules: [{ code: '8504', rule: 'CTH' }],
      manual: [],
    }
    await storeRules(database.pool, file, now)
    const rules = await get('/rcep/rules?hs=850440&agreement=CN-NZ')
    expect(rules.body.data[0].rule).toMatchObject({ text: 'CTH', level: 4 })
    const advice = await get('/rcep/advice?hs=850440&from=CN&to=NZ&on=2026-06-01&language=en')
    expect(advice.body.data.agreements.map(({ agreement }: { agreement: string }) => agreement)).toEqual([
      'RCEP',
      'CN-NZ',
    ])
    expect(advice.body.data.agreements[1]).toMatchObject({
      inForce: true,
      verdict: 'needs-info',
      rule: { text: 'CTH' },
    })
    await storeNames(
      database.pool,
      { edition: '2022', origin: 'n.csv', sha256: '', names: [{ code: '610442', en: 'Dresses', zh: null }] },
      now,
    )
    const { rows } = await database.pool.query('select name_en from hs_name')
    expect(rows).toEqual([{ name_en: 'Dresses' }])
  })
})

test("a firm's trade is read where the database shows nothing but its own", async () => {
  await ensureAppRole(database.pool)
  await database.pool.query(
    `revoke select on trade_flow, trade_rollup, trade_sum, enterprise from ${appRole}`,
  )
  const { db, close } = connect(database.url, { max: 2, role: appRole })
  const asked = { enterprise: benchFirm.id, currency: 'USD' } as const
  const year = await tradeYear(db, { flow: 'export', on: benchFirm.on, asOf: now })
  const own = year ? await tradeOfEnterprise(db, year, asked) : []
  const name = await enterpriseName(db, benchFirm.id)
  await close()
  expect(own.length).toBeGreaterThan(0)
  expect(own).toEqual(year && (await tradeOfEnterprise(database.db, year, asked)))
  expect(name).toBe(await enterpriseName(database.db, benchFirm.id))
})
