/** Exports and imports of one product. */
export interface TwoWay {
  exports: number
  imports: number
}

/**
 * (part / whole) / (worldPart / world). With a product's exports it is Balassa's RCA; with exports to one partner and the world's
 * imports by that partner it is the trade intensity index. The world includes the country itself. Null where a denominator is 0.
 */
export function relativeShare(flow: {
  part: number
  whole: number
  worldPart: number
  world: number
}): number | null {
  const { part, whole, worldPart, world } = flow
  return whole > 0 && worldPart > 0 && world > 0 ? part / whole / (worldPart / world) : null
}

/** Symmetric RCA (Laursen): (RCA − 1) / (RCA + 1), from −1 to 1. */
export function symmetricAdvantage(rca: number): number {
  return (rca - 1) / (rca + 1)
}

/** Normalised RCA (Yu, Cai and Leung 2009): x / W − w X / W². Sums to 0 over products and over countries. */
export function normalisedAdvantage(flow: {
  part: number
  whole: number
  worldPart: number
  world: number
}): number | null {
  const { part, whole, worldPart, world } = flow
  return world > 0 ? part / world - (worldPart * whole) / world ** 2 : null
}

/**
 * Lafay index of each product: 100 × (normalised balance − that of all trade) × the product's share of all trade. Sums to 0; null for
 * a product without trade.
 */
export function lafay(products: readonly TwoWay[]): (number | null)[] {
  const all = products.reduce(
    (total, product) => ({
      exports: total.exports + product.exports,
      imports: total.imports + product.imports,
    }),
    { exports: 0, imports: 0 },
  )
  const overall = tradeSpecialisation(all)
  return products.map((product) => {
    const own = tradeSpecialisation(product)
    if (own === null || overall === null) return null
    return (100 * (own - overall) * (product.exports + product.imports)) / (all.exports + all.imports)
  })
}

/** Trade specialisation (net export) index: (x − m) / (x + m); null without trade. */
export function tradeSpecialisation({ exports, imports }: TwoWay): number | null {
  return exports + imports > 0 ? (exports - imports) / (exports + imports) : null
}

/** Michaely index: the product's share of exports less its share of imports, −1 to 1; null without trade in either direction. */
export function michaely(product: TwoWay, all: TwoWay): number | null {
  return all.exports > 0 && all.imports > 0
    ? product.exports / all.exports - product.imports / all.imports
    : null
}

/** Grubel–Lloyd index of intra-industry trade over one product or several: 1 − Σ|x − m| / Σ(x + m). It rises with aggregation. */
export function grubelLloyd(products: readonly TwoWay[]): number | null {
  const both = products.reduce((total, { exports, imports }) => total + exports + imports, 0)
  const net = products.reduce((total, { exports, imports }) => total + Math.abs(exports - imports), 0)
  return both > 0 ? 1 - net / both : null
}

/**
 * 100 × (1 − Σ|a − b| / 2) over the shares of two structures: Finger–Kreinin similarity of two exporters, Michaely complementarity of
 * an exporter's and an importer's structure. Shares by code, adding up to 1.
 */
export function structureOverlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const codes = new Set([...a.keys(), ...b.keys()])
  let apart = 0
  for (const code of codes) apart += Math.abs((a.get(code) ?? 0) - (b.get(code) ?? 0))
  return 100 * (1 - apart / 2)
}
