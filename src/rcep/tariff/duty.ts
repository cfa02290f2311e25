import Big from 'big.js'
import type { RateExpression } from './rate.ts'
import { powerOfTen, unitOf } from './rate-units.ts'

/** What is imported: customs value (decimal string) in its currency, and the quantities known of it. */
export interface Shipment {
  value: string
  currency: string
  quantities: { amount: string; unit: string }[]
}

/** Units of `to` for one unit of `from` as a decimal string, or null when unknown. */
export type Exchange = (from: string, to: string) => string | null

/** Duty in the shipment's currency, exact; or what must be known before it can be computed. */
export type Duty = { kind: 'known'; amount: string } | { kind: 'unknown'; missing: MissingFact[] }

export type MissingFact =
  | { fact: 'quantity'; unit: string }
  | { fact: 'exchange-rate'; from: string; to: string }
  | { fact: 'currency' }
  | { fact: 'product' }
  | { fact: 'former-line' }
  | { fact: 'quota' }
  | { fact: 'no-commitment' }
  | { fact: 'formula'; text: string }

/** Duty of a rate on a shipment. Without `exchange`, rates set in another currency leave the duty unknown. */
export function dutyOf(rate: RateExpression, shipment: Shipment, exchange: Exchange = () => null): Duty {
  switch (rate.kind) {
    case 'free':
      return known(new Big(0))
    case 'ad-valorem':
      return known(new Big(shipment.value).times(rate.percent).times('0.01'))
    case 'specific':
      return specificDuty(rate, shipment, exchange)
    case 'price-gap':
      return gapDuty(rate, shipment, exchange)
    case 'compound':
      return combine(rate.terms, shipment, exchange, (sum, duty) => sum.plus(duty))
    case 'alternative':
      return combine(rate.options, shipment, exchange, (best, duty) =>
        (rate.pick === 'higher') === duty.gt(best) ? duty : best,
      )
    case 'by-product':
      return unknown({ fact: 'product' })
    case 'range':
      return unknown({ fact: 'former-line' })
    case 'tariff-quota':
      return unknown({ fact: 'quota' })
    case 'unbound':
      return unknown({ fact: 'no-commitment' })
    case 'formula':
    case 'unparsed':
      return unknown({ fact: 'formula', text: rate.text })
  }
}

/**
 * Which of two rates costs more on a shipment: -1 when `one` is less, 1 when more, 0 when equal,
 * null when either duty is unknown. The same rate, or two percentages, compare on any shipment.
 */
export function compareRates(
  one: RateExpression,
  other: RateExpression,
  shipment: Shipment,
  exchange?: Exchange,
): -1 | 0 | 1 | null {
  if (sameRate(one, other)) return 0
  const [first, second] = [percentOf(one), percentOf(other)]
  if (first !== null && second !== null) return new Big(first).cmp(second)
  const [duty, otherDuty] = [dutyOf(one, shipment, exchange), dutyOf(other, shipment, exchange)]
  if (duty.kind === 'unknown' || otherDuty.kind === 'unknown') return null
  return new Big(duty.amount).cmp(otherDuty.amount)
}

/** Whether two rates are the same expression; parsed figures are canonical, so their texts need not be equal. */
export function sameRate(one: RateExpression, other: RateExpression): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Whether a rate costs no more than another on every shipment, as far as their form shows it: pairs of percentages, of
 * amounts per the same unit, and sums or choices of such. False also means "it depends".
 */
