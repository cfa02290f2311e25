import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import type { Rollup } from '../reference/rollups.ts'
import type { Tally } from './copy/row-store.ts'
import { rollupStatements } from './rollup.ts'
import type { LoadingSlice } from './slices.ts'

/** The tables of a load: the real ones, or in a preview temporary ones that vanish with the transaction. */
export interface LoadTables {
  facts: string
  rollups: string
}

/** First half of an advisory lock; the second is the hash of a dataset, or of a file. */
const datasetLock = 7_420_002
const fileLock = 7_420_003

/** Makes two imports of the same bytes wait for each other until the first transaction ends. */
export async function lockFile(client: pg.ClientBase, sha256: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [fileLock, sha256])
}

export async function allocateSliceIds(pool: pg.Pool, count: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('slice', 'id'))::bigint as id from generate_series(1, $1)`,
    [count],
  )
  return rows.map((row) => row.id)
}

/** Tables for a load; those of a preview write no log and leave nothing behind. */
export async function makeTables(client: pg.ClientBase, preview: boolean): Promise<LoadTables> {
  await client.query(`
    create temp table loading_slice (
      id bigint primary key, dataset text, flow text, period date, months smallint, scope text,
      hs_edition text, rows bigint, summed boolean
    ) on commit drop`)
  if (!preview) return { facts: 'trade_flow', rollups: 'trade_rollup' }
  await client.query(`
    create temp table preview_flow (like trade_flow including defaults) on commit drop;
    create index on preview_flow (slice_id);
    create temp table preview_rollup (like trade_rollup including defaults) on commit drop`)
  return { facts: 'preview_flow', rollups: 'preview_rollup' }
}

/** Names of the partitions of a table; of one that has none, none. */
export async function partitionsOf(client: pg.ClientBase, table: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass',
    [table],
  )
  return new Set(rows.map(({ name }) => name))
}

/**
 * Writes down the slices of the file and locks their datasets in a fixed order. A source's own total over partners
 * (W00) is not summed where the file has partners beside it.
 */
export async function registerSlices(client: pg.ClientBase, slices: readonly LoadingSlice[]): Promise<void> {
  const columns = ['id', 'dataset', 'flow', 'period', 'months', 'scope', 'hs_edition', 'rows']
  const rows = slices.map((slice) =>
    copyRow([
      slice.id,
      slice.dataset,
      slice.flow,
      slice.periodStart,
      slice.months,
      slice.scope,
      slice.hsEdition,
      slice.rows,
    ]),
  )
  await copyInto(client, 'loading_slice', columns, rows)
  await client.query(`
    update loading_slice s set summed = s.scope <> 'W00' or not exists (
      select from loading_slice p where p.scope not in ('', 'W00')
        and (p.dataset, p.flow, p.period, p.months) = (s.dataset, s.flow, s.period, s.months))`)
  await client.query('analyze loading_slice')
  for (const dataset of [...new Set(slices.map((slice) => slice.dataset))].sort()) {
    await lockDataset(client, dataset)
  }
}

/** Makes whoever changes the slices of a dataset wait until the first transaction ends. */
export async function lockDataset(client: pg.ClientBase, dataset: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [datasetLock, dataset])
}

/** Replaces the current vintage of every slice by the one being loaded. */
export async function replaceSlices(client: pg.ClientBase, sourceFileId: number, at: Date): Promise<void> {
  await client.query(
    `update slice s set superseded_at = $1 from loading_slice n
     where s.superseded_at is null
       and (s.dataset, s.flow, s.period, s.months, s.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)`,
    [at],
  )
  await client.query(
    `insert into slice (id, dataset, flow, period, months, scope, hs_edition, source_file_id, rows, loaded_at)
     overriding system value
     select id, dataset, flow, period, months, scope, hs_edition, $1, rows, $2 from loading_slice`,
    [sourceFileId, at],
  )
}

/** Remembers which current slices are about to be replaced, for the comparison in the report. */
export async function noteReplaced(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temp table replaced_slice on commit drop as
    select n.id, s.id as old_id, s.scope <> 'W00' or not coalesce(bool_or(s.scope not in ('', 'W00'))
      over (partition by s.dataset, s.flow, s.period, s.months), false) as summed
    from slice s join loading_slice n
      on (s.dataset, s.flow, s.period, s.months, s.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
    where s.superseded_at is null`)
}

