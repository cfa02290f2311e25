import { Big } from 'big.js'
import type { Database } from '../db/connect.ts'
import type { CompetitivenessQuery, CompetitivenessReply } from './analysis-schema.ts'
import {
  grubelLloyd,
  lafay,
  michaely,
  normalisedAdvantage,
  relativeShare,
  structureOverlap,
  symmetricAdvantage,
  tradeSpecialisation,
} from './competitiveness.ts'
import type { LoadedSlice } from './coverage.ts'
import { competitivenessFormulas } from './formulas.ts'
import { defaultDataset, vintageOf } from './load.ts'
import { productSums, totalOf } from './load-world.ts'
import { twoWayMeasures, type World, worldOf } from './load-year.ts'
import { countFirms } from './queries.ts'
import { loadGroups, loadNames } from './reference-queries.ts'
import { instantOf, type Warning } from './select.ts'
import { sumByCode } from './sum-queries.ts'

type Row = CompetitivenessReply['data'][number]
type Sums = ReadonlyMap<string, Big>

type RcepImports = CompetitivenessReply['meta']['rcepImports']

interface Found {
  rows: Row[]
  total?: number | null
  rcepImports?: RcepImports
  warnings?: Warning[]
}

const fewestFirms = 3
const defaultTop = 50

/** Revealed comparative advantage and its relatives over one year, against the loaded data of other countries. */
export async function loadCompetitiveness(
  db: Database,
  query: CompetitivenessQuery,
  now: Date,
): Promise<CompetitivenessReply> {
  const world = await worldOf(db, query, instantOf(query.asOf, now))
  const found = await measured(world)
  const rows = found.rows.sort((a, b) => (b.index ?? -1e9) - (a.index ?? -1e9) || (a.code < b.code ? -1 : 1))
  const shown = rows.slice(0, query.top ?? defaultTop)
  const names = await loadNames(
    db,
    ['tii', 'tci', 'esi'].includes(query.measure) ? 'partner' : `hs${world.level}`,
    shown.map(({ code }) => code),
  )
  const used = [
    ...world.own.export,
    ...world.own.import,
    ...world.others.export.flatMap(({ slices }) => slices),
  ]
  const reporters = new Set(
    [...world.others.export, ...world.others.import].map(({ reporter }) => reporter.dataset),
  )
  return {
    data: shown.map((row) => ({
      ...row,
      name: row.name ?? names.get(row.code)?.zh ?? null,
      nameEn: row.nameEn ?? names.get(row.code)?.en ?? null,
    })),
    meta: {
      vintage: vintageOf(used),
      asOf: world.asOf.toISOString(),
      filters: {
        dataset: world.dataset,
        measure: query.measure,
        year: String(world.year),
        level: String(world.level),
      },
      currency: 'USD',
      rows: rows.length,
      source: `hs${world.level}`,
      year: world.year,
      level: world.level,
      world: twoWayMeasures.includes(query.measure) ? [] : [...reporters].sort(),
      total: found.total ?? null,
      rcepImports: found.rcepImports ?? null,
      warnings: found.warnings ?? [],
      formulas: { [query.measure]: competitivenessFormulas[query.measure] },
    },
  }
}

function measured(world: World): Promise<Found> {
  switch (world.query.measure) {
    case 'rca':
    case 'rsca':
    case 'nrca':
      return advantages(world)
    case 'lafay':
    case 'tsc':
    case 'gl':
    case 'michaely':
      return twoWay(world)
    case 'tii':
      return intensities(world)
    case 'tci':
    case 'esi':
      return overlaps(world)
  }
}

/** Sums of several sets of slices, added up. */
async function addedSums(world: World, sets: readonly (readonly LoadedSlice[])[]): Promise<Map<string, Big>> {
  const total = new Map<string, Big>()
  for (const slices of sets) {
    for (const [code, value] of await productSums(world.db, slices, world.level)) {
      total.set(code, (total.get(code) ?? new Big(0)).plus(value))
    }
  }
  return total
}

async function advantages(world: World): Promise<Found> {
  const { db, query, own, others } = world
  const ours = await productSums(db, own.export, world.level)
  const isNational = world.dataset !== defaultDataset
  const sets = others.export.map(({ slices }) => slices)
  const all = await addedSums(world, isNational ? [...sets, own.export] : sets)
  const firms = await countFirms(db, own.export, world.level)
  const [whole, everything] = [Number(totalOf(ours)), Number(totalOf(all))]
  const strong: string[] = []
  const rows = [...ours].map(([code, value]): Row => {
    const flow = {
      part: Number(value),
      whole,
      worldPart: Number(all.get(code) ?? 0),
      world: everything,
    }
    const rca = relativeShare(flow)
    if (rca !== null && rca > 1) strong.push(code)
    const index = {
      rca,
      rsca: rca === null ? null : symmetricAdvantage(rca),
      nrca: normalisedAdvantage(flow),
    }
    return indexRow(code, { exports: value }, index[query.measure as 'rca'], firms?.get(code) ?? null)
  })
  const included = isNational ? 'the country itself included' : 'the city is part of its country’s figure'
  const detail = `the world is the sum of ${others.export.length} loaded reporters${isNational ? ' and the country' : ''}, ${included}`
  return {
    rows,
    rcepImports: await shareOfRcep(world, strong),
    warnings: [{ code: 'world-is-a-sum', detail }],
  }
}

