import { Big } from 'big.js'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { labelNames, opposite, usableSlices, valueColumn } from './load.ts'
import { contextOf, partsOf, type Rule } from './rule.ts'
import { type Labels, labelKey, type Point, pointOf, type Series } from './series.ts'

const batchSize = 500

/**
 * Every series of a rule that may ever have been as large as its floor, and those of `keep` (label keys), as of an
 * instant: one query through a cursor, so that neither side holds them all; rows are read ahead in batches and made into
 * series one by one, so that no more than one is there with all its points. January and February are summed. Smaller series
 * can never fire and stay in the database. `only`: just the one with these labels.
 */
export async function* loadSeries(
  tx: Tx,
  rule: Rule,
  options: { asOf: Date; keep: readonly string[]; only?: Labels },
): AsyncGenerator<Series> {
  const names = labelNames(rule)
  const absent = new Set(options.keep)
  const own = await slicesOf(tx, rule, options.asOf)
  const balance = contextOf(rule)?.measure === 'balance'
  const facing = balance ? await slicesOf(tx, opposite(rule), options.asOf) : noSlices
  const query = seriesQuery(rule, names, { own, facing, ...options })
  await sql`declare warning_series no scroll cursor for ${query}`.execute(tx)
  const fetch = () => {
    const batch = sql<SeriesRow>`fetch ${sql.lit(batchSize)} from warning_series`.execute(tx)
    batch.catch(() => {}) // thrown where it is awaited, which may be a while later
    return batch
  }
  let coming = fetch()
  try {
    for (;;) {
      const { rows } = await coming
      if (rows.length === 0) break
      // the database reads on while this batch is evaluated
      coming = fetch()
      for (const row of rows) {
        const series = seriesOf(row, names)
        if (absent.size > 0) absent.delete(labelKey(series.labels))
        yield series
      }
    }
  } finally {
    await coming.catch(() => {})
    await sql`close warning_series`.execute(tx)
  }
  // a series known from before that no longer has any row is all zeros now
  for (const key of absent) yield { labels: labelsOf(key), points: new Map() }
}

/** Slices with the growth period of each. Passed by value: the planner then knows how many there are and hashes instead of sorting. */
interface Slices {
  ids: number[]
  keys: string[]
}

const noSlices: Slices = { ids: [], keys: [] }

async function slicesOf(tx: Tx, rule: Rule, asOf: Date): Promise<Slices> {
  const { rows } = await sql<{ id: number; key: string }>`
    with ${usableSlices(rule, asOf)} select id, key from usable`.execute(tx)
  return { ids: rows.map(({ id }) => id), keys: rows.map(({ key }) => key) }
}

interface Asked {
  own: Slices
  facing: Slices
  keep: readonly string[]
  only?: Labels
}

/** Texts of a series' rows, space between them; `-` for none. */
interface SeriesRow {
  [label: string]: string | null
  periods: string
  amounts: string
  quantities: string
  others: string | null
  unit: string | null
  /** Set where the rows do not share one unit. */
  units: string | null
}

/** One row a series. Rows of one period (months of January and February, parts of a delivery) are added up by the reader. */
function seriesQuery(rule: Rule, names: readonly string[], asked: Asked): RawBuilder<unknown> {
  const labels = names.map((name) => sql.ref(name))
  const columns = labels.length ? sql`${sql.join(labels)},` : sql``
  return sql`
    with ${cellsOf(rule, names, asked)}
    select ${columns} string_agg(key, ' ') as periods, string_agg(value::text, ' ') as amounts,
      string_agg(coalesce(quantity::text, '-'), ' ') as quantities, string_agg(other::text, ' ') as others,
      min(unit) as unit,
      case when min(unit) <> max(unit) or count(unit) < count(quantity) then string_agg(coalesce(unit, ''), chr(31)) end as units
    from cell
    ${labels.length ? sql`group by ${sql.join(labels)}` : sql``}
    having sum(value) filter (where value > 0) >= ${rule.floor.monthlyAmount}::numeric
      or ${keyOf(names)} = any(${[...asked.keep]}::text[])`
}

