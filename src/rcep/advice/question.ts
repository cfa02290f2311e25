import Big from 'big.js'
import { invalid } from '../../errors.ts'
import {
  type HsEdition,
  hsEditions,
  isHsEdition,
  type Mapping,
  mapCode,
} from '../../reference/concordance.ts'
import { findCountry } from '../../reference/countries.ts'
import { isUnclassified } from '../../reference/hs.ts'
import type { Reference } from '../../reference/parse.ts'
import { isParty, parties } from '../parties.ts'
import type { Exchange } from '../tariff/duty.ts'
import { parseRate } from '../tariff/rate.ts'
import { currencyAllowed, dollarOf, isCurrency, unitNames, unitOf } from '../tariff/rate-units.ts'
import type { Question } from './types.ts'

/** A question as a form or a command line puts it: all text, nothing checked. */
export interface RawQuestion {
  hs: string
  from: string
  to: string
  on: string
  edition?: string | undefined
  value?: string | undefined
  currency?: string | undefined
  /** `1200 kg` or `1200:kg`; several are possible. */
  quantities?: readonly string[] | undefined
  /** What one unit of another currency is in the currency of the value: `JPY=0.0067`. */
  exchanges?: readonly string[] | undefined
  years?: string | undefined
  /** Applied MFN rate as the importing Party's tariff prints it. */
  mfn?: string | undefined
  annualValue?: string | undefined
  discount?: string | undefined
  certificateCost?: string | undefined
  issuedOn?: string | undefined
  shippedOn?: string | undefined
  via?: readonly string[] | undefined
  /** The firm whose own trade of the last twelve months is the yearly value. */
  enterprise?: string | undefined
}

export const mostYears = 21

/** Checks a question field by field. Throws `invalid-input` naming the first wrong field, its value and what is allowed. */
export function readQuestion(raw: RawQuestion, reference: Reference): Question {
  const edition = raw.edition ?? '2022'
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  const hs = readCode(raw.hs, edition, reference)
  const [exporter, importer] = [readParty('from', raw.from, reference), readParty('to', raw.to, reference)]
  if (exporter === importer) throw invalid('to', raw.to, `a Party other than ${exporter}`)
  const on = readDay('on', raw.on)
  const years = raw.years ?? '10'
  if (!/^\d{1,2}$/.test(years) || Number(years) < 1 || Number(years) > mostYears)
    throw invalid('years', years, `a whole number from 1 to ${mostYears}`)
  const goods = { shipment: readShipment(raw), exchange: readExchanges(raw) }
  const product = { hs, edition, exporter, importer, on }
  return {
    ...product,
    goods,
    mfn: readMfn(raw.mfn, importer),
    years: Number(years),
    ...readPlan(raw, reference),
  }
}

/** What concerns money over the years, and the journey of the goods. */
function readPlan(
  raw: RawQuestion,
  reference: Reference,
): Pick<
  Question,
  'currency' | 'annualValue' | 'discount' | 'certificateCost' | 'issuedOn' | 'shippedOn' | 'via'
> {
  const { annualValue, discount, certificateCost = '0', issuedOn, shippedOn, via = [] } = raw
  if (annualValue !== undefined && raw.currency === undefined)
    throw invalid('currency', '', 'a currency code, when a yearly value is given')
  if (discount !== undefined && (!decimalText.test(discount) || new Big(discount).gt(100)))
    throw invalid('discount', discount, 'a yearly percentage from 0 to 100, such as 5')
  return {
    currency: raw.currency ?? null,
    annualValue: annualValue === undefined ? null : readAmount('annualValue', annualValue),
    discount: discount ?? null,
    certificateCost: certificateCost === '0' ? '0' : readAmount('certificateCost', certificateCost),
    issuedOn: issuedOn === undefined ? null : readDay('issuedOn', issuedOn),
    shippedOn: shippedOn === undefined ? null : readShipping(shippedOn, raw.on),
    via: via.map((text) => readCountry(text, reference)),
  }
}

function readCountry(text: string, reference: Reference): string {
  const code = findCountry(reference.countries, text)?.iso2 ?? null
  if (code === null) throw invalid('via', text, 'a country or territory: ISO code or name, such as HK')
  return code
}

const decimalText = /^\d{1,18}(\.\d{1,12})?$/