/** What the Parties to RCEP whose imports are loaded buy of products with an advantage, as a share of what they buy. */
async function shareOfRcep(world: World, strong: readonly string[]): Promise<RcepImports> {
  const groups = await loadGroups(world.db, `${world.year}-12-31`)
  const parties = world.others.import.filter(({ reporter }) =>
    groups.get('RCEP')?.includes(reporter.iso2 ?? ''),
  )
  if (parties.length === 0) return null
  const imports = await addedSums(
    world,
    parties.map(({ slices }) => slices),
  )
  const total = Number(totalOf(imports))
  const ofStrong = strong.reduce((so, code) => so + Number(imports.get(code) ?? 0), 0)
  return {
    parties: parties.map(({ reporter }) => reporter.iso3).sort(),
    products: strong.length,
    share: total > 0 ? ofStrong / total : null,
  }
}

async function twoWay({ db, query, own, level }: World): Promise<Found> {
  const [exports, imports] = await Promise.all([
    productSums(db, own.export, level),
    productSums(db, own.import, level),
  ])
  const firms = await countFirms(db, own.export, level)
  const codes = [...new Set([...exports.keys(), ...imports.keys()])].sort()
  const products = codes.map((code) => ({
    exports: Number(exports.get(code) ?? 0),
    imports: Number(imports.get(code) ?? 0),
  }))
  const totals = { exports: Number(totalOf(exports)), imports: Number(totalOf(imports)) }
  const lafays = lafay(products)
  const indices = {
    lafay: () => lafays,
    tsc: () => products.map(tradeSpecialisation),
    gl: () => products.map((product) => grubelLloyd([product])),
    michaely: () => products.map((product) => michaely(product, totals)),
  }[query.measure as 'lafay']()
  const rows = codes.map((code, at) =>
    indexRow(
      code,
      { exports: exports.get(code) ?? new Big(0), imports: imports.get(code) ?? new Big(0) },
      indices[at] ?? null,
      firms?.get(code) ?? null,
    ),
  )
  const total = { gl: grubelLloyd(products), tsc: tradeSpecialisation(totals) }
  return { rows, total: total[query.measure as 'gl'] ?? null }
}

async function intensities(world: World): Promise<Found> {
  const partnersOf = async (slices: LoadedSlice[]) => {
    const filters = { hs: null, partners: null, mode: null, enterprise: null }
    const question = { source: 'partner', filters, currency: 'USD' } as const
    const { cells } = await sumByCode(world.db, question, { current: slices, base: [], grouping: 'partner' })
    return new Map(
      cells.filter(({ code }) => !['', 'W00'].includes(code)).map((cell) => [cell.code, cell.current]),
    )
  }
  const ours = await partnersOf(world.own.export)
  const all = await partnersOf(world.others.export.flatMap(({ slices }) => slices))
  const [whole, everything] = [Number(totalOf(ours)), Number(totalOf(all))]
  const rows = [...ours].map(([code, value]) =>
    indexRow(
      code,
      { exports: value },
      relativeShare({ part: Number(value), whole, worldPart: Number(all.get(code) ?? 0), world: everything }),
      null,
    ),
  )
  return { rows }
}

/** Complementarity with what each country buys, or similarity with what each sells. */
async function overlaps(world: World): Promise<Found> {
  const ours = sharesOf(await productSums(world.db, world.own.export, world.level))
  const others = world.others[world.query.measure === 'tci' ? 'import' : 'export']
  const rows = await Promise.all(
    others.map(async ({ reporter, slices }) => {
      const theirs = sharesOf(await productSums(world.db, slices, world.level))
      return indexRow(reporter.iso2 ?? reporter.iso3, {}, structureOverlap(ours, theirs), null)
    }),
  )
  return { rows }
}

function sharesOf(products: Sums): Map<string, number> {
  const total = Number(totalOf(products))
  return new Map([...products].map(([code, value]) => [code, total > 0 ? Number(value) / total : 0]))
}

/** Trap 19: with one or two firms behind it an index says more about them than about the place. */
function indexRow(
  code: string,
  values: { exports?: Big; imports?: Big },
  index: number | null,
  firms: number | null,
): Row {
  const few = firms !== null && firms < fewestFirms
  return {
    code,
    name: null,
    nameEn: null,
    exports: values.exports?.toFixed() ?? null,
    imports: values.imports?.toFixed() ?? null,
    index: few ? null : index,
    firms,
    note: few ? 'few-firms' : index === null ? 'no-trade' : null,
  }
}
