import type { Big } from 'big.js'
import { fraction, fromUnits, placesIn, unitsOf } from './exact.ts'

/** How concentrated a distribution is, over its `n` lines with a positive value; all null where there are none. */
export interface Concentration {
  n: number
  /** Σ s²: 1/n … 1. */
  hhi: number | null
  /** (Σ s² − 1/n) / (1 − 1/n): 0 … 1; null for a single line. */
  normalisedHhi: number | null
  /** UNCTAD's form, (√Σ s² − √(1/n)) / (1 − √(1/n)): 0 … 1; null for a single line. */
  unctad: number | null
  /** 1 / Σ s². */
  effectiveNumber: number | null
  /** (1/n) Σ (x/μ) ln(x/μ): 0 … ln n. */
  theil: number | null
  /** Σ (2r − n − 1) x₍r₎ / (n Σ x), r ascending. */
  gini: number | null
  /** −Σ s ln s. */
  entropy: number | null
}

/** Concentration of the positive values among `values`; zero and negative lines (corrections) are not lines of the distribution. */
export function concentration(values: readonly Big[]): Concentration {
  const places = placesIn(values)
  const active = values.map((value) => unitsOf(value, places)).filter((units) => units > 0n)
  active.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const total = Number(active.reduce((so, units) => so + units, 0n))
  const shares = active.map((units) => Number(units) / total)
  const n = shares.length
  if (n === 0) {
    return {
      n,
      hhi: null,
      normalisedHhi: null,
      unctad: null,
      effectiveNumber: null,
      theil: null,
      gini: null,
      entropy: null,
    }
  }
  const hhi = add(shares.map((share) => share * share))
  const entropy = add(shares.map((share) => -share * Math.log(share)))
  return {
    n,
    hhi,
    normalisedHhi: n === 1 ? null : Math.max(0, (hhi - 1 / n) / (1 - 1 / n)),
    unctad: n === 1 ? null : Math.max(0, (Math.sqrt(hhi) - Math.sqrt(1 / n)) / (1 - Math.sqrt(1 / n))),
    effectiveNumber: 1 / hhi,
    theil: Math.max(0, Math.log(n) - entropy),
    gini: Math.max(0, add(shares.map((share, index) => (2 * (index + 1) - n - 1) * share)) / n),
    entropy: Math.max(0, entropy),
  }
}

/** Share of the 1, 3, 5 and 10 largest of `values` in their sum, to six decimals; sizes beyond the number of lines are left out. */
export function topShares(values: readonly Big[]): { n: number; share: string }[] {
  const places = placesIn(values)
  const active = values.map((value) => unitsOf(value, places)).filter((units) => units > 0n)
  active.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
  const total = active.reduce((so, units) => so + units, 0n)
  const first = (n: number) => active.slice(0, n).reduce((so, units) => so + units, 0n)
  return [1, 3, 5, 10]
    .filter((n) => n <= active.length)
    .map((n) => ({ n, share: fraction(fromUnits(first(n), places), fromUnits(total, places)) }))
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
