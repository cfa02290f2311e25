import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Filters,
  type Grouping,
  loadSlices,
  type Question,
  sumBySlice,
} from '../../src/indicators/queries.ts'
import { sumByCode } from '../../src/indicators/sum-queries.ts'
import { rollupStatements, rollupsFor } from '../../src/ingest/rollup.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const months = ['2025-03-01', '2026-03-01']

/** Facts whose sums are kept as lists, with codes at both ends of a heading and beside it. */
beforeAll(async () => {
  database = await freshDatabase()
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query(`
      insert into source_file (sha256, name, bytes, state, imported_by, received_at)
        values (repeat('0', 64), 'own', 0, 'loaded', 'test', '2026-04-01');
      insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
        select 'customs-cn', 'export', period::date, 1, '2022', 1, 1, '2026-04-01'
        from unnest(array['${months.join("', '")}']) period;
      create temp table loading_slice on commit drop as select id, period from slice;
      insert into trade_flow (slice_id, period, hs, partner, supervision_mode, enterprise, value_cny, value_usd, line)
        select s.id, s.period, code, partner, '0110', '990100000' || n % 3, 100 * n + s.id + 0.25,
          case when n % 4 > 0 then n + 0.5 end, n
        from loading_slice s,
          unnest(array['84999999', '85000000', '85010000', '85039099', '85040000', '85041010', '85049090', '85050000', '85999999',
            '98000000']) with ordinality c (code, n),
          unnest(array['JP', 'KR', 'VN']) partner,
          generate_series(0, 1 + (n % 2)::int)
        where n % 3 > 0 or partner <> 'VN'`)
    const names = rollupsFor(new Set(['partner', 'mode', 'enterprise']), [2, 4, 6, 8])
    for (const { sql, bounded } of rollupStatements(names, { facts: 'trade_flow', rollups: 'trade_rollup' }))
      await client.query(sql, bounded ? months : [])
    await client.query('commit')
  } finally {
    client.release()
  }
})

afterAll(async () => database.close())

const codes = ['85', '8504', '8503', '8505', '850400', '85049090', '8500', '84', '98', '7701', null]
const lists: [Question['source'], Grouping, Partial<Filters>][] = [
  ['hs8', { digits: 8 }, {}],
  ['hs8', { digits: 4 }, {}],
  ['hs6', { digits: 6 }, {}],
  ['partner+hs8', 'partner', {}],
  ['partner+hs8', { digits: 6 }, { partners: ['JP', 'VN'] }],
  ['enterprise+hs8', 'enterprise', {}],
  ['enterprise+hs8', { digits: 4 }, { enterprise: '9901000001' }],
  ['enterprise+partner+hs8', 'partner', { enterprise: '9901000002' }],
]

test.each(codes)('what is listed under %s adds up to what the facts under it do', async (hs) => {
  const { db } = database
  const slices = await loadSlices(db, { dataset: 'customs-cn', flow: 'export', asOf: new Date('2026-05-01') })
  for (const [source, grouping, filter] of lists) {
    if (source === 'hs6' && (hs?.length ?? 0) > 6) continue
    for (const currency of ['CNY', 'USD'] as const) {
      const filters = { hs, partners: null, mode: null, enterprise: null, ...filter }
      const found = async (from: Question['source']) => {
        const question = { source: from, filters, currency }
        const [base = [], current = []] = slices.map((slice) => [slice])
        const { cells, rows } = await sumByCode(db, question, { current, base, grouping })
        const bySlice = await sumBySlice(db, question, slices)
        return {
          rows,
          cells: cells.map((cell) => JSON.stringify(cell)).sort(),
          slices: [...bySlice.values].map(([id, value]) => [id, value.toFixed()]).sort(),
          counted: bySlice.rows,
        }
      }
      expect(await found(source)).toEqual(await found('facts'))
    }
  }
})
