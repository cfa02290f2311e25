import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '../../db/connect.ts'
import { inScope } from '../../db/scope.ts'
import type { Rollup } from '../../reference/rollups.ts'
import type { TariffPack, TariffRate } from '../tariff/facts.ts'

export type TradeFlow = 'export' | 'import'
export type TradeCurrency = 'USD' | 'CNY'

/** The twelve months up to the newest loaded one, and the slices that hold them. */
export interface TradeYear {
  dataset: string
  from: string
  to: string
  edition: '2012' | '2017' | '2022'
  loadedAt: Date
  slices: number[]
  /** How many of the twelve months are loaded. */
  months: number
}

/** Trade of a product with a partner over the year, lines of eight digits; a quantity only where every row has one in the same unit. */
export interface TradeRow {
  hs: string
  partner: string
  value: string
  quantities: { amount: string; unit: string }[]
}

/** The last twelve loaded months of a flow, none after the day asked; null where nothing is loaded. */
export async function tradeYear(
  db: Database,
  { flow, on, asOf }: { flow: TradeFlow; on: string; asOf: Date },
): Promise<TradeYear | null> {
  const found = await sql<{
    dataset: string
    from: string
    to: string
    edition: TradeYear['edition']
    loadedAt: Date
    slices: number[]
    months: number
  }>`
    with visible as (
      select id, dataset, hs_edition, loaded_at, months, period as first_day,
        (period + make_interval(months => months) - interval '1 day')::date as last_day
      from slices_as_of(${asOf})
      where flow = ${flow} and months < 12 and dataset in ('customs-cn', 'declaration-cn')
    ), newest as (
      select dataset, max(last_day) as last_day from visible where last_day <= ${on}::date
      group by dataset order by max(last_day) desc, dataset limit 1
    )
    select v.dataset, min(v.first_day)::text as "from", max(v.last_day)::text as "to",
      max(v.hs_edition) as edition, max(v.loaded_at) as "loadedAt", array_agg(v.id) as slices,
      (select count(*)::int from generate_series(date_trunc('month', max(n.last_day)) - interval '11 months', max(n.last_day),
        interval '1 month') month where exists (select from visible o where o.dataset = v.dataset
          and o.first_day <= month and month < o.first_day + make_interval(months => o.months))) as months
    from visible v join newest n using (dataset)
    where v.last_day <= n.last_day and v.first_day > n.last_day - interval '12 months'
    group by v.dataset`.execute(db)
  return found.rows[0] ?? null
}

/**
 * A firm's trade of the year by line and partner, of lines under some codes where they are named; from the sums kept with each load
 * where it keeps them, else from the facts. Read in the firm's scope, whoever asks: nothing but its own rows is there.
 */
export async function tradeOfEnterprise(
  db: Database,
  year: TradeYear,
  ask: {
    enterprise: string
    currency: TradeCurrency
    partners?: readonly string[]
    subheadings?: readonly string[]
  },
): Promise<TradeRow[]> {
  // A slice that keeps lines of the firm keeps all of them; of the others the facts are asked.
  const from = sql`(
    with own as materialized (select * from trade_sum where dims = ${firmLines} and slice_id = any(${year.slices}::bigint[]))
    select slice_id, hs, partner, enterprise, value_usd, value_cny, quantity, unit from own
    union all
    select slice_id, hs, partner, enterprise, value_usd, value_cny, quantity1, unit1 from trade_flow
    where counted and slice_id = any(${year.slices}::bigint[]) and slice_id not in (select slice_id from own)
  ) line`
  const withPartners = ask.partners ? sql`and partner = any(${ask.partners}::text[])` : sql``
  const under = ask.subheadings ? sql`and left(hs, 6) = any(${ask.subheadings}::text[])` : sql``
  const where = sql`enterprise = ${ask.enterprise} ${withPartners} ${under}`
  return inScope(db, ask.enterprise, (tx) => sumLines(tx, year, { from, where, currency: ask.currency }))
}

/** The city's trade of the year by line and partner, from the sums kept with each load. */
export function tradeOfCity(
  db: Database,
  year: TradeYear,
  { currency, partners }: { currency: TradeCurrency; partners: readonly string[] },
): Promise<TradeRow[]> {
  const from = sql`(select * from trade_sum where dims = 'partner+hs8') kept`
  return sumLines(db, year, { from, where: sql`partner = any(${partners}::text[])`, currency })
}

const firmLines: Rollup = 'enterprise+partner+hs8'

async function sumLines(
  db: Database | Tx,
  year: TradeYear,
  {
    from,
    where,
    currency,
  }: { from: RawBuilder<unknown>; where: RawBuilder<unknown>; currency: TradeCurrency },
): Promise<TradeRow[]> {
  const value = sql.ref(currency === 'USD' ? 'value_usd' : 'value_cny')
  const line = sql`left(hs, 8)`
  const found = await sql<Omit<TradeRow, 'quantities'> & { quantity: string | null; unit: string | null }>`
    select ${line} as hs, partner, sum(${value})::text as value, min(unit) as unit,
      case when bool_and(quantity is not null and unit is not null) and min(unit) = max(unit)
        then sum(quantity)::text end as quantity
    from ${from}
    where slice_id = any(${year.slices}::bigint[]) and hs ~ '^[0-9]{6,}$' and ${where}
    group by 1, 2
    having sum(${value}) > 0
    order by 1, 2`.execute(db)
  return found.rows.map(({ quantity, unit, ...row }) => ({
    ...row,
    quantities: quantity !== null && unit !== null ? [{ amount: quantity, unit }] : [],
  }))
}

export async function enterpriseName(db: Database, id: string): Promise<string | null> {
  const named = (tx: Tx) => tx.selectFrom('enterprise').select('name').where('id', '=', id).executeTakeFirst()
  return (await inScope(db, id, named))?.name ?? null
}

/** Rates of many packs on a day under many subheadings, in one query: by pack, then by subheading. */
export async function ratesOnDay(
  db: Database,
  packs: readonly { pack: TariffPack; subheadings: readonly string[] }[],
  on: string,
): Promise<Map<string, Map<string, TariffRate[]>>> {
  const ids = packs.flatMap(({ pack, subheadings }) => subheadings.map(() => pack.id))
  const codes = packs.flatMap(({ subheadings }) => subheadings)
  const found = await sql<TariffRate & { packId: string; subheading: string }>`
    select r.pack_id as "packId", w.subheading, r.line, r.base, r.valid_from::text as "validFrom",
      r.valid_to::text as "validTo", r.rate
    from unnest(${ids}::text[], ${codes}::text[]) w (pack_id, subheading)
    join tariff_rate r on r.pack_id = w.pack_id and left(r.line, 6) = w.subheading
    where r.base or (r.valid_from <= ${on}::date and (r.valid_to is null or r.valid_to >= ${on}::date))
    order by r.line`.execute(db)
  const byPack = new Map<string, Map<string, TariffRate[]>>()
  for (const { packId, subheading, ...rate } of found.rows) {
    const bySubheading = byPack.get(packId) ?? new Map<string, TariffRate[]>()
    byPack.set(packId, bySubheading)
    const rates = bySubheading.get(subheading) ?? []
    bySubheading.set(subheading, rates)
    rates.push(rate)
  }
  return byPack
}