/** Everything in which two rows of a slice must agree for one to be a total of the other over products. */
const productKey = `concat_ws('|', f.partner, coalesce(f.trade_mode, ''), coalesce(f.supervision_mode, ''),
  coalesce(f.ownership, ''), coalesce(f.district, ''), coalesce(f.enterprise, ''),
  case when f.breakdown is null then coalesce(f.transport, '') end)`

/**
 * Stops counting rows that are totals of other rows of their slice: coarser breakdowns where a finer one of the same
 * product is there, transport modes of which parts are there, and product codes of which longer ones are there.
 */
export async function uncountTotals(client: pg.ClientBase, facts: string, tally: Tally): Promise<void> {
  const bounds = [tally.firstPeriod, tally.lastPeriod]
  if (!tally.brokenDown && tally.codeLengths.size < 2) return
  // rows of this transaction are unknown to the planner, which would compare each with each
  await client.query('set local enable_nestloop = off')
  const among = 'f.slice_id in (select id from loading_slice) and f.period between $1 and $2'
  if (tally.brokenDown) {
    const shape = `regexp_replace(coalesce(f.breakdown, ':::'), '[^:]+', 'x', 'g')`
    await client.query(
      `with shapes as (select distinct f.slice_id, f.hs, ${shape} as shape from ${facts} f where ${among}),
       finest as (
         select distinct on (slice_id, hs) slice_id, hs, shape from shapes
         order by slice_id, hs, length(replace(shape, ':', '')) desc, shape desc)
       update ${facts} f set counted = false from finest
       where ${among} and (f.slice_id, f.hs) = (finest.slice_id, finest.hs) and ${shape} <> finest.shape`,
      bounds,
    )
    await client.query(
      `update ${facts} f set counted = false
       where ${among} and f.counted and f.breakdown is not null and exists (
         select from ${facts} p
         where (p.slice_id, p.period, p.hs) = (f.slice_id, f.period, f.hs) and p.counted
           and p.transport like f.transport || '_%'
           and regexp_replace(p.breakdown, '[^:]*:([^:]*)$', ':\\1') = regexp_replace(f.breakdown, '[^:]*:([^:]*)$', ':\\1'))`,
      bounds,
    )
  }
  const lengths = [...tally.codeLengths].filter((length) => length > 0)
  await client.query(
    `with row as (select f.slice_id, ${productKey} as key, f.hs from ${facts} f where ${among}),
     parent as (
       select distinct slice_id, key, left(hs, n) as hs from row, unnest($3::int[]) n
       where hs <> 'TOTAL' and length(hs) > n
       union
       select distinct slice_id, key, 'TOTAL' from row where hs <> 'TOTAL')
     update ${facts} f set counted = false from parent
     where ${among} and (f.slice_id, f.hs) = (parent.slice_id, parent.hs) and ${productKey} = parent.key`,
    [...bounds, lengths],
  )
  await client.query('set local enable_nestloop = on')
}

/** Sums the counted facts over every dimension named, in place of what was summed of them before. */
export async function insertRollups(
  client: pg.ClientBase,
  tables: LoadTables,
  names: readonly Rollup[],
  tally: Tally,
): Promise<void> {
  await client.query(`delete from ${tables.rollups} where slice_id in (select id from loading_slice)`)
  await client.query(`set local work_mem = '64MB'; set local hash_mem_multiplier = 2`)
  for (const { sql, bounded } of rollupStatements(names, tables)) {
    await client.query(sql, bounded ? [tally.firstPeriod, tally.lastPeriod] : [])
  }
}

