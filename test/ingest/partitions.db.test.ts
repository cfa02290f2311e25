import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chunkBytes } from '../../src/ingest/copy/sink.ts'
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

const header = '数据年月,商品编码,贸易伙伴编码,第一数量,第一计量单位,人民币\n'
/** Enough rows of a year for several pieces of COPY, so that a file in order changes its partition between them. */
const rows = 12_000
const months = ['198712', '201912', '202001']
const line = (month: string, row: number) => `${month},0902${1000 + (row % 90)},116,${row % 7},克,${row}\n`
const inOrder = months.flatMap((month) => Array.from({ length: rows }, (_, row) => line(month, row)))
const mixed = Array.from({ length: rows }, (_, row) => months.map((month) => line(month, row)).join(''))
/** In order at first, then not, then again. */
const both = [...inOrder.slice(0, rows), ...mixed.slice(0, 100), ...inOrder.slice(rows)]

async function stored() {
  const { rows: found } = await database.pool.query(`
    select tableoid::regclass::text as partition, count(*)::int as rows, sum(value_cny)::int as cny,
      sum(quantity1)::float as kilograms from trade_flow group by 1 order by 1`)
  return found
}
const sum = (count: number, of: (row: number) => number) =>
  Array.from({ length: count }, (_, row) => of(row)).reduce((total, one) => total + one, 0)
const each = (partition: string, times: { whole: number; part: number }) => ({
  partition,
  rows: times.whole * rows + times.part * 100,
  cny: times.whole * sum(rows, (row) => row) + times.part * sum(100, (row) => row),
  kilograms: expect.closeTo(
    (times.whole * sum(rows, (row) => row % 7) + times.part * sum(100, (row) => row % 7)) / 1000,
    6,
  ),
})
const partitions = ['trade_flow_other', 'trade_flow_y2019', 'trade_flow_y2020']

test.each([
  ['one after the other', inOrder, { whole: 1, part: 0 }],
  ['mixed', mixed, { whole: 1, part: 0 }],
  ['in order but for a piece', both, { whole: 1, part: 1 }],
] as const)('rows of several years lie in the partitions of their years: %s', async (_, lines, times) => {
  const text = header + lines.join('')
  expect(text.length).toBeGreaterThan(chunkBytes * 3)
  const report = await load.content('出口.csv', text, { flow: 'export' })
  expect(report.status).toBe('loaded')
  expect(await stored()).toEqual(partitions.map((partition) => each(partition, times)))
})
