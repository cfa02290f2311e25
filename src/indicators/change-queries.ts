import { Big } from 'big.js'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { LoadedSlice } from './coverage.ts'
import type { MarginGroup, MarginKind, StratumSums } from './decomposition.ts'
import { idsOf, type Question, tableFor } from './queries.ts'

/** What is compared: sums answering `question` over the slices of two periods. */
export interface ChangeAsk {
  question: Question
  base: LoadedSlice[]
  current: LoadedSlice[]
}

/**
 * Sums over the strata product × partner × mode × unit, from the facts: what fisher() needs. A stratum is usable when every row of it
 * has a quantity, at both times.
 */
export async function sumStrataOf(
  db: Database,
  ask: ChangeAsk,
): Promise<{ sums: StratumSums; strata: number; usable: number; rows: number }> {
  const { value, where, before, after } = partsOf(ask)
  const side = (is: RawBuilder<unknown>, name: string) => sql`
    coalesce(sum(${value}) filter (where ${is}), 0) as ${sql.ref(`v${name}`)},
    case when bool_and(quantity1 > 0) filter (where ${is}) then sum(quantity1) filter (where ${is}) end as ${sql.ref(`q${name}`)}`
  const found = await sql<
    Record<keyof StratumSums, string> & { strata: number; usable: number; rows: number }
  >`
    with stratum as (
      select count(*) as n, ${side(before, '0')}, ${side(after, '1')}
      from trade_flow where ${where}
      group by hs, partner, supervision_mode, trade_mode, unit1
    ), usable as (select * from stratum where q0 > 0 and q1 > 0 and v0 > 0 and v1 > 0)
    select coalesce(sum(v0), 0) as before, coalesce(sum(v1), 0) as after,
      coalesce(sum(round((v1 * q0)::numeric(100, 20) / q1, 10)), 0) as base_quantities,
      coalesce(sum(round((v0 * q1)::numeric(100, 20) / q0, 10)), 0) as base_prices,
      (select coalesce(sum(v0), 0) from stratum) as all_before,
      (select coalesce(sum(v1), 0) from stratum) as all_after,
      (select count(*) from stratum) as strata, count(*) as usable,
      (select coalesce(sum(n), 0) from stratum) as rows
    from usable`.execute(db)
  const [row] = found.rows
  const read = (name: keyof StratumSums) => new Big(row?.[name] ?? 0)
  return {
    sums: {
      before: read('before'),
      after: read('after'),
      baseQuantities: read('baseQuantities'),
      basePrices: read('basePrices'),
      allBefore: read('allBefore'),
      allAfter: read('allAfter'),
    },
    strata: Number(row?.strata ?? 0),
    usable: Number(row?.usable ?? 0),
    rows: Number(row?.rows ?? 0),
  }
}

/** The cells product × partner × enterprise by kind, from the facts; marginKind() says which is which. */
export async function sumMargins(
  db: Database,
  ask: ChangeAsk,
  minMonths: number,
): Promise<{ groups: MarginGroup[]; rows: number }> {
  const { value, where, before, after } = partsOf(ask)
  const found = await sql<{ kind: MarginKind; before: string; after: string; cells: number; rows: number }>`
    with cell as (
      select coalesce(sum(${value}) filter (where ${before}), 0) as before,
        coalesce(sum(${value}) filter (where ${after}), 0) as after,
        count(distinct period) as months, count(*) as n
      from trade_flow where ${where}
      group by hs, partner, enterprise
    )
    select case when before <> 0 and after <> 0 then 'continuing' when months < ${minMonths} then 'occasional'
        when before = 0 then 'entering' else 'exiting' end as kind,
      sum(before) as before, sum(after) as after, count(*) filter (where before <> 0 or after <> 0) as cells,
      sum(n) as rows
    from cell group by 1`.execute(db)
  const groups = found.rows.map(({ kind, before: v0, after: v1, cells }) => ({
    kind,
    before: new Big(v0),
    after: new Big(v1),
    cells: Number(cells),
  }))
  return { groups, rows: found.rows.reduce((total, row) => total + Number(row.rows), 0) }
}

export interface PairCell {
  product: string
  other: string
  before: Big
  after: Big
}

/** Sums by product, cut to `digits`, and a second column; for the given products only unless null. */
export async function sumPairs(
  db: Database,
  ask: ChangeAsk,
  by: { digits: number; other: 'enterprise' | 'partner'; products: string[] | null },
): Promise<PairCell[]> {
  const table = tableFor(ask.question)
  const product = sql`case when hs ~ '^[0-9]' then left(hs, ${by.digits}::int) else hs end`
  const restricted = by.products === null ? sql`true` : sql`${product} = any(${by.products}::text[])`
  const sides = [ask.base, ask.current].map((slices) => sql`slice_id = any(${idsOf(slices)}::bigint[])`)
  const [before, after] = sides
  const found = await sql<{ product: string; other: string; before: string; after: string }>`
    select ${product} as product, ${table.column(by.other)} as other,
      coalesce(sum(${table.value}) filter (where ${before ?? sql`false`}), 0) as before,
      coalesce(sum(${table.value}) filter (where ${after ?? sql`false`}), 0) as after
    from ${table.from}
    where (${sql.join(sides, sql` or `)}) and ${table.where} and ${restricted}
    group by 1, 2`.execute(db)
  return found.rows.map((row) => ({ ...row, before: new Big(row.before), after: new Big(row.after) }))
}

/** Conditions on the facts: those of the question, the slices, and the periods, so that only their partitions are read. */
function partsOf({ question, base, current }: ChangeAsk) {
  const table = tableFor({ ...question, source: 'facts' })
  const all = [...base, ...current]
  const days = all.map((slice) => slice.firstDay).sort()
  const before = sql`slice_id = any(${idsOf(base)}::bigint[])`
  const after = sql`slice_id = any(${idsOf(current)}::bigint[])`
  const where = sql`slice_id = any(${idsOf(all)}::bigint[]) and period between ${days.at(0)} and ${days.at(-1)} and ${table.where}`
  return { value: table.value, where, before, after }
}
