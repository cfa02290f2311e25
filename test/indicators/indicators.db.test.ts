import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDatasetList } from '../../src/indicators/load.ts'
import { loadGrowth, loadStructure } from '../../src/indicators/load-answers.ts'
import type { GrowthQuery, StructureQuery } from '../../src/indicators/schema.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice, type OwnRow } from './own-rows.ts'

const now = new Date('2026-07-20T00:00:00Z')
let database: TestDatabase

const structure = (query: Partial<StructureQuery> = {}) =>
  loadStructure(database.db, { flow: 'export', by: 'hs2', ...query }, now)
const growth = (query: Partial<GrowthQuery> = {}) =>
  loadGrowth(database.db, { flow: 'export', ...query }, now)
const codes = (warnings: { code: string }[]) => warnings.map((warning) => warning.code)

const row = (hs: string, partner: string, cny: string, more: Partial<OwnRow> = {}): OwnRow => ({
  hs,
  partner,
  cny,
  ...more,
})
const firm = { mode: '0110', enterprise: '9901260104' }

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  // 2025: all five months; 2026: April missing, March restated.
  for (const month of [1, 2, 3, 4, 5]) {
    await addSlice(database, {
      period: `2025-0${month}-01`,
      loadedAt: '2025-09-01T00:00:00Z',
      rows: [
        row('09021000', 'JP', '60.10', firm),
        row('61091000', 'US', '30', firm),
        row('85044099', 'MX', '10', firm),
      ],
    })
  }
  for (const month of [1, 2, 5]) {
    await addSlice(database, {
      period: `2026-0${month}-01`,
      rows: [
        row('09021000', 'JP', '66', firm),
        row('61091000', 'DE', '24', firm),
        row('98010000', 'CN', '5', firm),
      ],
    })
  }
  await addSlice(database, {
    period: '2026-03-01',
    loadedAt: '2026-04-18T00:00:00Z',
    supersededAt: '2026-05-18T00:00:00Z',
    rows: [row('09021000', 'JP', '70', firm)],
  })
  await addSlice(database, {
    period: '2026-03-01',
    loadedAt: '2026-05-18T00:00:00Z',
    rows: [row('09021000', 'JP', '71', firm)],
  })
  for (const [year, partners] of [
    [2022, { W00: '900', JP: '300', KR: '200' }],
    [2023, { W00: '1000', JP: '400', KR: '250' }],
  ] as const) {
    for (const [scope, usd] of Object.entries(partners)) {
      await addSlice(database, {
        dataset: 'comtrade/IDN/H5',
        flow: 'import',
        period: `${year}-01-01`,
        months: 12,
        scope,
        rows: [{ hs: '090210', partner: scope, usd }],
      })
    }
  }
  await addSlice(database, {
    flow: 'import',
    period: '2026-01-01',
    months: 2,
    rows: [row('27090000', 'SA', '9')],
  })
  await addSlice(database, { flow: 'import', period: '2025-01-01', rows: [row('27090000', 'SA', '4')] })
  await addSlice(database, { flow: 'import', period: '2025-02-01', rows: [row('27090000', 'SA', '2')] })
})

afterAll(async () => database.close())

