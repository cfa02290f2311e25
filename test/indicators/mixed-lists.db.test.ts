import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rollupsEqualFacts } from '../../src/indicators/consistency-queries.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadTariffs } from '../../src/rcep/load.ts'
import { loadReference } from '../../src/reference/load.ts'
import { listedBeside } from '../../src/reference/rollups.ts'
import { clock, startTestService, type TestService } from '../http/service.ts'
import { importer } from '../ingest/import-file.ts'
import { ruleWith } from '../warnings/rules.ts'
import { addSlice } from './own-rows.ts'
import { sampleFiles } from './raw-files.ts'

// Slices of earlier versions keep rows of their own where newer ones keep lists. Both stand beside each other for years: every
// answer must be the same, whichever way each of its slices is kept.

const firm = '9904960173'
let service: TestService

beforeAll(async () => {
  service = await startTestService()
  await loadReference(service.owner.pool)
  await loadTariffs(service.owner.pool, clock.now())
  await service.owner.pool.query(`insert into enterprise (id, name) values ($1, $1) on conflict do nothing`, [
    firm,
  ])
  const config = { home: importer(service.owner).home, timeZone: 'Asia/Shanghai' }
  for (const path of sampleFiles.filter((name) => !name.includes('2023'))) {
    const options = readOptions({}, { acceptPartial: false, dryRun: false })
    const deps = { connection: service.owner, clock, config }
    expect((await importFile(deps, { path, options, importedBy: 'test' })).report.status).toBe('loaded')
  }
  await service.owner.pool.query(`update slice set hs_edition = '2017' where period < '2026-01-01'`)
  await addSlice(service.owner, {
    ...{ edition: '2017', dataset: 'comtrade/JPN/H6', flow: 'export', period: '2025-01-01', months: 12 },
    rows: [
      { hs: '050510', partner: 'CN', usd: '20' },
      { hs: '090210', partner: 'CN', usd: '80' },
    ],
  })
}, 300_000)

afterAll(() => service.close())

const recent = { flow: 'export', from: '2026-01', to: '2026-10' }
const years = { flow: 'export', base: '2024', current: '2025' }
const indicators: [path: string, queries: Record<string, string>[]][] = [
  [
    'structure',
    [
      ...['section', 'hs2', 'hs4', 'hs6', 'hs8'].map((by) => ({ ...recent, by, top: '20000' })),
      ...['hs6', 'hs8'].flatMap((by) =>
        ['09', '0902', '090210', '09021090', '01', '9900'].map((hs) => ({
          ...recent,
          by,
          hs,
          currency: 'USD',
        })),
      ),
      { ...recent, by: 'hs6', from: '2025-03', to: '2025-03', top: '20000' },
      { ...recent, by: 'hs8', flow: 'import', currency: 'USD', top: '20000' },
      { ...recent, by: 'hs6', partner: 'RCEP', top: '20000' },
      { ...recent, by: 'hs8', partner: 'US' },
      { ...recent, by: 'hs8', enterprise: firm },
      { ...recent, by: 'partner', hs: '090210' },
      { ...recent, by: 'region', hs: '09021090' },
      { ...recent, by: 'enterprise', hs: '0902' },
      { ...recent, by: 'mode', hs: '09021090' },
      { ...recent, by: 'hs6', editions: 'common' },
      { ...recent, by: 'hs8', asOf: '2026-11-24' },
      { ...recent, by: 'hs8', format: 'csv' },
      { ...recent, by: 'hs6', hs: '85', format: 'xlsx' },
    ],
  ],
  [
    'growth',
    [
      ...['85', '8532', '853225', '85322590', '9900'].map((hs) => ({ flow: 'export', hs })),
      { flow: 'balance', hs: '090210', currency: 'USD' },
      { flow: 'total', hs: '94044040', janFeb: 'split' },
      { flow: 'export', hs: '0902', partner: 'JP' },
      { flow: 'export', hs: '940440', enterprise: firm },
      { flow: 'export', hs: '090210', editions: 'common', from: '2025-01', asOf: '2026-11-24' },
    ],
  ],
  [
    'decomposition',
    [
      ...['contribution', 'margins', 'price-quantity'].map((method) => ({ ...years, method })),
      { ...years, method: 'contribution', hs: '8504', top: '50' },
      { ...years, method: 'contribution', partner: 'RCEP' },
    ],
  ],
  ['firms', [{ ...years, hs: '8504' }, years]],
  [
    'competitiveness',
    [
      ...['tsc', 'gl', 'lafay', 'michaely', 'rca', 'tii', 'esi'].map((measure) => ({
        measure,
        year: '2025',
      })),
      ...['2', '4', '6'].map((level) => ({ measure: 'rsca', year: '2025', level, top: '20000' })),
    ],
  ],
  ['public-structure', ['hs2', 'partner'].map((by) => ({ flow: 'export', by, year: '2025' }))],
  ['datasets', [{}]],
]

const frames = [
  ['pivot', { ...recent, rows: 'hs6', columns: 'period' }],
  ['pivot', { ...recent, rows: 'hs8', columns: 'partner', hs: '0902' }],
  ['describe', { ...recent, by: 'hs8', hs: '85' }],
  ['correlate', { ...recent, by: 'hs6', top: 5 }],
  ['rolling', { ...recent, by: 'hs6', window: 3 }],
] as const

