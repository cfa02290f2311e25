import Big from 'big.js'
import { type Concordance, type HsEdition, type Mapping, mapCode } from '../../reference/concordance.ts'
import { type AgreementTerms, agreementInForce } from '../origin/agreements.ts'
import { inForce } from '../parties.ts'
import type { Exchange, MissingFact } from '../tariff/duty.ts'
import type { TariffPack, TariffRate } from '../tariff/facts.ts'
import {
  baseOffers,
  cheaper,
  competing,
  dutyOn,
  type Goods,
  mfnOffers,
  type Offer,
  offersOn,
  ratesText,
  type TariffLines,
} from '../tariff/offers.ts'
import { groupOf } from '../tariff/party-groups.ts'
import { otherAgreements } from './other-agreements.ts'

/** Why a cell is as it is; only `saving` and `depends-on-line` promise money. */
export type CellState =
  | 'saving'
  | 'depends-on-line'
  | 'no-saving'
  | 'mfn-free'
  | 'no-commitment'
  | 'not-in-force'
  | 'rcep-not-loaded'
  | 'mfn-not-loaded'
  | 'no-line'
  | 'needs-facts'

/** One product between two Parties: the rates, the better one, and what RCEP saves on the trade; amounts in its currency. */
export interface Cell {
  hs: string
  importer: string
  exporter: string
  value: string | null
  rcep: string | null
  mfn: string | null
  /** What RCEP is held against: applied MFN, or China's base rates of 2014 where no MFN is loaded. */
  against: 'MFN' | 'base-2014' | null
  /** The lowest rate known: RCEP, MFN or the code of another agreement. */
  best: string | null
  state: CellState
  /** Saved at least and at most, where it depends on the tariff line. */
  saving: { least: string; most: string } | null
  missing: string[]
  /** Every other agreement in force between the two whose rates are loaded. */
  others: OtherRate[]
  /** Codes of those in force whose rates for the product are not: the saving may be had under them already. */
  notCompared: string[]
}

/** What another agreement gives, held against the same general rate. */
export interface OtherRate {
  agreement: string
  rate: string
  /** Whether its rate is below RCEP's; null where that cannot be told. */
  belowRcep: boolean | null
  /** Whether the two are the same, so that RCEP saves nothing over it; null as above. */
  sameAsRcep: boolean | null
  saving: Cell['saving']
}

/** The rates at hand on a day, by pack and subheading of its edition. */
export interface RateTable {
  on: string
  packs: readonly TariffPack[]
  /** Terms of the agreements beside RCEP, shipped or loaded. */
  agreements: readonly AgreementTerms[]
  rates: ReadonlyMap<string, ReadonlyMap<string, TariffRate[]>>
  concordance: Concordance
}

export interface Trade {
  hs: string
  edition: HsEdition
  importer: string
  exporter: string
  /** Null where there was no trade: the rates are shown without money. */
  goods: { value: string; currency: string; quantities: { amount: string; unit: string }[] } | null
}

/** The subheadings under which a pack must be asked for products of an edition. */
export function subheadingsIn(
  pack: TariffPack,
  products: readonly { hs: string; edition: HsEdition }[],
  concordance: Concordance,
): string[] {
  const codes = products.flatMap(
    ({ hs, edition }) => mapCode(concordance, hs, edition, pack.edition).candidates,
  )
  return [...new Set(codes)]
}

