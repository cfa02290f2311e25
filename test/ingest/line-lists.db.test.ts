import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLineList } from '../../src/reference/line-lists.ts'
import { lineListsStatus, storeLineList } from '../../src/reference/line-lists-load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await forgetImports(database)
  await database.pool.query('truncate line_list cascade')
})

const at = new Date('2026-07-01T00:00:00Z')
const file = (year: string) => ({ year, origin: 'lines.csv', sha256: '0'.repeat(64) })
const list = (year: string, codes: string) => readLineList(`商品编码\n${codes}`, file(year))
const store = (year: string, codes: string) => storeLineList(database.pool, list(year, codes), at)
/** 85171210 was a line of 2019; 85171290 is made up, and a heading of 2017 all the same. */
const of2019 = '数据年月,商品编码,美元\n201903,85171210,7\n201903,85171290,8\n'

test('without a list of the edition six digits are looked up, and the report says so', async () => {
  const { quality } = await load.content('出口.csv', of2019)
  expect(quality).toMatchObject({ unknown: [], codeLists: [{ year: 2019, lines: null, edition: '2017' }] })
})

test('a list that was loaded is used for its year, and for the years of its edition without one', async () => {
  await store('2019', '8517.1210\n8517121000\n8517\n')
  const { quality } = await load.content('出口.csv', of2019)
  expect(quality).toMatchObject({
    unknown: [
      {
        column: '商品编码',
        reason: 'not in the eight-digit list of 2019, kept as it is',
        rows: 1,
        values: ['85171290'],
      },
    ],
    codeLists: [{ year: 2019, lines: 2019, edition: '2017' }],
  })
  const next = await load.content('出口2.csv', of2019.replaceAll('201903', '202003'))
  expect(next.quality).toMatchObject({
    unknown: [{ reason: 'not in the eight-digit list of 2019 (none of 2020 is known), kept as it is' }],
    codeLists: [{ year: 2020, lines: 2019, edition: '2017' }],
  })
})

test('a list in place of an earlier one, and of one that is shipped', async () => {
  await store('2022', '01012100\n')
  await store('2022', '85171290\n')
  expect(await lineListsStatus(database.pool)).toEqual([
    { year: 2022, rows: 1, origin: 'lines.csv', loadedAt: at },
  ])
  const { quality } = await load.content('出口.csv', of2019.replaceAll('201903', '202203'))
  expect(quality?.unknown).toMatchObject([{ values: ['85171210'] }])
})

describe('a file that is no list', () => {
  test.each([
    ['a year that is none', () => list('19', '01012100'), 'year: 19'],
    ['a column that is missing', () => readLineList('x\n1', file('2019')), 'columns: x'],
    ['a code without its zero', () => list('2019', '01012100\n9021010'), 'line 3: 9021010'],
    ['headings alone', () => list('2019', '0902'), 'file: lines.csv'],
  ])('is refused by name: %s', (_name, read, message) => {
    expect(read).toThrow(message)
  })
})
