import type { Big } from 'big.js'
import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { listedBeside } from '../reference/rollups.ts'
import type { LoadedSlice } from './coverage.ts'
import { fromUnits, placesOf, readUnits } from './exact.ts'
import { codeExpression, type Grouping, idsOf, inSlices, type Question, tableFor } from './queries.ts'

export interface Sums {
  /** Per code: the value in `current` and in `base` slices. */
  cells: { code: string; current: Big; base: Big }[]
  /** Facts added up. */
  rows: number
}

/** Sums in whole units of 10^−places. */
export interface UnitSums {
  cells: { code: string; current: bigint; base: bigint }[]
  places: number
  rows: number
}

/** Which slices to add up by what. */
interface SumsOver {
  current: LoadedSlice[]
  base: LoadedSlice[]
  grouping: Grouping
}

/** Amounts by code as the database gives them: all in one text, as a row for each takes longer to send and read than to add up. */
interface Amounts {
  codes: string[]
  /** Decimals divided by spaces, in the order of the codes. */
  current: string | null
  base: string | null
  rows: number
}

/** Up to as many slices come as they are and are added up here: lists are not taken apart in the database then. */
const mostSlices = { rows: 2, lists: 24 }

/** Sums by code over the slices of two periods. */
export async function sumByCode(db: Database, question: Question, over: SumsOver): Promise<Sums> {
  const { cells, places, rows } = await sumUnitsByCode(db, question, over)
  return {
    cells: cells.map(({ code, current, base }) => ({
      code,
      current: fromUnits(current, places),
      base: fromUnits(base, places),
    })),
    rows,
  }
}

/** The same in whole units, for thousands of codes. */
export async function sumUnitsByCode(db: Database, question: Question, over: SumsOver): Promise<UnitSums> {
  const { source } = question
  const { current, base, grouping } = over
  const own = typeof grouping === 'string' ? grouping : grouping && `hs${grouping.digits}`
  const most = isListed(question) ? mostSlices.lists : mostSlices.rows
  const single = source === own && current.length + base.length <= most
  const found = await (single ? amountsBySlice : amountsSummed)(db, question, over)
  return addedUp(found)
}

async function amountsSummed(db: Database, question: Question, over: SumsOver): Promise<Amounts[]> {
  const { grouping } = over
  const table = tableFor(question, { codes: grouping !== null && typeof grouping === 'object' })
  const found = await sql<Amounts>`
    select json_agg(code) as codes, string_agg(current::text, ' ') as current, string_agg(base::text, ' ') as base,
      sum(rows)::bigint as rows
    from (
      select ${codeExpression(grouping, table.column, question.source)} as code,
        coalesce(sum(${table.value}) filter (where slice_id = any(${idsOf(over.current)}::bigint[])), 0) as current,
        coalesce(sum(${table.value}) filter (where slice_id = any(${idsOf(over.base)}::bigint[])), 0) as base,
        sum(${table.rows}) as rows
      from ${table.from}
      where ${inSlices([...over.current, ...over.base], question.source)} and ${table.where}
      group by 1
    ) sums
    having count(*) > 0`.execute(db)
  return found.rows
}

/** Of a rollup by nothing else, slice by slice: of one that has a row a code, or a list. */
async function amountsBySlice(
  db: Database,
  question: Question,
  { current, base, grouping }: SumsOver,
): Promise<Amounts[]> {
  const { source } = question
  const slices = inSlices([...current, ...base], source)
  const listed = isListed(question) ? listsOf(question) : null
  const table = tableFor(question, { ownRows: listed !== null })
  const found = await sql<{ id: number; codes: (string | string[])[]; amounts: string; rows: number }>`
    select slice_id as id, json_agg(${codeExpression(grouping, table.column, source)}) as codes,
      string_agg(coalesce(${table.value}, 0)::text, ' ') as amounts, sum(${table.rows})::bigint as rows
    from ${table.from}
    where ${slices} and ${table.where}
    group by 1
    ${
      listed === null
        ? sql``
        : sql`union all
          select slice_id, json_agg(lines order by hs), string_agg(${listed.amounts}, ' ' order by hs), sum(rows)::bigint
          from trade_rollup where ${slices} and ${listed.where} group by 1`
    }`.execute(db)
  const within = (list: readonly LoadedSlice[], id: number) => list.some((slice) => slice.id === id)
  return found.rows.map(({ id, codes, amounts, rows }) => ({
    codes: codes.flat(),
    current: within(current, id) ? amounts : null,
    base: within(base, id) ? amounts : null,
    rows,
  }))
}

/** Whether what is asked for may be kept as whole lists. */
function isListed({ source, filters }: Question): boolean {
  return filters.hs === null && source in listedBeside
}

/** The lists of a rollup that are kept beside another one, taken as they are. */
function listsOf({ source, currency }: Question) {
  const beside = listedBeside[source as keyof typeof listedBeside]
  const list = sql.ref(currency === 'USD' ? 'line_usd' : 'line_cny')
  return {
    where: sql`dims = ${beside} and line_dims = ${source}`,
    amounts: sql`coalesce(array_to_string(${list}, ' ', '0'), rtrim(repeat('0 ', cardinality(lines))))`,
  }
}

function addedUp(found: readonly Amounts[]): UnitSums {
  const lists = found.map(({ codes, current, base }) => ({
    codes,
    current: current?.split(' ') ?? null,
    base: base?.split(' ') ?? null,
  }))
  const places = Math.max(0, ...lists.map(({ current, base }) => Math.max(most(current), most(base))))
  const amount = (texts: readonly string[] | null, at: number) =>
    texts === null ? 0n : readUnits(texts[at] ?? '0', places)
  const cells = lists
    .map(({ codes, current, base }) =>
      codes
        .map((code, at): Cell => ({ code, current: amount(current, at), base: amount(base, at) }))
        .sort(byCode),
    )
    .reduce(joined, [])
  return { cells, places, rows: found.reduce((so, { rows }) => so + rows, 0) }
}

type Cell = UnitSums['cells'][number]

function byCode(a: Cell, b: Cell): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}

/** Two lists in the order of their codes as one; what both have is added up. */
function joined(some: readonly Cell[], others: readonly Cell[]): Cell[] {
  const cells: Cell[] = []
  let at = 0
  for (const cell of others) {
    for (let one = some[at]; one !== undefined && one.code < cell.code; one = some[++at]) cells.push(one)
    const same = some[at]
    if (same?.code === cell.code) {
      same.current += cell.current
      same.base += cell.base
      cells.push(same)
      at += 1
    } else cells.push(cell)
  }
  for (; at < some.length; at++) cells.push(some[at] as Cell)
  return cells
}

/** The most decimal places of any of these numbers. */
function most(numbers: readonly string[] | null): number {
  return numbers?.reduce((so, number) => Math.max(so, placesOf(number)), 0) ?? 0
}
