import Big from 'big.js'
import facts from '../../../data/origin/rcep/proofs.json' with { type: 'json' }
import { dayBefore, yearsLater } from '../days.ts'
import { mayIssueRetroactively, mayWaiveProof, type ProofState, proofState } from '../origin/proof.ts'
import { nameInChinese, ownEntryIntoForce } from '../parties.ts'
import type { Goods } from '../tariff/offers.ts'
import type { AdviceLanguage } from './text.ts'
import type { Question } from './types.ts'

/** A kind of proof of origin and whether it can be used between the two Parties; null where no source says so. */
export interface ProofKind {
  kind: string
  possible: boolean | null
  /** Where not every Party has begun to accept it: the day by which both must have (each may take ten years more). */
  dueBy: string | null
  text: string
  cite: string
}

/** What the one-year life of a proof means for an importation (Arts. 3.16, 3.17.8, 3.27). */
export interface ProofDates {
  /** A proof issued on this day or earlier has expired at importation; on its anniversary customs must say. */
  issuedAfter: string
  heldBy: string
  issuedOn: string | null
  validTo: string | null
  state: ProofState | null
  /** Last day on which a certificate may still be issued after shipment, where the day of shipment is given. */
  retroactiveUntil: string | null
  isRetroactive: boolean | null
  retroactiveAllowed: boolean | null
  exporterRecordsUntil: string | null
  importerRecordsUntil: string
}

/** The kinds of proof between two Parties, the certificate first. */
export function proofKinds(question: Question, language: AdviceLanguage): ProofKind[] {
  const { importer, exporter } = question
  const possible: Record<string, boolean | null> = {
    certificate: true,
    'approved-exporter': !facts.approvedExporter.notForExportsOf.includes(exporter),
    'any-exporter': byAnyExporter(exporter, importer),
    importer: facts.importerDeclaration.includes(importer),
  }
  return facts.kinds.map(({ kind, cite, text }) => ({
    kind,
    possible: possible[kind] ?? null,
    dueBy: kind === 'any-exporter' && possible[kind] !== true ? dueBy(exporter, importer) : null,
    text: text[language].replaceAll('{exporter}', language === 'zh' ? nameInChinese(exporter) : exporter),
    cite,
  }))
}

/** Whether both Parties have begun with declarations of any exporter; null where one of them is not known. */
function byAnyExporter(exporter: string, importer: string): boolean | null {
  const { begun, notBegun } = facts.anyExporter
  if ([exporter, importer].some((party) => notBegun.includes(party))) return false
  return [exporter, importer].every((party) => begun.includes(party)) ? true : null
}

function dueBy(exporter: string, importer: string): string | null {
  const { withinYears, longer } = facts.anyExporter
  const days = [exporter, importer].map((party) => {
    const from = ownEntryIntoForce(party)
    return from && yearsLater(from, longer.parties.includes(party) ? longer.years : withinYears)
  })
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null)
}

export function proofDates({ on, issuedOn, shippedOn }: Question): ProofDates {
  return {
    issuedAfter: yearsLater(on, -facts.validYears),
    heldBy: on,
    issuedOn,
    validTo: issuedOn && dayBefore(yearsLater(issuedOn, facts.validYears)),
    state: issuedOn === null ? null : proofState(issuedOn, on),
    retroactiveUntil: shippedOn && yearsLater(shippedOn, 1),
    isRetroactive: issuedOn && shippedOn ? issuedOn > shippedOn : null,
    retroactiveAllowed:
      issuedOn && shippedOn && issuedOn > shippedOn ? mayIssueRetroactively(shippedOn, issuedOn) : null,
    exporterRecordsUntil: issuedOn && yearsLater(issuedOn, facts.recordYears),
    importerRecordsUntil: yearsLater(on, facts.recordYears),
  }
}

/** Whether no proof is needed for the value of the shipment (Art. 3.22); null where its value in US dollars is not known. */
export function isWaived({ shipment, exchange }: Goods): boolean | null {
  if (!shipment) return null
  const { value, currency } = shipment
  if (currency === 'USD') return mayWaiveProof(value, facts.waiverUsd)
  const rate = exchange?.('USD', currency) ?? null
  return rate === null ? null : new Big(value).lte(new Big(facts.waiverUsd).times(rate))
}

/** The number that stands for the proof on a declaration of small value, where the importing Party has one. */
export function smallValueNumber(importer: string): string | null {
  return facts.smallValue.importer === importer ? facts.smallValue.number : null
}
