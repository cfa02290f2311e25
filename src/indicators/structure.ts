import { Big } from 'big.js'
import { type Concentration, concentration, topShares } from './concentration.ts'
import { apportion, apportionUnits, fraction, fromUnits, placesIn, sum, unitsOf } from './exact.ts'
import { type GrowthNote, growth } from './growth.ts'

/** A line of a structure before it is analysed: `base` is the same period a year before, null when it cannot be compared. */
export interface Cell {
  code: string
  current: Big
  base: Big | null
}

/** Confidential, residual and missing codes: part of every total, no line of the distribution. */
export const unclassifiedCode = 'unclassified'
/** The lines beyond the asked number, added up. */
export const otherCode = 'other'

/** One line of a structure table; money and shares are exact decimal text. */
export interface StructureLine {
  code: string
  value: string
  /** Fraction of the total with six decimals; the shares of a table add up to exactly 1. Null when the total is not positive. */
  share: string | null
  base: string | null
  change: string | null
  yoy: number | null
  note: GrowthNote | null
  /** Percentage points contributed to the growth of the total, six decimals; the lines add up to the total's. */
  pull: number | null
  /** Fraction of the total's change; see contributionRate. */
  contributionRate: number | null
  isNew: boolean
  isGone: boolean
}

export interface StructureTotals extends Concentration {
  total: string
  base: string | null
  yoy: number | null
  note: GrowthNote | null
  /** Growth of the total in percentage points, rounded as the pulls are. */
  pull: number | null
  top: { n: number; share: string }[]
  /** Share of the total that the concentration measures leave out. */
  excludedShare: string | null
  /** Lines behind the one called `other`. */
  otherLines: number
}

export interface StructureOptions {
  /** How many lines to show; the rest becomes one. */
  top: number
  isUnclassified(code: string): boolean
  /** Lines overlap (a partner in several groups): their sum means nothing and is neither rounded to 1 nor concentrated. */
  overlapping?: { total: Cell }
}

const shareDecimals = 6
const pullDecimals = 6

/** Shares, growth, pull and concentration of a distribution; lines by falling value, then by code. */
export function structure(
  cells: readonly Cell[],
  options: StructureOptions,
): { lines: StructureLine[]; totals: StructureTotals } {
  const places = placesIn(cells.flatMap(({ current, base }) => (base ? [current, base] : [current])))
  const classified = ordered(
    cells.filter((cell) => !options.isUnclassified(cell.code)),
    places,
  )
  const unclassified = merge(
    unclassifiedCode,
    cells.filter((cell) => options.isUnclassified(cell.code)),
  )
  const total = options.overlapping?.total ??
    merge('', cells) ?? { code: '', current: new Big(0), base: null }
  const all = unclassified ? [...classified, unclassified] : classified
  const shares = sharesOf(all, total, places, options)
  const pulls = pullsOf(all, total, places, options)
  const lineAt = (index: number): StructureLine[] => {
    const cell = all[index]
    return cell ? [toLine(cell, total, { share: shares?.[index] ?? null, pull: pulls?.[index] ?? null })] : []
  }
  const shown = Math.min(options.top, classified.length)
  const rest = foldRest(classified, total, { from: shown, shares, pulls })
  const values = classified.map((cell) => cell.current)
  return {
    lines: [
      ...Array.from({ length: shown }, (_, index) => lineAt(index)).flat(),
      ...rest,
      ...(unclassified ? lineAt(classified.length).map(asRemainder) : []),
    ],
    totals: {
      ...totalsOf(total, unclassified),
      ...concentration(options.overlapping ? [] : values),
      top: options.overlapping ? [] : topShares(values),
      otherLines: classified.length - shown,
    },
  }
}

/**
 * A line's change as a fraction of the total's change: 0.6 is 60 %. Null without a comparison, when the total moved by less than
 * 0.5 percentage points (the quotient explodes) and for a line that moved against the total (it flips sign): read the pull.
 */
export function contributionRate(cell: Cell, total: Cell): number | null {
  if (cell.base === null || total.base === null || total.base.lte(0)) return null
  const change = cell.current.minus(cell.base)
  const totalChange = total.current.minus(total.base)
  if (totalChange.abs().times(200).lt(total.base) || change.times(totalChange).lt(0)) return null
  return Number(change.toString()) / Number(totalChange.toString())
}