describe('structure', () => {
  test('of a period by chapter is the answer kept as a golden', async () => {
    const answer = await structure({ from: '2026-01', to: '2026-05' })
    const golden = new URL('../golden/indicators/structure-by-chapter.json', import.meta.url)
    expect(answer).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })

  test('a market that is gone and one that is new are lines of their own', async () => {
    const { data } = await structure({ by: 'partner', from: '2026-05', to: '2026-05' })
    expect(data.map((line) => [line.code, line.name, line.value, line.isNew, line.isGone])).toEqual([
      ['JP', '日本', '66', false, false],
      ['DE', '德国', '24', true, false],
      ['CN', '中国', '5', true, false],
      ['US', '美国', '0', false, true],
      ['MX', '墨西哥', '0', false, true],
    ])
  })

  test('trap 12: Chinese goods coming back are a partner, and no trade with RCEP', async () => {
    const { data, meta } = await structure({ by: 'region', from: '2026-05', to: '2026-05' })
    expect(data.map((line) => [line.code, line.value])).toEqual(
      [
        ['RCEP', '66'],
        ['ungrouped', '5'],
        ['EU', '24'],
      ].sort((a, b) => Number(b[1]) - Number(a[1])),
    )
    expect([meta.total, meta.overlapping, codes(meta.warnings)]).toEqual([
      '95',
      true,
      ['overlapping-lines', 'group-not-loaded'],
    ])
  })

  test('by section adds chapters up, and special transactions are unclassified', async () => {
    const { data } = await structure({ by: 'section', from: '2026-05', to: '2026-05' })
    expect(data.map((line) => [line.code, line.name, line.value])).toEqual([
      ['II', '植物产品', '66'],
      ['XI', '纺织服装', '24'],
      ['XVI', '机电产品', '0'],
      ['unclassified', '未分类', '5'],
    ])
  })

  test('asked for a special code itself, its parts are lines', async () => {
    const { data } = await structure({ by: 'hs8', hs: '98', from: '2026-05', to: '2026-05' })
    expect(data.map((line) => line.code)).toEqual(['98010000'])
  })

  test('filters on product, group of partners, mode and enterprise are answered from the smallest table that can', async () => {
    const of = async (query: Partial<StructureQuery>) => {
      const { meta } = await structure({ from: '2026-01', to: '2026-05', ...query })
      return [meta.source, meta.total]
    }
    expect(await of({})).toEqual(['hs2', '356'])
    expect(await of({ hs: '0902', by: 'partner' })).toEqual(['partner+hs6', '269'])
    expect(await of({ partner: 'RCEP', by: 'hs6' })).toEqual(['partner+hs6', '269'])
    expect(await of({ enterprise: firm.enterprise, by: 'hs4' })).toEqual(['enterprise+hs8', '356'])
    expect(await of({ mode: '0110', partner: 'DE' })).toEqual(['facts', '72'])
    expect(await of({ mode: '10', by: 'mode' })).toEqual(['facts', '356'])
  })

  test('a source by partner counts its own total only where it has no partners', async () => {
    const world = { dataset: 'comtrade/IDN/H5', flow: 'import' } as const
    const { data, meta } = await structure({ ...world, by: 'partner' })
    expect(data.map((line) => [line.code, line.value, line.yoy])).toEqual([
      ['JP', '400', 1 / 3],
      ['KR', '250', 0.25],
    ])
    expect([meta.total, meta.currency, meta.period]).toEqual(['650', 'USD', { from: '2023', to: '2023' }])
    await expect(structure({ ...world, partner: 'VN' })).rejects.toThrow('partner: VN: loaded for: JP, KR')
    await expect(structure({ ...world, by: 'hs8' })).rejects.toThrow('by: hs8: comtrade/IDN/H5 states no hs8')
    await expect(structure({ ...world, by: 'mode' })).rejects.toThrow(
      'by: mode: comtrade/IDN/H5 states no mode',
    )
  })

  test('what cannot be answered is refused in words', async () => {
    await expect(structure({ hs: '7777' })).rejects.toThrow('hs: 7777: a code of the reference facts')
    await expect(structure({ partner: 'ZZ' })).rejects.toThrow('partner: ZZ: a code of')
    await expect(structure({ enterprise: '9999999999' })).rejects.toThrow('enterprise: 9999999999: a code of')
    await expect(structure({ dataset: 'nowhere' })).rejects.toThrow(
      'dataset: nowhere: loaded: comtrade/IDN/H5, customs-cn',
    )
    await expect(structure({ flow: 're-export' })).rejects.toThrow(
      'flow: re-export: loaded for customs-cn: export, import',
    )
    await expect(structure({ currency: 'USD' })).rejects.toThrow('currency: USD: in these data: CNY')
  })

  test('a known code without trade is 0 and no error', async () => {
    const { data, meta } = await structure({ hs: '0903' })
    expect([data, meta.total, meta.hhi]).toEqual([[], '0', null])
    expect([meta.comparison !== null, meta.base, meta.yoy, meta.note]).toEqual([true, '0', null, 'none'])
  })
})

