import { Big } from 'big.js'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { listedBeside } from '../reference/rollups.ts'
import type { Currency, LoadedSlice } from './coverage.ts'
import { type Dimensions, noDimensions, type Rollup, type RollupCounts, rollupNames } from './rollups.ts'

/** What figures are restricted to; null = not restricted. */
export interface Filters {
  hs: string | null
  /** Any of these partners. */
  partners: string[] | null
  mode: string | null
  enterprise: string | null
}

/** What lines are formed by: one of these columns, or the code cut to a number of digits; null = one line for all. */
export type Grouping = keyof Omit<Dimensions, 'hs'> | { digits: number } | null

/** What to add up, and the table that holds it (see sourceFor). */
export interface Question {
  source: Rollup | 'facts'
  filters: Filters
  currency: Currency
}

/** Every visible slice of a dataset and flow as of an instant. */
export async function loadSlices(
  db: Database,
  ask: { dataset: string; flow: string; asOf: Date },
): Promise<LoadedSlice[]> {
  const found = await visibleSlices(db, ask.asOf, sql`s.dataset = ${ask.dataset} and s.flow = ${ask.flow}`)
  return found.map(({ slice }) => slice)
}

/** What is loaded as of an instant, by dataset and flow. */
export async function loadDatasets(
  db: Database,
  asOf: Date,
): Promise<{ dataset: string; flow: string; slices: LoadedSlice[] }[]> {
  const found = await visibleSlices(db, asOf, sql`true`)
  const groups = Map.groupBy(found, ({ dataset, flow }) => JSON.stringify([dataset, flow]))
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    return first
      ? [{ dataset: first.dataset, flow: first.flow, slices: members.map(({ slice }) => slice) }]
      : []
  })
}

/** When the first slice of a dataset was loaded, whatever became of it; null for a dataset that never was. */
export async function loadFirstInstant(db: Database, dataset: string): Promise<Date | null> {
  const found = await sql<{ first: Date | null }>`
    select min(loaded_at) as first from slice where dataset = ${dataset}`.execute(db)
  return found.rows[0]?.first ?? null
}

async function visibleSlices(db: Database, asOf: Date, where: RawBuilder<unknown>) {
  const found = await sql<
    Omit<LoadedSlice, 'currencies'> & { dataset: string; flow: string; usd: boolean; cny: boolean }
  >`
    select s.dataset, s.flow, s.id, s.period as first_day, s.months, s.hs_edition, s.loaded_at,
      case when s.scope = 'W00' or s.scope <> '' and exists (
        select from trade_rollup p where p.slice_id = s.id and p.dims = 'partner' and p.partner = s.scope
      ) then s.scope end as partner,
      t.value_usd is not null or s.rows = 0 as usd,
      t.value_cny is not null or s.rows = 0 as cny
    from slices_as_of(${asOf}) s
    left join trade_rollup t on t.slice_id = s.id and t.dims = 'total'
    where ${where}
    order by s.dataset, s.flow, s.period, s.id`.execute(db)
  return found.rows.map(({ dataset, flow, usd, cny, ...slice }) => {
    const currencies = [...(cny ? (['CNY'] as const) : []), ...(usd ? (['USD'] as const) : [])]
    return { dataset, flow, slice: { ...slice, currencies } satisfies LoadedSlice }
  })
}

/** How many of the slices keep each rollup, or each of those named. */
export async function countRollups(
  db: Database,
  slices: readonly LoadedSlice[],
  names: readonly string[] = rollupNames,
): Promise<RollupCounts> {
  const found = await sql<{ name: string; slices: number }>`
    select name, count(*) as slices
    from unnest(${names}::text[], ${names.map(besideOf)}::text[]) rollup (name, beside)
      cross join unnest(${idsOf(slices)}::bigint[]) slice (id),
      -- limit keeps these look-ups in the index; exists would read the whole table
      lateral (
        (select from trade_rollup r where r.dims = name and r.slice_id = slice.id limit 1)
        union all
        select from (select r.line_dims from trade_rollup r where r.dims = beside and r.slice_id = slice.id limit 1) pack
        where pack.line_dims = name
        limit 1
      ) kept
    group by 1`.execute(db)
  return new Map(found.rows.map((row) => [row.name, row.slices]))
}

function besideOf(name: string): string | null {
  return listedBeside[name as Rollup] ?? null
}

