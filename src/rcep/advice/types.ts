import type { HsEdition, Mapping } from '../../reference/concordance.ts'
import type { OriginCase } from '../origin/case.ts'
import type { OriginResult } from '../origin/result.ts'
import type { Goods, Offer, TariffLines } from '../tariff/offers.ts'
import type { RateExpression } from '../tariff/rate.ts'
import type { ProofDates, ProofKind } from './proofs.ts'

export type Verdict = 'pass' | 'fail' | 'needs-info'

export interface Question {
  /** Six digits, or a full national line of the importing Party; digits only. */
  hs: string
  edition: HsEdition
  exporter: string
  importer: string
  /** Day of importation, YYYY-MM-DD. */
  on: string
  goods: Goods
  /** The applied MFN rate, where the user looked it up; it stands over a loaded one. */
  mfn: string | null
  /** How many years of the schedule to look at, the current one included. */
  years: number
  currency: string | null
  /** Customs value of a year's imports in that currency, where the user gives it. */
  annualValue: string | null
  /** Yearly discount in percent for the present value of the savings; null for none. */
  discount: string | null
  /** What a proof of origin costs a shipment, in its currency. */
  certificateCost: string
  /** Days of the proof of origin and of the shipment, YYYY-MM-DD. */
  issuedOn: string | null
  shippedOn: string | null
  /** Countries the goods pass through. */
  via: string[]
}

export interface RuleFact {
  text: string
  /** Digits of the row the rule stands on: 2, 4 or 6. */
  level: number
  source: string
}

/** Everything known about the product between the two Parties. */
export interface Dossier {
  /** The product in each HS edition. */
  mappings: { edition: HsEdition; mapping: Mapping }[]
  /** One for every pack of the importing Party that covers the day. */
  tariffs: TariffLines[]
  rule: RuleFact | null
  origin: OriginResult | null
  /** The rule sets looked into. */
  ruleSources: { id: string; source: string; sha256: string }[]
  /** The bill that was judged, or null. */
  bill: OriginCase | null
  /** What is known under other agreements in force or possible between the two. */
  agreements: AgreementFinding[]
  /** The firm's own trade of the last twelve months, where a firm asks. */
  trade: OwnTrade | null
}

/** An agreement beside RCEP: its rule and verdict on the goods, its rates where a pack is loaded. */
export interface AgreementFinding {
  agreement: string
  inForce: boolean | null
  rule: RuleFact | null
  /** False for a set of rules that lacks the agreement's product list. */
  complete: boolean
  note: string
  origin: OriginResult | null
  offers: Offer[] | null
}

/** What a firm traded of the product with the other Party in the twelve months up to the newest loaded one. */
export interface OwnTrade {
  enterprise: string
  enterpriseName: string
  flow: 'export' | 'import'
  from: string
  to: string
  currency: string
  value: string
  quantities: { amount: string; unit: string }[]
  loadedAt: string
}

export interface Step {
  rule: string
  cite: string
  /** null where it could not be decided. */
  passed: boolean | null
  detail: string
}

export interface RateAnswer {
  agreement: string
  group: string | null
  lines: string[]
  rate: string
  expression: RateExpression
  duty: string | null
  validFrom: string
  validTo: string | null
  source: string
  conditions: string[]
}

export interface BaseAnswer {
  rate: string
  lines: string[]
  expression: RateExpression
  duty: string | null
  on: string
  source: string
}

export interface YearAnswer {
  year: number
  from: string
  to: string
  rates: { RCEP?: string; MFN?: string }
  best: 'RCEP' | 'MFN' | null
  /** Regimes whose rate of today is assumed to go on, because no later one is loaded. */
  assumed: string[]
  /** What RCEP saves in the year at the yearly value; null where no yearly value or not both rates are known. */
  saving: string | null
}

/** What the preference is worth. Amounts are exact, never negative, in the currency of the shipment or of the firm's trade. */
export interface Saving {
  /** Whether to apply for a proof; null where it depends on what is missing. */
  apply: boolean | null
  reason: string
  perShipment: { amount: string; currency: string; certificateCost: string } | null
  perYear: {
    amount: string
    value: string
    currency: string
    basis: 'given' | 'own-trade'
    from: string | null
    to: string | null
  } | null
  /** Sum of the yearly savings, each discounted from the start of its year; cut at two decimals. */
  presentValue: { amount: string; years: number; discount: string } | null
}