describe('growth', () => {
  test('merges January and February, leaves the missing month unknown and the quiet one 0', async () => {
    const { data, meta } = await growth({ from: '2026-01', to: '2026-05', hs: '61' })
    expect(data.map((line) => [line.period, line.value, line.yoy, line.notes.yoy])).toEqual([
      ['2026-01/02', '48', -0.2, undefined],
      ['2026-03', '0', -1, 'gone'],
      ['2026-04', null, null, 'not-loaded'],
      ['2026-05', '24', -0.2, undefined],
    ])
    expect([meta.source, codes(meta.warnings)]).toEqual(['hs2', ['missing-period']])
  })

  test('January and February apart on request, with the reason to doubt them', async () => {
    const { data, meta } = await growth({ from: '2026-01', to: '2026-02', janFeb: 'split' })
    expect(data.map((line) => line.period)).toEqual(['2026-01', '2026-02'])
    expect(codes(meta.warnings)).toEqual(['spring-festival'])
  })

  test('ends where the loaded data end, and says so', async () => {
    const { data, meta } = await growth({ from: '2024', to: '2026-12' })
    expect([data[0]?.period, data.at(-1)?.period]).toEqual(['2025-01/02', '2026-05'])
    expect(codes(meta.warnings)).toEqual(['range-clipped', 'missing-period'])
    await expect(growth({ to: '2001-01' })).rejects.toThrow('to: 2001-01: loaded: 2025-01 to 2026-05')
  })

  test('compares a merged pair with two single months', async () => {
    const { data } = await growth({ flow: 'import', from: '2026-01', to: '2026-02' })
    expect(data.map((line) => [line.period, line.value, line.yoy])).toEqual([['2026-01/02', '9', 0.5]])
  })

  test('traps 5 and 6: a figure is that of the vintage of the day asked for, and growth takes the latest of both', async () => {
    const march = async (asOf?: string) => {
      const { data, meta } = await growth({ from: '2026-03', to: '2026-03', ...(asOf ? { asOf } : {}) })
      return [data[0]?.value, data[0]?.yoy, meta.vintage]
    }
    expect(await march()).toEqual(['71', -29.1 / 100.1, '2026-07-18T00:00:00.000Z'])
    expect(await march('2026-05-17')).toEqual(['70', -30.1 / 100.1, '2026-04-18T00:00:00.000Z'])
    await expect(march('2026-04-01')).rejects.toThrow('from: 2026-03: loaded: 2025-01 to 2025-05')
    await expect(march('2024-01-01')).rejects.toThrow(
      'asOf: 2024-01-01T15:59:59.999Z: nothing of customs-cn was loaded by then: not before 2025-09-01T00:00:00.000Z',
    )
  })

  test('of a yearly source is by year', async () => {
    const { data } = await growth({ dataset: 'comtrade/IDN/H5', flow: 'import', partner: 'JP' })
    expect(data.map((line) => [line.period, line.value, line.yoy])).toEqual([
      ['2022', '300', null],
      ['2023', '400', 1 / 3],
    ])
  })
})

test('what is loaded is listed by dataset and flow', async () => {
  const { data } = await loadDatasetList(database.db, now)
  expect(data).toEqual([
    {
      dataset: 'comtrade/IDN/H5',
      flow: 'import',
      first: '2022',
      last: '2023',
      yearly: true,
      currencies: ['USD'],
      vintage: '2026-07-18T00:00:00.000Z',
    },
    {
      dataset: 'customs-cn',
      flow: 'export',
      first: '2025-01',
      last: '2026-05',
      yearly: false,
      currencies: ['CNY'],
      vintage: '2026-07-18T00:00:00.000Z',
    },
    {
      dataset: 'customs-cn',
      flow: 'import',
      first: '2025-01',
      last: '2026-02',
      yearly: false,
      currencies: ['CNY'],
      vintage: '2026-07-18T00:00:00.000Z',
    },
  ])
})
