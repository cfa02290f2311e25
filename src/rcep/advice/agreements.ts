import { compareRates, neverAbove } from '../tariff/duty.ts'
import { dutyOn, type Goods, type Offer, ratesText, savingOf } from '../tariff/offers.ts'
import type { PlanText } from './plan-text.ts'
import type {
  Advice,
  AgreementAnswer,
  AgreementFinding,
  Dossier,
  Findings,
  Question,
  Verdict,
} from './types.ts'

/** RCEP and every other agreement between the two, side by side; one shipment uses one of them. */
export function agreementAnswers(
  dossier: Dossier,
  question: Question,
  findings: Findings,
  text: PlanText,
): AgreementAnswer[] {
  const { origin } = dossier
  const rcep: AgreementAnswer = {
    agreement: 'RCEP',
    inForce: findings.inForce,
    verdict: findings.verdict,
    criterion: origin?.criterion ?? null,
    codes: origin?.codes ?? [],
    rule: dossier.rule,
    complete: true,
    rate: findings.rcep && ratesText(findings.rcep),
    duty: oneDuty(findings.rcep, question.goods),
    note: '',
    missing: origin ? origin.missing : [text.agreementBill],
  }
  return [rcep, ...dossier.agreements.map((finding) => answerOf(finding, question, text))]
}

function answerOf(finding: AgreementFinding, { importer, goods }: Question, text: PlanText): AgreementAnswer {
  const { agreement, inForce, rule, complete, note, origin, offers } = finding
  const unbound = {
    true: [],
    false: [text.agreementNotInForce(agreement)],
    null: [text.agreementUnknown(agreement)],
  }[`${inForce}`]
  return {
    agreement,
    inForce,
    verdict: verdictOf(finding),
    criterion: origin?.criterion ?? null,
    codes: origin?.codes ?? [],
    rule,
    complete,
    rate: offers && ratesText(offers),
    duty: oneDuty(offers, goods),
    note,
    missing: [
      ...unbound,
      ...(offers ? [] : [text.agreementRate(agreement, importer)]),
      ...(origin ? origin.missing : [text.agreementBill]),
    ],
  }
}

function verdictOf({ inForce, origin }: AgreementFinding): Verdict {
  if (inForce === false) return 'fail'
  return inForce === null || !origin ? 'needs-info' : origin.verdict
}

/** The duty where one rate is left to choose. */
function oneDuty(offers: readonly Offer[] | null, goods: Goods): string | null {
  const [offer, another] = offers ?? []
  return offer && !another ? dutyOn(offer, goods).duty : null
}

/** The best of MFN and RCEP, or another agreement whose loaded rate is lower and whose rule is not failed. */
export function bestOfAll(
  best: Advice['best'],
  dossier: Dossier,
  { goods }: Question,
  findings: Findings,
): Advice['best'] {
  let [top, current] = [best, best?.agreement === 'MFN' ? findings.mfn : findings.rcep]
  for (const finding of dossier.agreements) {
    const { agreement, offers } = finding
    const verdict = verdictOf(finding)
    if (!offers || verdict === 'fail') continue
    // Where RCEP's own rate is not known only a free one is known to be the lowest.
    if (top ? !isLower(offers, current, goods) : !isFree(offers) || isFree(findings.mfn ?? [])) continue
    const saving = savingOf(findings.mfn, offers, goods)
    top = {
      agreement,
      rate: ratesText(offers),
      saving,
      conditional: verdict !== 'pass' || finding.origin?.missing.length !== 0,
    }
    current = offers
  }
  return top
}

function isFree(offers: readonly Offer[]): boolean {
  return offers.length > 0 && offers.every(({ expression }) => expression.kind === 'free')
}

function isLower(offers: readonly Offer[], current: readonly Offer[] | null, goods: Goods): boolean {
  if (!current) return false
  return offers.every((offer) =>
    current.every((other) => {
      if (offer.expression.kind === 'unbound' || neverAbove(other.expression, offer.expression)) return false
      if (neverAbove(offer.expression, other.expression)) return true
      if (!goods.shipment) return false
      return (compareRates(offer.expression, other.expression, goods.shipment, goods.exchange) ?? 0) < 0
    }),
  )
}
