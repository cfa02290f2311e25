import type { OpenPoint } from './differential.ts'
import type { RuleProblem } from './judgement.ts'

export type OriginLanguage = 'en' | 'zh'

/** The sentences of an origin verdict. Codes, figures and rule notation stay as they are in every language. */
export interface OriginText {
  rule: {
    inForce: string
    scheduleYear: string
    productRule: string
    material(id: string): string
    whollyObtained: string
    exclusive: string
    minimalOperations: string
    cumulation: string
    appendix: string
    countryOfOrigin: string
    claim(basis: string): string
  }
  inForce(agreement: string, importer: string, exporter: string, on: string): string
  notInForce(agreement: string, importer: string, exporter: string, on: string): string
  forceUnknown(agreement: string, importer: string, exporter: string): string
  notAParty(country: string): string
  scheduleYear(importer: string, year: number, span: string): string
  /** What a price or an exchange rate may do before the verdict turns; `percent` null: nothing turns it. */
  shock(
    of: 'material-price' | 'exchange-rate' | 'fob-price',
    verdict: 'pass' | 'fail' | 'needs-info',
    percent: string | null,
    rule: string | null,
  ): string
  backToBack(party: string): string
  ruleGiven(text: string): string
  ruleFound(text: string, source: string): string
  ruleProblem(problem: RuleProblem, subject: string | null): string
  ownOrigin(party: string): string
  partnerOrigin(party: string, evidence: string | null): string
  rolledUp(party: string): string
  failsItsRule(party: string, lookedThrough: boolean): string
  nonOriginating(country: string | null): string
  unknownOrigin: string
  notCumulable(party: string): string
  notYetInForce(party: string, on: string): string
  pairUnknown(party: string, importer: string): string
  indirect: string
  transportPacking: string
  retailPackaging: string
  accessory: string
  noShift(ids: string[]): string
  shift(level: 'CC' | 'CTH' | 'CTSH' | null): string
  expanded(ids: string[]): string
  whollyObtainedMet(party: string): string
  whollyObtainedFails(ids: string[]): string
  exclusiveMet: string
  exclusiveFails(ids: string[]): string
  noMaterials: string
  changeMet: string
  changeFails(ids: string[]): string
  tolerated(ids: string[], share: string, limit: string, basis: 'value' | 'weight'): string
  byCustomsValue: string
  notTolerated(share: string, limit: string): string
  value(facts: {
    vnm: string
    fob: string
    buildDown: string
    buildUp: string | null
    threshold: string
  }): string
  buildUpState: Record<'no-costs' | 'not-allowed' | 'not-read' | 'inconsistent', string>
  formulasDiffer: string
  reaction(passed: boolean, stated: boolean): string
  weightShare(share: string | null, threshold: string): string
  onlyMinimal(operations: readonly string[]): string
  moreThanMinimal: string
  operationsUnstated: string
  operationsIdle: string
  listNotRead(agreement: string): string
  cumulationNeeded: string
  cumulationNotNeeded: string
  cumulationExclusive: string
  noPartnerMaterials: string
  appendixTest(facts: { buildDown: string; buildUp: string | null; passed: boolean }): string
  appendixState: Record<'active' | 'inactive' | 'unknown', string>
  differential(state: boolean | null): string
  countryOfOrigin(party: string, basis: string): string
  countryOpen: string
  countryNeedsOperations: string
  claim(rate: string | null, among: string[], complete: boolean): string
  openPoint: Record<OpenPoint, string>
  importerPractice: Record<string, string>
  missing: {
    operations(subject: string | null): string
    proofOfAny(ids: string[]): string
    proofOfAll(ids: string[], exact: boolean): string
    unknownOrigins(ids: string[]): string
    weights(ids: string[]): string
    materialWeights: string
    reaction: string
    pair(agreement: string, party: string, importer: string): string
    materials: string
    unproven(ids: string[]): string
    noCode(id: string, hs: string, edition: string | null): string
    tolerance(agreement: string): string
    agreementTerms(agreement: string): string
    valueBasis(id: string, basis: string): string
    overFob(total: string, fob: string): string
    deduction(id: string, amount: string): string
    inventory(id: string): string
    code(hs: string, from: string, to: string, candidates: readonly string[]): string
    laterText(agreement: string, since: string): string
    appendix(importer: string): string
    rate(party: string): string
    incomparable: string
  }
  evidence: {
    partnerProof(id: string, party: string): string
    ownDeclaration(id: string): string
    deductions(id: string): string
    inventory(id: string, method: string): string
    costs: string
    classification: string
    whollyObtained: string
    records: string
  }
  change: {
    switchValue(rule: string, amount: string, ids: string[] | null, exact: boolean): string
    raiseFob(rule: string, amount: string, fob: string): string
    switchMaterials(rule: string, ids: string[], exact: boolean): string
    reclass(rule: string, ids: string[]): string
    process(rule: string): string
    orientation: string
  }
  verdict(
    verdict: 'pass' | 'fail' | 'needs-info',
    facts: { good: string; party: string; agreement: string },
  ): string
  heading: Record<
    'routes' | 'sensitivity' | 'agreements' | 'steps' | 'missing' | 'changes' | 'evidence',
    string
  >
  routeState: Record<'met' | 'not-met' | 'void', string>
}
