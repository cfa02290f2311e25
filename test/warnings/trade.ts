import type { TestDatabase } from '../helpers/database.ts'

/** A month of exports: dollars by partner, and by enterprise where the series is `partner/enterprise`. */
export type Month = Record<string, number>

const facts = `
  insert into trade_flow (slice_id, period, hs, partner, enterprise, value_usd, line)
  select $1, $2, '94036099', split_part(key, '/', 1), nullif(split_part(key, '/', 2), ''), value::numeric, 1
  from jsonb_each_text($3)`
const rollup = `
  insert into trade_rollup (slice_id, dims, partner, value_usd, rows)
  select $1, 'partner', split_part(key, '/', 1), sum(value::numeric), count(*) from jsonb_each_text($2) group by 3`

/** Stores months of exports as loads would, each replacing what was there for its month. */
export async function loadMonths(
  { pool }: TestDatabase,
  months: Record<string, Month>,
  at: string,
): Promise<void> {
  const file = await pool.query(
    `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
     values (encode(sha256(random()::text::bytea), 'hex'), 'test.csv', 1, 'loaded', 'test', $1) returning id`,
    [at],
  )
  for (const [month, values] of Object.entries(months)) {
    const period = `${month}-01`
    await pool.query('update slice set superseded_at = $1 where period = $2 and superseded_at is null', [
      at,
      period,
    ])
    const slice = await pool.query(
      `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
       values ('customs-cn', 'export', $1, 1, '2022', $2, $3, $4) returning id`,
      [period, file.rows[0].id, Object.keys(values).length, at],
    )
    const json = JSON.stringify(values)
    await pool.query(rollup, [slice.rows[0].id, json])
    await pool.query(facts, [slice.rows[0].id, period, json])
  }
}

/** Twelve equal months of 2025 and those given of 2026. */
export function yearOf(values: Month, next: Record<string, Month>): Record<string, Month> {
  const months = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`)
  return { ...Object.fromEntries(months.map((month) => [month, values])), ...next }
}
