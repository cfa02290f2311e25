import type { Big } from 'big.js'
import { apportion } from './exact.ts'

/** A part of a change; money is exact decimal text. The parts without a parent add up to the change. */
export interface Part {
  level: 'part' | 'chapter' | 'product' | 'enterprise'
  code: string
  /** Codes from the chapter down, joined by `/`; null at the top. */
  parent: string | null
  name: string | null
  nameEn: string | null
  before: string | null
  after: string | null
  change: string
  /** Percentage points of the growth of the whole. */
  pull: number | null
  /** Fisher index, for price and quantity. */
  index: number | null
  /** How many cells of the data stand behind it. */
  cells: number | null
}

/** A part with nothing to say but its change. */
export function partOf(level: Part['level'], code: string, change: Big, wholeBefore: Big): Part {
  const points = wholeBefore.gt(0) ? apportion([change.times(100)], wholeBefore, 6) : []
  return {
    level,
    code,
    parent: null,
    name: null,
    nameEn: null,
    before: null,
    after: null,
    change: change.toFixed(),
    pull: points[0]?.toNumber() ?? null,
    index: null,
    cells: null,
  }
}
