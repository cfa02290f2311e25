import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadStructure } from '../../src/indicators/load-answers.ts'
import { loadProjection, storeComplexity } from '../../src/indicators/load-projection.ts'
import { readComplexity } from '../../src/indicators/read-complexity.ts'
import { readGroups } from '../../src/reference/groups.ts'
import { storeGroups } from '../../src/reference/groups-load.ts'
import { loadReference, readReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { addSlice } from './own-rows.ts'

let database: TestDatabase
const now = new Date('2026-07-20T00:00:00Z')

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  await addSlice(database, {
    period: '2025-01-01',
    months: 12,
    rows: [
      { hs: '84713000', partner: 'KZ', usd: '30' },
      { hs: '85171300', partner: 'JP', usd: '30' },
      { hs: '09021000', partner: 'JP', usd: '40' },
    ],
  })
})

afterAll(() => database.close())

test('a city is placed in a table that was solved without it, once one is loaded', async () => {
  await expect(loadProjection(database.db, {}, now)).rejects.toThrow(
    'needs product complexities, and none are loaded: tradewind reference import complexity FILE --edition E',
  )
  const rows = ['A,8471,90', 'A,8517,60', 'B,8517,50', 'B,0902,50', 'C,0902,100', 'C,8517,1']
  const source = { origin: 'table.csv', sha256: '0', edition: '2022' }
  const file = readComplexity(`country,product,value\n${rows.join('\n')}\n`, source)
  await storeComplexity(database.pool, file, now)
  await storeComplexity(database.pool, file, now)
  const { data, meta } = await loadProjection(database.db, { top: 2 }, now)
  const [tea, computers, phones] = file.products.map(({ pci }) => pci ?? Number.NaN)
  expect(data.map(({ code, exports, pci }) => [code, exports, pci])).toEqual([
    ['0902', '40', tea],
    ['8471', '30', computers],
  ])
  expect(data[1]?.rca).toBeCloseTo(0.3 / (90 / 351), 12)
  expect(meta).toMatchObject({
    year: 2025,
    level: 4,
    advantages: 1,
    eci: computers,
    coverage: 1,
    rows: 3,
    scores: { edition: '2022', solved: true, origin: 'table.csv', loadedAt: now.toISOString() },
    warnings: [],
  })
  expect(meta.weightedPci).toBeCloseTo(
    (40 * (tea ?? 0) + 30 * (computers ?? 0) + 30 * (phones ?? 0)) / 100,
    12,
  )
  await expect(loadProjection(database.db, { level: 6 }, now)).rejects.toThrow('level: 6: loaded: 4')
})

test('the Belt and Road is a region once a list is loaded, and the answer says that nobody confirmed it', async () => {
  const ask = () =>
    loadStructure(
      database.db,
      { flow: 'export', by: 'region', from: '2025', to: '2025', currency: 'USD' },
      now,
    )
  const before = await ask()
  expect(before.meta.warnings.map(({ code }) => code)).toContain('group-not-loaded')
  const { countries } = readReference()
  const text = 'group,member,from,to\nBRI,KZ,2015-12-14,\nBRI,JP,2030-01-01,\n'
  await storeGroups(database.pool, readGroups(text, { origin: 'list.csv', sha256: '0' }, countries), now)
  const { data, meta } = await ask()
  expect(data.find(({ code }) => code === 'BRI')).toMatchObject({ name: '共建“一带一路”国家', value: '30' })
  expect(meta.warnings).toContainEqual({
    code: 'group-unconfirmed',
    detail: 'BRI from list.csv: lists as a user loaded them, not confirmed here',
  })
  await expect(
    storeGroups(
      database.pool,
      readGroups('group,member,from,to\nRCEP,KZ,2022-01-01,\n', { origin: 'x', sha256: '0' }, countries),
      now,
    ),
  ).rejects.toThrow('group: RCEP: a name that is not shipped with the reference facts')
})
