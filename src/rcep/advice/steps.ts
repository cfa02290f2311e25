import { rcepYear } from '../parties.ts'
import { sameRate } from '../tariff/duty.ts'
import {
  baseOffers,
  dutyOn,
  givenPack,
  type Offer,
  offersOn,
  ratesText,
  type TariffLines,
} from '../tariff/offers.ts'
import { partyGroups } from '../tariff/party-groups.ts'
import { yearSpan } from '../tariff/schedule.ts'
import type { AdviceText } from './text.ts'
import type { Dossier, Findings, Missing, Question, Step } from './types.ts'

type Part = { steps: Step[]; missing: Missing[] }

/** The reasoning behind an advice, in the order of the law, and what must be known to go further. */
export function adviceSteps(
  dossier: Dossier,
  question: Question,
  findings: Findings,
  text: AdviceText,
): Part {
  const parts = [
    classification(dossier, question, findings, text),
    binding(question, findings, text),
    ...(findings.inForce === true ? [preference(dossier, question, findings, text)] : []),
    mfnFloor(question, findings, { bases: basesOf(dossier, findings), text }),
    ...(findings.rcep && !isUnbound(findings.rcep)
      ? [
          origin(dossier, findings, text),
          differential(dossier, question, findings, text),
          proof(findings, text),
        ]
      : []),
    openDuties(question, findings, text),
  ]
  return {
    steps: parts.flatMap((part) => part.steps),
    missing: parts.flatMap((part) => part.missing),
  }
}

function classification(dossier: Dossier, question: Question, findings: Findings, text: AdviceText): Part {
  const cite = 'RCEP Annex I, General Notes; Art. 2.14'
  const steps = dossier.tariffs
    .filter((tariff) => tariff.pack.regime === 'MFN' || tariff.pack.group === findings.group)
    .flatMap((tariff): Step[] => {
      const { pack, mapping } = tariff
      const lines = [...new Set(tariff.rates.map((rate) => rate.line))]
      if (pack.id === givenPack) return []
      const [line = ''] = lines
      const mapped = text.mapped(question.hs.slice(0, 6), question.edition, pack.edition, [
        ...mapping.candidates,
      ])
      const found =
        lines.length === 1 ? text.oneLine(line, pack.edition) : text.severalLines(lines.length, pack.edition)
      const isMapped = pack.edition !== question.edition
      return [
        ...(isMapped
          ? [{ rule: 'hs-edition', cite, passed: mapping.candidates.length === 1 || null, detail: mapped }]
          : []),
        {
          rule: `lines-${pack.regime.toLowerCase()}`,
          cite: pack.source,
          // Several lines are no failure: which one it is has to be settled.
          passed: lines.length === 1 || null,
          detail: found,
        },
      ]
    })
  return { steps, missing: [] }
}

function binding(question: Question, findings: Findings, text: AdviceText): Part {
  const { importer, exporter } = question
  const cite = 'RCEP Art. 20.6'
  const rule = 'entry-into-force'
  if (findings.inForce === null) {
    const detail = text.unknownInForce(importer, exporter)
    return {
      steps: [{ rule, cite, passed: null, detail }],
      missing: [{ code: 'entry-into-force', text: detail }],
    }
  }
  const from = findings.from ?? ''
  const detail = findings.inForce
    ? text.inForce(importer, exporter, from)
    : text.notInForce(importer, exporter, from)
  return { steps: [{ rule, cite, passed: findings.inForce, detail }], missing: [] }
}

function preference(dossier: Dossier, question: Question, findings: Findings, text: AdviceText): Part {
  const { importer, on } = question
  const year = rcepYear(importer, on)
  const span = yearSpan(importer, year)
  const yearStep: Step = {
    rule: 'schedule-year',
    cite: 'RCEP Annex I, General Notes',
    passed: true,
    detail: text.year(year, importer, span.from, span.to),
  }
  const tariff = dossier.tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === findings.group)
  const { rcep, group } = findings
  if (!tariff || !rcep) {
    const reason = noRate(tariff ?? null, question, findings, text)
    const step = { rule: 'rcep-rate', cite: 'RCEP Annex I', passed: null, detail: reason.text }
    return { steps: [yearStep, step], missing: [reason] }
  }
  const unbound = isUnbound(rcep)
  const detail = unbound ? text.noCommitment() : text.rcepRate(ratesText(rcep), group)
  const step = { rule: 'rcep-rate', cite: tariff.pack.source, passed: !unbound, detail }
  const missing = rcep.length > 1 ? [{ code: 'tariff-line', text: text.chooseLine(importer) }] : []
  return { steps: [yearStep, step], missing }
}

/** Why no RCEP rate can be named. */
function noRate(
  tariff: TariffLines | null,
  { importer }: Question,
  { group, isCountryOpen }: Findings,
  text: AdviceText,
): Missing {
  if (!tariff) return { code: 'rcep-schedule', text: text.rcepNotLoaded(importer, group) }
  if (isCountryOpen) return { code: 'country-of-origin', text: text.countryOpen() }
  return { code: 'rcep-line', text: text.noLine('RCEP', tariff.pack.edition) }
}

