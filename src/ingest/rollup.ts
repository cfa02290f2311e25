import { type Rollup, rollups } from '../reference/rollups.ts'

/** Dimensions a file may lack; the product code is always there, down to the levels of its layout. */
export type OptionalDimension = 'partner' | 'mode' | 'ownership' | 'transport' | 'district' | 'enterprise'

type Dimension = `hs${2 | 4 | 6 | 8}` | OptionalDimension

const levels = ['hs2', 'hs4', 'hs6', 'hs8'] as const
const others = ['partner', 'mode', 'ownership', 'transport', 'district', 'enterprise'] as const
const dimensions: readonly Dimension[] = [...levels, ...others]

/** How the facts, as f, say what a row is summed by. */
const factColumns: Readonly<Record<OptionalDimension, string>> = {
  partner: 'f.partner',
  mode: `coalesce(f.supervision_mode, f.trade_mode, '')`,
  ownership: `coalesce(f.ownership, '')`,
  transport: `coalesce(f.transport, '')`,
  district: `coalesce(f.district, '')`,
  enterprise: `coalesce(f.enterprise, '')`,
}

/** The rollups that make sense for a file with these dimensions and product code levels. */
export function rollupsFor(present: ReadonlySet<OptionalDimension>, hsLevels: readonly number[]): Rollup[] {
  const has = (dimension: Dimension) =>
    dimension.startsWith('hs')
      ? hsLevels.includes(Number(dimension.slice(2)))
      : present.has(dimension as OptionalDimension)
  return rollups.filter((name) => dimensionsOf(name).every(has))
}

/** The dimensions a rollup is by: none for the total. */
export function dimensionsOf(name: Rollup): Dimension[] {
  return name === 'total' ? [] : (name.split('+') as Dimension[])
}

/** A statement of a load; one that is `bounded` takes the first and the last period as $1 and $2. */
export interface RollupStatement {
  sql: string
  bounded: boolean
}

/** What sums are read from: with a column for the code and one for every other dimension used. */
interface Source {
  from: string
  bounded: boolean
}

/** Rollups of which a row lists the lines it is the sum of, and what those may be by, finest first. */
const packs: Partial<Record<Rollup, readonly Rollup[]>> = {
  hs2: ['hs6'],
  hs4: ['hs8'],
  'partner+hs2': ['partner+hs8', 'partner+hs6', 'partner+hs4'],
  enterprise: ['enterprise+hs8'],
  'enterprise+partner': ['enterprise+partner+hs8'],
}

/** What the rows of a rollup list beside their sum, where the file has it; null when they list nothing. */
export function packOf(name: Rollup, names: readonly Rollup[]): Rollup | null {
  return packs[name]?.find((lines) => names.includes(lines)) ?? null
}

/** Whether a rollup follows from lines listed by another and has no rows of its own. */
export function isListed(name: Rollup, names: readonly Rollup[]): boolean {
  return Object.entries(packs).some(
    ([by, lines]) => names.includes(by as Rollup) && lines?.includes(name) === true,
  )
}

/** A code cut to a level. Codes that are no numbers (TOTAL) belong to no chapter: they stand for themselves. */
export function cutCode(code: string, digits: number): string {
  return code < ':' ? code.slice(0, digits) : code
}

/**
 * The statements that sum the counted facts of the slices in loading_slice over all `names`. The facts are read once for
 * each family of sums: those by product and partner come from the finest of them, those by enterprise likewise, and the
 * others, which are few rows, in one pass of their own.
 */
