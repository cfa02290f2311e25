import type Big from 'big.js'
import { rcepYear } from '../parties.ts'
import type { AgreementTerms } from './agreements.ts'
import { isMinimal } from './agreements.ts'
import type { Product } from './bill.ts'
import { type ClaimOption, claimOptions, type DifferentialFacts, isDifferential } from './claim-options.ts'
import { deductible } from './criteria.ts'
import type { World } from './cumulation.ts'
import type { Line, Route } from './judgement.ts'
import { atLeast, zero } from './percent.ts'

/** Points of Art. 2.6 that no text seen settles; a person should look where one of them decides. */
export type OpenPoint =
  | 'exporting-party-under-2.6.4'
  | 'importing-party-under-2.6.4'
  | 'tie'
  | 'no-contributor'
  | 'domestic-value-formula'
  | 'contributors'

export interface DomesticValue {
  buildDown: Big
  /** Null without a cost sheet, or with one that exceeds the FOB value. */
  buildUp: Big | null
  passed: boolean
}

/** The RCEP country of origin of an originating good (Art. 2.6) and the rates an importer may claim. */
export interface CountryOfOrigin {
  party: string | null
  basis: '2.6.2' | '2.6.3' | '2.6.4' | '2.6.6' | 'undetermined'
  differential: boolean | null
  appendix: 'active' | 'inactive' | 'unknown'
  domesticValue: DomesticValue | null
  /** Originating materials by Party, in value; indirect materials have no Party of their own and are left out. */
  contributions: ReadonlyMap<string, Big>
  options: ClaimOption[]
  box11: { party: string | null; mark: '*' | '**' | null }
  openPoints: OpenPoint[]
}

const domesticShare = '20'

/** Finds the RCEP country of origin of a good that originates by `route`: Appendix first, then the general rule (Form RCEP, note 8). */
export function countryOfOrigin(
  product: Product,
  route: Route,
  world: World,
  facts: DifferentialFacts,
): CountryOfOrigin {
  const differential = isDifferential(facts)
  const appendix = appendixState(facts)
  const contributions = contributionsOf(route.bill.lines)
  const leaders = leadersOf(contributions)
  const bySupply = largest(leaders, facts.importer)
  const domesticValue = appendix === 'active' ? domesticValueOf(product, route, world) : null
  const byAppendix = domesticValue && (domesticValue.passed ? given(product.producedIn, '2.6.3') : bySupply)
  const general = byGeneralRule(product, route, world.terms, bySupply)
  const decided = byAppendix && differential !== false ? byAppendix : general
  const options = claimOptions(facts, {
    party: decided.party,
    contributors: [...contributions.keys()],
    product,
  })
  return {
    ...decided,
    differential,
    appendix,
    domesticValue,
    contributions,
    options,
    // The form applies the Appendix test without asking for a differential; with none, the rate is the same either way.
    box11: boxOf((byAppendix ?? general).party, options),
    openPoints: openPointsOf(decided, domesticValue, leaders, {
      producedIn: product.producedIn,
      contributions,
    }),
  }
}

type Decided = Pick<CountryOfOrigin, 'party' | 'basis'>

function given(party: string, basis: CountryOfOrigin['basis']): Decided {
  return { party, basis }
}

function appendixState({ appendix, importer, on }: DifferentialFacts): CountryOfOrigin['appendix'] {
  if (appendix === null) return 'unknown'
  const year = rcepYear(importer, on)
  const begun = on >= (appendix.from ?? on) && year >= (appendix.fromYear ?? year)
  const going = on <= (appendix.to ?? on) && year <= (appendix.toYear ?? year)
  return appendix.listed && begun && going ? 'active' : 'inactive'
}

