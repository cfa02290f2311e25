import { type Advantage, advantageOf, densityOf } from './advantage.ts'
import { secondEigenvector } from './eigen.ts'
import { type TradeTable, valueText } from './trade-table.ts'

export interface Complexity {
  countries: { code: string; eci: number | null; diversity: number }[]
  products: { code: string; pci: number | null; ubiquity: number }[]
  cells: { country: string; product: string; value: string; rca: number; density: number | null }[]
  meta: {
    normalisation: string
    rows: number
    repeated: number
    /** Without any advantage, or an advantage of nobody: they have no place in the spectrum. */
    dropped: { countries: string[]; products: string[] }
    eigenvalues: { second: number; third: number } | null
    warnings: string[]
  }
}

const normalisation =
  'M = 1 where RCA >= 1; PCI is the second eigenvector of the product matrix and ECI the mean PCI of a country’s products, both less the mean of ECI and divided by its standard deviation over the kept countries (population form); the sign makes ECI rise with diversity (PCI fall with ubiquity where all countries are equally diverse); density counts the product itself'

/**
 * RCA, diversity, ubiquity, economic and product complexity and density of a country × product table. Complexity is null, with a
 * warning, where the table has no single second eigenvector: it falls apart into unconnected groups, or holds no differences.
 */
export function complexity(table: TradeTable): Complexity {
  const advantage = advantageOf(table)
  const { spectrum, warnings } = spectrumOf(advantage)
  const kept = <T>(codes: readonly T[], lists: readonly number[][], wanted: boolean) =>
    codes.filter((_, index) => (lists[index]?.length ?? 0) > 0 === wanted)
  const densities = new Map<number, Float64Array | null>()
  for (const product of table.products.keys()) densities.set(product, densityOf(advantage, product))
  return {
    countries: scored(table.countries, advantage.productsOf).map(({ code, index, count }) => ({
      code,
      eci: spectrum?.eci[index] ?? null,
      diversity: count,
    })),
    products: scored(table.products, advantage.countriesOf).map(({ code, index, count }) => ({
      code,
      pci: spectrum?.pci[index] ?? null,
      ubiquity: count,
    })),
    cells: table.cells.map(({ country, product, value }, index) => ({
      country: table.countries[country] ?? '',
      product: table.products[product] ?? '',
      value: valueText(table, value),
      rca: advantage.rca[index] ?? 0,
      density: densities.get(product)?.[country] ?? null,
    })),
    meta: {
      normalisation,
      rows: table.cells.length + table.repeated,
      repeated: table.repeated,
      dropped: {
        countries: kept(table.countries, advantage.productsOf, false),
        products: kept(table.products, advantage.countriesOf, false),
      },
      eigenvalues: spectrum && { second: spectrum.second, third: spectrum.third },
      warnings,
    },
  }
}

/** The codes that have an advantage somewhere, with their position and how many. */
function scored(codes: readonly string[], lists: readonly number[][]) {
  return codes
    .map((code, index) => ({ code, index, count: lists[index]?.length ?? 0 }))
    .filter((entry) => entry.count > 0)
}

interface Spectrum {
  /** By position in the table; 0 for what was dropped. */
  eci: Float64Array
  pci: Float64Array
  second: number
  third: number
}

function spectrumOf(advantage: Advantage): { spectrum: Spectrum | null; warnings: string[] } {
  const { productsOf, countriesOf } = advantage
  const none = (why: string) => ({ spectrum: null, warnings: [`no complexity: ${why}`] })
  const roots = Float64Array.from(productsOf, (products) => Math.sqrt(products.length))
  const kept = [...roots.keys()].filter((country) => roots[country])
  if (kept.length < 2) return none('fewer than two countries have an advantage in anything')
  const average = (lists: readonly number[][], values: Float64Array) =>
    Float64Array.from(lists, (list) => mean(list, values))
  // D^-1/2 M U^-1 M' D^-1/2 on the kept countries: symmetric, with the eigenvalues of D^-1 M U^-1 M'.
  const scale = (vector: Float64Array) => {
    const spread = new Float64Array(roots.length)
    for (const [position, country] of kept.entries())
      spread[country] = (vector[position] ?? 0) / (roots[country] ?? 1)
    return spread
  }
  const operator = (vector: Float64Array) => {
    const averaged = average(productsOf, average(countriesOf, scale(vector)))
    return Float64Array.from(kept, (country) => (averaged[country] ?? 0) * (roots[country] ?? 0))
  }
  const found = secondEigenvector(
    operator,
    Float64Array.from(kept, (country) => roots[country] ?? 0),
  )
  if (!found) return none('the second eigenvector was not found')
  const { second, third } = found
  if (second > 1 - 1e-9) return none('the table falls apart into groups without a common product')
  if (second < 1e-9) return none('all countries have the same advantages')
  if (second - third < 1e-9) return none('the second and third eigenvalue are equal')
  const pci = average(countriesOf, scale(found.vector))
  return { spectrum: { ...standardised(advantage, pci, kept), second, third }, warnings: [] }
}

function standardised(advantage: Advantage, raw: Float64Array, kept: readonly number[]) {
  const { productsOf, countriesOf } = advantage
  const means = Float64Array.from(productsOf, (products) => mean(products, raw))
  const centre = mean(kept, means)
  const spread = Math.sqrt(covariance(kept, means, means))
  const diversity = Float64Array.from(productsOf, (products) => products.length)
  const ubiquity = Float64Array.from(countriesOf, (countries) => countries.length)
  const products = [...ubiquity.keys()].filter((product) => ubiquity[product])
  const withDiversity = covariance(kept, means, diversity)
  // Equally diverse countries give no sign; then rare products are the complex ones.
  const decides = Math.abs(withDiversity) > 1e-12 ? withDiversity : -covariance(products, raw, ubiquity)
  const standard = (values: Float64Array) =>
    values.map((value) => ((decides < 0 ? -1 : 1) * (value - centre)) / spread)
  return { eci: standard(means), pci: standard(raw) }
}

function covariance(positions: readonly number[], a: Float64Array, b: Float64Array): number {
  const products = new Float64Array(a.length)
  const [meanA, meanB] = [mean(positions, a), mean(positions, b)]
  for (const at of positions) products[at] = ((a[at] ?? 0) - meanA) * ((b[at] ?? 0) - meanB)
  return mean(positions, products)
}

function mean(positions: readonly number[], values: Float64Array): number {
  let total = 0
  for (const position of positions) total += values[position] ?? 0
  return positions.length === 0 ? 0 : total / positions.length
}