/** `cell`: labels, growth period, value, quantity and unit, and the other figure of share, hhi or balance. */
function cellsOf(rule: Rule, names: readonly string[], { own, facing, only }: Asked): RawBuilder<unknown> {
  const condition = contextOf(rule)
  const value = sql`coalesce(${sql.ref(`r.${valueColumn(rule)}`)}, 0)`
  const rows = (dims: string, figures: RawBuilder<unknown>, slices = own) => sql`
      select ${sql.join([...names.map((name) => sql.ref(`r.${name}`)), sql`s.key`, figures])}
      from ${partsBy(dims)} r join unnest(${slices.ids}::bigint[], ${slices.keys}::text[]) as s(id, key) on s.id = r.slice_id
      where true`
  const { by } = rule.selector
  const figures = sql`${value} as value, r.quantity, r.unit`
  if (condition?.measure === 'share') {
    const whole =
      (condition.of ?? 'total') === 'total' ? sql`key` : sql.join([sql`key`, sql.ref(condition.of ?? '')])
    const each = sql.join([...names.map((name) => sql.ref(name)), sql`key`])
    return sql`each as (${rows(by, figures)}), summed as (
      select ${each}, sum(value) as value, case when count(quantity) = count(*) and min(unit) = max(unit) then sum(quantity) end as quantity,
        min(unit) as unit, sum(sum(value)) over (partition by ${whole}) as other
      from each group by ${each}
    ), cell as (select * from summed r where true ${filters(rule, only)})`
  }
  if (condition?.measure === 'hhi') {
    const part = sql.ref(`r.${(condition.over ?? '').startsWith('hs') ? 'hs' : condition.over}`)
    const grouped = sql.join([...names.map((name) => sql.ref(`r.${name}`)), sql`s.key`, part])
    const sums = sql`sum(${value}) as value, null::numeric as quantity, null::text as unit`
    const parts = sql`part as (${rows(partsOf(by, condition.over ?? '') ?? by, sums)} ${filters(rule, only)} group by ${grouped})`
    const each = sql.join([...names.map((name) => sql.ref(name)), sql`key`])
    return sql`${parts}, cell as (
      select ${each}, sum(value) as value, null::numeric as quantity, null::text as unit, sum(value * value) as other from part group by ${each})`
  }
  if (condition?.measure === 'balance') {
    const against = sql`${value} * 0 as value, null::numeric as quantity, null::text as unit, ${value} as other`
    return sql`cell as (
      ${rows(by, sql`${figures}, 0::numeric as other`)} ${filters(rule, only)} union all ${rows(by, against, facing)} ${filters(rule, only)})`
  }
  return sql`cell as (${rows(by, sql`${figures}, null::numeric as other`)} ${filters(rule, only)})`
}

/**
 * The rows a breakdown is the sum of, under its own codes: where its lines are kept beside another sum, those lines as they
 * are, as summing them by slice first would cost as much as all the rest.
 */
function partsBy(dims: string): RawBuilder<unknown> {
  const digits = /^partner\+hs([468])$/.exec(dims)?.[1]
  if (digits === undefined) return sql`(select * from trade_sum where dims = ${dims})`
  const finer = ['partner+hs4', 'partner+hs6', 'partner+hs8'].filter((name) => name >= dims)
  const figures = sql.raw('partner, value_cny, value_usd, quantity, unit')
  return sql`(
    select slice_id, beside_hs as chapter, case when hs < ':' collate "C" then left(hs, ${sql.lit(Number(digits))}) else hs end as hs, ${figures}
    from rollup_line where beside = 'partner+hs2' and dims in (${sql.join(finer)})
    union all
    select slice_id, left(hs, 2), hs, ${figures} from trade_rollup where dims = ${dims})`
}

function filters(rule: Rule, only: Labels = {}): RawBuilder<unknown> {
  const { by, hs, partner } = rule.selector
  const parts = Object.entries(only).map(([name, code]) => sql`and ${sql.ref(`r.${name}`)} = ${code}`)
  const chapters = [...(hs ?? []), ...(only.hs ? [only.hs] : [])].map((code) => code.slice(0, 2))
  if (chapters.length > 0 && /hs[468]/.test(by)) parts.push(sql`and r.chapter = any(${chapters}::text[])`)
  // codes that are no number (totals of sources not split by product) are no product
  if (by.includes('hs')) parts.push(sql`and r.hs ~ '^[0-9]'`)
  if (hs) parts.push(sql`and r.hs like any(${hs.map((code) => `${code}%`)}::text[])`)
  if (partner) parts.push(sql`and r.partner = any(${partner}::text[])`)
  if (by.includes('partner')) parts.push(sql`and r.partner <> ''`)
  return sql.join(parts, sql` `)
}

/** The SQL twin of `labelKey`. */
function keyOf(names: readonly string[]): RawBuilder<unknown> {
  if (names.length === 0) return sql`''`
  return sql.join(
    names.map((name, index) => sql`${sql.lit(`${index ? ';' : ''}${name}=`)} || ${sql.ref(name)}`),
    sql` || `,
  )
}

function seriesOf(row: SeriesRow, names: readonly string[]): Series {
  const labels: Labels = Object.fromEntries(names.map((name) => [name, row[name] ?? '']))
  const points = new Map<string, Point>()
  const amounts = row.amounts.split(' ')
  const quantities = row.quantities.split(' ')
  const others = row.others?.split(' ')
  const units = row.units?.split('\u001f')
  row.periods.split(' ').forEach((period, index) => {
    const quantity = quantities[index] ?? '-'
    const point = pointOf(amounts[index] ?? '0', quantity === '-' ? null : quantity, {
      unit: (units ? units[index] : row.unit) || null,
      other: others?.[index] ?? null,
    })
    const known = points.get(period)
    points.set(period, known ? added(known, point) : point)
  })
  return { labels, points }
}

/** Two parts of one period; a quantity only where both have one in the same unit. */
function added(a: Point, b: Point): Point {
  const sum = (x: string, y: string) => new Big(x).plus(y).toFixed()
  const comparable = a.quantity !== null && b.quantity !== null && a.unit === b.unit
  const { other } = a
  return pointOf(sum(a.value, b.value), comparable ? sum(a.quantity ?? '0', b.quantity ?? '0') : null, {
    unit: a.unit,
    other: other === null || b.other === null ? null : sum(other, b.other),
  })
}

function labelsOf(key: string): Labels {
  const pairs = key === '' ? [] : key.split(';').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
