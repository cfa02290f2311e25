import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { systemClock } from '../clock.ts'
import { type Connection, connect, type Database } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { databaseSource } from '../db/source.ts'
import { invalid } from '../errors.ts'
import { loadGrowth, loadStructure } from '../indicators/load-answers.ts'
import type { GrowthQuery, StructureQuery } from '../indicators/schema.ts'
import { type OptionalDimension, rollupStatements, rollupsFor } from '../ingest/rollup.ts'
import { loadReference } from '../reference/load.ts'
import { configFromEnvironment } from './database.ts'
import type { Io } from './io.ts'

const now = new Date('2026-12-20T00:00:00Z')
const months = 36
const firstYear = 2024

interface Timing {
  query: string
  source: string
  medianMs: number
  p95Ms: number
}

type Answer = { meta: { source: string } }
type Asked = (db: Database) => Promise<Answer>

const structure =
  (query: Partial<StructureQuery> & Pick<StructureQuery, 'by'>): Asked =>
  (db) =>
    loadStructure(db, { flow: 'export', from: '2026-01', to: '2026-12', ...query }, now)
const growth =
  (query: Partial<GrowthQuery>): Asked =>
  (db) =>
    loadGrowth(db, { flow: 'export', from: '2025-01', to: '2026-12', ...query }, now)

const queries: Record<string, Asked> = {
  'sections, year to date': structure({ by: 'section' }),
  'chapters, year to date': structure({ by: 'hs2' }),
  'headings, year to date': structure({ by: 'hs4' }),
  'eight-digit lines, one month': structure({ by: 'hs8', from: '2026-12' }),
  'partners, year to date': structure({ by: 'partner' }),
  'groups of partners, year to date': structure({ by: 'region' }),
  'supervision modes, year to date': structure({ by: 'mode' }),
  'enterprises, one month': structure({ by: 'enterprise', from: '2026-12' }),
  'partners of a heading, year to date': structure({ by: 'partner', hs: '8504' }),
  'chapters to a partner, year to date': structure({ by: 'hs2', partner: 'JP' }),
  'growth of the total, two years': growth({}),
  'growth of a chapter to RCEP, two years': growth({ hs: '85', partner: 'RCEP' }),
}

