import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Connection, Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { loadGrowth, loadStructure } from '../indicators/load-answers.ts'
import type { GrowthQuery, StructureQuery } from '../indicators/schema.ts'
import { inOwnDatabase } from './bench-database.ts'
import { benchNow, generate } from './bench-query-data.ts'
import { type DuckFacts, duckFacts, type Scan } from './bench-query-duckdb.ts'
import type { Io } from './io.ts'

interface Timing {
  query: string
  source: string
  medianMs: number
  p95Ms: number
  /** DuckDB scanning the same facts for the same sums; null where it is not installed. */
  duckMedianMs: number | null
  duckP95Ms: number | null
}

interface Report {
  facts: number
  rollups: number
  megabytes: number
  loadedMs: number
  runs: number
  timings: Timing[]
  worstP95Ms: number
}

interface Asked {
  answer: (db: Database) => Promise<{ meta: { source: string } }>
  scan: Scan
}

const structure = (query: Partial<StructureQuery> & Pick<StructureQuery, 'by'>, scan: Scan): Asked => ({
  answer: (db) => loadStructure(db, { flow: 'export', from: '2026-01', to: '2026-12', ...query }, benchNow),
  scan,
})
const growth = (query: Partial<GrowthQuery>, where: string): Asked => ({
  answer: (db) => loadGrowth(db, { flow: 'export', from: '2025-01', to: '2026-12', ...query }, benchNow),
  scan: { by: 'period', where, from: '2025-01-01' },
})

const lastMonth = '2026-12-01'
const queries: Record<string, Asked> = {
  'sections, year to date': structure({ by: 'section' }, { by: 'section' }),
  'chapters, year to date': structure({ by: 'hs2' }, { by: 'left(hs, 2)' }),
  'headings, year to date': structure({ by: 'hs4' }, { by: 'left(hs, 4)' }),
  'eight-digit lines, one month': structure({ by: 'hs8', from: '2026-12' }, { by: 'hs', from: lastMonth }),
  'partners, year to date': structure({ by: 'partner' }, { by: 'partner' }),
  'groups of partners, year to date': structure(
    { by: 'region' },
    { by: `(select min(name) from member where member = partner)` },
  ),
  'supervision modes, year to date': structure({ by: 'mode' }, { by: 'mode' }),
  'enterprises, one month': structure(
    { by: 'enterprise', from: '2026-12' },
    { by: 'enterprise', from: lastMonth },
  ),
  'partners of a heading, year to date': structure(
    { by: 'partner', hs: '8504' },
    { by: 'partner', where: `starts_with(hs, '8504')` },
  ),
  'chapters to a partner, year to date': structure(
    { by: 'hs2', partner: 'JP' },
    { by: 'left(hs, 2)', where: `partner = 'JP'` },
  ),
  'growth of the total, two years': growth({}, 'true'),
  'growth of a chapter to RCEP, two years': growth(
    { hs: '85', partner: 'RCEP' },
    `starts_with(hs, '85') and partner in (select member from member where name = 'RCEP')`,
  ),
}

/** Questions before those that are timed: a service that runs has its code compiled and its pages in memory. */
const warmUps = 5

