import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadReference } from '../../src/reference/load.ts'
import { hsNames, listCountries, loadedReference, searchHs } from '../../src/reference/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

describe('reference facts in the database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    await loadReference(database.pool)
  })
  afterAll(() => database.close())

  test('loading again changes nothing', async () => {
    expect(await loadReference(database.pool)).toEqual({ status: 'unchanged', tables: [] })
  })

  test('loading over an older state replaces it', async () => {
    await database.pool.query(`update reference_file set sha256 = 'old' where name = 'countries.csv'`)
    await database.pool.query(`update country set name_zh = 'wrong'`)
    const { status, tables } = await loadReference(database.pool)
    expect([status, tables.find(({ table }) => table === 'country')?.rows]).toEqual(['loaded', 245])
    const { rows } = await database.pool.query(`select name_zh, aliases from country where code = '109'`)
    expect(rows).toEqual([{ name_zh: '朝鲜', aliases: ["Democratic People's Republic of Korea"] }])
    expect(await loadedReference(database.db)).toHaveLength(17)
  })

  test('two loads at once leave one set of facts', async () => {
    await database.pool.query('delete from reference_file')
    const loads = await Promise.all([loadReference(database.pool), loadReference(database.pool)])
    expect(loads.map(({ status }) => status).sort()).toEqual(['loaded', 'unchanged'])
  })

  test('codes are found by their beginning, with or without dots', async () => {
    const found = await searchHs(database.db, '0902.10', 20)
    expect(found.map(({ code, nameZh, unit1 }) => [code, nameZh, unit1])).toEqual([
      ['09021010', '花茶，内包装每件净重≤3kg', '千克'],
      ['09021090', '绿茶，内包装每件净重≤3kg', '千克'],
    ])
  })

  test('codes are found by a part of their Chinese name, wildcards are plain text', async () => {
    expect((await searchHs(database.db, '竹制', 3)).map(({ code }) => code)).toHaveLength(3)
    expect(await searchHs(database.db, '_%', 5)).toEqual([])
    expect((await searchHs(database.db, '家具', 1))[0]).toMatchObject({
      code: '94',
      nameEn: 'Furniture, bedding and lamps',
    })
  })

  test('names are given for chapters and lines', async () => {
    const names = await hsNames(database.db, ['09', '09021090', '0902'])
    expect([...names.keys()]).toEqual(['09', '09021090'])
    expect(await hsNames(database.db, [])).toEqual(new Map())
  })

  test('a partner shows its groups on the date asked for', async () => {
    const groupsOf = async (on: string) =>
      (await listCountries(database.db, on)).find(({ iso2 }) => iso2 === 'PH')?.groups
    expect([await groupsOf('2023-06-01'), await groupsOf('2023-06-02')]).toEqual([
      ['ASEAN'],
      ['ASEAN', 'RCEP'],
    ])
    expect(await listCountries(database.db, '2026-01-01')).toHaveLength(245)
  })
})
