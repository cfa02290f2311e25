import Big from 'big.js'
import type { Mapping } from '../../reference/concordance.ts'
import { compareRates, dutyOf, type Exchange, type MissingFact, neverAbove, type Shipment } from './duty.ts'
import type { TariffPack, TariffRate } from './facts.ts'
import { groupOf } from './party-groups.ts'
import { parseRate, type RateExpression } from './rate.ts'
import { dollarOf } from './rate-units.ts'

/** What one pack says about a product: every line of the pack that the product may fall under. */
export interface TariffLines {
  pack: TariffPack
  /** The product's subheading in the pack's HS edition. */
  mapping: Mapping
  /** Whether the user named the very line, so that `rates` are of that line alone. */
  exact: boolean
  rates: TariffRate[]
}

/** Id of the pack that stands for an MFN rate the user looked up. */
export const givenPack = 'given'

/** An MFN rate as the user gives it for a day, in place of a loaded one; it names no line. */
export function givenMfn(rate: string, importer: string, on: string, source: string): TariffLines {
  const pack: TariffPack = {
    id: givenPack,
    regime: 'MFN',
    importer,
    group: null,
    edition: '2022',
    validFrom: on,
    validTo: on,
    source,
    origin: source,
    published: null,
    sha256: '',
  }
  const rates = [{ line: '', base: false, validFrom: on, validTo: on, rate }]
  return { pack, mapping: { candidates: [], quality: 'none' }, exact: false, rates }
}

/** One rate that one or more lines have on a day; it stays theirs from the latest of their first days to the earliest of their last. */
export interface Offer {
  agreement: string
  group: string | null
  lines: string[]
  rate: string
  expression: RateExpression
  validFrom: string
  validTo: string | null
  pack: TariffPack
}

/** A shipment, when known, and the exchange rates for duties set in other currencies. */
export interface Goods {
  shipment: Shipment | null
  exchange?: Exchange
}

/** The packs to use on a day: of each regime and group the one that covers it with the latest HS edition, then the latest start. */
export function packsOn(packs: readonly TariffPack[], on: string): TariffPack[] {
  const best = new Map<string, TariffPack>()
  for (const pack of packs) {
    if (pack.validFrom > on || (pack.validTo !== null && pack.validTo < on)) continue
    const key = `${pack.regime} ${pack.group}`
    const other = best.get(key)
    if (!other || rank(pack) > rank(other)) best.set(key, pack)
  }
  return [...best.values()]
}

/** The distinct rates of a pack's lines on a day, in the order of the lines; base rates are left out. */
export function offersOn(tariff: TariffLines, on: string): Offer[] {
  const current = tariff.rates.filter((rate) => !rate.base && holdsOn(rate, on))
  return distinct(tariff, current)
}

/** The rates the cuts of a schedule start from (applied MFN on 1 January 2014, not today's). */
export function baseOffers(tariff: TariffLines): Offer[] {
  return distinct(
    tariff,
    tariff.rates.filter((rate) => rate.base),
  )
}

/** The RCEP offers for goods whose RCEP country of origin is a Party, or null where that schedule is not loaded. */
export function rcepOffers(
  tariffs: readonly TariffLines[],
  importer: string,
  party: string,
  on: string,
): Offer[] | null {
  const group = groupOf(importer, party)?.name
  const tariff = tariffs.find(({ pack }) => pack.regime === 'RCEP' && pack.group === group)
  return tariff ? offersOn(tariff, on) : null
}

export function mfnOffers(tariffs: readonly TariffLines[], on: string): Offer[] | null {
  const tariff = tariffs.find(({ pack }) => pack.regime === 'MFN')
  return tariff ? offersOn(tariff, on) : null
}

/** Duty of an offer on the shipment, or why it cannot be told; null without a shipment. */
export function dutyOn(offer: Offer, goods: Goods): { duty: string | null; missing: MissingFact[] } {
  if (!goods.shipment) return { duty: null, missing: [] }
  const duty = dutyOf(offer.expression, goods.shipment, goods.exchange)
  return duty.kind === 'known' ? { duty: duty.amount, missing: [] } : { duty: null, missing: duty.missing }
}