function readAmount(field: string, text: string): string {
  if (!decimalText.test(text) || /^[0.]+$/.test(text))
    throw invalid(field, text, 'a decimal above zero such as 100000 or 12.50')
  return text
}

/** The product in the other HS editions. */
export function mappingsOf(
  question: Pick<Question, 'hs' | 'edition'>,
  reference: Reference,
): { edition: HsEdition; mapping: Mapping }[] {
  return hsEditions.map((edition) => ({
    edition,
    mapping: mapCode(reference.concordance, question.hs, question.edition, edition),
  }))
}

/** Six digits or a national line that exists in the edition; throws `invalid-input` otherwise. */
export function readCode(text: string, edition: HsEdition, reference: Reference): string {
  const digits = text.normalize('NFKC').replaceAll(/[\s.]/g, '')
  if (!/^\d{6,10}$/.test(digits))
    throw invalid(
      'hs',
      text,
      'an HS code of 6 digits, or a tariff line of the importing Party of 8 to 10 digits',
    )
  const isTraded = !isUnclassified(digits)
  const known = isTraded && mapCode(reference.concordance, digits, edition, edition).quality !== 'none'
  if (!known) throw invalid('hs', text, `a subheading of HS ${edition}; name another edition with "edition"`)
  return digits
}

function readParty(field: 'from' | 'to', text: string, reference: Reference): string {
  const code = findCountry(reference.countries, text)?.iso2 ?? null
  if (code === null || !isParty(code)) throw invalid(field, text, `a Party to RCEP: ${parties.join(', ')}`)
  return code
}

function readMfn(text: string | undefined, importer: string): string | null {
  if (text === undefined) return null
  if (parseRate(text, dollarOf(importer)).kind === 'unparsed')
    throw invalid('mfn', text, 'a rate of duty such as 6%, Free, 5% + 2 CNY/kg')
  return text.trim()
}

function readDay(field: string, text: string): string {
  const day = new Date(`${text}T00:00:00Z`)
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  if (!isDay || text < '2000-01-01' || text > '2099-12-31')
    throw invalid(field, text, 'a calendar day YYYY-MM-DD from 2000 to 2099')
  return text
}

function readShipping(text: string, importedOn: string): string {
  const day = readDay('shippedOn', text)
  if (day > importedOn) throw invalid('shippedOn', text, `a day not after the importation (${importedOn})`)
  return day
}

function readShipment(raw: RawQuestion): Question['goods']['shipment'] {
  const { value, currency } = raw
  const quantities = (raw.quantities ?? []).map(readQuantity)
  if (currency !== undefined && !isCurrency(currency)) throw invalid('currency', currency, currencyAllowed)
  if (value === undefined) {
    if (quantities.length > 0 || (currency !== undefined && !isForYear(raw)))
      throw invalid('value', '', 'the customs value, when a quantity or a currency is given')
    return null
  }
  if (currency === undefined) throw invalid('currency', '', currencyAllowed)
  return { value: readAmount('value', value), currency, quantities }
}

function isForYear({ annualValue, enterprise }: RawQuestion): boolean {
  return annualValue !== undefined || enterprise !== undefined
}

/** Exchange rates into a currency, from texts such as JPY=0.0067. Throws `invalid-input`. */
export function readExchanges({
  exchanges = [],
  currency,
}: Pick<RawQuestion, 'exchanges' | 'currency'>): Exchange {
  const rates = new Map(
    exchanges.map((text) => {
      const [, from, rate] = /^([A-Z]{3})=(\d{1,9}(?:\.\d{1,12})?)$/.exec(text) ?? []
      if (!from || !rate || /^[0.]+$/.test(rate))
        throw invalid(
          'exchange',
          text,
          'what one unit is worth in the currency of the value, such as JPY=0.0067',
        )
      return [from, rate]
    }),
  )
  return (from, to) => (to === currency ? (rates.get(from) ?? null) : null)
}

function readQuantity(text: string): { amount: string; unit: string } {
  const [, amount, name] = /^\s*(\d{1,18}(?:\.\d{1,12})?)\s*:?\s*(\S.*?)\s*$/.exec(text) ?? []
  const unit = name === undefined ? undefined : unitOf(name)
  if (!amount || !unit)
    throw invalid('quantity', text, `an amount and a unit, such as "1200 kg": ${unitNames.join(', ')}`)
  return { amount, unit }
}