const rules = (['hs6', 'hs8', 'hs4', 'partner+hs8', 'partner+hs6', 'enterprise+hs8'] as const).map((by) =>
  ruleWith({
    id: `fall-${by.replaceAll('+', '-')}`,
    selector: { dataset: 'customs-cn', flow: 'export', by, currency: 'CNY' },
    limit: 100_000,
  }),
)

/** Every kind of answer by what was asked, without the name of the table it came from. */
async function answers(): Promise<Map<string, unknown>> {
  const headers = { authorization: `Bearer ${service.tokens.officer}` }
  const found = new Map<string, unknown>()
  const keep = async (ask: { method: 'GET' | 'POST'; url: string; payload?: object }) => {
    const reply = await service.app.inject({ ...ask, headers })
    const name = `${ask.url} ${JSON.stringify(ask.payload ?? null)}`
    expect([name, reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([name, 200, ''])
    const isJson = String(reply.headers['content-type']).includes('json')
    found.set(name, isJson ? withoutSource(reply.json()) : reply.rawPayload.toString('base64'))
  }
  for (const [path, queries] of indicators)
    for (const query of queries)
      await keep({ method: 'GET', url: `/api/v1/indicators/${path}?${new URLSearchParams(query)}` })
  for (const [path, payload] of frames)
    await keep({ method: 'POST', url: `/api/v1/analysis/${path}`, payload })
  for (const rule of rules)
    await keep({ method: 'POST', url: '/api/v1/warnings/rules/backtest', payload: { rule, periods: 6 } })
  found.set('quality', await qualityOfRestatement())
  await keep({ method: 'GET', url: `/api/v1/enterprises/${firm}/trade` })
  await keep({ method: 'GET', url: `/api/v1/rcep/opportunities?enterprise=${firm}` })
  await keep({ method: 'GET', url: '/api/v1/rcep/ledger?top=100' })
  return found
}

/** What a look at a month restated in other units says beside what is stored of it. */
async function qualityOfRestatement() {
  const [path = ''] = sampleFiles.filter((name) => name.includes('export-2026-07-revised'))
  const restated = new TextDecoder('gb18030').decode(readFileSync(path)).replaceAll('"千克"', '"个"')
  const report = await importer(service.owner).content('restated-export-2026-07.csv', restated, {
    dryRun: true,
  })
  expect(report.quality?.unitChanges).not.toEqual([])
  return { quality: report.quality, slices: report.slices, warnings: report.warnings }
}

function withoutSource(answer: { meta?: { source?: string } }) {
  return { ...answer, meta: { ...answer.meta, source: null } }
}

/** Gives slices rows of their own for what is listed, as earlier versions kept them; nothing kept in mind answers any more. */
async function keepRows(names: readonly string[], slices: string): Promise<void> {
  const { pool } = service.owner
  const columns =
    'slice_id, dims, hs, partner, mode, ownership, transport, district, enterprise, value_cny, value_usd, quantity, unit, rows'
  const listing = names.map((name) => listedBeside[name as keyof typeof listedBeside])
  await pool.query(
    `insert into trade_rollup (${columns})
     select ${columns} from trade_sum t where dims = any($1) and slice_id in (${slices})
       and not exists (select from trade_rollup o where o.slice_id = t.slice_id and o.dims = t.dims)`,
    [names],
  )
  await pool.query(
    `update trade_rollup set line_dims = null, lines = null, line_cny = null, line_usd = null, line_quantity = null,
       line_unit = null, line_rows = null where dims = any($1) and slice_id in (${slices})`,
    [listing],
  )
  await pool.query(
    `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at, superseded_at)
     select 'bygone', 'export', '2000-01-01', 1, '2022', min(id), 0, '2020-01-01'::timestamptz + count(*) * interval '1 day',
       '2020-01-02'::timestamptz + count(*) * interval '1 day' + (select count(*) from slice) * interval '1 hour'
     from source_file`,
  )
}

/** How many slices of the city keep a rollup as rows of its own, and how many as lists. */
async function keptAs(name: string): Promise<{ rows: number; lists: number }> {
  const { rows } = await service.owner.pool.query<{ rows: number; lists: number }>(
    `select count(distinct r.slice_id) filter (where r.dims = $1)::int as rows,
       count(distinct r.slice_id) filter (where r.line_dims = $1)::int as lists
     from trade_rollup r join slice s on s.id = r.slice_id where s.dataset = 'customs-cn'`,
    [name],
  )
  return rows[0] ?? { rows: 0, lists: 0 }
}

test('rows of their own and lists beside each other, and rows alone, answer as lists alone do', async () => {
  const lists = await answers()
  const { lists: all } = await keptAs('hs6')
  expect(await keptAs('hs6')).toEqual({ rows: 0, lists: all })
  await keepRows(['hs6', 'hs8'], 'select id from slice where id % 2 = 0')
  const { rows: some } = await keptAs('hs8')
  expect([some > 0, all > some, await keptAs('hs6')]).toEqual([true, true, { rows: some, lists: all - some }])
  expect(await answers()).toEqual(lists)
  await keepRows(Object.keys(listedBeside), 'select id from slice where id % 3 = 0')
  expect(await answers()).toEqual(lists)
  await keepRows(Object.keys(listedBeside), 'select id from slice')
  expect(await keptAs('partner+hs8')).toEqual({ rows: all, lists: 0 })
  expect(await answers()).toEqual(lists)
  expect(await rollupsEqualFacts(service.owner.pool, 60_000)).toMatchObject({
    complete: true,
    differences: [],
  })
}, 300_000)
