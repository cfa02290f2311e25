import type pg from 'pg'
import {
  type OptionalDimension,
  type RollupStatement,
  rollupStatements,
  rollupsFor,
} from '../ingest/rollup.ts'
import { loadReference } from '../reference/load.ts'

/** When the questions are asked. */
export const benchNow = new Date('2026-12-20T00:00:00Z')
const months = 36
const firstYear = 2024
/** Months filled at once: each is a session of the database. */
const sessions = 2

/**
 * 36 months of one flow: firms with a few products each, skewed to large firms and near partners, in real codes. More facts are denser
 * months of the same 3,000 firms, 200 partners and 36 months. Each month and its rollups are one transaction, as a load is.
 */
export async function generate(pool: pg.Pool, rows: number): Promise<void> {
  await loadReference(pool)
  await pool.query(
    `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
     values (repeat('0', 64), 'generated', 0, 'loaded', 'bench', $1)`,
    [benchNow],
  )
  const slices = await pool.query<{ id: number; period: string }>(
    `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
     select 'customs-cn', 'export', make_date($1, 1, 1) + make_interval(months => m), 1, '2022', 1, $2, $3
     from generate_series(0, $4 - 1) m
     returning id, period::text`,
    [firstYear, Math.floor(rows / months), benchNow, months],
  )
  const left = slices.rows.values()
  await Promise.all(Array.from({ length: sessions }, () => fillFrom(pool, left, Math.floor(rows / months))))
  await pool.query('vacuum analyze')
}

/** Fills one slice after the other until none is left. */
async function fillFrom(
  pool: pg.Pool,
  slices: Iterator<{ id: number; period: string }, undefined>,
  rows: number,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(codes)
    const statements = sums()
    for (let slice = slices.next(); !slice.done; slice = slices.next()) {
      const { id, period } = slice.value
      await client.query('begin')
      await client.query(`set local work_mem = '64MB'; set local hash_mem_multiplier = 2`)
      await client.query(
        `create temp table loading_slice on commit drop as select ${Number(id)}::bigint as id`,
      )
      await client.query('select setseed($1)', [(0.42 + id) / 1000])
      await client.query(facts, [id, period, rows])
      for (const { sql, bounded } of statements) await client.query(sql, bounded ? [period, period] : [])
      await client.query('commit')
    }
  } finally {
    client.release(true) // with its temporary tables
  }
}

const codes = `
  create temp table line as
    select row_number() over (order by code) - 1 as at, code from (select distinct code from hs_line) c;
  create temp table land as
    select row_number() over (order by partner) - 1 as at, partner from country;
  create unique index on line (at); create unique index on land (at);
  analyze line; analyze land`

/** The statements of a load that has every dimension. */
function sums(): RollupStatement[] {
  const present: OptionalDimension[] = ['partner', 'mode', 'ownership', 'transport', 'district', 'enterprise']
  const names = rollupsFor(new Set(present), [2, 4, 6, 8])
  return rollupStatements(names, { facts: 'trade_flow', rollups: 'trade_rollup' })
}

const facts = `
  insert into trade_flow (slice_id, period, hs, partner, trade_mode, supervision_mode, ownership, transport, district,
    enterprise, quantity1, unit1, value_cny, value_usd, line)
  select $1::bigint, $2::date, line.code, land.partner, '10',
    (array['0110', '0110', '0110', '0615', '0214', '9710', '9810', '1039'])[1 + mix % 8],
    (1 + firm % 7)::text, (1 + mix % 6)::text, (99010 + firm % 12)::text,
    '9901' || lpad(firm::text, 6, '0'), 1 + mix % 997, '千克',
    1000 + (mix * 7919) % 1000000, round((1000 + (mix * 7919) % 1000000) / 7.1, 2), n
  from (
    select n, floor(3000 * power(random(), 2))::int as firm, floor(random() * 8)::int as pick,
      floor(200 * power(random(), 3))::int as near, floor(random() * 1e6)::bigint as mix
    from generate_series(1, $3::int) n
  ) s
  join line on line.at = (s.firm * 131 + s.pick * s.pick * 977) % (select count(*) from line)
  join land on land.at = s.near`