/** Whether any of the slices states supervision modes; its rollups then hold no trade modes. */
export async function hasSupervisionModes(db: Database, slices: readonly LoadedSlice[]): Promise<boolean> {
  const found = await sql<{ has: boolean }>`
    select exists (
      select from trade_rollup
      where dims = 'mode' and slice_id = any(${idsOf(slices)}::bigint[]) and length(mode) = 4
    ) as has`.execute(db)
  return found.rows[0]?.has ?? false
}

/** Sums by slice; a slice without a matching row is absent. */
export async function sumBySlice(
  db: Database,
  question: Question,
  slices: readonly LoadedSlice[],
): Promise<{ values: Map<number, Big>; rows: number }> {
  const table = tableFor(question, { codes: false })
  const found = await sql<{ sliceId: number; value: string; rows: number }>`
    select slice_id, coalesce(sum(${table.value}), 0) as value, sum(${table.rows}) as rows
    from ${table.from}
    where ${inSlices(slices, question.source)} and ${table.where}
    group by 1`.execute(db)
  return {
    values: new Map(found.rows.map((row) => [row.sliceId, new Big(row.value)])),
    rows: found.rows.reduce((total, row) => total + Number(row.rows), 0),
  }
}

/** Enterprises with trade by product of a number of digits; null where the data name no enterprises. */
export async function countFirms(
  db: Database,
  slices: readonly LoadedSlice[],
  digits: number,
): Promise<Map<string, number> | null> {
  const found = await sql<{ code: string; firms: number }>`
    select left(hs, ${digits}::int) as code, count(distinct enterprise) as firms from trade_sum
    where dims = 'enterprise+hs8' and slice_id = any(${idsOf(slices)}::bigint[]) and enterprise <> ''
    group by 1`.execute(db)
  return found.rows.length === 0 ? null : new Map(found.rows.map((row) => [row.code, Number(row.firms)]))
}

/** Enterprises with trade by code of a dimension; from a rollup where one keeps both, otherwise from the facts. */
export async function countFirmsBy(
  db: Database,
  slices: readonly LoadedSlice[],
  by: 'hs2' | Exclude<Grouping, { digits: number } | null>,
): Promise<Map<string, number>> {
  const rollup = by === 'hs2' ? 'enterprise+hs8' : by === 'partner' ? 'enterprise+partner' : null
  const column = rollup === null ? factColumn : (name: string) => sql.ref(name)
  const code = codeExpression(by === 'hs2' ? { digits: 2 } : by, column)
  const found = await sql<{ code: string; firms: number }>`
    select ${code} as code, count(distinct enterprise) as firms
    from ${rollup === null ? sql`trade_flow` : sql`trade_sum`}
    where ${inSlices(slices, rollup ?? 'facts')} and enterprise <> ''
      and ${rollup === null ? sql`counted` : sql`dims = ${rollup}`}
    group by 1`.execute(db)
  return new Map(found.rows.map((row) => [row.code, Number(row.firms)]))
}

/** The dimensions a question with these filters and this grouping needs. */
export function neededFor(filters: Filters, grouping: Grouping): Dimensions {
  const digits = grouping !== null && typeof grouping === 'object' ? grouping.digits : 0
  const needed: Dimensions = {
    ...noDimensions,
    hs: Math.max(digits, filters.hs?.length ?? 0),
    partner: filters.partners !== null,
    mode: filters.mode !== null,
    enterprise: filters.enterprise !== null,
  }
  return typeof grouping === 'string' ? { ...needed, [grouping]: true } : needed
}

export type Column = (name: string) => RawBuilder<unknown>

/**
 * The table, columns and conditions that answer a question. Without `codes` the product code of a row is not there to be read; with
 * `ownRows` what is kept as lists is left to the caller.
 */
