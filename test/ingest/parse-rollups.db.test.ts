import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rollupsEqualFacts } from '../../src/indicators/consistency-queries.ts'
import { emptyTally } from '../../src/ingest/copy/row-store.ts'
import { insertRollups, makeTables } from '../../src/ingest/load-queries.ts'
import { type OptionalDimension, rollupsFor } from '../../src/ingest/rollup.ts'
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

const everything: OptionalDimension[] = [
  'partner',
  'mode',
  'ownership',
  'transport',
  'district',
  'enterprise',
]

/** Every sum there is, amounts without the zeros that arithmetic leaves. */
async function sumsIn(client: pg.ClientBase): Promise<unknown[]> {
  const { rows } = await client.query(`
    select s.period::text, r.dims, r.chapter, r.hs, r.partner, r.mode, r.ownership, r.transport, r.district, r.enterprise,
      trim_scale(r.value_cny) as cny, trim_scale(r.value_usd) as usd, trim_scale(r.quantity) as quantity, r.unit, r.rows
    from trade_sum r join slice s on s.id = r.slice_id order by 1, 2, 4, 5, 6, 7, 8, 9, 10`)
  return rows
}

async function kept(client: pg.ClientBase): Promise<unknown[]> {
  const { rows } = await client.query(`
    select slice_id, dims, hs, partner, mode, ownership, transport, district, enterprise, unit, rows, line_dims, lines, line_unit,
      line_rows, cardinality(line_cny) as cny, cardinality(line_usd) as usd, cardinality(line_quantity) as quantities
    from trade_rollup order by 1, 2, 3, 4, 5, 6, 7, 8, 9`)
  return rows
}

/** What the database sums from the facts that are there. */
async function summedAgain(
  present: readonly OptionalDimension[],
  read: (client: pg.ClientBase) => Promise<unknown[]>,
) {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    const tables = await makeTables(client, false)
    await client.query(
      'insert into loading_slice select id, dataset, flow, period, months, scope, hs_edition, rows, true from slice',
    )
    const tally = { ...emptyTally(), firstPeriod: '2000-01-01', lastPeriod: '2040-01-01' }
    await insertRollups(client, tables, rollupsFor(new Set(present), [2, 4, 6, 8]), tally)
    return await read(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** Some item, the same one each time. */
const pick = <T>(list: readonly T[], row: number, salt = 0): T =>
  list[(Math.imul(row + salt * 7919, 2_654_435_761) >>> 13) % list.length] as T

/** Rows in which every rule of the sums shows: units that differ or are missing, decimals, amounts beyond a double. */
function officeTable(rows: number): string {
  const line = (row: number) => [
    pick(['202602', '202601', '202601'], row),
    pick(['09021010', '09022090', '61091000', '84713010', '85044019'], row, 7),
    pick(['116', '502', '110', '701'], row, 3),
    pick(['0110', '0615', '1039', ''], row, 5),
    pick(['3702960001', '3702930002', '3702910003', ''], row, 11),
    pick(['2', '5'], row),
    pick(['5', '2.25', '0', '', '1,000.125'], row, 13),
    pick(['千克', '台', '千克', '', '百个', '千克'], row, 17),
    pick(['100', '20.5', '0.0001', '9007199254740993', '-3', '1.001', '123456789012345678901'], row, 19),
    pick(['7', '3.14', '1'], row),
  ]
  const header =
    '数据年月,商品编码,贸易伙伴编码,监管方式编码,企业编码,运输方式编码,第一数量,第一计量单位,人民币,美元'
  return `${[header.split(','), ...Array.from({ length: rows }, (_, row) => line(row))].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`
}

test('sums made while reading are those the database makes of the facts, list by list', async () => {
  const report = await load.content('出口.csv', officeTable(800), { flow: 'export' })
  expect(report.status).toBe('loaded')
  const { pool } = database
  const client = await pool.connect()
  try {
    const streamed = await sumsIn(client)
    expect(streamed.length).toBeGreaterThan(200)
    expect(streamed).toEqual(await summedAgain(everything, sumsIn))
    expect(await kept(client)).toEqual(await summedAgain(everything, kept))
  } finally {
    client.release()
  }
  expect(await rollupsEqualFacts(pool)).toMatchObject({ slices: 2, complete: true, differences: [] })
})

test('of a file that also has totals the database makes the sums, without those', async () => {
  const rows = [
    ...Array.from({ length: 30 }, (_, row) => `202601,${pick(['09021010', '09022090'], row)},116,${row + 1}`),
    '202601,0902,116,465',
  ]
  await load.content('出口.csv', `数据年月,商品编码,贸易伙伴编码,美元\n${rows.join('\n')}\n`, {
    flow: 'export',
  })
  const { rows: totals } = await database.pool.query(
    `select value_usd::int as usd, rows from trade_rollup where dims = 'total'`,
  )
  expect(totals).toEqual([{ usd: 465, rows: 30 }])
  expect(await rollupsEqualFacts(database.pool)).toMatchObject({ differences: [] })
})