/** Generates facts set-based in an own database, loads their rollups, and times twelve queries of an officer. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
    },
  })
  const rows = wholeNumber('rows', values.rows, 1000, 50_000_000)
  const runs = wholeNumber('runs', values.runs, 3, 1000)
  const report = await inOwnDatabase(async (connection) => {
    const started = performance.now()
    await generate(connection.pool, rows)
    const loadedMs = Math.round(performance.now() - started)
    io.stderr(`${rows} facts and their rollups in ${loadedMs} ms\n`)
    const sizes = await connection.pool.query<{ facts: number; rollups: number }>(
      'select (select count(*) from trade_flow) as facts, (select count(*) from trade_rollup) as rollups',
    )
    return { ...sizes.rows[0], loadedMs, runs, timings: await timings(connection.db, runs) }
  })
  const worst = Math.max(...report.timings.map(({ p95Ms }) => p95Ms))
  io.stdout(values.json ? `${JSON.stringify({ ...report, worstP95Ms: worst })}\n` : readable(report, worst))
  return 0
}

function wholeNumber(field: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw invalid(field, text, `a whole number from ${least} to ${most}`)
}

async function timings(db: Database, runs: number): Promise<Timing[]> {
  const found: Timing[] = []
  for (const [query, ask] of Object.entries(queries)) {
    const { meta } = await ask(db)
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const started = performance.now()
      await ask(db)
      times.push(performance.now() - started)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0
    found.push({ query, source: meta.source, medianMs: rounded(at(0.5)), p95Ms: rounded(at(0.95)) })
  }
  return found
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function readable(
  report: { facts?: number; rollups?: number; loadedMs: number; runs: number; timings: Timing[] },
  worst: number,
): string {
  const lines = report.timings.map(
    ({ query, source, medianMs, p95Ms }) =>
      `${query.padEnd(42)} ${source.padEnd(16)} ${medianMs.toFixed(1).padStart(8)} ${p95Ms.toFixed(1).padStart(8)}`,
  )
  const heading = `${'query'.padEnd(42)} ${'from'.padEnd(16)} ${'median'.padStart(8)} ${'p95 ms'.padStart(8)}`
  const size = `${report.facts} facts, ${report.rollups} rollup rows, ${report.runs} runs each`
  return `${[size, heading, ...lines, `worst p95 ${worst.toFixed(1)} ms`].join('\n')}\n`
}

/** 36 months of one flow: firms with a few products each, skewed to large firms and near partners, in real codes. */
async function generate(pool: pg.Pool, rows: number): Promise<void> {
  await loadReference(pool)
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select setseed(0.42);
      create temp table line on commit drop as
        select row_number() over (order by code) - 1 as at, code from (select distinct code from hs_line) c;
      create temp table land on commit drop as
        select row_number() over (order by partner) - 1 as at, partner from country;
      create unique index on line (at); create unique index on land (at)`)
    await client.query(
      `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
       values (repeat('0', 64), 'generated', 0, 'loaded', 'bench', $1)`,
      [now],
    )
    await client.query(
      `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
       select 'customs-cn', 'export', make_date($1, 1, 1) + make_interval(months => m), 1, '2022', 1, $2, $3
       from generate_series(0, $4 - 1) m`,
      [firstYear, Math.floor(rows / months), now, months],
    )
    await client.query(`create temp table loading_slice on commit drop as select id, period from slice`)
    await client.query(facts, [Math.floor(rows / months)])
    const present: OptionalDimension[] = [
      'partner',
      'mode',
      'ownership',
      'transport',
      'district',
      'enterprise',
    ]
    const names = rollupsFor(new Set(present), [2, 4, 6, 8])
    const tables = { facts: 'trade_flow', rollups: 'trade_rollup' }
    await client.query(`set local work_mem = '64MB'; set local hash_mem_multiplier = 2`)
    for (const { sql, bounded } of rollupStatements(names, tables)) {
      await client.query(sql, bounded ? [`${firstYear}-01-01`, `${firstYear + 2}-12-31`] : [])
    }
    await client.query('commit')
    await client.query('vacuum analyze')
  } finally {
    client.release()
  }
}

const facts = `
  insert into trade_flow (slice_id, period, hs, partner, trade_mode, supervision_mode, ownership, transport, district,
    enterprise, quantity1, unit1, value_cny, value_usd, line)
  select s.id, s.period, line.code, land.partner, '10',
    (array['0110', '0110', '0110', '0615', '0214', '9710', '9810', '1039'])[1 + mix % 8],
    (1 + firm % 7)::text, (1 + mix % 6)::text, (99010 + firm % 12)::text,
    '9901' || lpad(firm::text, 6, '0'), 1 + mix % 997, '千克',
    1000 + (mix * 7919) % 1000000, round((1000 + (mix * 7919) % 1000000) / 7.1, 2), n
  from (
    select s.id, s.period, n, floor(3000 * power(random(), 2))::int as firm, floor(random() * 8)::int as pick,
      floor(200 * power(random(), 3))::int as near, floor(random() * 1e6)::bigint as mix
    from loading_slice s cross join generate_series(1, $1::int) n
  ) s
  join line on line.at = (s.firm * 131 + s.pick * s.pick * 977) % (select count(*) from line)
  join land on land.at = s.near`

/** A new database beside the one DATABASE_URL names, or an embedded one in a folder of its own; both are removed. */
async function inOwnDatabase<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const config = configFromEnvironment()
  const home = mkdtempSync(join(tmpdir(), 'tradewind-bench-'))
  const source = await databaseSource({ ...config, home }, 'bench query', { now: systemClock.now() })
  const name = `tradewind_bench_${randomBytes(6).toString('hex')}`
  const server = connect(source.url, { max: 1 })
  try {
    await server.pool.query(`create database ${name}`)
    const url = new URL(source.url)
    url.pathname = `/${name}`
    const connection = connect(url.href)
    try {
      await migrate(connection.pool)
      return await work(connection)
    } finally {
      await connection.close()
      await server.pool.query(`drop database ${name} with (force)`)
    }
  } finally {
    await server.close()
    await source.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
