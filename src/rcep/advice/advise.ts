import { createHash } from 'node:crypto'
import type { HsEdition, Mapping } from '../../reference/concordance.ts'
import type { OriginResult } from '../origin/result.ts'
import { entryIntoForce, inForce, rcepYear } from '../parties.ts'
import { baseDay } from '../tariff/facts.ts'
import {
  baseOffers,
  cheaper,
  dutyOn,
  type Goods,
  givenPack,
  mfnOffers,
  type Offer,
  offersOn,
  ratesText,
  rcepOffers,
  savingOf,
} from '../tariff/offers.ts'
import { groupOf } from '../tariff/party-groups.ts'
import { yearSpan } from '../tariff/schedule.ts'
import { agreementAnswers, bestOfAll } from './agreements.ts'
import { breakEvens } from './break-even.ts'
import { certificateOf } from './certificate.ts'
import { confidenceOf } from './confidence.ts'
import { confidenceText } from './confidence-text.ts'
import { consignmentPoints } from './consignment.ts'
import { nextSteps } from './next-steps.ts'
import { planText } from './plan-text.ts'
import { adviceSteps } from './steps.ts'
import type { AdviceText } from './text.ts'
import type {
  Advice,
  BaseAnswer,
  Dossier,
  Findings,
  Question,
  RateAnswer,
  Verdict,
  YearAnswer,
} from './types.ts'
import { savedInYear, worth, yearlyGoods } from './worth.ts'

/** Answers what duty the goods pay, what RCEP saves, and what must still be known, from facts alone. */
export function advise(dossier: Dossier, question: Question, text: AdviceText): Advice {
  const findings = find(dossier, question)
  const plan = planText(text.language)
  const { hs, edition, exporter, importer, on } = question
  const others = dossier.agreements.flatMap(({ offers }) => offers ?? [])
  const rates = [...(findings.mfn ?? []), ...(findings.rcep ?? []), ...others]
  const years = yearsAhead(dossier, question, findings)
  const certificate = certificateOf(dossier, question, findings, text)
  const { steps, missing } = adviceSteps(dossier, question, findings, text)
  const sources = sourcesOf(dossier)
  return {
    product: { hs, edition, mapped: dossier.mappings.map(toMapped) },
    from: exporter,
    to: importer,
    on,
    verdict: findings.verdict,
    rates: rates.map((offer) => rateAnswer(offer, question, findings, text)),
    base: basesOf(dossier, question, findings),
    best: bestOfAll(bestOf(findings, question.goods), dossier, question, findings),
    byYear: years,
    saving: worth(dossier, question, { findings, years, text: plan }),
    trade: dossier.trade,
    agreements: agreementAnswers(dossier, question, findings, plan),
    rule: dossier.rule,
    origin: dossier.origin,
    breakEven: breakEvens(dossier, findings, question, plan),
    certificate,
    consignment: certificate.needed === false ? [] : consignmentPoints(question, text.language),
    nextSteps: nextSteps(dossier, question, { findings, certificate, years, text: plan }),
    confidence: confidenceOf(dossier, question, { findings, missing, text: confidenceText(text.language) }),
    missing,
    steps,
    notLegalAdvice: plan.notLegalAdvice,
    sources,
    trace: traceOf(question, dossier, sources),
  }
}

/** The packs of rates and the rule sets that were looked into. */
function sourcesOf({ tariffs, ruleSources }: Dossier): Advice['sources'] {
  return [...tariffs.map(({ pack: { id, source, sha256 } }) => ({ id, source, sha256 })), ...ruleSources]
}

function traceOf(question: Question, { bill }: Dossier, sources: Advice['sources']): string {
  const basis = JSON.stringify([question, bill, sources])
  return createHash('sha256').update(basis).digest('hex').slice(0, 16)
}

function find(dossier: Dossier, question: Question): Findings {
  const { importer, exporter, on } = question
  const binding = inForce(importer, exporter, on)
  const { party, isCountryOpen } = partyOfRate(dossier.origin, exporter)
  const mfn = nonEmpty(mfnOffers(dossier.tariffs, on))
  const applies = binding === true && !isCountryOpen
  const rcep = applies ? nonEmpty(rcepOffers(dossier.tariffs, importer, party, on)) : null
  const verdict = verdictOf(binding, rcep, dossier.origin)
  return {
    inForce: binding,
    from: entryIntoForce(importer, exporter),
    party,
    isCountryOpen,
    group: groupOf(importer, party)?.name ?? party,
    mfn,
    rcep,
    cheaper: cheaper(mfn, rcep, question.goods),
    verdict,
    isSettled: verdict === 'pass' && dossier.origin?.missing.length === 0,
  }
}

