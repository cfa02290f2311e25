import type { Database } from '../../db/connect.ts'
import { AppError, invalid } from '../../errors.ts'
import type { HsEdition } from '../../reference/concordance.ts'
import type { KnownFacts } from '../facts-load.ts'
import { parties } from '../parties.ts'
import { packsOn } from '../tariff/offers.ts'
import { type RateTable, subheadingsIn } from './cells.ts'
import {
  enterpriseName,
  ratesOnDay,
  type TradeCurrency,
  type TradeFlow,
  type TradeRow,
  type TradeYear,
  tradeOfCity,
  tradeOfEnterprise,
  tradeYear,
} from './queries.ts'

export interface TradeAsked {
  on: string
  asOf: Date
  currency: TradeCurrency
}

export interface LoadedTrade {
  year: TradeYear
  rows: TradeRow[]
}

/** A firm's exports or imports with the Parties over the last twelve loaded months. Throws when the firm is not known. */
export async function loadFirm(
  db: Database,
  enterprise: string,
  { on, asOf, currency, flow }: TradeAsked & { flow: TradeFlow },
): Promise<{ name: string; trade: LoadedTrade | null }> {
  const name = await enterpriseName(db, enterprise)
  if (name === null)
    throw invalid('enterprise', enterprise, 'the registration code of a firm with loaded trade')
  const year = await tradeYear(db, { flow, on, asOf })
  if (!year) return { name, trade: null }
  // Products without trade with a Party still get a row of rates, so every partner is asked for.
  const rows = await tradeOfEnterprise(db, year, { enterprise, currency })
  return { name, trade: { year, rows } }
}

/** The city's trade with the Parties over the last twelve loaded months. */
export async function loadCity(
  db: Database,
  { on, asOf, currency, flow }: TradeAsked & { flow: TradeFlow },
): Promise<LoadedTrade | null> {
  const year = await tradeYear(db, { flow, on, asOf })
  if (!year) return null
  return { year, rows: await tradeOfCity(db, year, { currency, partners: partners() }) }
}

export function partners(): string[] {
  return parties.filter((party) => party !== 'CN')
}

/** The rates of the importers on a day for products of an edition, in one query. Throws `unavailable` before any tariff is loaded. */
export async function loadRates(
  db: Database,
  { packs: all, books, reference: { concordance } }: KnownFacts,
  {
    products,
    importers,
    on,
  }: { products: readonly { hs: string; edition: HsEdition }[]; importers: readonly string[]; on: string },
): Promise<RateTable> {
  if (all.length === 0)
    throw new AppError('unavailable', 'tariffs: none loaded: run "tradewind reference load" first')
  const packs = importers.flatMap((importer) =>
    packsOn(
      all.filter((pack) => pack.importer === importer),
      on,
    ),
  )
  const asked = packs.map((pack) => ({ pack, subheadings: subheadingsIn(pack, products, concordance) }))
  const agreements = books.flatMap(({ agreement, terms }) => (agreement === 'RCEP' ? [] : [terms]))
  return { on, packs, agreements, rates: await ratesOnDay(db, asked, on), concordance }
}
