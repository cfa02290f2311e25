import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { undoImport } from '../../src/ingest/undo-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

const header =
  '海关编号,进出口标志,出口日期,项号,商品编号,总价,币制,最终目的国,成交方式,运费,运费标记,保费,保费标记,状态\n'
const first = `${header}422720260000000123,E,2026-03-05,1,8708999900,1000,USD,116,CIF,130,3,0.3,1,
422720260000000123,E,2026-03-05,2,6109100010,2000,USD,JPN,CIF,130,3,0.3,1,
422720260000000124,E,20260306,1,0902109000,500,EUR,法国,FOB,,,,,\n`

async function lines() {
  const { rows } = await database.pool.query(
    `select f.hs, f.declaration, f.item, f.value_declared as value, f.currency, f.value_usd as usd, f.value_cny as cny
     from trade_flow f join slice s on s.id = f.slice_id where s.superseded_at is null order by declaration, item`,
  )
  return rows
}

const euro = { hs: '0902109000', declaration: '422720260000000124', item: '1', value: '500', currency: 'EUR' }

test('FOB is rebuilt from the terms, shared freight adds up, and no value is invented', async () => {
  const report = await load.content('a.csv', first)
  expect(report.totals).toEqual([
    { flow: 'export', period: '2026-03', currency: 'USD', rows: 3, value: '2861' },
    { flow: 'export', period: '2026-03', currency: 'EUR', rows: 1, value: '500' },
  ])
  const found = await lines()
  expect(found.map((line) => line.value)).toEqual(['953.67', '1907.33', '500'])
  expect(found[2]).toEqual({ ...euro, usd: null, cny: null })
})

test('a stated rate puts a value into yuan and dollars', async () => {
  await load.content('a.csv', first, { rates: 'EUR=7.8,USD=7.2' })
  expect((await lines())[2]).toEqual({ ...euro, usd: '541.67', cny: '3900' })
})

test('an amended item and a withdrawn declaration replace what was said before; undo brings it back', async () => {
  await load.content('a.csv', first)
  const before = await lines()
  const later = `${header}422720260000000123,E,2026-03-05,2,6109100010,1500,USD,JPN,FOB,,,,,改单
422720260000000124,E,20260306,,,,,,,,,,,删单\n`
  await load.content('b.csv', later)
  expect((await lines()).map(({ item, value }) => [item, value])).toEqual([
    ['1', '953.67'],
    ['2', '1500'],
  ])
  const { rows } = await database.pool.query('select max(id)::int as id from source_file')
  const undone = await undoImport(database, rows[0].id, { by: 'test', at: systemClock.now() })
  expect(undone).toMatchObject({ name: 'b.csv', slices: 1, restored: 1 })
  expect(await lines()).toEqual(before)
  expect((await load.content('b.csv', later)).status).toBe('loaded')
})

test('a number that a spreadsheet shortened is refused', async () => {
  const report = await load.content('a.csv', first.replace('422720260000000124', '4.2E+17'))
  expect(report.rejects).toMatchObject([{ line: 4, column: '海关编号', reason: 'not a declaration number' }])
})

test('a control total that the file does not sum to stops the load', async () => {
  const text = '数据年月,商品编码,贸易伙伴编码,美元\n202603,0902,116,5\n'
  const report = await load.content('出口.csv', text, { controlTotal: '6' })
  expect(report.status).toBe('refused')
  expect((await load.content('出口.csv', text, { controlTotal: '5' })).status).toBe('loaded')
})