/**
 * The Party whose rates apply: the RCEP country of origin; where it cannot be ascertained, the one whose highest rate may be claimed
 * instead (Art. 2.6.6), and open while that is not known. Before the goods are judged, the exporting Party.
 */
function partyOfRate(origin: OriginResult | null, exporter: string) {
  const country = origin?.rcepCountryOfOrigin ?? null
  if (country === null) return { party: exporter, isCountryOpen: false }
  const [claim] = country.claimOptions
  const isCountryOpen = country.party === null && (claim?.rate ?? null) === null
  return { party: country.party ?? claim?.party ?? exporter, isCountryOpen }
}

/** Whether the preference can be claimed; without an origin verdict that is never known. */
function verdictOf(binding: boolean | null, rcep: Offer[] | null, origin: OriginResult | null): Verdict {
  if (binding === false || rcep?.every((offer) => offer.expression.kind === 'unbound')) return 'fail'
  if (binding === null || !origin) return 'needs-info'
  return origin.verdict
}

function bestOf(findings: Findings, goods: Goods): Advice['best'] {
  const { mfn, rcep, verdict, isSettled } = findings
  const agreement = verdict === 'fail' && mfn ? 'MFN' : findings.cheaper
  const offers = agreement === 'MFN' ? mfn : rcep
  if (!agreement || !offers || (agreement === 'RCEP' && verdict === 'fail')) return null
  const saving = agreement === 'MFN' ? (goods.shipment ? '0' : null) : savingOf(mfn, rcep, goods)
  return {
    agreement,
    rate: ratesText(offers),
    saving,
    conditional: agreement === 'RCEP' && !isSettled,
  }
}

function rateAnswer(offer: Offer, question: Question, findings: Findings, text: AdviceText): RateAnswer {
  const { pack, agreement, group, lines, rate, expression, validFrom, validTo } = offer
  const printed = pack.validTo !== null && pack.published ? [text.conditionPrinted(pack.published)] : []
  const isUndated = agreement === 'MFN' && pack.published === null && pack.id !== givenPack
  const undated = isUndated ? [text.conditionUndated(pack.importer)] : []
  const treaty = pack.validTo === null ? [text.conditionTreatySchedule(pack.edition)] : []
  const other =
    agreement === 'MFN' || agreement === 'RCEP'
      ? []
      : [text.conditionAgreement(agreement), text.conditionOtherDuties()]
  const preference = [
    text.conditionOrigin(),
    text.conditionConsignment(),
    text.conditionCountryOfOrigin(findings.party),
    text.conditionOtherDuties(),
    ...treaty,
  ]
  return {
    agreement,
    group,
    lines,
    rate,
    expression,
    duty: dutyOn(offer, question.goods).duty,
    validFrom,
    validTo,
    source: pack.source,
    conditions: agreement === 'RCEP' ? [...preference, ...printed] : [...other, ...undated, ...printed],
  }
}

function basesOf(dossier: Dossier, question: Question, findings: Findings): BaseAnswer[] {
  const tariff = dossier.tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === findings.group)
  return (tariff ? baseOffers(tariff) : []).map((offer) => ({
    rate: offer.rate,
    lines: offer.lines,
    expression: offer.expression,
    duty: dutyOn(offer, question.goods).duty,
    on: baseDay,
    source: offer.pack.source,
  }))
}

function yearsAhead(dossier: Dossier, question: Question, findings: Findings): YearAnswer[] {
  const first = rcepYear(question.importer, question.on)
  const tariff = dossier.tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === findings.group)
  if (!tariff || !findings.rcep) return []
  const yearly = yearlyGoods(dossier, question)
  const years = Array.from({ length: question.years }, (_, index) => first + index)
  return years.flatMap((year) => {
    const span = yearSpan(question.importer, year)
    const on = later(span.from, question.on)
    const rcep = nonEmpty(offersOn(tariff, on))
    if (!rcep) return []
    const current = nonEmpty(mfnOffers(dossier.tariffs, on))
    const mfn = current ?? findings.mfn
    const rates = { RCEP: ratesText(rcep), ...(mfn ? { MFN: ratesText(mfn) } : {}) }
    const best = findings.verdict === 'fail' && mfn ? 'MFN' : cheaper(mfn, rcep, question.goods)
    const saving = findings.verdict === 'fail' ? null : savedInYear(mfn, rcep, yearly)
    return [{ year, ...span, rates, best, assumed: mfn && !current ? ['MFN'] : [], saving }]
  })
}

function toMapped({ edition, mapping }: { edition: HsEdition; mapping: Mapping }) {
  return { edition, codes: [...mapping.candidates], quality: mapping.quality }
}

function nonEmpty(offers: Offer[] | null): Offer[] | null {
  return offers && offers.length > 0 ? offers : null
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
