import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { importFile } from '../../../src/ingest/load.ts'
import { readOptions } from '../../../src/ingest/options.ts'
import { tradeOfEnterprise, tradeYear } from '../../../src/rcep/opportunities/queries.ts'
import { loadReference } from '../../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../../helpers/database.ts'

let database: TestDatabase
const now = '2026-11-24T02:00:00Z'

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  const world = {
    connection: database,
    clock: fixedClock(now),
    config: readConfig({}),
    progress: () => {},
  }
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  const path = 'data/samples/qingshan-export-2025.csv'
  await importFile(world, { path, options, importedBy: 'test' })
}, 120_000)
afterAll(() => database.close())

const yearOf = async () => {
  const year = await tradeYear(database.db, { flow: 'export', on: '2026-01-31', asOf: new Date(now) })
  if (!year) throw new Error('no year is loaded')
  return year
}

test("a firm's trade is the same by the sums of each load and by the facts", async () => {
  const year = await yearOf()
  const { rows: firms } = await database.pool.query<{ enterprise: string }>(
    `select enterprise from trade_flow group by 1 order by sum(value_usd) desc limit 20`,
  )
  const all = (currency: 'USD' | 'CNY') =>
    Promise.all(firms.map(({ enterprise }) => tradeOfEnterprise(database.db, year, { enterprise, currency })))
  const kept = [await all('USD'), await all('CNY')]
  await database.pool.query('create table set_aside as select * from trade_flow')
  await database.pool.query('delete from trade_flow')
  // Without the facts the sums answer alone.
  expect([await all('USD'), await all('CNY')]).toEqual(kept)
  await database.pool.query('insert into trade_flow select * from set_aside')
  // Of a slice that keeps no sums the facts answer.
  await database.pool.query('delete from trade_rollup where slice_id = $1', [year.slices[0]])
  expect([await all('USD'), await all('CNY')]).toEqual(kept)
  expect(kept.flat(2).length).toBeGreaterThan(100)
  expect(kept.flat(2).some(({ quantities }) => quantities.length > 0)).toBe(true)
})

test('a quantity that not every row has in one unit is left out, since the value is that of all rows', async () => {
  const year = await yearOf()
  const [slice] = year.slices
  await database.pool.query(`insert into enterprise (id, name) values ('9900000001', 'mixed')`)
  await database.pool.query(
    `insert into trade_flow (slice_id, period, hs, partner, enterprise, quantity1, unit1, value_usd, line)
     values ($1, '2025-01-01', '22042100', 'JP', '9900000001', 100, '千克', 1000, 900001),
       ($1, '2025-01-01', '22042100', 'JP', '9900000001', 50, '升', 500, 900002),
       ($1, '2025-01-01', '22042100', 'AU', '9900000001', 7, '升', 70, 900003),
       ($1, '2025-01-01', '22042100', 'AU', '9900000001', null, null, 30, 900004),
       ($1, '2025-01-01', '2204210001', 'KR', '9900000001', 2, '升', 20, 900005),
       ($1, '2025-01-01', '2204210002', 'KR', '9900000001', 3, '升', 30, 900006)`,
    [slice],
  )
  const asked = { enterprise: '9900000001', currency: 'USD' } as const
  expect(await tradeOfEnterprise(database.db, year, asked)).toEqual([
    { hs: '22042100', partner: 'AU', value: '100', quantities: [] },
    { hs: '22042100', partner: 'JP', value: '1500', quantities: [] },
    { hs: '22042100', partner: 'KR', value: '50', quantities: [{ amount: '5', unit: '升' }] },
  ])
})