/** Adds cells up under one code; null for none. The base is unknown when any of theirs is. */
export function merge(code: string, cells: readonly Cell[]): Cell | null {
  if (cells.length === 0) return null
  const bases = cells.flatMap((cell) => (cell.base === null ? [] : [cell.base]))
  return {
    code,
    current: sum(cells.map((cell) => cell.current)),
    base: bases.length === cells.length ? sum(bases) : null,
  }
}

/** By falling value, then by the larger base, then by code. */
function ordered(cells: readonly Cell[], places: number): Cell[] {
  const keyed = cells.map((cell) => ({
    cell,
    current: unitsOf(cell.current, places),
    base: cell.base ? unitsOf(cell.base, places) : 0n,
  }))
  keyed.sort(
    (a, b) => compare(b.current, a.current) || compare(b.base, a.base) || compare(a.cell.code, b.cell.code),
  )
  return keyed.map(({ cell }) => cell)
}

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Fractions of the total in units of 10^−6. */
function sharesOf(
  cells: readonly Cell[],
  total: Cell,
  places: number,
  options: StructureOptions,
): bigint[] | null {
  const parts = cells.map((cell) => unitsOf(cell.current, places))
  return partsOf(parts, unitsOf(total.current, places), shareDecimals, options)
}

/** Percentage points of the total's growth in units of 10^−6. */
function pullsOf(
  cells: readonly Cell[],
  total: Cell,
  places: number,
  options: StructureOptions,
): bigint[] | null {
  if (total.base === null) return null
  const points = cells.map(
    ({ current, base }) => 100n * (unitsOf(current, places) - (base ? unitsOf(base, places) : 0n)),
  )
  return partsOf(points, unitsOf(total.base, places), pullDecimals, options)
}

function partsOf(
  parts: bigint[],
  whole: bigint,
  decimals: number,
  options: StructureOptions,
): bigint[] | null {
  if (whole <= 0n) return null
  if (!options.overlapping) return apportionUnits(parts, whole, decimals)
  return parts.flatMap((part) => apportionUnits([part], whole, decimals))
}

function toLine(
  cell: Cell,
  total: Cell,
  parts: { share: bigint | null; pull: bigint | null },
): StructureLine {
  const { value, note } = growth(cell.current, cell.base)
  return {
    code: cell.code,
    value: cell.current.toFixed(),
    share: parts.share === null ? null : fromUnits(parts.share, shareDecimals).toFixed(shareDecimals),
    base: cell.base?.toFixed() ?? null,
    change: cell.base === null ? null : cell.current.minus(cell.base).toFixed(),
    yoy: value,
    note,
    pull: parts.pull === null ? null : fromUnits(parts.pull, pullDecimals).toNumber(),
    contributionRate: contributionRate(cell, total),
    isNew: note === 'new',
    isGone: note === 'gone',
  }
}

function foldRest(
  classified: readonly Cell[],
  total: Cell,
  given: { from: number; shares: bigint[] | null; pulls: bigint[] | null },
): StructureLine[] {
  const rest = merge(otherCode, classified.slice(given.from))
  if (!rest) return []
  const over = (parts: bigint[] | null) =>
    parts === null
      ? null
      : parts.slice(given.from, classified.length).reduce((total, part) => total + part, 0n)
  const line = toLine(rest, total, { share: over(given.shares), pull: over(given.pulls) })
  return [asRemainder(line)]
}

/** A line of what is left over is neither a new product nor a lost one. */
function asRemainder(line: StructureLine): StructureLine {
  return { ...line, isNew: false, isGone: false }
}

function totalsOf(total: Cell, unclassified: Cell | null) {
  const { value, note } = growth(total.current, total.base)
  const points = total.base?.gt(0) ? total.current.minus(total.base).times(100) : null
  return {
    total: total.current.toFixed(),
    base: total.base?.toFixed() ?? null,
    yoy: value,
    note,
    pull: points && total.base ? Number(apportion([points], total.base, pullDecimals).join('')) : null,
    excludedShare: total.current.gt(0) ? fraction(unclassified?.current ?? new Big(0), total.current) : null,
  }
}
