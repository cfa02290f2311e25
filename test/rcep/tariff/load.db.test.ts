import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadTariffs, storePack } from '../../../src/rcep/load.ts'
import { allPacks, loadedPacks, ratesUnder } from '../../../src/rcep/queries.ts'
import { readShippedPacks, withHash } from '../../../src/rcep/tariff/load-packs.ts'
import { freshDatabase, type TestDatabase } from '../../helpers/database.ts'

let database: TestDatabase
const packsOf = async (party: string) =>
  (await allPacks(database.db)).filter(({ importer }) => importer === party)
const now = new Date('2026-06-01T00:00:00Z')
const packs = readShippedPacks()

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

describe('the shipped tariff packs', () => {
  test('load once, and loading them again changes nothing', async () => {
    const first = await loadTariffs(database.pool, now, packs)
    expect(first.map(({ pack, status }) => [pack, status])).toEqual(
      packs.map(({ pack }) => [pack.id, 'loaded']),
    )
    const second = await loadTariffs(database.pool, new Date('2027-01-01'), packs)
    expect(new Set(second.map(({ status }) => status))).toEqual(new Set(['unchanged']))
  })

  test('report their coverage, source and rows', async () => {
    const loaded = await loadedPacks(database.db)
    expect(loaded.map(({ id, lines, rows }) => ({ id, lines, rows }))).toEqual([
      { id: 'mfn-au-2022', lines: 4952, rows: 4952 },
      { id: 'mfn-jp-2026', lines: 9646, rows: 9659 },
      { id: 'rcep-au-all-hs2012', lines: 6184, rows: 17986 },
      { id: 'rcep-cn-asean-hs2012', lines: 8277, rows: 41076 },
      { id: 'rcep-jp-asean+au+nz-2026', lines: 9646, rows: 9659 },
      { id: 'rcep-jp-cn-2026', lines: 9646, rows: 9659 },
      { id: 'rcep-jp-kr-2026', lines: 9646, rows: 9659 },
    ])
    expect(loaded.every((pack) => pack.loadedAt.getTime() === now.getTime())).toBe(true)
  })

  test('give every line under a subheading with its dated rates and the base rate', async () => {
    expect(await ratesUnder(database.db, 'rcep-cn-asean-hs2012', ['010129'])).toEqual([
      { line: '01012900', base: true, validFrom: '2014-01-01', validTo: '2014-01-01', rate: '10%' },
      { line: '01012900', base: false, validFrom: '2022-01-01', validTo: null, rate: '0%' },
    ])
    expect((await packsOf('JP')).map(({ id }) => id)).toEqual([
      'mfn-jp-2026',
      'rcep-jp-asean+au+nz-2026',
      'rcep-jp-cn-2026',
      'rcep-jp-kr-2026',
    ])
  })
})

describe('an imported pack', () => {
  const own = () => {
    const [first] = packs
    if (!first) throw new Error('no packs are shipped')
    return withHash({ ...first.pack, source: 'our own file' }, first.rates.slice(0, 10))
  }

  test('replaces the shipped one, which never comes back over it', async () => {
    expect(await storePack(database.pool, own(), { now, shipped: false })).toMatchObject({ status: 'loaded' })
    const [load] = await loadTariffs(database.pool, now, packs)
    expect(load?.status).toBe('kept')
    expect((await packsOf('CN')).map(({ source }) => source)).toEqual(['our own file'])
  })

  test('is stored whole or not at all', async () => {
    const { pack, rates } = own()
    const twice = withHash({ ...pack, source: 'broken' }, [...rates, ...rates])
    await expect(storePack(database.pool, twice, { now, shipped: false })).rejects.toThrow()
    expect((await packsOf('CN')).map(({ source }) => source)).toEqual(['our own file'])
  })
})