/**
 * The cheaper of applied MFN and RCEP: `MFN` also when they are equal (no proof of origin is needed, Art. 2.4.2) or RCEP has no
 * commitment; null when it depends on the line, on facts of the shipment, or on an MFN rate that is not loaded.
 * A free RCEP rate cannot be undercut.
 */
export function cheaper(
  mfn: readonly Offer[] | null,
  rcep: readonly Offer[] | null,
  goods: Goods,
): 'MFN' | 'RCEP' | null {
  if (!rcep || rcep.length === 0) return null
  if (!mfn || mfn.length === 0) return rcep.every((offer) => offer.expression.kind === 'free') ? 'RCEP' : null
  const verdicts = new Set(competing(mfn, rcep).map(([one, other]) => cheaperOf(one, other, goods)))
  const [verdict, another] = verdicts
  return verdict === undefined || another !== undefined ? null : verdict
}

/** What RCEP saves against MFN on the shipment, never negative; null unless both duties are known. */
export function savingOf(
  mfn: readonly Offer[] | null,
  rcep: readonly Offer[] | null,
  goods: Goods,
): string | null {
  const [one, another] = mfn ?? []
  const [preferred, yetAnother] = rcep ?? []
  if (!one || !preferred || another || yetAnother) return null
  const [full, reduced] = [dutyOn(one, goods).duty, dutyOn(preferred, goods).duty]
  if (full === null || reduced === null) return null
  const saving = new Big(full).minus(reduced)
  return saving.lt(0) ? '0' : saving.toFixed()
}

/** Text of one or several rates: "4.1%", or "0% / 8.4%" where it depends on the line. */
export function ratesText(offers: readonly Offer[]): string {
  return [...new Set(offers.map(({ rate }) => rate.replaceAll('\n', ' ')))].join(' / ')
}

/** What each RCEP rate competes with: the MFN rates of its own national lines where the tables share them, else all. */
export function competing(mfn: readonly Offer[], rcep: readonly Offer[]): [Offer, Offer][] {
  return rcep.flatMap((offer) => {
    const sharing = mfn.filter((other) => other.lines.some((line) => offer.lines.includes(line)))
    const covered = offer.lines.every((line) => sharing.some((other) => other.lines.includes(line)))
    return (covered ? sharing : mfn).map((other): [Offer, Offer] => [other, offer])
  })
}

function cheaperOf(mfn: Offer, rcep: Offer, goods: Goods): 'MFN' | 'RCEP' | null {
  if (rcep.expression.kind === 'unbound' || neverAbove(mfn.expression, rcep.expression)) return 'MFN'
  if (neverAbove(rcep.expression, mfn.expression)) return 'RCEP'
  if (!goods.shipment) return null
  const order = compareRates(rcep.expression, mfn.expression, goods.shipment, goods.exchange)
  if (order === null) return null
  return order < 0 ? 'RCEP' : 'MFN'
}

function distinct(tariff: TariffLines, rates: readonly TariffRate[]): Offer[] {
  const { pack } = tariff
  const offers = new Map<string, Offer>()
  for (const { line, rate, validFrom, validTo } of rates) {
    const known = offers.get(rate)
    if (known) {
      known.lines.push(line)
      if (validFrom > known.validFrom) known.validFrom = validFrom
      known.validTo = earlier(known.validTo, validTo)
    } else {
      const expression = parseRate(rate, dollarOf(pack.importer))
      const { regime: agreement, group } = pack
      offers.set(rate, {
        agreement,
        group,
        lines: line === '' ? [] : [line],
        rate,
        expression,
        validFrom,
        validTo,
        pack,
      })
    }
  }
  return [...offers.values()]
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

function holdsOn(rate: TariffRate, on: string): boolean {
  return rate.validFrom <= on && (rate.validTo === null || on <= rate.validTo)
}

function rank(pack: TariffPack): string {
  return `${pack.edition} ${pack.validFrom}`
}