function mfnFloor(
  question: Question,
  findings: Findings,
  { bases, text }: { bases: readonly Offer[]; text: AdviceText },
): Part {
  const { mfn, rcep } = findings
  const cite = 'RCEP Art. 2.4.2'
  if (!mfn) {
    const detail = text.mfnNotLoaded(question.importer)
    const steps: Step[] = [{ rule: 'mfn', cite, passed: null, detail }]
    if (bases.length > 0)
      steps.push({
        rule: 'base',
        cite: 'RCEP Annex I, General Notes',
        passed: null,
        detail: text.baseOnly(ratesText(bases)),
      })
    return { steps, missing: [{ code: 'mfn-rates', text: detail }] }
  }
  if (!rcep) return { steps: [], missing: [] }
  if (findings.cheaper === null) {
    return { steps: [{ rule: 'mfn', cite, passed: null, detail: text.undecided() }], missing: [] }
  }
  const free = mfn.every((offer) => offer.expression.kind === 'free')
  const keepsMfn = free ? text.mfnFree() : text.mfnNotHigher(ratesText(mfn), ratesText(rcep))
  const detail = findings.cheaper === 'MFN' ? keepsMfn : text.rcepLower(ratesText(rcep), ratesText(mfn))
  return { steps: [{ rule: 'mfn', cite, passed: findings.cheaper === 'RCEP', detail }], missing: [] }
}

function origin(dossier: Dossier, findings: Findings, text: AdviceText): Part {
  const cite = 'RCEP Art. 3.2, Annex 3A'
  const finding = dossier.origin
  if (finding) {
    const sentences = {
      pass: text.originPassed(finding.codes.join(' ')),
      fail: text.originFailed(),
      'needs-info': text.originOpen(),
    }
    const passed = finding.verdict === 'needs-info' ? null : finding.verdict === 'pass'
    const open = finding.verdict === 'fail' || findings.cheaper === 'MFN' ? [] : finding.missing
    return {
      steps: [{ rule: 'origin', cite, passed, detail: sentences[finding.verdict] }],
      missing: open.map((sentence) => ({ code: 'origin', text: sentence })),
    }
  }
  const rule = dossier.rule ? text.ruleOfOrigin(dossier.rule.text) : text.noRule()
  const asked = { code: dossier.rule ? 'bill-of-materials' : 'origin-rule', text: text.notJudged() }
  return {
    steps: [{ rule: 'origin', cite, passed: null, detail: rule }],
    missing: findings.cheaper === 'MFN' ? [] : [asked],
  }
}

/** Art. 2.6 matters only where the importing Party treats the same good differently by Party. */
function differential(dossier: Dossier, question: Question, findings: Findings, text: AdviceText): Part {
  const cite = 'RCEP Art. 2.6'
  const rule = 'differential'
  const { found, unknown } = differentialAmong(dossier, question, findings)
  if (found) {
    const detail = text.differential(findings.party, ratesText(findings.rcep ?? []))
    return { steps: [{ rule, cite, passed: null, detail }], missing: [] }
  }
  if (unknown.length === 0)
    return { steps: [{ rule, cite, passed: true, detail: text.noDifferential() }], missing: [] }
  const detail = text.differentialUnknown(unknown.join(', '))
  const missing = findings.cheaper === 'MFN' ? [] : [{ code: 'other-schedules', text: detail }]
  return { steps: [{ rule, cite, passed: null, detail }], missing }
}

/** Whether the importing Party's rates are known to differ by Party, and the groups whose schedules are not loaded. */
export function differentialAmong(
  { tariffs }: Dossier,
  { importer, on }: Question,
  { rcep }: Findings,
): { found: boolean; unknown: string[] } {
  const groups = partyGroups(importer).map(({ name }) => ({ name, offers: offersOfGroup(tariffs, name, on) }))
  return {
    found: groups.some(({ offers }) => offers !== null && differs(offers, rcep ?? [])),
    unknown: groups.flatMap(({ name, offers }) => (offers === null ? [name] : [])),
  }
}

function basesOf(dossier: Dossier, findings: Findings): Offer[] {
  const tariff = dossier.tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === findings.group)
  return tariff ? baseOffers(tariff) : []
}

function offersOfGroup(tariffs: readonly TariffLines[], group: string, on: string): Offer[] | null {
  const tariff = tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === group)
  return tariff ? offersOn(tariff, on) : null
}

function differs(offers: readonly Offer[], others: readonly Offer[]): boolean {
  return offers.some((offer) =>
    others.some(
      (other) =>
        offer.lines.some((line) => other.lines.includes(line)) &&
        !sameRate(offer.expression, other.expression),
    ),
  )
}

function proof(findings: Findings, text: AdviceText): Part {
  const needed = findings.cheaper !== 'MFN'
  const detail = needed ? text.proof() : text.noProof()
  return {
    steps: [{ rule: 'proof', cite: 'RCEP Arts. 3.16, 3.17, 3.22', passed: needed ? null : true, detail }],
    missing: [],
  }
}

/** Facts that would turn the rates into money, asked for once each. */
function openDuties(question: Question, findings: Findings, text: AdviceText): Part {
  const offers = [...(findings.mfn ?? []), ...(findings.rcep ?? [])]
  const facts = offers.flatMap((offer) => dutyOn(offer, question.goods).missing)
  const asked = new Map(
    facts.filter(({ fact }) => fact !== 'no-commitment').map((fact) => [JSON.stringify(fact), fact]),
  )
  return {
    steps: [],
    missing: [...asked.values()].map((fact) => ({ code: fact.fact, text: text.fact(fact) })),
  }
}

function isUnbound(offers: readonly Offer[]): boolean {
  return offers.every((offer) => offer.expression.kind === 'unbound')
}
