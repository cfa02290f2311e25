import { fraction, numbersOf, total } from './exact.ts'

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

/**
 * Concentration of the positive ones among `values`, in units of 10^−places; zero and negative lines (corrections) are not lines of the
 * distribution.
 */
export function concentration(values: readonly bigint[], places: number): Concentration {
  const active = inFewestPlaces(
    values.filter((value) => value > 0n),
    places,
  )
  const whole = Number(total(active))
  const shares = numbersOf(active)
    .sort()
    .map((value) => value / whole)
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

/**
 * Share of the 1, 3, 5 and 10 largest of `values` in the sum of the positive ones, to six decimals; sizes beyond the number of lines are
 * left out. The ten largest values come first, in falling order.
 */
export function topShares(values: readonly bigint[]): { n: number; share: string }[] {
  const active = values.filter((value) => value > 0n)
  const whole = total(active)
  return [1, 3, 5, 10]
    .filter((n) => n <= active.length)
    .map((n) => ({ n, share: fraction(total(active.slice(0, n)), whole) }))
}

/** Numbers beyond what a double holds exactly without decimals that all have as 0: they are then rounded as little as can be. */
function inFewestPlaces(values: readonly bigint[], places: number): readonly bigint[] {
  if (places === 0 || total(values) <= Number.MAX_SAFE_INTEGER) return values
  const shorter = values.every((value) => value % 10n === 0n)
  return shorter
    ? inFewestPlaces(
        values.map((value) => value / 10n),
        places - 1,
      )
    : values
}

function add(numbers: Float64Array): number {
  return numbers.reduce((so, number) => so + number, 0)
}
