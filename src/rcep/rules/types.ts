/** Inclusive range of HS codes as digits, both ends of the same length 2, 4 or 6 (a single code has from === to). */
export interface CodeRange {
  from: string
  to: string
}

/**
 * One requirement of an origin rule (RCEP Annex 3A, headnotes).
 * - `WO`: wholly obtained or produced.
 * - `CTC`: every non-originating material changes chapter (2), heading (4) or subheading (6), and none is of an `except` code.
 * - `RVC`: regional value content of at least `threshold` percent of FOB.
 * - `CR`: product of a chemical reaction.
 * - `weight`: at least `threshold` percent by weight of all materials used is originating (heading 38.08).
 */
export type Term =
  | { kind: 'WO' }
  | { kind: 'CTC'; level: Level; except: CodeRange[] }
  | { kind: 'RVC'; threshold: string }
  | { kind: 'CR' }
  | { kind: 'weight'; threshold: string }

/** All terms must hold. */
export interface Alternative {
  terms: Term[]
}

/**
 * A rule of which one alternative suffices; a rule that depends on which product the good is (the user says which,
 * it is no free choice); or a text that a person must read.
 */
export type Rule =
  | { kind: 'rule'; text: string; alternatives: Alternative[] }
  | { kind: 'conditional'; text: string; cases: { condition: string; alternatives: Alternative[] }[] }
  | { kind: 'manual'; text: string; reason: string }

export type Language = 'en' | 'zh'

/** Digits of a chapter, heading or subheading. */
export type Level = 2 | 4 | 6

/** What a code of two, four or six digits is. */
export function levelOf(digits: string): Level {
  if (digits.length === 2) return 2
  return digits.length === 4 ? 4 : 6
}