/** Keeps the newest name of each enterprise code. */
export async function upsertEnterprises(
  client: pg.ClientBase,
  enterprises: ReadonlyMap<string, string>,
): Promise<void> {
  if (enterprises.size === 0) return
  await client.query('create temp table loading_enterprise (id text, name text) on commit drop')
  await copyInto(client, 'loading_enterprise', ['id', 'name'], [...enterprises].map(copyRow))
  await client.query(`
    insert into enterprise (id, name) select id, name from loading_enterprise order by id
    on conflict (id) do update set name = excluded.name where enterprise.name <> excluded.name`)
}

/** One line of the report's sums: what was counted, or with `aggregates` what was kept but not counted. */
export interface SumRow {
  flow: string
  period: string
  months: number
  rows: number
  value_cny: string | null
  value_usd: string | null
}

export async function sumCounted(client: pg.ClientBase, rollups: string): Promise<SumRow[]> {
  const { rows } = await client.query<SumRow>(`
    select s.flow, s.period, s.months, sum(r.rows)::bigint as rows, trim_scale(sum(r.value_cny)) as value_cny,
      trim_scale(sum(r.value_usd)) as value_usd
    from loading_slice s join ${rollups} r on r.slice_id = s.id and r.dims = 'total'
    where s.summed group by s.flow, s.period, s.months order by s.period, s.months, s.flow`)
  return rows
}

export async function sumAggregates(client: pg.ClientBase, facts: string, tally: Tally): Promise<SumRow[]> {
  const apart = await client.query('select from loading_slice where not summed limit 1')
  const allCount = !tally.brokenDown && tally.codeLengths.size < 2 && apart.rowCount === 0
  if (allCount) return [] // which a look at every row would only confirm
  const { rows } = await client.query<SumRow>(
    `select s.flow, s.period, s.months, count(*) as rows,
       trim_scale(sum(f.value_cny)) as value_cny, trim_scale(sum(f.value_usd)) as value_usd
     from loading_slice s join ${facts} f on f.slice_id = s.id
     where f.period between $1 and $2 and not (s.summed and f.counted)
     group by s.flow, s.period, s.months order by s.period, s.months, s.flow`,
    [tally.firstPeriod, tally.lastPeriod],
  )
  return rows
}

/** Slices of the file against what they replace, a line for each dataset, flow and period. */
export interface ChangeRow {
  dataset: string
  flow: string
  period: string
  months: number
  partners: number
  replaced: number
  rows: number
  value_cny: string | null
  value_usd: string | null
  old_rows: number
  old_cny: string | null
  old_usd: string | null
  /** Slices that lose more than half their rows. */
  shrunk: number
}

export async function compareSlices(client: pg.ClientBase, rollups: string): Promise<ChangeRow[]> {
  const { rows } = await client.query<ChangeRow>(`
    select n.dataset, n.flow, n.period, n.months, count(*) as partners, count(o.old_id) as replaced,
      coalesce(sum(r.rows) filter (where n.summed), 0)::bigint as rows,
      trim_scale(sum(r.value_cny) filter (where n.summed)) as value_cny,
      trim_scale(sum(r.value_usd) filter (where n.summed)) as value_usd,
      coalesce(sum(b.rows) filter (where o.summed), 0)::bigint as old_rows,
      trim_scale(sum(b.value_cny) filter (where o.summed)) as old_cny,
      trim_scale(sum(b.value_usd) filter (where o.summed)) as old_usd,
      count(*) filter (where coalesce(r.rows, 0) * 2 < b.rows) as shrunk
    from loading_slice n
    left join ${rollups} r on r.slice_id = n.id and r.dims = 'total'
    left join replaced_slice o on o.id = n.id
    left join trade_rollup b on b.slice_id = o.old_id and b.dims = 'total'
    group by n.dataset, n.flow, n.period, n.months
    order by n.dataset, n.period, n.months, n.flow`)
  return rows
}