/** Art. 2.6.2; for goods made only from originating materials the work must exceed the operations of 2.6.5, else 2.6.4. */
function byGeneralRule(product: Product, route: Route, terms: AgreementTerms, bySupply: Decided): Decided {
  if (route.criterion !== 'PE') return given(product.producedIn, '2.6.2')
  const { operations } = route.bill
  if (operations?.some((operation) => isMinimal(operation, terms) === false))
    return given(product.producedIn, '2.6.2')
  if (operations !== null || bySupply.party === product.producedIn) return bySupply
  return { party: null, basis: 'undetermined' }
}

/** The Parties of the highest value of originating materials: one, several at a tie, or none. */
function leadersOf(contributions: ReadonlyMap<string, Big>): string[] {
  const most = [...contributions.values()].reduce((top, value) => (value.gt(top) ? value : top), zero)
  return [...contributions].filter(([, value]) => value.eq(most)).map(([party]) => party)
}

/**
 * Art. 2.6.4: the Party of the highest value of originating materials. A tie, and the importing Party itself, for which there is
 * no rate, leave only the options of 2.6.6.
 */
function largest([leader, another]: readonly string[], importer: string): Decided {
  const isSettled = leader !== undefined && another === undefined && leader !== importer
  return isSettled ? given(leader, '2.6.4') : { party: null, basis: '2.6.6' }
}

function contributionsOf(lines: readonly Line[]): Map<string, Big> {
  const byParty = new Map<string, Big>()
  for (const { item, role, standing } of lines) {
    if (!standing.originating || role === 'indirect') continue
    byParty.set(standing.party, (byParty.get(standing.party) ?? zero).plus(item.value))
  }
  return byParty
}

/** Domestic value on the pattern of Art. 3.5: other Parties' originating materials do not count. */
function domesticValueOf(product: Product, route: Route, world: World): DomesticValue {
  let [foreign, own, gross] = [zero, zero, zero]
  for (const { item, standing } of route.bill.lines) {
    gross = gross.plus(item.value)
    if (!standing.originating) foreign = foreign.plus(deductible(item, world))
    else if (standing.party === product.producedIn) own = own.plus(item.value)
    else foreign = foreign.plus(item.value)
  }
  const buildDown = product.price.minus(foreign)
  const { costs } = route.bill
  const buildUp = costs && gross.plus(costs).lte(product.price) ? own.plus(costs) : null
  const passed =
    atLeast(buildDown, product.price, domesticShare) ||
    (buildUp !== null && atLeast(buildUp, product.price, domesticShare))
  return { buildDown, buildUp, passed }
}

function boxOf(party: string | null, options: ClaimOption[]): CountryOfOrigin['box11'] {
  if (party !== null) return { party, mark: null }
  const contributor = options.find((option) => option.basis === '2.6.6(a)' && option.rate !== null)
  if (contributor) return { party: contributor.party, mark: '*' }
  const any = options.find((option) => option.basis === '2.6.6(b)' && option.rate !== null && option.complete)
  return any ? { party: any.party, mark: '**' } : { party: null, mark: null }
}

function openPointsOf(
  { basis, party }: Decided,
  domesticValue: DomesticValue | null,
  leaders: readonly string[],
  { producedIn, contributions }: { producedIn: string; contributions: ReadonlyMap<string, Big> },
): OpenPoint[] {
  const isOwn = basis === '2.6.4' && party === producedIn
  const contributes = basis !== '2.6.2' && contributions.has(producedIn)
  return [
    ...(domesticValue ? (['domestic-value-formula'] as const) : []),
    ...(isOwn ? (['exporting-party-under-2.6.4'] as const) : []),
    ...(basis === '2.6.6' ? [unsettled(leaders)] : []),
    ...(contributes ? (['contributors'] as const) : []),
  ]
}

/** Why Art. 2.6.4 names no Party whose rate could apply. */
function unsettled({ length }: readonly string[]): OpenPoint {
  if (length === 0) return 'no-contributor'
  return length === 1 ? 'importing-party-under-2.6.4' : 'tie'
}
