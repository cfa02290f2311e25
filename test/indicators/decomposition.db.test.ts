import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DecompositionQuery } from '../../src/indicators/analysis-schema.ts'
import { loadDecomposition } from '../../src/indicators/load-decomposition.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice, type OwnRow } from './own-rows.ts'

const now = new Date('2026-07-20T00:00:00Z')
const tea = { hs: '09021000', partner: 'JP', mode: '0110', enterprise: '9901260104', unit: '千克' }
const shirt = { hs: '61091000', partner: 'US', mode: '0110', enterprise: '9901260105', unit: '件' }
const lamp = { hs: '94054100', partner: 'DE', mode: '0110', enterprise: '9901260106', unit: '个' }
let database: TestDatabase

const ask = (query: Partial<DecompositionQuery> & Pick<DecompositionQuery, 'method'>) =>
  loadDecomposition(database.db, { flow: 'export', ...query }, now)
const partsOf = ({ data }: Awaited<ReturnType<typeof ask>>) =>
  Object.fromEntries(data.map((part) => [part.code, part.change]))

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  const month = (period: string, rows: OwnRow[]) => addSlice(database, { period, rows })
  await month('2025-03-01', [
    { ...tea, cny: '100', quantity: '10' },
    { ...shirt, cny: '100', quantity: '25' },
    { ...lamp, cny: '7', quantity: '1' },
  ])
  await month('2026-03-01', [
    { ...tea, cny: '126', quantity: '14' },
    { ...shirt, cny: '110', quantity: '22' },
    { ...shirt, partner: 'DE', enterprise: '9901260107', cny: '9' },
  ])
  const own = (period: string, a: string, b: string, other: string) =>
    addSlice(database, {
      dataset: 'comtrade/IDN/H6',
      period,
      months: 12,
      rows: [
        { hs: '090210', partner: 'JP', usd: a },
        { hs: '610910', partner: 'JP', usd: b },
        { hs: '610910', partner: 'US', usd: other },
      ],
    })
  await own('2022-01-01', '100', '50', '5')
  await own('2023-01-01', '110', '80', '9')
  for (const [period, a, b] of [
    ['2022-01-01', '1000', '500'],
    ['2023-01-01', '1300', '550'],
  ] as const) {
    await addSlice(database, {
      dataset: 'comtrade/JPN/H6',
      flow: 'import',
      period,
      months: 12,
      scope: 'W00',
      rows: [
        { hs: '090210', partner: 'W00', usd: a },
        { hs: '610910', partner: 'W00', usd: b },
      ],
    })
  }
})

afterAll(async () => database.close())

describe('price and quantity', () => {
  test('are the published figures over the strata with quantities, and what has none is uncovered', async () => {
    const answer = await ask({ method: 'price-quantity', base: '2025-03', current: '2026-03' })
    const [price, quantity, uncovered] = answer.data
    expect(price?.index).toBeCloseTo(1.054855, 6)
    expect(quantity?.index).toBeCloseTo(1.118637, 6)
    expect([uncovered?.change, uncovered?.cells]).toEqual(['2', 2])
    expect([answer.meta.change, answer.meta.sumOfParts]).toEqual(['38', '38'])
    expect(answer.meta.coverage).toBeCloseTo(236 / 245, 12)
    expect(answer.meta.rows).toBe(6)
  })

  test('a period without any quantity has no index, and says so', async () => {
    const answer = await ask({ method: 'price-quantity', dataset: 'comtrade/IDN/H6' })
    expect([answer.data, answer.meta.warnings.map(({ code }) => code)]).toEqual([[], ['no-index']])
  })
})

describe('margins', () => {
  test('over product, partner and enterprise add up to the change', async () => {
    const answer = await ask({ method: 'margins', base: '2025-03', current: '2026-03' })
    expect(partsOf(answer)).toEqual({ continuing: '36', entering: '9', exiting: '-7', occasional: '0' })
    expect([answer.meta.change, answer.meta.sumOfParts, answer.meta.filters.minMonths]).toEqual([
      '38',
      '38',
      '1',
    ])
  })

  test('cannot ask for more months than there are', async () => {
    await expect(
      ask({ method: 'margins', base: '2025-03', current: '2026-03', minMonths: 2 }),
    ).rejects.toThrow('minMonths: 2: at most 1')
  })
})

