import type { Big } from 'big.js'
import { sum } from './exact.ts'

/** A cell of a table whose cells add up to a total that is shown. */
export interface CountedCell {
  code: string
  value: Big
  /** Enterprises behind it. */
  firms: number
}

export interface Suppression {
  /** Codes withheld because one or two enterprises stand behind them. */
  primary: ReadonlySet<string>
  /** Codes withheld so that no primary one follows from the total by subtraction. */
  complementary: ReadonlySet<string>
  /** The total would reveal them too: no cell has enough enterprises to hide behind. */
  total: boolean
}

export const fewestFirms = 3

/**
 * What to withhold from a one-dimensional table. Beside the cells of fewer than three enterprises goes one of three or more, the smallest
 * that is not smaller than the withheld ones together: what total and shown cells leave is then a sum over at least three enterprises.
 */
export function suppress(cells: readonly CountedCell[]): Suppression {
  const traded = cells.filter(({ value, firms }) => firms > 0 || !value.eq(0))
  const primary = traded.filter(({ firms }) => firms < fewestFirms)
  const codes = new Set(primary.map(({ code }) => code))
  if (primary.length === 0) return { primary: codes, complementary: new Set(), total: false }
  const hidden = sum(primary.map(({ value }) => value))
  const others = traded.filter(({ firms }) => firms >= fewestFirms).sort(byValue)
  const cover = others.find(({ value }) => value.gte(hidden)) ?? others.at(-1)
  return { primary: codes, complementary: new Set(cover ? [cover.code] : []), total: cover === undefined }
}

function byValue(a: CountedCell, b: CountedCell): number {
  return a.value.cmp(b.value) || (a.code < b.code ? -1 : 1)
}
