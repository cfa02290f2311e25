import { Big } from 'big.js'
import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { DecompositionQuery, DecompositionReply } from './analysis-schema.ts'
import { type ChangeAsk, sumMargins, sumPairs, sumStrataOf } from './change-queries.ts'
import { fisher, margins, marketShare } from './decomposition.ts'
import { quotient, sum } from './exact.ts'
import { comparisonBasis, decompositionFormulas } from './formulas.ts'
import { growth } from './growth.ts'
import { filtersShown, type Prepared, prepare, questionFor, rejectUnknownCodes, vintageOf } from './load.ts'
import { loadContribution } from './load-contribution.ts'
import { commonLevel, coveringRanges, loadReporters, productSums } from './load-world.ts'
import { type Pair, selectPair } from './pair.ts'
import { type Part, partOf } from './parts.ts'
import { comparability, spanOf, type Warning } from './select.ts'
import { sumByCode } from './sum-queries.ts'

/** A comparison whose slices and codes are known. */
export interface Comparison {
  db: Database
  query: DecompositionQuery
  prepared: Prepared
  pair: Pair
  ask: ChangeAsk
}

/** What a method answers beyond the totals. */
export interface Parts {
  parts: Part[]
  coverage?: number | null
  rows?: number
  warnings?: Warning[]
  movers?: DecompositionReply['meta']['movers']
  firms?: DecompositionReply['meta']['firms']
}

/** Why the trade of one period differs from that of another: exact parts that add up to the change. */
export async function loadDecomposition(
  db: Database,
  query: DecompositionQuery,
  now: Date,
): Promise<DecompositionReply> {
  const {
    base: _base,
    current: _current,
    method: _method,
    minMonths: _months,
    top: _top,
    ...selection
  } = query
  const to = lastText(query.current)
  const prepared = await prepare(db, to === undefined ? selection : { ...selection, to }, now)
  const pair = selectPair(prepared.slices, query.method === 'cms' ? { currency: 'USD', ...query } : query)
  const used = [...pair.base, ...pair.current]
  rejectEditionBreak(query, used)
  const totalQuestion = await questionFor(db, used, { ...prepared, grouping: null, currency: pair.currency })
  const totals = await sumByCode(db, totalQuestion, { ...pair, grouping: null })
  if (totals.rows === 0) await rejectUnknownCodes(db, selection, prepared.groups)
  const before = sum(totals.cells.map((cell) => cell.base))
  const after = sum(totals.cells.map((cell) => cell.current))
  const ask = { question: totalQuestion, base: pair.base, current: pair.current }
  const found = await partsBy({ db, query, prepared, pair, ask })
  const total = growth(after, before)
  return {
    data: found.parts,
    meta: {
      vintage: vintageOf(used),
      asOf: prepared.asOf.toISOString(),
      filters: filtersShown(selection, prepared, {
        method: query.method,
        base: asText(spanOf(pair.baseRange)),
        current: asText(spanOf(pair.currentRange)),
        currency: pair.currency,
        ...(query.method === 'margins' ? { minMonths: String(minMonthsOf(query, pair)) } : {}),
      }),
      currency: pair.currency,
      rows: found.rows ?? totals.rows,
      source: found.rows === undefined ? totalQuestion.source : 'facts',
      base: { ...spanOf(pair.baseRange), value: before.toFixed() },
      current: { ...spanOf(pair.currentRange), value: after.toFixed() },
      comparison: comparisonBasis,
      change: after.minus(before).toFixed(),
      sumOfParts: sumOfParts(found.parts).toFixed(),
      yoy: total.value,
      note: total.note,
      coverage: found.coverage ?? null,
      movers: found.movers ?? null,
      firms: found.firms ?? null,
      warnings: [...pair.warnings, ...comparability(used, 8), ...(found.warnings ?? [])],
      formulas: decompositionFormulas[query.method],
    },
  }
}

function partsBy(comparison: Comparison): Promise<Parts> {
  switch (comparison.query.method) {
    case 'price-quantity':
      return priceQuantityParts(comparison)
    case 'margins':
      return marginParts(comparison)
    case 'cms':
      return marketShareParts(comparison)
    case 'contribution':
      return loadContribution(comparison)
  }
}

async function priceQuantityParts({ db, ask }: Comparison): Promise<Parts> {
  const { sums, strata, usable, rows } = await sumStrataOf(db, ask)
  const found = fisher(sums)
  if (!found) {
    const detail = `none of ${strata} strata (product × partner × mode × unit) has a quantity in one unit in both periods`
    return { parts: [], coverage: null, rows, warnings: [{ code: 'no-index', detail }] }
  }
  const { effects } = found
  const share = (value: Big) => partOf('part', '', value, sums.allBefore)
  return {
    parts: [
      { ...share(effects.price), code: 'price', index: found.price, cells: usable },
      { ...share(effects.quantity), code: 'quantity', index: found.quantity, cells: usable },
      { ...share(effects.uncovered), code: 'uncovered', index: null, cells: strata - usable },
    ],
    coverage: found.coverage,
    rows,
    warnings: [
      {
        code: 'unit-values',
        detail: `unit values stand for prices; ${usable} of ${strata} strata have a quantity in one unit in both periods`,
      },
    ],
  }
}