/** What it may cost more to buy originating materials before the duty saved is used up. */
export interface BreakEven {
  rule: string
  materials: string[]
  suppliers: string[]
  switched: string
  dutySaved: string
  /** Percent of the value switched, cut at four places. */
  premium: string
  currency: string
  text: string
}

export interface AgreementAnswer {
  agreement: string
  inForce: boolean | null
  verdict: Verdict
  criterion: string | null
  codes: string[]
  rule: RuleFact | null
  complete: boolean
  rate: string | null
  duty: string | null
  note: string
  missing: string[]
}

export interface Point {
  code: string
  text: string
  cite: string
}

/** Something to do, and the day by which; `by` is null where no day follows from what is known. */
export interface NextStep extends Point {
  by: string | null
}

export interface Missing {
  code: string
  text: string
}

/** How sure an answer is, and the facts it hangs on that were not read in their own text. */
export interface Confidence {
  level: 'high' | 'medium' | 'low'
  reasons: Missing[]
}

export interface Advice {
  product: {
    hs: string
    edition: HsEdition
    mapped: { edition: HsEdition; codes: string[]; quality: string }[]
  }
  from: string
  to: string
  on: string
  verdict: Verdict
  rates: RateAnswer[]
  base: BaseAnswer[]
  best: { agreement: string; rate: string; saving: string | null; conditional: boolean } | null
  byYear: YearAnswer[]
  saving: Saving
  trade: OwnTrade | null
  agreements: AgreementAnswer[]
  rule: RuleFact | null
  origin: OriginResult | null
  breakEven: BreakEven[]
  certificate: Certificate
  consignment: Point[]
  nextSteps: NextStep[]
  confidence: Confidence
  missing: Missing[]
  steps: Step[]
  notLegalAdvice: string
  /** The packs of facts the answer rests on, and a hash of them and the question: the same answer has the same trace. */
  sources: { id: string; source: string; sha256: string }[]
  trace: string
}

/** What the proof of origin must show (Form RCEP), as far as it is known; null where it is not. */
export interface Certificate {
  needed: boolean | null
  /** Box 9: six digits in HS 2022. */
  hs6: string | null
  /** Box 10: the criterion, with ACU or DMI where they are relied on. */
  box10: string[] | null
  /** Box 11: RCEP country of origin. */
  box11: { party: string | null; mark: '*' | '**' | null } | null
  /** Box 12: whether the FOB value must be stated, which is only where RVC is the criterion used. */
  box12Fob: boolean | null
  /** The sheet box by box; `content` is null where the firm must fill it, `options` what may stand there before a verdict. */
  boxes: CertificateBox[]
  proofs: ProofKind[]
  dates: ProofDates
  /** Whether a shipment of this value needs no proof (Art. 3.22). */
  waived: boolean | null
  evidence: string[]
  declaration: ImportDeclaration | null
}

export interface CertificateBox {
  box: number
  title: string
  content: string | null
  options: string[]
  rule: string
  cite: string
}

/** What the importer's customs declaration shows, where the importing Party's practice is known. */
export interface ImportDeclaration {
  agreementCode: string
  /** A Party, or the code of a highest-rate claim; null before the country of origin is known. */
  origin: string | null
  highestRateOptions: { code: string; mark: string; text: string }[]
  proofNumber: string | null
  cite: string
}

/** The offers that decide, worked out once. */
export interface Findings {
  inForce: boolean | null
  from: string | null
  /** The Party whose rates apply: the RCEP country of origin, or the one of the highest rate that may be claimed instead. */
  party: string
  /** Whether neither is known of goods that originate, so that no RCEP rate can be named. */
  isCountryOpen: boolean
  group: string
  mfn: Offer[] | null
  rcep: Offer[] | null
  cheaper: 'MFN' | 'RCEP' | null
  verdict: Verdict
  /** Whether the goods originate and nothing that could change it was left open. */
  isSettled: boolean
}
