import { afterAll, beforeAll, expect, test } from 'vitest'
import { rollupsEqualFacts } from '../../src/indicators/consistency-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice } from './own-rows.ts'

let database: TestDatabase
let newest = 0

beforeAll(async () => {
  database = await freshDatabase()
  const rows = [
    { hs: '09021000', partner: 'JP', mode: '0110', enterprise: '9901260104', cny: '10.5', usd: '1' },
    { hs: '61091000', partner: 'US', mode: '0615', cny: '3' },
  ]
  await addSlice(database, { period: '2026-03-01', rows })
  newest = await addSlice(database, { period: '2026-04-01', loadedAt: '2026-07-19T00:00:00Z', rows })
})

afterAll(async () => database.close())

test('sums that equal their facts are found to', async () => {
  expect(await rollupsEqualFacts(database.pool)).toEqual({
    slices: 2,
    checked: 2,
    complete: true,
    differences: [],
  })
})

test('a group that is gone, changed or of nobody is found with its slice and rollup', async () => {
  const { pool } = database
  await pool.query(`delete from trade_rollup where slice_id = $1 and dims = 'hs4' and hs = '0902'`, [newest])
  await pool.query(
    `update trade_rollup set value_usd = 2 where slice_id = $1 and dims = 'partner' and partner = 'JP'`,
    [newest],
  )
  await pool.query(
    `insert into trade_rollup (slice_id, dims, mode, value_cny, rows) values ($1, 'mode', '9999', 1, 1)`,
    [newest],
  )
  const { differences } = await rollupsEqualFacts(pool)
  expect(differences).toEqual([
    { sliceId: newest, rollup: 'hs4', groups: 1 },
    { sliceId: newest, rollup: 'mode', groups: 1 },
    { sliceId: newest, rollup: 'partner', groups: 1 },
  ])
})

test('time that runs out is said', async () => {
  expect(await rollupsEqualFacts(database.pool, -1)).toMatchObject({ slices: 2, checked: 0, complete: false })
})