async function marginParts({ db, ask, query, pair }: Comparison): Promise<Parts> {
  const { groups, rows } = await sumMargins(db, ask, minMonthsOf(query, pair))
  const split = margins(groups)
  const before = sum(groups.map((group) => group.before))
  const kinds = ['continuing', 'entering', 'exiting', 'occasional'] as const
  const parts = kinds.map((kind) => ({
    ...partOf('part', kind, split[kind], before),
    cells: groups.find((group) => group.kind === kind)?.cells ?? 0,
  }))
  return { parts, rows }
}

/** A one-off shipment is no new market: over three months or more a cell must trade in two. */
function minMonthsOf(query: DecompositionQuery, pair: Pair): number {
  const months = new Set(pair.current.map((slice) => slice.firstDay)).size
  if (query.minMonths !== undefined && query.minMonths > months) {
    throw invalid('minMonths', query.minMonths, `at most ${months}, the loaded periods of current`)
  }
  return query.minMonths ?? (months >= 3 ? 2 : 1)
}

/** Constant market share against what each market imports from the world, where that is loaded. */
async function marketShareParts({ db, query, prepared, pair, ask }: Comparison): Promise<Parts> {
  const { baseRange, currentRange } = pair
  if (query.flow !== 'export') throw invalid('flow', query.flow, 'export: the method explains exports')
  if (![baseRange, currentRange].every(({ from, to }) => from.month === 1 && to.month === 12)) {
    throw invalid('current', asText(spanOf(currentRange)), 'whole years: world data are yearly')
  }
  if (pair.currency !== 'USD') throw invalid('currency', pair.currency, 'USD: world data are in US dollars')
  const reporters = await loadReporters(db, { flow: 'import', asOf: prepared.asOf, except: prepared.dataset })
  const markets = coveringRanges(reporters, [baseRange, currentRange])
    .filter(({ reporter }) => reporter.iso2 !== null)
    .filter(({ reporter }) => reporter.edition === pair.current[0]?.hsEdition)
  if (markets.length === 0) {
    throw invalid(
      'method',
      'cms',
      `needs world data, and none are loaded: imports of the markets in ${spanOf(baseRange).from} and ${spanOf(currentRange).from}, HS ${pair.current[0]?.hsEdition ?? ''} (tradewind import a Comtrade or BACI file)`,
    )
  }
  const level = await commonLevel(db, [
    [...pair.base, ...pair.current],
    ...markets.map(({ slices }) => slices.flat()),
  ])
  if (level === null) throw invalid('method', 'cms', 'needs a product level that own and world data share')
  const question = await questionFor(db, [...pair.base, ...pair.current], {
    ...prepared,
    grouping: { digits: level },
    currency: 'USD',
  })
  const own = await sumPairs(
    db,
    { ...ask, question: { ...question, source: 'facts' } },
    { digits: level, other: 'partner', products: null },
  )
  const world = new Map(
    await Promise.all(
      markets.map(async ({ reporter, slices }) => {
        const [before, after] = await Promise.all(slices.map((of) => productSums(db, of, level)))
        return [reporter.iso2, { before, after }] as const
      }),
    ),
  )
  const covered = own.filter((cell) => world.has(cell.other) && /^\d/.test(cell.product))
  const cells = covered.map(({ product, other, before, after }) => ({
    product,
    before,
    after,
    worldBefore: world.get(other)?.before?.get(product) ?? new Big(0),
    worldAfter: world.get(other)?.after?.get(product) ?? new Big(0),
  }))
  const split = marketShare(cells)
  const [allBefore, allAfter] = [sum(own.map((cell) => cell.before)), sum(own.map((cell) => cell.after))]
  const inside = sum(covered.map((cell) => cell.after.minus(cell.before)))
  const names = ['world', 'product', 'market', 'competitiveness'] as const
  const detail = `markets with world data: ${[...world.keys()].sort().join(', ')}; products of ${level} digits`
  return {
    parts: [
      ...names.map((name) => ({ ...partOf('part', name, split[name], allBefore), cells: cells.length })),
      {
        ...partOf('part', 'uncovered', allAfter.minus(allBefore).minus(inside), allBefore),
        cells: own.length - cells.length,
      },
    ],
    coverage: allAfter.gt(0) ? quotient(sum(covered.map((cell) => cell.after)), allAfter) : null,
    warnings: [
      { code: 'world-data', detail },
      {
        code: 'fob-against-cif',
        detail: 'own exports are valued FOB, the markets’ imports CIF: growth rates compare, levels do not',
      },
    ],
  }
}

/** Cells of one edition only: a code that was split or merged would look like a product lost and one won. */
function rejectEditionBreak(query: DecompositionQuery, used: Pair['base']): void {
  const editions = [...new Set(used.map((slice) => slice.hsEdition))].sort()
  if (editions.length < 2) return
  throw invalid(
    'base',
    query.base ?? '',
    `periods in one edition of the nomenclature: these are in ${editions.join(' and ')}, whose codes differ`,
  )
}

/** The parts at the top level: those of a tree contain the others. */
function sumOfParts(parts: readonly Part[]): Big {
  return sum(parts.filter((part) => part.parent === null).map((part) => new Big(part.change)))
}

function lastText(span: string | undefined): string | undefined {
  const last = span?.split('..').at(-1)
  return last?.replace('-01/02', '-02')
}

function asText({ from, to }: { from: string; to: string }): string {
  return from === to ? from : `${from}..${to}`
}