export function rollupStatements(
  names: readonly Rollup[],
  tables: { facts: string; rollups: string },
): RollupStatement[] {
  const facts: Source = { from: factsOf(names, tables.facts), bounded: true }
  return [...Map.groupBy(names, familyOf)].flatMap(([family, members]) => {
    const finest = finestOf(members)
    const few = members.length < 3 && members.every((name) => packOf(name, members) === null)
    if (few || finest === null || family === 'other') return [insertStatement(members, facts, tables.rollups)]
    const sums: Source = { from: `sum_${family}`, bounded: false }
    const own = members.filter((name) => !isListed(name, members))
    const single = own.filter((name) => packOf(name, members) === null)
    return [
      { sql: finestStatement(finest, facts, sums.from), bounded: true },
      plain('set local enable_hashagg = off'), // sorting serves a whole chain of sums, hashing only one
      ...chainsOf(single).map((chain) => insertStatement(chain, sums, tables.rollups)),
      plain('set local enable_hashagg = on'),
      ...own.flatMap((name) => {
        const lines = packOf(name, members)
        return lines === null ? [] : [plain(packStatement({ name, lines }, sums.from, tables.rollups))]
      }),
    ]
  })
}

function plain(sql: string): RollupStatement {
  return { sql, bounded: false }
}

type Family = 'goods' | 'firm' | 'other'

function familyOf(name: Rollup): Family {
  const by = dimensionsOf(name).filter((dimension) => !dimension.startsWith('hs'))
  if (by.every((dimension) => dimension === 'partner')) return 'goods'
  return by.every((dimension) => dimension === 'enterprise' || dimension === 'partner') ? 'firm' : 'other'
}

/** The sum of a family from which all its others follow, or null when there is none. */
function finestOf(names: readonly Rollup[]): Rollup | null {
  const covers = (name: Rollup, other: Rollup) => {
    const by = dimensionsOf(name)
    const depth = levelOf(name) ?? ''
    return dimensionsOf(other).every((one) => (one.startsWith('hs') ? one <= depth : by.includes(one)))
  }
  return names.find((name) => names.every((other) => covers(name, other))) ?? null
}

/** Sums of which each is a prefix of the next: one sort serves all. */
function chainsOf(names: readonly Rollup[]): Rollup[][] {
  const split = Object.groupBy(names, (name) =>
    dimensionsOf(name).some((dimension) => !dimension.startsWith('hs')) ? 'with' : 'without',
  )
  return [split.with ?? [], split.without ?? []].filter((chain) => chain.length > 0)
}

function levelOf(name: Rollup): Dimension | undefined {
  return dimensionsOf(name).find((dimension) => dimension.startsWith('hs'))
}

function factsOf(names: readonly Rollup[], facts: string): string {
  const used = others.filter((dimension) => names.some((name) => dimensionsOf(name).includes(dimension)))
  return `(
      select f.slice_id, f.hs collate "C" as hs, f.value_cny, f.value_usd, f.quantity1 as quantity,
        f.unit1 collate "C" as unit, 1 as rows
        ${used.map((dimension) => `, (${factColumns[dimension]}) collate "C" as ${dimension}`).join('')}
      from ${facts} f where f.slice_id in (select id from loading_slice) and f.counted and f.period between $1 and $2)`
}

/** As cutCode. */
function columnOf(dimension: Dimension): string {
  if (!dimension.startsWith('hs')) return dimension
  return `case when hs < ':' then left(hs, ${dimension.slice(2)}) else hs end`
}

const oneUnit = 'count(quantity) = count(*) and count(unit) = count(*) and min(unit) = max(unit)'
const sums = `sum(value_cny) as value_cny, sum(value_usd) as value_usd,
      case when ${oneUnit} then sum(quantity) end as quantity, case when ${oneUnit} then min(unit) end as unit,
      sum(rows)::bigint as rows`

function finestStatement(finest: Rollup, source: Source, table: string): string {
  const by = others.filter((dimension) => dimensionsOf(finest).includes(dimension))
  const code = columnOf(levelOf(finest) ?? 'hs8')
  return `create temp table ${table} on commit drop as
    select slice_id, ${[...by, `${code} as hs`].join(', ')}, ${sums} from ${source.from} fact
    group by ${['slice_id', ...by, code].join(', ')}`
}

