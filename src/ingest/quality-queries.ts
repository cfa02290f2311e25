import type pg from 'pg'
import { inTransaction } from '../db/transaction.ts'
import type { Tally } from './copy/row-store.ts'
import type { ImportReport, Quality } from './schema.ts'

const mine = 'f.slice_id in (select id from loading_slice) and f.period between $1 and $2'
const shown = 20

/** Looks at the rows just read: what a person should see before the figures are relied on. */
export async function findOddities(
  client: pg.ClientBase,
  facts: string,
  tally: Pick<Tally, 'firstPeriod' | 'lastPeriod'>,
): Promise<Pick<Quality, 'unitChanges' | 'outliers' | 'controls'>> {
  const bounds = [tally.firstPeriod, tally.lastPeriod]
  // Rows just written have no statistics: the planner takes them for a handful and would loop over them in each other.
  await client.query('set local enable_nestloop = off')
  const units = await client.query<Quality['unitChanges'][number]>(
    `with here as (
       select f.hs, f.unit1 as unit from ${facts} f where ${mine} and f.counted and f.unit1 is not null group by 1, 2
     ), before as (
       select r.hs, r.unit from replaced_slice o join trade_sum r on r.slice_id = o.old_id
       where r.dims in ('hs8', 'hs6') and r.unit is not null and length(r.hs) >= 6
         and r.hs in (select hs from here) group by 1, 2
     )
     select hs, array_agg(distinct unit order by unit) as units from (select * from here union select * from before) unit
     group by hs having count(distinct unit) > 1 order by hs limit ${shown}`,
    bounds,
  )
  const outliers = await client.query<Quality['outliers'][number]>(
    `with priced as materialized (
       select f.line, f.hs, f.partner, f.unit1, coalesce(f.value_usd, f.value_cny) / f.quantity1 as price,
         (f.value_usd is null)::text as kind
       from ${facts} f
       where ${mine} and f.counted and f.quantity1 > 0 and coalesce(f.value_usd, f.value_cny) > 0
     ), middle as materialized (
       select hs, unit1, kind, (percentile_cont(0.5) within group (order by price::float8))::numeric as median
       from priced group by 1, 2, 3 having count(*) >= 5
     )
     select line::int, hs, partner, round(price, 6)::text as "unitValue", round(median, 6)::text as median
     from priced join middle using (hs, unit1, kind)
     where median > 0 and (price > median * 100 or price * 100 < median)
     order by abs(ln((price / median)::float8)) desc, line limit ${shown}`,
    bounds,
  )
  const controls = await client.query<Quality['controls'][number]>(
    `select s.dataset, s.flow, s.period::text as period, s.scope,
       trim_scale(sum(v.value) filter (where not f.counted and f.hs = 'TOTAL' and f.breakdown is null))::text as stated,
       trim_scale(sum(v.value) filter (where f.counted))::text as parts
     from loading_slice s join ${facts} f on f.slice_id = s.id and f.period = s.period,
       lateral (select coalesce(f.value_usd, f.value_cny) as value) v
     where f.period between $1 and $2
     group by 1, 2, 3, 4
     having abs(sum(v.value) filter (where not f.counted and f.hs = 'TOTAL' and f.breakdown is null)
       - sum(v.value) filter (where f.counted)) > 0
     order by 1, 2, 3, 4 limit ${shown}`,
    bounds,
  )
  await client.query('set local enable_nestloop = on')
  return { unitChanges: units.rows, outliers: outliers.rows, controls: controls.rows }
}

/** Sums of what was declared in other currencies and could not be put into yuan or dollars. */
export async function sumDeclared(
  client: pg.ClientBase,
  facts: string,
  tally: Tally,
): Promise<
  { flow: string; period: string; months: number; currency: string; rows: number; value: string }[]
> {
  const { rows } = await client.query(
    `select s.flow, s.period, s.months, f.currency, count(*) as rows, trim_scale(sum(f.value_declared))::text as value
     from loading_slice s join ${facts} f on f.slice_id = s.id and f.period = s.period
     where f.period between $1 and $2 and f.counted and f.value_declared is not null
       and f.value_cny is null and f.value_usd is null
     group by 1, 2, 3, 4 order by 2, 3, 1, 4`,
    [tally.firstPeriod, tally.lastPeriod],
  )
  return rows
}

/**
 * Looks at a large file once it is stored, when that holds up no load: the report with units, outliers and controls, also
 * kept with the import. Sorting is left to the database, whose memory is bounded. Any other report is returned as it is.
 */
export async function completeQuality(pool: pg.Pool, report: ImportReport): Promise<ImportReport> {
  const { quality, status, dryRun } = report
  if (quality === null || quality.complete || dryRun || (status !== 'loaded' && status !== 'partial'))
    return report
  return inTransaction(pool, (client) => lookCloser(client, report, quality))
}

async function lookCloser(
  client: pg.ClientBase,
  report: ImportReport,
  quality: Quality,
): Promise<ImportReport> {
  const { rows } = await client.query<{ id: number }>(
    `select id from source_file where sha256 = $1 and state in ('loaded', 'partial')`,
    [report.file.sha256],
  )
  const id = rows[0]?.id
  if (id === undefined) return report
  await client.query(
    `create temp table loading_slice on commit drop as
     select id, dataset, flow, period, months, scope, loaded_at from slice where source_file_id = $1`,
    [id],
  )
  await client.query(`
    create temp table replaced_slice on commit drop as
    select o.id as old_id from loading_slice n join slice o
      on (o.dataset, o.flow, o.period, o.months, o.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
    where o.superseded_at = n.loaded_at and o.id < n.id`)
  const bounds = await client.query<{ firstPeriod: string; lastPeriod: string }>(
    'select min(period)::text as "firstPeriod", max(period)::text as "lastPeriod" from loading_slice',
  )
  const [span] = bounds.rows
  if (!span) return report
  const odd = await findOddities(client, 'trade_flow', span)
  const whole = { ...report, quality: { ...quality, ...odd, complete: true } }
  await client.query('update source_file set report = $2 where id = $1', [id, JSON.stringify(whole)])
  return whole
}
