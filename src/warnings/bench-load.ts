import type pg from 'pg'
import type { Rule } from './rule.ts'

/** Volume up and price down, with a floor that every generated series is above: none is spared the work. */
export const benchRule: Rule = {
  id: 'bench-friction',
  name: { zh: '量增价跌', en: 'Volume up and price down' },
  topic: 'friction',
  severity: 'warning',
  selector: { dataset: 'bench', flow: 'export', by: 'partner+hs6', currency: 'USD' },
  conditions: [
    { measure: 'yoy', comparison: 'above', threshold: '0.2' },
    { measure: 'quantityYoy', comparison: 'above', threshold: '0.5' },
    { measure: 'unitValueYoy', comparison: 'below', threshold: '-0.1' },
  ],
  floor: { on: 'current', monthlyAmount: '1' },
  for: 2,
  keepFiringFor: 0,
  worseBy: '0.5',
  limit: 100_000,
  enabled: true,
}

/** Fills an empty database with monthly sums by partner and subheading, the same at every run. */
export async function loadBenchSeries(
  pool: pg.Pool,
  { series, months, now }: { series: number; months: number; now: Date },
): Promise<void> {
  await pool.query(
    `insert into source_file (sha256, name, bytes, state, imported_by, received_at) values (repeat('0', 64), 'bench', 0, 'loaded', 'bench', $1)`,
    [now],
  )
  await pool.query(
    `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
     select 'bench', 'export', (date '2023-01-01' + month * interval '1 month')::date, 1, '2022', f.id, $1, $2
     from source_file f, generate_series(0, $3::integer - 1) month`,
    [series, now, months],
  )
  const noise = (of: string) => `(hashint8(${of}) / 2147483648.0)`
  const { rows } = await pool.query<{ id: number }>('select id from slice order by id')
  // one slice after the other, as loads come, and kept as loads keep them: lines beside their partner and chapter
  for (const { id } of rows) {
    await pool.query(
      `insert into trade_rollup (slice_id, dims, hs, partner, value_usd, quantity, unit, rows, line_dims, lines, line_usd, line_quantity)
       select $1::bigint, 'partner+hs2', left(hs, 2), partner, sum(usd), sum(quantity), '千克', count(*), 'partner+hs8',
         array_agg(hs order by hs), array_agg(usd order by hs), array_agg(quantity order by hs)
       from (
         select lpad((1 + i % 90)::text, 2, '0') || lpad((i % 1000)::text, 4, '0') || '00' as hs, 'P' || i / 1000 as partner,
           (20000 * exp(1.5 * ${noise('i')} + 0.5 * ${noise('i * 1000 + $1')}))::numeric(18, 2) as usd,
           (1000 * exp(0.5 * ${noise('i * 1000 - $1')}))::bigint::numeric as quantity
         from generate_series(0, $2::bigint - 1) i
       ) line group by left(hs, 2), partner`,
      [id, series],
    )
  }
  await pool.query('analyze trade_rollup')
}
