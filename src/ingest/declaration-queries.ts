import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import type { Tally } from './copy/row-store.ts'

const mine = 'slice_id in (select id from loading_slice)'

/**
 * Brings the lines of declarations in order once all are read: of several statements about an item the last holds, a
 * withdrawn one is gone, freight and insurance of a whole declaration are shared among its lines by value, and what a
 * file does not mention of the months it touches is carried over from the vintage it replaces.
 */
export async function settleDeclarations(
  client: pg.ClientBase,
  facts: string,
  tally: Tally,
  rates: Readonly<Record<string, string>>,
): Promise<void> {
  await stageDeclarations(client, tally, rates)
  await client.query(`
    delete from ${facts} f using (
      select declaration, item, max(line) as line from ${facts} where ${mine} group by declaration, item
    ) last
    where f.${mine} and f.item is not null and (f.declaration, f.item) = (last.declaration, last.item)
      and f.line < last.line`)
  await client.query(`
    delete from ${facts} f using loading_withdrawn w
    where f.${mine} and f.declaration = w.number and (w.item is null or w.item = f.item) and f.line < w.line`)
  await shareCharges(client, facts)
  await carryOver(client, facts)
  const { rows } = await client.query<{ first: string; last: string }>(
    'select min(period)::text as first, max(period)::text as last from loading_slice',
  )
  tally.firstPeriod = rows[0]?.first ?? tally.firstPeriod
  tally.lastPeriod = rows[0]?.last ?? tally.lastPeriod
  const dimensions = ['partner', 'mode', 'ownership', 'transport', 'district', 'enterprise'] as const
  for (const dimension of dimensions) tally.present.add(dimension)
}

async function stageDeclarations(
  client: pg.ClientBase,
  { withdrawn, charges }: Tally,
  rates: Readonly<Record<string, string>>,
): Promise<void> {
  await client.query(`
    create temp table loading_withdrawn (number text, item text, line bigint) on commit drop;
    create temp table loading_charge (number text primary key, amount numeric) on commit drop;
    create temp table loading_rate (currency text primary key, rate numeric) on commit drop`)
  const columns = ['number', 'item', 'line']
  const gone = withdrawn.map(({ number, item, line }) => copyRow([number, item, line]))
  await copyInto(client, 'loading_withdrawn', columns, gone)
  await copyInto(client, 'loading_charge', ['number', 'amount'], [...charges].map(copyRow))
  await copyInto(client, 'loading_rate', ['currency', 'rate'], Object.entries(rates).map(copyRow))
}

/** Each line's share is rounded to a hundredth so that the shares add up to the charge. */
async function shareCharges(client: pg.ClientBase, facts: string): Promise<void> {
  await client.query(`
    with line as (
      select slice_id, period, line, c.amount, value_declared as value,
        sum(value_declared) over (partition by declaration order by line) as running,
        sum(value_declared) over (partition by declaration) as total
      from ${facts} f join loading_charge c on c.number = f.declaration
      where f.${mine} and value_declared is not null
    ), share as (
      select slice_id, period, line,
        round(amount * running / total, 2) - round(amount * (running - value) / total, 2) as amount
      from line where total <> 0
    )
    update ${facts} f set
      value_declared = f.value_declared + s.amount,
      value_cny = case
        when f.currency = 'CNY' then f.value_cny + s.amount
        when f.value_cny = f.value_declared * r.rate then (f.value_declared + s.amount) * r.rate
        else f.value_cny end,
      value_usd = case
        when f.currency = 'USD' then f.value_usd + s.amount
        when f.value_usd = round(f.value_declared * coalesce(r.rate, 1) / u.rate, 2)
          then round((f.value_declared + s.amount) * coalesce(r.rate, 1) / u.rate, 2)
        else f.value_usd end
    from share s, (select max(rate) as rate from loading_rate where currency = 'USD') u,
      (select distinct p.currency, l.rate from ${facts} p left join loading_rate l using (currency) where p.${mine}) r
    where (f.slice_id, f.period, f.line) = (s.slice_id, s.period, s.line) and r.currency = f.currency`)
}

/** Lines of the replaced vintages that this file says nothing about, also of months it only takes an item away from. */
async function carryOver(client: pg.ClientBase, facts: string): Promise<void> {
  await client.query(`
    create temp table touched on commit drop as
    select distinct declaration as number, item from ${facts} where ${mine} and declaration is not null
    union select number, item from loading_withdrawn`)
  await client.query(`
    insert into loading_slice (id, dataset, flow, period, months, scope, hs_edition, rows, summed)
    select nextval(pg_get_serial_sequence('slice', 'id')), s.dataset, s.flow, s.period, s.months, s.scope, s.hs_edition, 0, true
    from slice s
    where s.superseded_at is null and s.dataset in (select dataset from loading_slice)
      and s.scope in (select scope from loading_slice)
      and (s.dataset, s.flow, s.period, s.months, s.scope) not in (select dataset, flow, period, months, scope from loading_slice)
      and exists (
        select from trade_flow f join touched t on t.number = f.declaration and (t.item is null or t.item = f.item)
        where f.slice_id = s.id and f.period = s.period)`)
  const columns = `period, hs, partner, trade_mode, supervision_mode, ownership, transport, district, enterprise, quantity1,
      unit1, quantity2, unit2, value_cny, value_usd, breakdown, counted, line, value_declared, currency, declaration, item`
  await client.query(`
    with kept as (
      insert into ${facts} (slice_id, ${columns})
      select n.id, ${columns
        .split(',')
        .map((column) => `f.${column.trim()}`)
        .join(', ')}
      from loading_slice n
      join slice s on s.superseded_at is null
        and (s.dataset, s.flow, s.period, s.months, s.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
      join trade_flow f on f.slice_id = s.id and f.period = s.period
      where not exists (
        select from touched t
        where t.number = f.declaration and (t.item is null or f.item is null or t.item = f.item))
      returning slice_id)
    select count(*) from kept`)
  await client.query(`
    update loading_slice n set rows = (select count(*) from ${facts} f where f.slice_id = n.id)`)
}
