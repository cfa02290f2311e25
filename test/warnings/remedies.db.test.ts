import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadReference } from '../../src/reference/load.ts'
import { backtestRule } from '../../src/warnings/backtest-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { sharedPath } from '../helpers/shared.ts'
import { asker, type Caller, warningApp } from './app.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const now = '2026-04-20T03:00:00Z'
const caller: Caller = { principal: { name: '王科', role: 'officer', enterpriseId: null }, now }
let database: TestDatabase
let app: FastifyInstance
const ask = asker(() => app)

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  app = await warningApp(database, caller)
  const usual = { 'US/1': 1000, 'DE/2': 1000, 'JP/2': 1000 }
  const fallen = { 'US/1': 500, 'DE/2': 400, 'JP/2': 300 }
  await loadMonths(database, yearOf(usual, { '2026-01': usual, '2026-02': usual, '2026-03': fallen }), now)
  await database.pool.query(
    `insert into trade_rollup (slice_id, dims, hs, partner, value_usd, quantity, unit, rows)
     select slice_id, 'partner+hs6', '940360', partner, value_usd, value_usd, '千克', 1 from trade_rollup where dims = 'partner'`,
  )
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(() => database.pool.query('truncate remedy_case'))

function form(text: string | Buffer, source?: string) {
  const part = (head: string) => `--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(source === undefined ? '' : `${part('name="source"')}${source}\r\n`),
    Buffer.from(part('name="file"; filename="cases.csv"')),
    Buffer.from(text),
    Buffer.from('\r\n--x--\r\n'),
  ])
  return ask('POST', '/warnings/remedies', payload, { 'content-type': 'multipart/form-data; boundary=x' })
}

const list = `imposing,affected,kind,product,hs,in force,sunset,reference
US,China,反倾销,木制家具,940360,2005-01-04,2026-09-01,A-570-890
European Union,China,anti-dumping,wooden furniture,9403,2022-01-04,2031-01-04,AD-1
Japan,All members,safeguard,furniture,940360,2025-01-04,2026-01-04,SG-1
Atlantis,China,anti-dumping,x,940360,,,Z
`

describe('a list of cases', () => {
  test('is read in, replaces what its source listed before, and names the rows it cannot use', async () => {
    const { status, body } = await form(list, '商务部')
    expect(status).toBe(201)
    expect(body.data).toEqual({
      source: '商务部',
      cases: 3,
      againstChina: 3,
      rejects: [{ row: 5, reason: 'imposing member not known: Atlantis' }],
    })
    await form(list.split('\n').slice(0, 2).join('\n'), '商务部')
    const { meta } = (await ask('GET', '/warnings/remedies')).body
    expect(meta).toEqual({
      rows: 1,
      more: 0,
      sources: [{ source: '商务部', cases: 1, againstChina: 1 }],
      exportsFrom: '2025-04',
      exportsTo: '2026-03',
    })
    expect((await ask('DELETE', `/warnings/remedies?source=${encodeURIComponent('商务部')}`)).status).toBe(
      204,
    )
    expect((await ask('DELETE', '/warnings/remedies?source=none')).status).toBe(404)
  })

  test('is shown by what stands, with the exports to the market and to every member of a union', async () => {
    await form(list)
    const { body } = await ask('GET', '/warnings/remedies')
    expect(
      body.data.map(({ reference, imposing, imposingZh, stands, exports }: Record<string, unknown>) => ({
        reference,
        imposing,
        imposingZh,
        stands,
        exports,
      })),
    ).toEqual([
      { reference: 'SG-1', imposing: 'JP', imposingZh: '日本', stands: false, exports: '11300' },
      { reference: 'A-570-890', imposing: 'US', imposingZh: '美国', stands: true, exports: '11500' },
      { reference: 'AD-1', imposing: 'EU', imposingZh: null, stands: true, exports: '11400' },
    ])
    const asked = async (query: string) =>
      (await ask('GET', `/warnings/remedies?${query}`)).body.data.map(
        ({ reference }: { reference: string }) => reference,
      )
    expect(await asked('standing=stands&endsBefore=2027-04-20')).toEqual(['A-570-890'])
    expect(await asked('standing=ended')).toEqual(['SG-1'])
    expect(await asked('imposing=EU&hs=9403')).toEqual(['AD-1'])
    expect(await asked('affected=KR')).toEqual(['SG-1'])
    expect(await asked('limit=1')).toEqual(['SG-1'])
  })

  test('that is none is refused, as a workbook or as text', async () => {
    expect((await form('a,b\n1,2\n')).status).toBe(422)
    expect((await form(Buffer.from('PK\u0003\u0004 no workbook'))).status).toBe(422)
    expect((await form('')).status).toBe(422)
    expect((await ask('POST', '/warnings/remedies', { file: 'x' })).status).toBe(400)
  })

  test.skipIf(!sharedPath('data/remedies/wto_itip_us_ad_2020-09-10.xlsx'))(
    'of the WTO is read as it is downloaded (skipped without the shared files)',
    async () => {
      const path = sharedPath('data/remedies/wto_itip_us_ad_2020-09-10.xlsx') ?? ''
      const { status, body } = await form(readFileSync(path), 'I-TIP')
      expect(status).toBe(201)
      expect(body.data.cases).toBeGreaterThan(200)
      expect(body.data.againstChina).toBeGreaterThan(50)
    },
  )
})

test('the friction rule asks for a case where it wants one: in the market, in one of its union, or in any', async () => {
  await form(list)
  const fired = async (remedy: NonNullable<ReturnType<typeof ruleWith>['remedy']>) => {
    const rule = ruleWith({ selector: { ...ruleWith().selector, by: 'partner+hs6' }, remedy })
    const { alerts } = await backtestRule(database.db, rule, { periods: 1, budget: null, now: new Date(now) })
    return alerts.map(({ labels }) => labels.partner).sort()
  }
  expect(await fired({ market: 'same', match: 'hs6' })).toEqual(['DE', 'US'])
  expect(await fired({ market: 'any', match: 'hs6' })).toEqual(['DE', 'JP', 'US'])
  await ask('DELETE', '/warnings/remedies?source=cases.csv')
  await form(`imposing,affected,product,hs\nUS,China,seats,940161\nUS,China,neighbour,940350\n`)
  expect(await fired({ market: 'same', match: 'hs6' })).toEqual([])
  expect(await fired({ market: 'same', match: 'hs4' })).toEqual(['US'])
})

test('the calendar names publications and sunsets in order', async () => {
  await form(list)
  const { body } = await ask('GET', '/warnings/calendar')
  expect(body.meta).toEqual({ rows: 12, from: '2026-04-20', to: '2027-04-20' })
  expect(body.data[0]).toMatchObject({ day: '2026-05-18', kind: 'publication' })
  expect(body.data.filter(({ kind }: { kind: string }) => kind === 'sunset')).toEqual([
    {
      day: '2026-09-01',
      kind: 'sunset',
      summary: '贸易救济措施到期：US 反倾销 木制家具',
      description: 'HS 940360',
    },
  ])
})