export function neverAbove(one: RateExpression, other: RateExpression): boolean {
  if (sameRate(one, other) || one.kind === 'free') return true
  if (one.kind === 'alternative' && one.pick === 'higher')
    return one.options.every((option) => neverAbove(option, other))
  if (other.kind === 'alternative' && other.pick === 'lower')
    return other.options.every((option) => neverAbove(one, option))
  if (one.kind === 'alternative' && one.options.some((option) => neverAbove(option, other))) return true
  if (other.kind === 'alternative') return other.options.some((option) => neverAbove(one, option))
  if (one.kind === 'ad-valorem' && other.kind === 'ad-valorem') return new Big(one.percent).lte(other.percent)
  if (one.kind === 'specific' && other.kind === 'specific')
    return (
      sameRate({ ...one, amount: '0' }, { ...other, amount: '0' }) && new Big(one.amount).lte(other.amount)
    )
  if (other.kind !== 'compound') return false
  const terms = one.kind === 'compound' ? one.terms : [one]
  const used = new Set<RateExpression>()
  return terms.every((term) => {
    const above = other.terms.find((candidate) => !used.has(candidate) && neverAbove(term, candidate))
    if (above) used.add(above)
    return above !== undefined
  })
}

function percentOf(rate: RateExpression): string | null {
  if (rate.kind === 'free') return '0'
  return rate.kind === 'ad-valorem' ? rate.percent : null
}

function specificDuty(
  rate: Extract<RateExpression, { kind: 'specific' }>,
  shipment: Shipment,
  exchange: Exchange,
): Duty {
  const quantity = quantityIn(rate.per, shipment)
  const factor = rate.currency === null ? null : exchangeFactor(rate.currency, shipment.currency, exchange)
  const share = perOne(rate.perQuantity)
  if (quantity && factor && share) return known(quantity.times(share).times(rate.amount).times(factor))
  return unknown(
    ...(quantity ? [] : [{ fact: 'quantity', unit: rate.per } as const]),
    ...(rate.currency === null ? [{ fact: 'currency' } as const] : []),
    ...(rate.currency !== null && !factor ? [missingExchange(rate.currency, shipment)] : []),
  )
}

function gapDuty(
  rate: Extract<RateExpression, { kind: 'price-gap' }>,
  shipment: Shipment,
  exchange: Exchange,
): Duty {
  const quantity = quantityIn(rate.per, shipment)
  const factor = exchangeFactor(rate.currency, shipment.currency, exchange)
  if (!quantity || !factor)
    return unknown(
      ...(quantity ? [] : [{ fact: 'quantity', unit: rate.per } as const]),
      ...(factor ? [] : [missingExchange(rate.currency, shipment)]),
    )
  const gap = quantity.times(rate.price).times(factor).minus(shipment.value).times(rate.times)
  return known(gap.lt(0) ? new Big(0) : gap)
}

function combine(
  rates: RateExpression[],
  shipment: Shipment,
  exchange: Exchange,
  join: (so: Big, duty: Big) => Big,
): Duty {
  const duties = rates.map((rate) => dutyOf(rate, shipment, exchange))
  const missing = duties.flatMap((duty) => (duty.kind === 'unknown' ? duty.missing : []))
  if (missing.length > 0) return unknown(...missing)
  const amounts = duties.flatMap((duty) => (duty.kind === 'known' ? [new Big(duty.amount)] : []))
  return known(amounts.reduce(join))
}

/** The shipment's quantity in a unit; counts of goods, and weights or volumes in other powers of ten, convert. */
function quantityIn(unit: string, shipment: Shipment): Big | null {
  for (const quantity of shipment.quantities) {
    const power = powerOfTen(unitOf(quantity.unit) ?? quantity.unit, unit)
    if (power !== null) return new Big(quantity.amount).times(`1e${power}`)
  }
  return null
}

function exchangeFactor(from: string, to: string, exchange: Exchange): string | null {
  return from === to ? '1' : exchange(from, to)
}

function missingExchange(from: string, shipment: Shipment): MissingFact {
  return { fact: 'exchange-rate', from, to: shipment.currency }
}

/** "Per 1,000 pieces" and the like: tables use powers of ten only, whose inverse is exact. */
function perOne(quantity: string): string | null {
  const zeros = /^10*$/.test(quantity) ? quantity.length - 1 : null
  return zeros === null ? null : `1e-${zeros}`
}

function known(amount: Big): Duty {
  return { kind: 'known', amount: amount.toFixed() }
}

function unknown(...missing: MissingFact[]): Duty {
  return { kind: 'unknown', missing }
}
