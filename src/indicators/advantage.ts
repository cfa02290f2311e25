import type { TradeTable } from './trade-table.ts'

/** Which countries have a revealed comparative advantage (RCA ≥ 1) in which products. */
export interface Advantage {
  /** Balassa index per cell of the table: (x_cp / X_c) / (X_p / X). */
  rca: Float64Array
  /** Positions of the products each country has an advantage in, ascending. */
  productsOf: number[][]
  /** Positions of the countries that have an advantage in each product, ascending. */
  countriesOf: number[][]
}

/**
 * Balassa's index over the whole table as it was given. The limit RCA ≥ 1 is decided exactly, by whole numbers; a country or product
 * whose values are all 0 has no index, given as 0.
 */
export function advantageOf(table: TradeTable): Advantage {
  const byCountry = table.countries.map(() => 0n)
  const byProduct = table.products.map(() => 0n)
  let world = 0n
  for (const { country, product, value } of table.cells) {
    byCountry[country] = (byCountry[country] ?? 0n) + value
    byProduct[product] = (byProduct[product] ?? 0n) + value
    world += value
  }
  const rca = new Float64Array(table.cells.length)
  const productsOf: number[][] = table.countries.map(() => [])
  const countriesOf: number[][] = table.products.map(() => [])
  for (const [index, { country, product, value }] of table.cells.entries()) {
    if (value === 0n) continue
    const [ofCountry, ofProduct] = [byCountry[country] ?? 0n, byProduct[product] ?? 0n]
    rca[index] = Number(value) / Number(ofCountry) / (Number(ofProduct) / Number(world))
    if (value * world < ofCountry * ofProduct) continue
    productsOf[country]?.push(product)
    countriesOf[product]?.push(country)
  }
  return { rca, productsOf, countriesOf }
}

/**
 * Proximity of one product to every product: countries with an advantage in both, divided by the larger ubiquity of the two (1 to
 * itself; 0 for a product nobody has an advantage in).
 */
export function proximityRow(advantage: Advantage, product: number): Float64Array {
  const { productsOf, countriesOf } = advantage
  const row = new Float64Array(countriesOf.length)
  const own = countriesOf[product] ?? []
  for (const country of own) {
    for (const other of productsOf[country] ?? []) row[other] = (row[other] ?? 0) + 1
  }
  return row.map((shared, other) =>
    shared === 0 ? 0 : shared / Math.max(own.length, countriesOf[other]?.length ?? 0),
  )
}

/**
 * Density around one product for every country: the proximity of the products it has an advantage in, as a fraction of the proximity
 * of all products, the product itself included. Null for a product nobody has an advantage in.
 */
export function densityOf(advantage: Advantage, product: number): Float64Array | null {
  const proximity = proximityRow(advantage, product)
  const all = proximity.reduce((total, value) => total + value, 0)
  if (all === 0) return null
  return Float64Array.from(advantage.productsOf, (products) => {
    let near = 0
    for (const other of products) near += proximity[other] ?? 0
    return near / all
  })
}
