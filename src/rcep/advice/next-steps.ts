import Big from 'big.js'
import type { PlanText } from './plan-text.ts'
import { smallValueNumber } from './proofs.ts'
import type { Certificate, Dossier, Findings, NextStep, Question, YearAnswer } from './types.ts'

interface Known {
  findings: Findings
  certificate: Certificate
  years: readonly YearAnswer[]
  text: PlanText
}

/** What to do, in the order of the days by which; steps without a day come first. */
export function nextSteps(dossier: Dossier, question: Question, known: Known): NextStep[] {
  const { findings, certificate } = known
  if (certificate.needed === false) return cutStep(question, known)
  const all = [
    ...openSteps(dossier, findings, known.text),
    ...proofSteps(question, certificate, known.text),
    ...cutStep(question, known),
    ...recordSteps(certificate, known.text),
  ]
  return all.toSorted((one, other) => (one.by ?? '').localeCompare(other.by ?? ''))
}

/** Standings for which the other Party's proof must be held (Art. 3.4). */
const proven: ReadonlySet<string> = new Set(['declared', 'rolled-up'])

function step(code: string, by: string | null, text: string, cite: string): NextStep {
  return { code, by, text, cite }
}

function openSteps({ origin, bill }: Dossier, { rcep }: Findings, text: PlanText): NextStep[] {
  const home = bill?.good.producedIn
  const partners = [
    ...new Set(
      (origin?.materials ?? []).flatMap(({ originating, party, why }) =>
        originating && party !== null && party !== home && proven.has(why) ? [party] : [],
      ),
    ),
  ]
  const narrow =
    origin?.criterion === 'RVC' &&
    origin.routes.every(({ passed, margin }) => !passed || (margin && new Big(margin).lt(5)))
  return [
    ...(origin ? [] : [step('judge-bill', null, text.step.judge, 'RCEP Art. 3.2')]),
    ...(origin?.missing.length ? [step('settle-missing', null, text.step.settle, 'RCEP Art. 3.2')] : []),
    ...((rcep?.length ?? 0) > 1 ? [step('tariff-line', null, text.step.line, 'RCEP Art. 2.14')] : []),
    ...(partners.length > 0
      ? [step('partner-proofs', null, text.step.partnerProofs(partners), 'RCEP Art. 3.4')]
      : []),
    ...(narrow ? [step('advance-ruling', null, text.step.ruling, 'RCEP Art. 4.10')] : []),
  ]
}

function proofSteps(question: Question, { dates, waived }: Certificate, text: PlanText): NextStep[] {
  const { exporter, importer, on } = question
  if (waived) {
    const number = smallValueNumber(importer)
    const how = number === null ? text.step.waived : `${text.step.waived}; ${text.step.smallValue(number)}`
    return [step('waived', on, how, 'RCEP Art. 3.22')]
  }
  const late = importer === 'CN' ? text.step.lateClaim.CN : text.step.lateClaim.other
  const states = {
    'not-yet-issued': text.step.notYetIssued,
    anniversary: text.step.anniversary,
    expired: text.step.expired,
    valid: null,
  }
  const problem = dates.state && states[dates.state]
  if (dates.retroactiveAllowed === false) return retroactiveSteps(dates, text)
  return [
    ...(dates.issuedOn === null
      ? [step('obtain-proof', on, text.step.apply(exporter, on, dates.issuedAfter), 'RCEP Arts. 3.16, 3.22')]
      : []),
    ...(problem ? [step(`proof-${dates.state}`, on, problem, 'RCEP Art. 3.16')] : []),
    ...(dates.validTo
      ? [step('proof-valid-to', dates.validTo, text.step.expires(dates.validTo), 'RCEP Art. 3.16')]
      : []),
    ...retroactiveSteps(dates, text),
    ...(dates.state === 'valid' ? [] : [step('late-claim', on, late, 'RCEP Art. 3.23')]),
  ]
}

function retroactiveSteps(
  { retroactiveUntil, retroactiveAllowed, issuedOn }: Certificate['dates'],
  text: PlanText,
): NextStep[] {
  if (retroactiveAllowed === false)
    return [step('too-late', retroactiveUntil, text.step.tooLate, 'RCEP Art. 3.17.8')]
  if (retroactiveUntil === null || (issuedOn !== null && retroactiveAllowed === null)) return []
  return [step('retroactive', retroactiveUntil, text.step.retroactive(retroactiveUntil), 'RCEP Art. 3.17.8')]
}

/** The next day on which the RCEP rate changes. */
function cutStep({ on }: Question, { years, text }: Known): NextStep[] {
  const [current] = years
  const next = years.find(({ from, rates }) => from > on && rates.RCEP !== current?.rates.RCEP)
  return next?.rates.RCEP
    ? [step('next-cut', next.from, text.step.cut(next.rates.RCEP), 'RCEP Annex I, General Notes')]
    : []
}

function recordSteps({ dates }: Certificate, text: PlanText): NextStep[] {
  const { exporterRecordsUntil, importerRecordsUntil } = dates
  return [
    ...(exporterRecordsUntil
      ? [step('exporter-records', exporterRecordsUntil, text.step.exporterRecords, 'RCEP Art. 3.27')]
      : []),
    step('importer-records', importerRecordsUntil, text.step.importerRecords, 'RCEP Art. 3.27'),
  ]
}
