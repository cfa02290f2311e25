import type { Rule } from '../rules/types.ts'
import { type AgreementTerms, agreementInForce } from './agreements.ts'
import type { Item, Product } from './bill.ts'

/**
 * How a bill is read. What the case leaves open counts against the good (Art. 3.5.4) unless the reader is `hopeful` or
 * `believes` a line: judging both ways tells whether an open fact decides.
 */
export interface World {
  terms: AgreementTerms
  importer: string
  on: string
  /** Whether materials of other Parties count (Art. 3.4). */
  cumulation: boolean
  /** Takes weights, rules and treaty terms that are not known in the good's favour. */
  hopeful: boolean
  /** Whether a declared origin counts only where its proof is named. */
  proofsOnly: boolean
  /** Codes of the bill that do not exist in the edition of the rules: what they would change is not known. */
  unknownCodes: ReadonlySet<string>
  /** Whether a line of unknown origin is taken as originating. */
  believes: (item: Item) => boolean
  /** Set once anything was left open, so that a hopeful reading might differ. */
  openness: { found: boolean }
  /** The product-specific rule, or null where there is none at hand. */
  ruleOf: (product: Product) => { rule: Rule; certain: boolean } | null
}

export type Standing =
  | { originating: true; party: string; why: 'declared' | 'rolled-up' | 'indirect' | 'believed' }
  | { originating: false; party: null; why: WhyNot }

export type WhyNot =
  | 'declared-non-originating'
  | 'unknown'
  | 'not-a-party'
  | 'not-in-force'
  | 'pair-unknown'
  | 'without-cumulation'
  | 'fails-its-rule'

/**
 * Whether something originating in `party` counts as originating where the next working takes place (Art. 3.4.1): the
 * agreement must bind that Party to the importer and to the Party of the working on the day.
 */
export function cumulated(
  party: string,
  workedIn: string,
  world: World,
  why: 'declared' | 'rolled-up',
): Standing {
  if (party === workedIn) return { originating: true, party, why }
  if (!world.terms.parties.has(party)) return not('not-a-party')
  if (!world.cumulation) return not('without-cumulation')
  const bound = [world.importer, workedIn].map(
    (other) => other === party || agreementInForce(world.terms, other, party, world.on),
  )
  if (bound.includes(false)) return not('not-in-force')
  if (bound.includes(null) && !hopes(world)) return not('pair-unknown')
  return { originating: true, party, why }
}

/** Standing of a bought material by what is declared of it, at its use in `workedIn`. */
export function declaredStanding(item: Item, workedIn: string, world: World): Standing {
  const { declared } = item
  const counts = declared.status === 'originating' && (Boolean(declared.evidence) || !world.proofsOnly)
  if (counts && declared.party !== undefined) return cumulated(declared.party, workedIn, world, 'declared')
  if (declared.status === 'non-originating') return not('declared-non-originating')
  world.openness.found = true
  return world.believes(item) ? { originating: true, party: workedIn, why: 'believed' } : not('unknown')
}

/** Whether an open fact is taken in the good's favour; to be asked only where one is open. */
export function hopes({ openness, hopeful }: World): boolean {
  openness.found = true
  return hopeful
}

export function not(why: WhyNot): Standing {
  return { originating: false, party: null, why }
}