/** What one trade pays and could save. `allowBase`: where no MFN is loaded, hold RCEP against the base rates instead. */
export function cellOf(
  table: RateTable,
  trade: Trade,
  options: { exchange?: Exchange; allowBase: boolean },
): Cell {
  const { importer, exporter } = trade
  const binding = inForce(importer, exporter, table.on)
  const preferred = linesOf(table, trade, ({ regime, group }) => {
    return regime === 'RCEP' && group === groupOf(importer, exporter)?.name
  })
  const general = linesOf(table, trade, ({ regime }) => regime === 'MFN')
  const rcep = binding === true && preferred ? offersOn(preferred, table.on) : null
  const applied = general ? mfnOffers([general], table.on) : null
  const useBase = !general && options.allowBase && preferred !== null
  const mfn = useBase ? baseOffers(preferred) : applied
  const goods: Goods = {
    shipment: trade.goods,
    ...(options.exchange ? { exchange: options.exchange } : {}),
  }
  const found = { binding, rcep, mfn, isMfnLoaded: general !== null || useBase }
  const inForceToo = table.agreements.filter(
    (terms) => agreementInForce(terms, importer, exporter, table.on) === true,
  )
  const codes = new Set([
    ...inForceToo.map(({ code }) => code),
    ...otherAgreements(importer, exporter, table.on),
  ])
  const beside = [...codes].map((code) => ({ code, offers: offersUnder(table, trade, code) }))
  const others = beside.flatMap((one) => otherRate(one, { rcep, mfn }, goods))
  const result = outcome(found, goods)
  return {
    hs: trade.hs,
    importer,
    exporter,
    value: trade.goods?.value ?? null,
    rcep: textOf(rcep),
    mfn: textOf(mfn),
    against: mfn && mfn.length > 0 ? (useBase ? 'base-2014' : 'MFN') : null,
    ...result,
    best: others.toSorted(bySaving).find(({ belowRcep }) => belowRcep)?.agreement ?? result.best,
    others,
    notCompared: beside.flatMap(({ code, offers }) => (offers.length > 0 ? [] : [code])),
  }
}

/**
 * What RCEP saves over every other agreement in force, not over the general rate alone: at least and at most, nothing where one was not
 * compared or its saving cannot be told.
 */
export function savedAlone({ saving, others, notCompared }: Cell): { least: string; most: string } {
  if (saving === null || notCompared.length > 0 || others.some((other) => other.saving === null))
    return { least: '0', most: '0' }
  const over = (saved: string, bound: 'least' | 'most') => {
    const left = others.map((other) => new Big(saved).minus(other.saving?.[bound] ?? '0'))
    return left.reduce((least, one) => (one.lt(least) ? one : least), new Big(saved))
  }
  const text = (amount: Big) => (amount.lt(0) ? '0' : amount.toFixed())
  return { least: text(over(saving.least, 'most')), most: text(over(saving.most, 'least')) }
}

function offersUnder(table: RateTable, trade: Trade, agreement: string): Offer[] {
  const tariff = linesOf(table, trade, ({ regime }) => regime === agreement)
  return tariff ? offersOn(tariff, table.on) : []
}

/** What an agreement gives; one that does not undercut the general rate is no help and left out. */
function otherRate(
  { code, offers }: { code: string; offers: Offer[] },
  { rcep, mfn }: Pick<Found, 'rcep' | 'mfn'>,
  goods: Goods,
): OtherRate[] {
  if (offers.length === 0 || (mfn && cheaper(mfn, offers, goods) === 'MFN')) return []
  // Where RCEP commits to nothing there is no rate to undercut.
  const isBound = rcep?.some(({ expression }) => expression.kind !== 'unbound') === true
  const lower = isBound ? cheaper(rcep, offers, goods) : 'RCEP'
  const higher = isBound ? cheaper(offers, rcep, goods) : 'MFN'
  const saving = mfn && mfn.length > 0 ? savings(mfn, offers, goods).saving : null
  return [
    {
      agreement: code,
      rate: ratesText(offers),
      belowRcep: lower === null ? null : lower === 'RCEP',
      // neither is below the other
      sameAsRcep: lower === null || higher === null ? null : lower === 'MFN' && higher === 'MFN',
      saving,
    },
  ]
}

function bySaving(one: OtherRate, other: OtherRate): number {
  return new Big(other.saving?.most ?? '0').cmp(one.saving?.most ?? '0')
}

