import { type Concentration, concentration, topShares } from './concentration.ts'
import {
  apportionUnits,
  fraction,
  fromUnits,
  nthLargest,
  numbersOf,
  quotient,
  total as sumOf,
} from './exact.ts'
import { type GrowthNote, growth } from './growth.ts'

/**
 * A line of a structure before it is analysed, in whole units of 10^−places (see StructureOptions): `base` is the same period a year
 * before, null when it cannot be compared. Thousands of lines are added up, of which few are shown.
 */
export interface Cell {
  code: string
  current: bigint
  base: bigint | null
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
  /** Decimal places of the unit that all cells are in. */
  places: number
  /** How many lines to show; the rest becomes one. */
  top: number
  isUnclassified(code: string): boolean
  /** Without any line: whether there is a base, which is 0 then. */
  isCompared?: boolean
  /** Lines overlap (a partner in several groups): their sum means nothing and is neither rounded to 1 nor concentrated. */
  overlapping?: { total: Cell }
}

const shareDecimals = 6
const pullDecimals = 6
/** The largest whose share is told. */
const mostLargest = 10

/** Shares, growth, pull and concentration of a distribution; lines by falling value, then by code. */
export function structure(
  cells: readonly Cell[],
  options: StructureOptions,
): { lines: StructureLine[]; totals: StructureTotals } {
  const residual = cells.filter(({ code }) => options.isUnclassified(code))
  const named = residual.length === 0 ? cells : cells.filter(({ code }) => !options.isUnclassified(code))
  const classified = largestFirst(named, Math.max(options.top, mostLargest))
  const unclassified = merge(unclassifiedCode, residual)
  const nothing = { code: '', current: 0n, base: options.isCompared ? 0n : null }
  const total = options.overlapping?.total ?? merge('', cells) ?? nothing
  const all = unclassified ? [...classified, unclassified] : classified
  const shares = sharesOf(all, total, options)
  const pulls = pullsOf(all, total, options)
  const lineOf = lineAgainst(total, options.places)
  const lineAt = (index: number): StructureLine[] => {
    const cell = all[index]
    return cell ? [lineOf(cell, { share: shares?.[index] ?? null, pull: pulls?.[index] ?? null })] : []
  }
  const shown = Math.min(options.top, classified.length)
  const rest = merge(otherCode, classified.slice(shown))
  const over = (parts: bigint[] | null) =>
    parts === null ? null : sumOf(parts.slice(shown, classified.length))
  const values = classified.map((cell) => cell.current)
  return {
    lines: [
      ...Array.from({ length: shown }, (_, index) => lineAt(index)).flat(),
      ...(rest ? [asRemainder(lineOf(rest, { share: over(shares), pull: over(pulls) }))] : []),
      ...(unclassified ? lineAt(classified.length).map(asRemainder) : []),
    ],
    totals: {
      ...totalsOf(total, unclassified, options.places),
      ...concentration(options.overlapping ? [] : values, options.places),
      top: options.overlapping ? [] : topShares(values),
      otherLines: classified.length - shown,
    },
  }
}

/**
 * A line's change as a fraction of the total's change: 0.6 is 60 %. Null without a comparison, when the total moved by less than
 * 0.5 percentage points (the quotient explodes) and for a line that moved against the total (it flips sign): read the pull.
 */
export function contributionRate(cell: Cell, total: Cell, places: number): number | null {
  if (cell.base === null || total.base === null || total.base <= 0n) return null
  const change = cell.current - cell.base
  const totalChange = total.current - total.base
  const moved = totalChange < 0n ? -totalChange : totalChange
  if (moved * 200n < total.base || change * totalChange < 0n) return null
  return quotient(fromUnits(change, places), fromUnits(totalChange, places))
}

/** Adds cells up under one code; null for none. The base is unknown when any of theirs is. */
export function merge(code: string, cells: readonly Cell[]): Cell | null {
  if (cells.length === 0) return null
  let current = 0n
  let base: bigint | null = 0n
  for (const cell of cells) {
    current += cell.current
    base = base === null || cell.base === null ? null : base + cell.base
  }
  return { code, current, base }
}

/** The first `count` by falling value, then by the larger base, then by code; the others, which are only added up, behind them. */
function largestFirst(cells: readonly Cell[], count: number): Cell[] {
  const sizes = numbersOf(cells.map(({ current }) => current))
  const least = nthLargest(sizes, count) ?? Number.NEGATIVE_INFINITY
  const first: Cell[] = []
  const others: Cell[] = []
  for (const [index, cell] of cells.entries()) ((sizes[index] ?? 0) < least ? others : first).push(cell)
  first.sort(
    (a, b) => compare(b.current, a.current) || compare(b.base ?? 0n, a.base ?? 0n) || compare(a.code, b.code),
  )
  return [...first, ...others]
}

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Fractions of the total in units of 10^−6. */
function sharesOf(cells: readonly Cell[], total: Cell, options: StructureOptions): bigint[] | null {
  const parts = cells.map((cell) => cell.current)
  return partsOf(parts, total.current, { decimals: shareDecimals, ...options })
}

/** Percentage points of the total's growth in units of 10^−6: fractions of it to two decimals more. */
function pullsOf(cells: readonly Cell[], total: Cell, options: StructureOptions): bigint[] | null {
  if (total.base === null) return null
  const changes = cells.map(({ current, base }) => current - (base ?? 0n))
  return partsOf(changes, total.base, { decimals: pullDecimals + 2, ...options })
}

function partsOf(
  parts: bigint[],
  whole: bigint,
  { decimals, overlapping }: StructureOptions & { decimals: number },
): bigint[] | null {
  if (whole <= 0n) return null
  if (!overlapping) return apportionUnits(parts, whole, decimals)
  return parts.flatMap((part) => apportionUnits([part], whole, decimals))
}

/** Makes the lines of a table with this total. */
function lineAgainst(total: Cell, places: number) {
  return (cell: Cell, parts: { share: bigint | null; pull: bigint | null }): StructureLine => {
    const current = fromUnits(cell.current, places)
    const base = cell.base === null ? null : fromUnits(cell.base, places)
    const { value, note } = growth(current, base)
    return {
      code: cell.code,
      value: current.toFixed(),
      share: parts.share === null ? null : fromUnits(parts.share, shareDecimals).toFixed(shareDecimals),
      base: base?.toFixed() ?? null,
      change: base === null ? null : current.minus(base).toFixed(),
      yoy: value,
      note,
      pull: parts.pull === null ? null : fromUnits(parts.pull, pullDecimals).toNumber(),
      contributionRate: contributionRate(cell, total, places),
      isNew: note === 'new',
      isGone: note === 'gone',
    }
  }
}

/** A line of what is left over is neither a new product nor a lost one. */
function asRemainder(line: StructureLine): StructureLine {
  return { ...line, isNew: false, isGone: false }
}

function totalsOf(total: Cell, unclassified: Cell | null, places: number) {
  const current = fromUnits(total.current, places)
  const base = total.base === null ? null : fromUnits(total.base, places)
  const { value, note } = growth(current, base)
  const [pull] = pullsOf([total], total, { places, top: 1, isUnclassified: () => false }) ?? []
  return {
    total: current.toFixed(),
    base: base?.toFixed() ?? null,
    yoy: value,
    note,
    pull: pull === undefined ? null : fromUnits(pull, pullDecimals).toNumber(),
    excludedShare: total.current > 0n ? fraction(unclassified?.current ?? 0n, total.current) : null,
  }
}
