import { inForce, parties } from '../parties.ts'
import { compareRates, dutyOf } from '../tariff/duty.ts'
import { parseRate, type RateExpression } from '../tariff/rate.ts'
import type { Product } from './bill.ts'
import type { AppendixEntry } from './case.ts'

export interface DifferentialFacts {
  importer: string
  on: string
  currency: string
  rates: Readonly<Record<string, string>> | null
  appendix: AppendixEntry | null
}

/** A rate an importer may claim for an originating good (Art. 2.6.1 and 2.6.6). */
export interface ClaimOption {
  basis: 'RCO' | '2.6.6(a)' | '2.6.6(b)'
  /** The Party whose rate it is; for 2.6.6 the first one with the highest rate, or the first one whose rate is not given. */
  party: string
  /** As published; null where a rate is not given or the rates cannot be compared for this shipment. */
  rate: string | null
  /** Duty of that rate on one good, its FOB value taken for the customs value; null where it cannot be told. */
  duty: string | null
  /** Parties whose rates were compared. */
  among: string[]
  /** Whether the rates of all Parties concerned were given. */
  complete: boolean
}

/** Whether the importer treats the good differently by Party: true once two rates differ, false only if every Party's rate is the same. */
export function isDifferential(facts: DifferentialFacts): boolean | null {
  const rates = ratesInForce(facts)
  const [first, ...others] = rates.values()
  if (first === undefined) return null
  if (others.some((rate) => compareRates(first.expression, rate.expression, anyShipment) !== 0)) return true
  return bound(facts).every((party) => rates.has(party)) ? false : null
}

/** Of the RCEP country of origin; the highest of the contributing Parties (a); the highest of all (b). */
export function claimOptions(
  facts: DifferentialFacts,
  good: { party: string | null; contributors: string[]; product: Product },
): ClaimOption[] {
  if (facts.rates === null) return []
  const rates = ratesInForce(facts)
  const own = good.party === null ? [] : [highest('RCO', [good.party], rates, facts, good.product)]
  const contributors = good.contributors.filter((party) => party !== facts.importer)
  const fromContributors =
    contributors.length === 0 ? [] : [highest('2.6.6(a)', contributors, rates, facts, good.product)]
  const all = [...new Set([...bound(facts), ...rates.keys()])]
  return [...own, ...fromContributors, highest('2.6.6(b)', all, rates, facts, good.product)]
}

interface Rate {
  text: string
  expression: RateExpression
}

/** Where only the rates themselves are compared: one unit of value, no quantities. */
const anyShipment = { value: '1', currency: '', quantities: [] }

function highest(
  basis: ClaimOption['basis'],
  among: string[],
  rates: ReadonlyMap<string, Rate>,
  facts: DifferentialFacts,
  product: Product,
): ClaimOption {
  const known = among.flatMap((party) => {
    const rate = rates.get(party)
    return rate ? [{ party, rate }] : []
  })
  const complete = known.length === among.length
  const compared = known.map(({ party }) => party)
  const lacking = among.find((party) => !rates.has(party))
  const [first] = known
  // A contributor without a rate leaves (a) open; (b) is the highest of the rates given, and says it is incomplete.
  if (first === undefined || (!complete && basis !== '2.6.6(b)'))
    return { basis, party: lacking ?? '', rate: null, duty: null, among: compared, complete }
  const shipment = {
    value: product.price.toFixed(),
    currency: facts.currency,
    quantities: product.weight ? [{ amount: product.weight.toFixed(), unit: 'kg' }] : [],
  }
  let top = first
  for (const candidate of known.slice(1)) {
    const order = compareRates(candidate.rate.expression, top.rate.expression, shipment)
    if (order === null) return { basis, party: top.party, rate: null, duty: null, among: compared, complete }
    if (order > 0) top = candidate
  }
  const duty = dutyOf(top.rate.expression, shipment)
  const amount = duty.kind === 'known' ? duty.amount : null
  return { basis, party: top.party, rate: top.rate.text, duty: amount, among: compared, complete }
}

/** Parties whose goods the importer must treat as RCEP goods on the day. */
function bound({ importer, on }: DifferentialFacts): string[] {
  return parties.filter((party) => party !== importer && inForce(importer, party, on) === true)
}

function ratesInForce({ rates, importer, on }: DifferentialFacts): Map<string, Rate> {
  const usable = new Map<string, Rate>()
  for (const [party, text] of Object.entries(rates ?? {})) {
    if (party === importer || inForce(importer, party, on) === false) continue
    usable.set(party, { text, expression: parseRate(text) })
  }
  return usable
}
