import type { Big } from 'big.js'
import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { buildConcordance, concordanceRows, isHsEdition } from '../reference/concordance.ts'
import { type Family, familiesOf, familyKey, isUnchanged } from '../reference/concordance-families.ts'
import type { Currency, LoadedSlice } from './coverage.ts'
import { loadRelatedCodes, loadSubheadings, sumBySliceOf } from './edition-queries.ts'
import { placesIn, unitsOf } from './exact.ts'
import { digitsOf, groupingOf } from './lines.ts'
import { type Prepared, questionFor } from './load.ts'
import type { ReadFigures } from './load-answers.ts'
import { type Question, sumBySlice } from './queries.ts'
import type { FamilyShown, GrowthQuery, StructureQuery } from './schema.ts'
import type { Warning } from './select.ts'
import { type Sums, sumByCode, sumUnitsByCode, type UnitSums } from './sum-queries.ts'

type Families = ReadonlyMap<string, Family>

/** Codes of several editions brought together: what the figures are of, and what to say about it. */
export interface Joined {
  families: FamilyShown[]
  warnings: Warning[]
}

/** More codes than this in one family say little about any of them. */
const wide = 20

/** What a structure adds up: codes as they are, or families of them where the query asks for it and the periods need it. */
export async function structureSums(
  db: Database,
  query: StructureQuery,
  over: {
    prepared: Prepared
    current: LoadedSlice[]
    base: LoadedSlice[]
    currency: Currency
    read: ReadFigures
  },
): Promise<{ question: Question; sums: UnitSums; joined: Joined | null }> {
  const { prepared, current, base, currency, read } = over
  const used = [...new Set([...current, ...base])]
  const grouping = groupingOf(query.by)
  const ask = { ...prepared, by: query.by, grouping, currency }
  if (!joins(query, used)) {
    const question = await questionFor(db, used, ask)
    const sums = await read((figures) => sumUnitsByCode(figures, question, { current, base, grouping }))
    return { question, sums, joined: null }
  }
  const digits = digitsOf(query.by)
  if (digits !== 4 && digits !== 6) throw invalid('editions', 'common', 'a structure by hs4 or hs6')
  const question = await questionFor(db, used, { ...ask, filters: { ...prepared.filters, hs: null } })
  const families = await familiesIn(db, used, digits)
  const hs = query.hs ?? null
  const { joined, ...sums } = await read((figures) =>
    sumByFamily(figures, question, { current, base, digits, hs, families }),
  )
  return { question, sums, joined }
}

/** What a series adds up, slice by slice: the asked code, or the families that hold it. */
export async function flowSums(
  db: Database,
  query: GrowthQuery,
  over: { prepared: Prepared; used: LoadedSlice[]; currency: Currency; read: ReadFigures },
): Promise<{
  question: Question
  sums: { values: Map<number, Big>; rows: number }
  joined: Joined | null
}> {
  const { prepared, used, currency, read } = over
  const { hs } = query
  if (!joins(query, used) || hs === undefined) {
    const question = await questionFor(db, used, { ...prepared, grouping: null, currency })
    const sums = await read((figures) => sumBySlice(figures, question, used))
    return { question, sums, joined: null }
  }
  if (hs.length !== 4 && hs.length !== 6)
    throw invalid('editions', 'common', 'a code hs of four or six digits')
  const filters = { ...prepared.filters, hs: null }
  const question = await questionFor(db, used, { ...prepared, filters, grouping: { digits: 6 }, currency })
  const families = await familiesIn(db, used, 6)
  const { joined, ...sums } = await read((figures) =>
    sumFamilyBySlice(figures, question, { slices: used, hs, families }),
  )
  return { question, sums, joined }
}

function joins(query: { editions?: 'as-is' | 'common' }, slices: readonly LoadedSlice[]): boolean {
  return query.editions === 'common' && new Set(slices.map((slice) => slice.hsEdition)).size > 1
}

/**
 * Sums by family of codes instead of by code: every edition is added up on its own, then brought to the families that its codes belong
 * to. With `hs`, the families that hold a code under it, whole.
 */
