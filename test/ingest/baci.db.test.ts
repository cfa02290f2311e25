import { afterAll, beforeAll, expect, test } from 'vitest'
import { commonLevel, coveringRanges, loadReporters, productSums } from '../../src/indicators/load-world.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  load = importer(database)
})
afterAll(() => database.close())

/** Year, exporter, importer, product, thousand dollars, tonnes: from Australia (36), South Korea (410) and Taiwan (490) to China (156). */
const file = `t,i,j,k,v,q
2024,36,156,090210,1.5,0.25
2024,36,410,090210,2.25,NA
2024,36,410,854140,10,1
2024,410,156,854140,7.125,3
2024,490,156,854140,3,3
`

test('what a BACI file stores is what the indicators read of the world', async () => {
  const report = await load.content('BACI_HS22_Y2024_V202601.csv', file, { acceptPartial: true })
  expect(report).toMatchObject({
    status: 'loaded',
    file: { format: 'baci' },
    totals: [{ flow: 'export', period: '2024', currency: 'USD', rows: 5, value: '23875' }],
  })
  const ask = { flow: 'export', asOf: load.at(), except: 'customs-cn' }
  const reporters = await loadReporters(database.db, ask)
  expect(reporters.map(({ iso3, iso2, dataset, edition }) => ({ iso3, iso2, dataset, edition }))).toEqual([
    { iso3: 'AUS', iso2: 'AU', dataset: 'baci/AUS', edition: '2022' },
    { iso3: 'KOR', iso2: 'KR', dataset: 'baci/KOR', edition: '2022' },
    { iso3: 'TWN', iso2: 'TW', dataset: 'baci/TWN', edition: '2022' },
  ])
  const year = {
    from: { year: 2024, month: 1, months: 1 as const },
    to: { year: 2024, month: 12, months: 1 as const },
    yearly: true,
  }
  const covered = coveringRanges(reporters, [year])
  const sets = covered.map(({ slices }) => slices.flat())
  expect(await commonLevel(database.db, sets)).toBe(6)
  const sums = await Promise.all(sets.map((slices) => productSums(database.db, slices, 6)))
  expect(
    sums.map((products) => [...products].map(([code, value]) => [code, value.toFixed()]).sort()),
  ).toEqual([
    [
      ['090210', '3750'],
      ['854140', '10000'],
    ],
    [['854140', '7125']],
    [['854140', '3000']],
  ])
})

test('quantities are kilograms, a missing one is missing, and codes keep their leading zero', async () => {
  const { rows } = await database.pool.query(
    `select f.hs, f.partner, f.quantity1, f.unit1 from trade_flow f join slice s on s.id = f.slice_id
     where s.dataset = 'baci/AUS' order by f.line`,
  )
  expect(rows).toEqual([
    { hs: '090210', partner: 'CN', quantity1: '250', unit1: '千克' },
    { hs: '090210', partner: 'KR', quantity1: null, unit1: null },
    { hs: '854140', partner: 'KR', quantity1: '1000', unit1: '千克' },
  ])
})
