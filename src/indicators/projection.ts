import { Big } from 'big.js'
import { type Advantage, proximityRow } from './advantage.ts'
import { relativeShare } from './competitiveness.ts'
import { sum } from './exact.ts'

/** A product of a complexity table that was solved elsewhere. */
export interface ScoredProduct {
  code: string
  /** Null for a product nobody has an advantage in. */
  pci: number | null
  /** Exports of all countries of the table; null where only complexities were published. */
  worldValue: Big | null
  /** Countries with an advantage in it; null where only complexities were published. */
  countries: readonly string[] | null
}

export interface ProjectedProduct {
  code: string
  /** What the city exports of it. */
  exports: Big
  rca: number | null
  pci: number | null
  /** Proximity of the products the city has an advantage in, as a fraction of that of all. */
  density: number | null
}

export interface Projection {
  products: ProjectedProduct[]
  /** Mean complexity of the products with an advantage, on the scale of the table; null where advantage is unknown or there is none. */
  eci: number | null
  /** Mean complexity of what is exported, weighted by value. */
  weightedPci: number | null
  /** Share of exports in products that have a complexity. */
  coverage: number
  advantages: number
}

/**
 * Places a city in a complexity table solved without it. A city alone has no spectrum, so its own complexity is that of the products it
 * sells: M = 1 where RCA ≥ 1 against the table's world, ECI = mean PCI over M, density over the table's proximities.
 */
export function project(exports: ReadonlyMap<string, Big>, scored: readonly ScoredProduct[]): Projection {
  const whole = sum(exports.values())
  const world = sum(scored.flatMap(({ worldValue }) => worldValue ?? []))
  const own = scored.map(({ code }) => exports.get(code) ?? new Big(0))
  const strong = scored.flatMap(({ worldValue }, at) =>
    worldValue && isAdvantage(own[at] ?? new Big(0), { whole, worldValue, world }) ? [at] : [],
  )
  const densities = densitiesOf(scored, strong)
  const products = scored.map(({ code, pci, worldValue }, at): ProjectedProduct => {
    const part = own[at] ?? new Big(0)
    const flow = {
      part: Number(part),
      whole: Number(whole),
      worldPart: Number(worldValue),
      world: Number(world),
    }
    return {
      code,
      exports: part,
      rca: worldValue === null ? null : relativeShare(flow),
      pci,
      density: densities?.[at] ?? null,
    }
  })
  const known = products.filter(({ pci, exports: value }) => pci !== null && value.gt(0))
  const covered = Number(sum(known.map((product) => product.exports)))
  const weighted = known.reduce((so, { pci, exports: value }) => so + (pci ?? 0) * Number(value), 0)
  const strengths = strong.flatMap((at) => scored[at]?.pci ?? [])
  return {
    products,
    eci: strengths.length === 0 ? null : strengths.reduce((so, pci) => so + pci, 0) / strengths.length,
    weightedPci: covered > 0 ? weighted / covered : null,
    coverage: whole.gt(0) ? covered / Number(whole) : 0,
    advantages: strong.length,
  }
}

/** (x / X) / (w / W) ≥ 1, decided exactly. */
function isAdvantage(
  part: Big,
  { whole, worldValue, world }: { whole: Big; worldValue: Big; world: Big },
): boolean {
  return part.gt(0) && worldValue.gt(0) && part.times(world).gte(whole.times(worldValue))
}

/** Null where the table does not say who has an advantage in what. */
function densitiesOf(scored: readonly ScoredProduct[], strong: readonly number[]): (number | null)[] | null {
  const names = [...new Set(scored.flatMap(({ countries }) => countries ?? []))]
  if (names.length === 0) return null
  const place = new Map(names.map((name, index) => [name, index]))
  const countriesOf = scored.map(({ countries }) => (countries ?? []).map((name) => place.get(name) ?? 0))
  const productsOf: number[][] = names.map(() => [])
  for (const [product, countries] of countriesOf.entries()) {
    for (const country of countries) productsOf[country]?.push(product)
  }
  const advantage: Advantage = { rca: new Float64Array(), productsOf, countriesOf }
  return scored.map((_, product) => {
    const proximity = proximityRow(advantage, product)
    const all = proximity.reduce((total, value) => total + value, 0)
    return all === 0 ? null : strong.reduce((near, other) => near + (proximity[other] ?? 0), 0) / all
  })
}