export function tableFor(
  { source, filters, currency }: Question,
  { codes = true, ownRows = false }: { codes?: boolean; ownRows?: boolean } = {},
) {
  const facts = source === 'facts'
  const beside = facts || ownRows ? undefined : listedBeside[source]
  const narrowed = beside !== undefined && filters.hs !== null
  const column: Column = facts ? factColumn : (name) => sql.ref(name)
  const conditions = [
    facts ? sql`counted` : sql`dims = ${source}`,
    ...(filters.hs === null || narrowed ? [] : [sql`starts_with(hs, ${filters.hs})`]),
    ...(filters.partners === null ? [] : [sql`partner = any(${filters.partners}::text[])`]),
    ...(filters.mode === null ? [] : [sql`${modeColumn(source, filters.mode)} = ${filters.mode}`]),
    ...(filters.enterprise === null ? [] : [sql`enterprise = ${filters.enterprise}`]),
  ]
  return {
    from: facts
      ? sql`trade_flow`
      : beside
        ? listedSums({ source, beside, hs: filters.hs, currency, codes })
        : sql`trade_rollup`,
    value: sql.ref(currency === 'USD' ? 'value_usd' : 'value_cny'),
    rows: facts ? sql`1` : sql`rows`,
    where: sql.join(conditions, sql` and `),
    column,
  }
}

/**
 * The sums of a rollup that may be kept as lists beside another one. Those under a code lie together in a list, as it is in the order of
 * the codes: they are found by halving, and nothing else of the lists is taken apart.
 */
function listedSums({
  source,
  beside,
  hs,
  currency,
  codes,
}: {
  source: Rollup
  beside: Rollup
  hs: string | null
  currency: Currency
  codes: boolean
}): RawBuilder<unknown> {
  if (hs === null) return sql`trade_sum`
  const before = `${hs.slice(0, -1)}${String.fromCharCode(hs.charCodeAt(hs.length - 1) - 1)}~`
  const level = Number(/hs(\d)/.exec(beside)?.[1] ?? 0)
  const above = hs.length < level ? sql`starts_with(r.hs, ${hs})` : sql`r.hs = ${hs.slice(0, level)}`
  const [value, list] = (currency === 'USD' ? ['value_usd', 'line_usd'] : ['value_cny', 'line_cny']).map(
    (name) => sql.ref(name),
  )
  return sql`(
    select slice_id, dims, ${codes ? sql`hs, ` : sql``}partner, enterprise, ${value}, rows from trade_rollup
    where dims = ${source} and starts_with(hs, ${hs})
    union all
    select r.slice_id, r.line_dims, ${codes ? sql`unnest(r.lines[first:last]), ` : sql``}r.partner, r.enterprise,
      unnest(r.${list}[first:last]), unnest(coalesce(r.line_rows[first:last], array_fill(1::bigint, array[last - first + 1])))
    from trade_rollup r,
      -- offset keeps the search from being repeated where its result is used
      lateral (select width_bucket(${before} collate "C", r.lines) + 1 as first,
        width_bucket(${`${hs}~`} collate "C", r.lines) as last offset 0) part
    where r.dims = ${beside} and r.line_dims = ${source} and ${level > 0 ? above : sql`true`} and first <= last
  ) part`
}

/** Digits come before ':' in the order of bytes; codes that are no numbers stand for themselves at every level. */
export function codeExpression(
  grouping: Grouping,
  column: Column,
  source: Question['source'] = 'facts',
): RawBuilder<unknown> {
  if (grouping === null) return sql`''`
  if (typeof grouping === 'string') return column(grouping)
  if (source.split('+').includes(`hs${grouping.digits}`)) return sql`hs`
  return sql`case when hs collate "C" < ':' then left(hs, ${grouping.digits}::int) else hs end`
}

/** As the rollups take them: the supervision mode where there is one, and '' where the source says nothing. */
function factColumn(name: string): RawBuilder<unknown> {
  return name === 'mode'
    ? sql`coalesce(supervision_mode, trade_mode, '')`
    : sql`coalesce(${sql.ref(name)}, '')`
}

/** A two-digit code is a trade mode even where the source has supervision modes as well. */
function modeColumn(source: Question['source'], mode: string): RawBuilder<unknown> {
  if (source !== 'facts') return sql.ref('mode')
  return mode.length === 2 ? sql.ref('trade_mode') : factColumn('mode')
}

/** That a row is of these slices; of facts with their periods, so that only the tables of these years are read. */
export function inSlices(slices: readonly LoadedSlice[], source: Question['source']): RawBuilder<unknown> {
  const these = sql`slice_id = any(${idsOf(slices)}::bigint[])`
  if (source !== 'facts' || slices.length === 0) return these
  const days = slices.map((slice) => slice.firstDay).sort()
  return sql`${these} and period between ${days.at(0)} and ${days.at(-1)}`
}

export function idsOf(slices: readonly LoadedSlice[]): number[] {
  return slices.map((slice) => slice.id)
}
