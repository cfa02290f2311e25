import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompetitivenessQuery } from '../../src/indicators/analysis-schema.ts'
import { loadCompetitiveness } from '../../src/indicators/load-competitiveness.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice, type OwnRow, type OwnSlice } from './own-rows.ts'

const now = new Date('2026-07-20T00:00:00Z')
let database: TestDatabase

const ask = (query: Partial<CompetitivenessQuery> & Pick<CompetitivenessQuery, 'measure'>) =>
  loadCompetitiveness(database.db, query, now)
const indices = ({ data }: Awaited<ReturnType<typeof ask>>) => data.map((row) => [row.code, row.index])
const year = (more: Omit<OwnSlice, 'period' | 'months'>) =>
  addSlice(database, { period: '2025-01-01', months: 12, ...more })

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  const firms = (hs: string, usd: number, count: number): OwnRow[] =>
    Array.from({ length: count }, (_, at) => ({
      hs,
      partner: at % 2 ? 'US' : 'JP',
      enterprise: `99012601${10 + at}`,
      usd: String(usd / count),
    }))
  await year({
    rows: [...firms('09021000', 20, 4), ...firms('61091000', 70, 5), ...firms('85044099', 10, 2)],
  })
  await year({
    flow: 'import',
    rows: [{ hs: '61091000', partner: 'IT', enterprise: '9901260110', usd: '35' }],
  })
})

afterAll(async () => database.close())

const loadWorld = async () => {
  await year({
    dataset: 'comtrade/CHN/H6',
    rows: [
      { hs: '090210', partner: 'JP', usd: '50' },
      { hs: '610910', partner: 'US', usd: '650' },
      { hs: '850440', partner: 'US', usd: '300' },
    ],
  })
  await year({
    dataset: 'comtrade/JPN/H6',
    flow: 'import',
    rows: [
      { hs: '090210', partner: 'CN', usd: '20' },
      { hs: '850440', partner: 'CN', usd: '80' },
    ],
  })
}

test('trade with oneself needs no world: specialisation, two-way trade, Lafay', async () => {
  expect(indices(await ask({ measure: 'tsc' }))).toEqual([
    ['090210', 1],
    ['610910', 1 / 3],
    ['850440', null],
  ])
  const both = await ask({ measure: 'gl', level: 2 })
  expect(both.meta.total).toBeCloseTo(1 - 65 / 135, 12)
})

describe('against the world', () => {
  test('is refused with the reason while no world is loaded', async () => {
    await expect(ask({ measure: 'rca' })).rejects.toThrow(
      'measure: rca: needs world data, and none are loaded: exports of other countries in 2025, HS 2022',
    )
    await expect(ask({ measure: 'tci' })).rejects.toThrow('imports of other countries')
  })

  test('trap 19: advantage is shown with the number of firms, and not for fewer than three', async () => {
    await loadWorld()
    const { data, meta } = await ask({ measure: 'rca' })
    expect(data.map(({ code, index, firms, note }) => [code, index, firms, note])).toEqual([
      ['090210', 4, 4, null],
      ['610910', 70 / 100 / (650 / 1000), 5, null],
      ['850440', null, 2, 'few-firms'],
    ])
    expect(meta.world).toEqual(['comtrade/CHN/H6', 'comtrade/JPN/H6'])
    expect(meta.rcepImports).toEqual({ parties: ['JPN'], products: 2, share: 0.2 })
  })

  test('the symmetric and the normalised form', async () => {
    const rsca = await ask({ measure: 'rsca' })
    expect(rsca.data[0]?.index).toBeCloseTo(0.6, 12)
    const nrca = await ask({ measure: 'nrca' })
    expect(nrca.data.find(({ code }) => code === '090210')?.index).toBeCloseTo(0.015, 12)
  })

  test('intensity with a partner, complementarity and similarity with a country', async () => {
    const tii = Object.fromEntries(indices(await ask({ measure: 'tii' })))
    expect(tii.JP).toBeCloseTo((10 + 42 + 5) / 100 / 0.05, 12)
    expect(indices(await ask({ measure: 'tci' }))).toEqual([['JP', expect.closeTo(30, 10)]])
    expect(indices(await ask({ measure: 'esi' }))).toEqual([['CN', expect.closeTo(5 + 65 + 10, 10)]])
  })

  test.each([
    [{ year: '2024' }, 'year: 2024'],
    [{ dataset: 'nowhere' }, 'dataset: nowhere: one with export in US dollars'],
  ])('%j is refused', async (query, message) => {
    await expect(ask({ measure: 'rca', ...query })).rejects.toThrow(message)
  })
})
