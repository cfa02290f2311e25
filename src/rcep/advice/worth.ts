import Big from 'big.js'
import { cheaper, type Goods, type Offer, savingOf } from '../tariff/offers.ts'
import type { PlanText, WorthReason } from './plan-text.ts'
import type { Dossier, Findings, Question, Saving, YearAnswer } from './types.ts'

/** A year's imports: as given, else the firm's own trade of the last twelve months; null where neither is known. */
export function yearlyGoods({ trade }: Dossier, question: Question): Goods | null {
  const { annualValue, currency, goods } = question
  const exchange = goods.exchange ? { exchange: goods.exchange } : {}
  if (annualValue !== null && currency !== null)
    return { shipment: { value: annualValue, currency, quantities: [] }, ...exchange }
  if (!trade) return null
  const { value, quantities } = trade
  return new Big(value).gt(0)
    ? { shipment: { value, currency: trade.currency, quantities }, ...exchange }
    : null
}

/** What the preference saves on the shipment, in a year and over the years looked at; never negative (D3 point 5). */
export function worth(
  dossier: Dossier,
  question: Question,
  { findings, years, text }: { findings: Findings; years: readonly YearAnswer[]; text: PlanText },
): Saving {
  const { shipment } = question.goods
  const yearly = yearlyGoods(dossier, question)
  const onShipment = shipment && savedOn(findings, question.goods)
  const inYear = yearly && savedOn(findings, yearly)
  const gross = onShipment ?? inYear
  const reason = reasonFor(findings, gross, question.certificateCost)
  return {
    apply: reason === 'apply' ? true : undecided.has(reason) ? null : false,
    reason: text.worth[reason],
    perShipment:
      shipment && onShipment !== null
        ? {
            amount: notNegative(new Big(onShipment).minus(question.certificateCost)),
            currency: shipment.currency,
            certificateCost: question.certificateCost,
          }
        : null,
    perYear:
      yearly?.shipment && inYear !== null
        ? {
            amount: inYear,
            value: yearly.shipment.value,
            currency: yearly.shipment.currency,
            basis: question.annualValue === null ? 'own-trade' : 'given',
            from: question.annualValue === null ? (dossier.trade?.from ?? null) : null,
            to: question.annualValue === null ? (dossier.trade?.to ?? null) : null,
          }
        : null,
    presentValue: presentValue(years, question.discount),
  }
}

const undecided: ReadonlySet<WorthReason> = new Set(['open', 'apply-if-originating', 'apply-once-settled'])

/** Duty saved against MFN by the rates of the day; nothing where RCEP is not the lower rate or cannot be claimed. */
function savedOn({ mfn, rcep, cheaper: lower, verdict }: Findings, goods: Goods): string | null {
  if (verdict === 'fail' || lower === 'MFN') return '0'
  return savingOf(mfn, rcep, goods)
}

/** The saving of one year of the schedule at the yearly trade. */
export function savedInYear(
  mfn: readonly Offer[] | null,
  rcep: readonly Offer[],
  goods: Goods | null,
): string | null {
  if (!goods || !mfn) return null
  return cheaper(mfn, rcep, goods) === 'MFN' ? '0' : savingOf(mfn, rcep, goods)
}

function reasonFor(
  { mfn, cheaper: lower, verdict, isSettled }: Findings,
  gross: string | null,
  cost: string,
): WorthReason {
  if (verdict === 'fail') return 'not-eligible'
  if (mfn?.every(({ expression }) => expression.kind === 'free')) return 'mfn-free'
  if (lower === 'MFN') return 'mfn-not-higher'
  if (lower === null) return 'open'
  if (gross !== null && new Big(cost).gt(0) && new Big(gross).lte(cost)) return 'cost-exceeds'
  if (isSettled) return 'apply'
  return verdict === 'pass' ? 'apply-once-settled' : 'apply-if-originating'
}

function notNegative(amount: Big): string {
  return amount.lt(0) ? '0' : amount.toFixed()
}

const cut = Big()
cut.DP = 20
cut.RM = 0

function presentValue(years: readonly YearAnswer[], discount: string | null): Saving['presentValue'] {
  if (discount === null || years.length === 0 || years.some(({ saving }) => saving === null)) return null
  const factor = new cut(discount).times('0.01').plus(1)
  const total = years.reduce(
    (sum, { saving }, index) => sum.plus(new cut(saving ?? '0').div(factor.pow(index))),
    new cut(0),
  )
  return { amount: total.round(2, 0).toFixed(), years: years.length, discount }
}