describe('constant market share', () => {
  test('gives the published parts where the world is loaded, and the rest as uncovered', async () => {
    const answer = await ask({ method: 'cms', dataset: 'comtrade/IDN/H6', base: '2022', current: '2023' })
    expect(partsOf(answer)).toEqual({
      world: '35',
      product: '0',
      market: '0',
      competitiveness: '5',
      uncovered: '4',
    })
    expect([answer.meta.change, answer.meta.sumOfParts]).toEqual(['44', '44'])
  })

  test('trap 13: exports FOB beside imports CIF are announced', async () => {
    const answer = await ask({ method: 'cms', dataset: 'comtrade/IDN/H6', base: '2022', current: '2023' })
    expect(answer.meta.warnings.map(({ code }) => code)).toEqual(['world-data', 'fob-against-cif'])
  })

  test('without world data is refused with the reason', async () => {
    await expect(ask({ method: 'cms', dataset: 'comtrade/JPN/H6', flow: 'import' })).rejects.toThrow(
      'flow: import: export',
    )
    const before = '2026-01-01'
    await expect(ask({ method: 'cms', dataset: 'comtrade/IDN/H6', asOf: before })).rejects.toThrow(
      'nothing of comtrade/IDN/H6 was loaded by then',
    )
  })
})

describe('contribution', () => {
  test('is a tree from chapter to product to enterprise whose pulls add up', async () => {
    const { data, meta } = await ask({ method: 'contribution', base: '2025-03', current: '2026-03' })
    expect(data.map((part) => [part.level, part.code, part.parent, part.change])).toEqual([
      ['chapter', '09', null, '26'],
      ['product', '09021000', '09', '26'],
      ['enterprise', '9901260104', '09/09021000', '26'],
      ['chapter', '61', null, '19'],
      ['product', '61091000', '61', '19'],
      ['enterprise', '9901260105', '61/61091000', '10'],
      ['enterprise', '9901260107', '61/61091000', '9'],
      ['chapter', '94', null, '-7'],
      ['product', '94054100', '94', '-7'],
      ['enterprise', '9901260106', '94/94054100', '-7'],
    ])
    const top = data.filter((part) => part.parent === null)
    expect(top.reduce((so, part) => so + (part.pull ?? 0), 0)).toBeCloseTo((38 / 207) * 100, 5)
    expect(meta.sumOfParts).toBe('38')
    expect(meta.movers?.risers.map(({ code }) => code)).toEqual(['09021000', '61091000'])
    expect(meta.firms).toMatchObject({ active: 3, firstTimeCount: 1, silentCount: 1, since: '2025-03' })
  })
})

test.each([
  [{ base: '2025-03..2025-04' }, 'base: 2025-03..2025-04: as many months as current (1)'],
  [{ base: '2024-03' }, 'base: 2024-03: a span loaded in full; not loaded: 2024-03'],
  [{ base: '2025-13' }, 'base: 2025-13: a month'],
  [{ current: '2026-03..2026-01' }, 'current: 2026-03..2026-01: a span that does not end before it begins'],
  [{ dataset: 'comtrade/IDN/H6', current: '2023-01' }, 'this source is yearly'],
])('a comparison over %j is refused with the reason', async (query, message) => {
  await expect(ask({ method: 'margins', current: '2026-03', ...query })).rejects.toThrow(message)
})

test('a break of the nomenclature between the periods is refused, naming the editions', async () => {
  await addSlice(database, {
    dataset: 'comtrade/CHN/H5',
    period: '2021-01-01',
    months: 12,
    edition: '2017',
    rows: [{ hs: '090210', partner: 'JP', usd: '1' }],
  })
  await addSlice(database, {
    dataset: 'comtrade/CHN/H5',
    period: '2022-01-01',
    months: 12,
    edition: '2022',
    rows: [{ hs: '090210', partner: 'JP', usd: '1' }],
  })
  await expect(ask({ method: 'margins', dataset: 'comtrade/CHN/H5' })).rejects.toThrow('2017 and 2022')
})
