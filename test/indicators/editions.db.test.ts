import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGrowth, loadStructure } from '../../src/indicators/load-answers.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice } from './own-rows.ts'

let database: TestDatabase
const now = new Date('2026-07-20T00:00:00Z')

/** Dried roots 0712.39 of 2017 are 0712.34 and 0712.39 in 2022; phones 8517.12 are tied to much else; tea stayed. */
beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  const rows = (lines: Record<string, string>) =>
    Object.entries(lines).map(([hs, cny]) => ({ hs, partner: 'JP', cny }))
  await addSlice(database, {
    period: '2021-05-01',
    edition: '2017',
    rows: rows({ '07123900': '100', '09021000': '50', '98010000': '7' }),
  })
  await addSlice(database, {
    period: '2022-05-01',
    edition: '2022',
    rows: rows({ '07123400': '90', '07123990': '30', '09021000': '60.5', '98010000': '8' }),
  })
  await addSlice(database, {
    dataset: 'own/old',
    period: '2011-05-01',
    edition: '2007',
    rows: rows({ '09021000': '1' }),
  })
  await addSlice(database, {
    dataset: 'own/old',
    period: '2012-05-01',
    edition: '2012',
    rows: rows({ '09021000': '1' }),
  })
})

afterAll(() => database.close())

const structure = (
  editions: 'as-is' | 'common',
  more: { by?: 'hs2' | 'hs4' | 'hs6'; hs?: string; dataset?: string } = {},
) =>
  loadStructure(
    database.db,
    { flow: 'export', by: 'hs6', from: '2022-05', to: '2022-05', editions, ...more },
    now,
  )

describe('periods in two editions', () => {
  test('trap 8: as they are, a split looks like a product won, and the answer says that the series breaks', async () => {
    const { data, meta } = await structure('as-is')
    expect(data.map(({ code, value, base, note }) => [code, value, base, note])).toEqual([
      ['071234', '90', '0', 'new'],
      ['090210', '60.5', '50', null],
      ['071239', '30', '100', null],
      ['unclassified', '8', '7', null],
    ])
    expect(meta.warnings.map(({ code }) => code)).toEqual(['hs-edition-break'])
    expect(meta.families).toBeUndefined()
  })

  test('trap 8: as families, the split is growth, nothing is lost from the total, and the family is listed', async () => {
    const { data, meta } = await structure('common')
    expect(data.map(({ code, value, base, yoy }) => [code, value, base, yoy])).toEqual([
      ['071234+', '120', '100', 0.2],
      ['090210', '60.5', '50', 0.21],
      ['unclassified', '8', '7', 1 / 7],
    ])
    expect([meta.total, meta.base, meta.rows]).toEqual(['188.5', '157', 7])
    expect(meta.families).toEqual([
      { code: '071234+', editions: { 2017: ['071239'], 2022: ['071234', '071239'] } },
    ])
    expect(meta.warnings).toEqual([
      {
        code: 'editions-joined',
        detail: 'codes of 2017 and 2022 are compared as 2 families, 1 of them of several codes',
      },
    ])
  })

  test('a filter on a code takes the families that hold it whole', async () => {
    const { data, meta } = await structure('common', { hs: '071239' })
    expect(data.map(({ code, value, base }) => [code, value, base])).toEqual([['071234+', '120', '100']])
    expect(meta.total).toBe('120')
  })

  test('a series of a split code goes on', async () => {
    const ask = { flow: 'export', hs: '071239', from: '2021-05', to: '2022-05' } as const
    const broken = await loadGrowth(database.db, ask, now)
    const joined = await loadGrowth(database.db, { ...ask, editions: 'common' }, now)
    const last = ({ data }: typeof joined) => [data.at(-1)?.value, data.at(-1)?.yoy]
    expect([last(broken), last(joined)]).toEqual([
      ['30', -0.7],
      ['120', 0.2],
    ])
    expect(broken.meta.warnings.map(({ code }) => code)).toContain('hs-edition-break')
    expect(joined.meta.families?.map(({ code }) => code)).toEqual(['071234+'])
  })

  test('is refused where there is no concordance, and for chapters and national codes', async () => {
    await expect(structure('common', { by: 'hs2' })).rejects.toThrow(
      'editions: common: a structure by hs4 or hs6',
    )
    await expect(
      loadStructure(
        database.db,
        { dataset: 'own/old', flow: 'export', by: 'hs6', from: '2012-05', editions: 'common' },
        now,
      ),
    ).rejects.toThrow('periods in HS 2012, 2017 and 2022: these hold 2007, 2012')
    await expect(
      loadGrowth(database.db, { flow: 'export', hs: '07123900', editions: 'common' }, now),
    ).rejects.toThrow('a code hs of four or six digits')
  })
})

test('periods in one edition are answered as ever', async () => {
  const { data, meta } = await loadStructure(
    database.db,
    { flow: 'export', by: 'hs6', from: '2021-05', to: '2021-05', editions: 'common' },
    now,
  )
  expect(data.map(({ code }) => code)).toEqual(['071239', '090210', 'unclassified'])
  expect(meta.families).toBeUndefined()
})