async function sumByFamily(
  db: Database,
  question: Question,
  over: { current: LoadedSlice[]; base: LoadedSlice[]; digits: 4 | 6; hs: string | null; families: Families },
): Promise<UnitSums & { joined: Joined }> {
  const editions = Map.groupBy(new Set([...over.current, ...over.base]), (slice) => slice.hsEdition)
  const parts: Sums['cells'] = []
  let rows = 0
  const found = new Map<string, Family>()
  for (const [edition, slices] of editions) {
    const of = (side: LoadedSlice[]) => side.filter((slice) => slices.includes(slice))
    const [current, base] = [of(over.current), of(over.base)]
    const sums = await sumByCode(db, question, { current, base, grouping: { digits: over.digits } })
    rows += sums.rows
    for (const cell of sums.cells) {
      const family = over.families.get(familyKey(edition, cell.code))
      if (family) found.set(family.code, family)
      const within = over.hs === null || (family ? holds(family, over.hs) : cell.code.startsWith(over.hs))
      if (within) parts.push({ ...cell, code: family?.code ?? cell.code })
    }
  }
  const places = placesIn(parts.flatMap(({ current, base }) => [current, base]))
  const cells = [...Map.groupBy(parts, ({ code }) => code)].map(([code, members]) => ({
    code,
    current: members.reduce((so, { current }) => so + unitsOf(current, places), 0n),
    base: members.reduce((so, { base }) => so + unitsOf(base, places), 0n),
  }))
  const shown = new Set(cells.map(({ code }) => code))
  return {
    cells,
    places,
    rows,
    joined: joinedFrom([...found.values()].filter(({ code }) => shown.has(code))),
  }
}

/** Sums by slice over the families that hold a code under `hs`. */
async function sumFamilyBySlice(
  db: Database,
  question: Question,
  over: { slices: LoadedSlice[]; hs: string; families: Families },
): Promise<{ values: Map<number, Big>; rows: number; joined: Joined }> {
  const wanted = [...new Set(over.families.values())].filter((family) => holds(family, over.hs))
  const values = new Map<number, Big>()
  let rows = 0
  for (const [edition, slices] of Map.groupBy(over.slices, (slice) => slice.hsEdition)) {
    const codes = wanted.flatMap((family) =>
      [...family.members].flatMap(([of, members]) => (of === edition ? members : [])),
    )
    const found = await sumBySliceOf(db, question, { slices, codes })
    for (const [id, value] of found.values) values.set(id, value)
    rows += found.rows
  }
  return { values, rows, joined: joinedFrom(wanted) }
}

async function familiesIn(db: Database, slices: readonly LoadedSlice[], digits: 4 | 6): Promise<Families> {
  const held = [...new Set(slices.map((slice) => slice.hsEdition))].sort()
  const editions = held.filter(isHsEdition)
  if (editions.length < held.length) {
    throw invalid('editions', 'common', `periods in HS 2012, 2017 and 2022: these hold ${held.join(', ')}`)
  }
  const related = await loadRelatedCodes(db)
  const rows = related.flatMap(({ from, to, pairs }) => concordanceRows(from, to, pairs))
  return familiesOf(buildConcordance(await loadSubheadings(db), rows), editions, digits)
}

function holds(family: Family, hs: string): boolean {
  return [...family.members.values()].flat().some((code) => code.startsWith(hs))
}

function joinedFrom(families: readonly Family[]): Joined {
  const changed = families.filter((family) => !isUnchanged(family))
  const editions = new Set(families.flatMap((family) => [...family.members.keys()]))
  const big = changed.filter((family) => [...family.members.values()].some((codes) => codes.length > wide))
  const detail = `codes of ${[...editions].sort().join(' and ')} are compared as ${families.length} families, ${changed.length} of them of several codes`
  return {
    families: changed.map(({ code, members }) => ({
      code,
      editions: Object.fromEntries(members) as FamilyShown['editions'],
    })),
    warnings: [
      { code: 'editions-joined', detail },
      ...(big.length === 0
        ? []
        : [
            {
              code: 'wide-family',
              detail: `${big.map(({ code }) => code).join(', ')}: more than ${wide} codes that cannot be told apart across the editions`,
            },
          ]),
    ],
  }
}