/**
 * Generates facts in a database of its own, sums their rollups, and times twelve queries of an officer beside DuckDB. Every run computes
 * its answer from the database: answers are kept by the routes, and what is called here lies beneath them.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
    },
  })
  const sizes = values.rows.split(',').map((rows) => wholeNumber('rows', rows, 1000, 50_000_000))
  const runs = wholeNumber('runs', values.runs, 3, 1000)
  const reports: Report[] = []
  for (const rows of sizes) {
    const report = await inOwnDatabase('bench query', (connection, { home }) =>
      measure(connection, { rows, runs, home }, io),
    )
    reports.push(report)
    if (!values.json) io.stdout(readable(report))
  }
  const [first, last] = [reports[0], reports.at(-1)]
  if (values.json) io.stdout(`${JSON.stringify(reports)}\n`)
  else if (first && last && first !== last) {
    const times = (last.worstP95Ms / first.worstP95Ms).toFixed(2)
    const ratios = last.timings.map(({ p95Ms }, index) => p95Ms / (first.timings[index]?.p95Ms ?? p95Ms))
    io.stdout(
      `worst p95 of ${last.facts} facts is ${times} times that of ${first.facts}, and of one query ${Math.max(...ratios).toFixed(2)} times\n`,
    )
  }
  return 0
}

async function measure(
  { db, pool }: Connection,
  { rows, runs, home }: { rows: number; runs: number; home: string },
  io: Io,
): Promise<Report> {
  const started = performance.now()
  await generate(pool, rows)
  const loadedMs = Math.round(performance.now() - started)
  io.stderr(`${rows} facts and their rollups in ${loadedMs} ms\n`)
  const duck = await duckFacts(pool, home)
  if (duck === null)
    io.stderr('DuckDB is not installed (npm install @duckdb/node-api): its columns stay empty\n')
  const sizes = await pool.query<{ facts: number; rollups: number; megabytes: number }>(
    `select (select count(*) from trade_flow) as facts, (select count(*) from trade_rollup) as rollups,
       (pg_total_relation_size('trade_rollup') / 1000000)::int as megabytes`,
  )
  const found = await timings(db, duck, runs)
  duck?.close()
  const { facts = 0, rollups = 0, megabytes = 0 } = sizes.rows[0] ?? {}
  const worstP95Ms = Math.max(...found.map(({ p95Ms }) => p95Ms))
  return { facts, rollups, megabytes, loadedMs, runs, timings: found, worstP95Ms }
}

function wholeNumber(field: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw invalid(field, text, `a whole number from ${least} to ${most}`)
}

async function timings(db: Database, duck: DuckFacts | null, runs: number): Promise<Timing[]> {
  const found: Timing[] = []
  for (const [query, { answer, scan }] of Object.entries(queries)) {
    const { meta } = await answer(db)
    for (let asked = 1; asked < warmUps; asked++) await answer(db)
    const own = await spread(runs, () => answer(db))
    const other = duck === null ? null : await spread(Math.min(runs, 10), () => duck.ask(scan))
    found.push({
      query,
      source: meta.source,
      ...own,
      duckMedianMs: other?.medianMs ?? null,
      duckP95Ms: other?.p95Ms ?? null,
    })
  }
  return found
}

async function spread(
  runs: number,
  work: () => Promise<unknown>,
): Promise<{ medianMs: number; p95Ms: number }> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0 // nearest rank
  return { medianMs: rounded(at(0.5)), p95Ms: rounded(at(0.95)) }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function readable({ facts, rollups, megabytes, loadedMs, runs, timings: found, worstP95Ms }: Report): string {
  const column = (value: number | null) => (value === null ? '' : value.toFixed(1)).padStart(9)
  const lines = found.map(
    ({ query, source, medianMs, p95Ms, duckMedianMs, duckP95Ms }) =>
      `${query.padEnd(40)} ${source.padEnd(16)}${[medianMs, p95Ms, duckMedianMs, duckP95Ms].map(column).join('')}`,
  )
  const heading = ['median', 'p95 ms', 'DuckDB', 'p95 ms'].map((name) => name.padStart(9)).join('')
  const load = loadavg().map((one) => one.toFixed(1))
  return `${[
    `${facts} facts of 36 months, 3000 firms and 200 partners; ${rollups} rows of rollups (${megabytes} MB); filled in ${Math.round(loadedMs / 1000)} s`,
    `${runs} runs each after ${warmUps} that are not timed, no answer kept; ${cpus().length} CPUs, load ${load.join(' ')}`,
    'DuckDB scans the facts themselves, columns of them in a file of its own, for the sums of the same two periods',
    `${'query'.padEnd(40)} ${'from'.padEnd(16)}${heading}`,
    ...lines,
    `worst p95 ${worstP95Ms.toFixed(1)} ms`,
  ].join('\n')}\n`
}