/** Rows that list their lines, each list in the order of the codes and null where nothing in it is known. */
function packStatement(
  { name, lines }: { name: Rollup; lines: Rollup },
  from: string,
  rollups: string,
): string {
  const by = dimensionsOf(name)
  const level = levelOf(name)
  const keys = others.filter((dimension) => by.includes(dimension))
  const list = (column: string, unless: string) =>
    `case when ${unless} then null else array_agg(${column} order by line.hs) end`
  return `
    insert into ${rollups} (slice_id, dims, hs, ${keys.map((key) => `${key}, `).join('')}value_cny, value_usd, quantity, unit, rows,
      line_dims, lines, line_cny, line_usd, line_quantity, line_unit, line_rows)
    select slice_id, '${name}', beside, ${keys.map((key) => `${key}, `).join('')}${sums},
      '${lines}', array_agg(line.hs order by line.hs), ${list('value_cny', 'count(value_cny) = 0')},
      ${list('value_usd', 'count(value_usd) = 0')}, ${list('quantity', 'count(quantity) = 0')},
      ${list('unit', `count(unit) = 0 or ${oneUnit}`)}, ${list('rows', 'max(rows) = 1')}
    from (
      select slice_id, ${level ? columnOf(level) : `''`} as beside, code as hs, ${keys.map((key) => `${key}, `).join('')}${sums}
      from (select *, ${columnOf(levelOf(lines) ?? 'hs8')} as code from ${from} part) fact
      group by slice_id, beside, code${keys.map((key) => `, ${key}`).join('')}
    ) line
    group by slice_id, beside${keys.map((key) => `, ${key}`).join('')}`
}

function insertStatement(names: readonly Rollup[], source: Source, rollups: string): RollupStatement {
  const used = dimensions.filter((dimension) => names.some((name) => dimensionsOf(name).includes(dimension)))
  const sets = names.map((name) => `(${['slice_id', ...groupingOf(name, used)].join(', ')})`)
  const column = (dimension: Dimension) => (used.includes(dimension) ? `coalesce(${dimension}, '')` : `''`)
  const codes = levels.toReversed().filter((code) => used.includes(code))
  const shown = used.map((dimension) => `${columnOf(dimension)} as ${dimension}`)
  const sql = `
    insert into ${rollups} (slice_id, dims, hs, partner, mode, ownership, transport, district, enterprise,
      value_cny, value_usd, quantity, unit, rows)
    select slice_id, ${nameExpression(names, used)}, ${codes.length > 0 ? `coalesce(${codes.join(', ')}, '')` : `''`},
      ${others.map(column).join(', ')}, ${sums}
    from (
      select ${['slice_id, value_cny, value_usd, quantity, unit, rows', ...shown].join(', ')} from ${source.from} part
    ) fact
    group by grouping sets (${sets.join(', ')})`
  return { sql, bounded: source.bounded }
}

/**
 * The columns a rollup is grouped by. A level of the code brings the levels above it, which changes no group, but lets
 * one sort serve a whole chain of sums: partner, partner+hs2, partner+hs4, partner+hs6, partner+hs8.
 */
function groupingOf(name: Rollup, used: readonly Dimension[]): Dimension[] {
  const by = dimensionsOf(name)
  const level = by.find((dimension) => dimension.startsWith('hs'))
  const above = used.filter(
    (dimension) => level !== undefined && dimension.startsWith('hs') && dimension < level,
  )
  return [
    ...by.filter((dimension) => dimension !== level),
    ...above,
    ...by.filter((dimension) => dimension === level),
  ]
}

/** Names a row by the dimensions it is grouped by: grouping() has a bit set for every one that is not. */
function nameExpression(names: readonly Rollup[], used: readonly Dimension[]): string {
  if (used.length === 0) return `'total'`
  const cases = names.map((name) => {
    const by = groupingOf(name, used)
    const bits = used.reduce((sum, dimension) => sum * 2 + (by.includes(dimension) ? 0 : 1), 0)
    return `when ${bits} then '${name}'`
  })
  return `case grouping(${used.join(', ')}) ${cases.join(' ')} end`
}