function textOf(offers: readonly Offer[] | null): string | null {
  return offers && offers.length > 0 ? ratesText(offers) : null
}

function linesOf(table: RateTable, trade: Trade, wanted: (pack: TariffPack) => boolean): TariffLines | null {
  const pack = table.packs.find((one) => one.importer === trade.importer && wanted(one))
  if (!pack) return null
  const mapping: Mapping = mapCode(table.concordance, trade.hs, trade.edition, pack.edition)
  const under = table.rates.get(pack.id)
  const all = mapping.candidates.flatMap((code) => under?.get(code) ?? [])
  // Trade is recorded by China's own lines: one that its schedule has, under one unchanged subheading, is the very line.
  const [only, another] = mapping.candidates
  const isOwn = trade.importer === 'CN' && another === undefined && only === trade.hs.slice(0, 6)
  const named = isOwn ? all.filter(({ line }) => line === trade.hs) : []
  return { pack, mapping, exact: named.length > 0, rates: named.length > 0 ? named : all }
}

interface Found {
  binding: boolean | null
  rcep: Offer[] | null
  mfn: Offer[] | null
  isMfnLoaded: boolean
}

type Outcome = Pick<Cell, 'state' | 'saving' | 'missing'> & { best: 'RCEP' | 'MFN' | null }

function outcome({ binding, rcep, mfn, isMfnLoaded }: Found, goods: Goods): Outcome {
  if (binding !== true) return none('not-in-force')
  if (!rcep) return none('rcep-not-loaded')
  if (rcep.length === 0) return none('no-line')
  if (!isMfnLoaded || !mfn) return none('mfn-not-loaded')
  if (mfn.length === 0) return none('no-line')
  if (mfn.every(({ expression }) => expression.kind === 'free')) return none('mfn-free', 'MFN')
  if (rcep.every(({ expression }) => expression.kind === 'unbound')) return none('no-commitment', 'MFN')
  const best = cheaper(mfn, rcep, goods)
  if (best === 'MFN') return none('no-saving', 'MFN')
  return { best, ...savings(mfn, rcep, goods) }
}

function none(state: CellState, best: Outcome['best'] = null): Outcome {
  return { best, state, saving: null, missing: [] }
}

/** The saving of every national line the product may be on: the same for all, or from the least to the most. */
function savings(mfn: Offer[], rcep: Offer[], goods: Goods): Pick<Outcome, 'state' | 'saving' | 'missing'> {
  const pairs = competing(mfn, rcep).map(([full, preferred]) => savedBy(full, preferred, goods))
  const facts = [...new Set(pairs.flatMap(({ missing }) => missing))]
  if (facts.length > 0) return { state: 'needs-facts', saving: null, missing: facts }
  const rising = pairs.flatMap(({ amount }) => amount ?? []).toSorted((one, other) => one.cmp(other))
  const [least, most] = [rising.at(0), rising.at(-1)]
  const saving = least && most ? { least: least.toFixed(), most: most.toFixed() } : null
  const settled = pairs.length === 1 || (saving !== null && saving.least === saving.most)
  return { state: settled ? 'saving' : 'depends-on-line', saving, missing: settled ? [] : ['tariff-line'] }
}

/** What one RCEP rate saves against one general rate; null without trade. A line without commitment saves nothing. */
function savedBy(
  full: Offer,
  preferred: Offer,
  goods: Goods,
): { amount: Big | null; missing: MissingFact['fact'][] } {
  if (preferred.expression.kind === 'unbound') return { amount: goods.shipment && new Big(0), missing: [] }
  const [one, other] = [dutyOn(full, goods), dutyOn(preferred, goods)]
  const missing = [...one.missing, ...other.missing].map(({ fact }) => fact)
  if (one.duty === null || other.duty === null) return { amount: null, missing }
  const saved = new Big(one.duty).minus(other.duty)
  return { amount: saved.lt(0) ? new Big(0) : saved, missing }
}
