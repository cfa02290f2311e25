import { Big } from 'big.js'
import { quotient, sum } from './exact.ts'

/** One stratum: a product to a partner in a mode, in one unit. Values are money, quantities are in that unit. */
export interface Stratum {
  valueBefore: Big
  valueAfter: Big
  /** Null where the quantity is missing or in another unit than before. */
  quantityBefore: Big | null
  quantityAfter: Big | null
}

/** What Fisher's indices need of the strata that have a quantity at both times, and of all of them. */
export interface StratumSums {
  /** Σ p₀q₀ and Σ p₁q₁ of the usable strata. */
  before: Big
  after: Big
  /** Σ p₁q₀ and Σ p₀q₁ of the usable strata, rounded to ten decimals a stratum. */
  baseQuantities: Big
  basePrices: Big
  allBefore: Big
  allAfter: Big
}

export interface PriceQuantity {
  laspeyres: number
  paasche: number
  /** √(Laspeyres × Paasche). */
  price: number
  /** The volume index: value / price, so that price × quantity = value. */
  quantity: number
  value: number
  /** Share of the later value that strata with both quantities hold. */
  coverage: number
  /** The change in money: Σ ½(q₀ + q₁)(p₁ − p₀), Σ ½(p₀ + p₁)(q₁ − q₀) and what is not covered; exactly the change. */
  effects: { price: Big; quantity: Big; uncovered: Big }
}

/**
 * Fisher price and quantity indices over the strata that have a quantity at both times; unit values stand for prices, so strata must be
 * as fine as the data allow. Null when no stratum has both.
 */
export function priceQuantity(strata: readonly Stratum[]): PriceQuantity | null {
  return fisher(sumStrata(strata))
}

export function sumStrata(strata: readonly Stratum[]): StratumSums {
  const usable = strata.flatMap(({ quantityBefore, quantityAfter, valueBefore, valueAfter }) =>
    quantityBefore?.gt(0) && quantityAfter?.gt(0)
      ? [{ q0: quantityBefore, q1: quantityAfter, v0: valueBefore, v1: valueAfter }]
      : [],
  )
  return {
    before: sum(usable.map(({ v0 }) => v0)),
    after: sum(usable.map(({ v1 }) => v1)),
    baseQuantities: sum(usable.map(({ v1, q0, q1 }) => v1.times(q0).div(q1).round(10))),
    basePrices: sum(usable.map(({ v0, q0, q1 }) => v0.times(q1).div(q0).round(10))),
    allBefore: sum(strata.map((stratum) => stratum.valueBefore)),
    allAfter: sum(strata.map((stratum) => stratum.valueAfter)),
  }
}

export function fisher(sums: StratumSums): PriceQuantity | null {
  const { before, after, baseQuantities, basePrices, allBefore, allAfter } = sums
  if ([before, after, baseQuantities, basePrices].some((total) => total.lte(0))) return null
  const laspeyres = quotient(baseQuantities, before)
  const paasche = quotient(after, basePrices)
  const price = Math.sqrt(laspeyres * paasche)
  const value = quotient(after, before)
  // ½(q₀ + q₁)(p₁ − p₀) summed is ½(Σp₁q₀ − Σp₀q₀ + Σp₁q₁ − Σp₀q₁).
  const priceEffect = baseQuantities.minus(before).plus(after).minus(basePrices).times('0.5').round(6)
  const covered = after.minus(before)
  return {
    laspeyres,
    paasche,
    price,
    quantity: value / price,
    value,
    coverage: quotient(after, allAfter),
    effects: {
      price: priceEffect,
      quantity: covered.minus(priceEffect),
      uncovered: allAfter.minus(allBefore).minus(covered),
    },
  }
}

/**
 * What a cell (product × partner × enterprise) is in a change. A one-off shipment inflates the extensive margin, so a cell that trades
 * in one of the periods only counts as entering or exiting from a number of months on, otherwise as occasional.
 */
export type MarginKind = 'continuing' | 'entering' | 'exiting' | 'occasional'

/** A cell, or several of one kind added up. */
export interface MarginGroup {
  kind: MarginKind
  before: Big
  after: Big
  cells: number
}

/** Intensive and extensive margin of a change; the parts add up to it exactly. */
export type Margins = Record<MarginKind, Big>

/** The kind of a cell from its values and the months with trade of the period that has any. */
export function marginKind(cell: { before: Big; after: Big; months: number }, minMonths: number): MarginKind {
  if (!cell.before.eq(0) && !cell.after.eq(0)) return 'continuing'
  if (cell.months < minMonths) return 'occasional'
  return cell.before.eq(0) ? 'entering' : 'exiting'
}

/** Splits a change into what both periods have, what is new, what is gone, and what came only now and then. */
export function margins(groups: readonly MarginGroup[]): Margins {
  const changeOf = (kind: MarginKind) =>
    sum(groups.filter((group) => group.kind === kind).map(({ before, after }) => after.minus(before)))
  return {
    continuing: changeOf('continuing'),
    entering: changeOf('entering'),
    exiting: changeOf('exiting'),
    occasional: changeOf('occasional'),
  }
}

/** One product in one market: own exports and what the world sold there, before and after. */
export interface MarketCell {
  product: string
  before: Big
  after: Big
  worldBefore: Big
  worldAfter: Big
}

/** The parts of constant market share analysis; they add up to the change exactly. */
export interface MarketShare {
  world: Big
  product: Big
  market: Big
  competitiveness: Big
}

/**
 * Constant market share analysis (Leamer and Stern) with base-year weights, product before market: growth had all grown like the world,
 * then like each product's world trade, then like each product's market; the rest is competitiveness. Parts are rounded to six decimals.
 * Where the world sold nothing before, its growth counts as 0.
 */
export function marketShare(cells: readonly MarketCell[]): MarketShare {
  const products = Map.groupBy(cells, (cell) => cell.product)
  const likeWorld = scaledBy(cells)
  const likeProduct = sum([...products.values()].map(scaledBy))
  const likeMarket = sum(cells.map((cell) => scaledBy([cell])))
  const change = sum(cells.map((cell) => cell.after.minus(cell.before)))
  return {
    world: likeWorld,
    product: likeProduct.minus(likeWorld),
    market: likeMarket.minus(likeProduct),
    competitiveness: change.minus(likeMarket),
  }
}

/** What the cells' own exports would have gained at the growth of their world trade taken together. */
function scaledBy(cells: readonly MarketCell[]): Big {
  const before = sum(cells.map((cell) => cell.worldBefore))
  if (before.eq(0)) return new Big(0)
  const gained = sum(cells.map((cell) => cell.worldAfter)).minus(before)
  return sum(cells.map((cell) => cell.before))
    .times(gained)
    .div(before)
    .round(6)
}
