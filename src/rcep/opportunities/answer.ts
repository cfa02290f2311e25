import type { Database } from '../../db/connect.ts'
import type { Reference } from '../../reference/parse.ts'
import type { AdviceLanguage } from '../advice/text.ts'
import { ruleFor } from '../rules/lookup.ts'
import { importedNames, ruleBooks } from '../rules/queries.ts'
import type { Exchange } from '../tariff/duty.ts'
import type { Cell, RateTable } from './cells.ts'
import { type LoadedTrade, loadCity, loadFirm, loadRates, partners, type TradeAsked } from './load.ts'
import { ledgerOf, matrixOf, type Summary } from './matrix.ts'
import type { TradeFlow, TradeYear } from './queries.ts'
import { opportunityText } from './text.ts'

export interface OpportunityQuestion extends TradeAsked {
  flow: TradeFlow
  exchange: Exchange
  language: AdviceLanguage
}

/** A firm's products with every Party, best first. Throws `invalid-input` for a firm that is not known. */
export async function firmAnswer(
  db: Database,
  reference: Reference,
  ask: OpportunityQuestion,
  enterprise: string,
) {
  const { name, trade } = await loadFirm(db, enterprise, ask)
  const known = await tableFor(db, reference, ask, trade)
  const { edition, table, importers } = known
  const matrix = matrixOf(trade?.rows ?? [], table, { ...ask, edition, partners: partners() })
  const codes = matrix.products.map(({ hs }) => hs)
  const naming = await namesAndRules(db, codes, ask.language)
  const products = matrix.products.map((product) => ({ ...product, name: naming.name(product.hs) }))
  const data = { enterprise, name, products, cells: matrix.cells.map(naming.cell), ...totals(matrix.summary) }
  return { data, meta: metaOf(matrix.cells.length, ask, { year: trade?.year ?? null, table, importers }) }
}

/** The city's trade for which an RCEP rate is below what it is held against, most money first. */
export async function cityAnswer(
  db: Database,
  reference: Reference,
  ask: OpportunityQuestion,
  { top }: { top: number },
) {
  const trade = await loadCity(db, ask)
  const { edition, table, importers } = await tableFor(db, reference, ask, trade)
  const { cells, summary } = ledgerOf(trade?.rows ?? [], table, { ...ask, edition })
  const shown = cells.slice(0, top)
  const codes = shown.map(({ hs }) => hs)
  const naming = await namesAndRules(db, codes, ask.language)
  const meta = metaOf(shown.length, ask, { year: trade?.year ?? null, table, importers })
  return {
    data: { cells: shown.map(naming.cell), ...totals(summary) },
    meta: { ...meta, total: cells.length },
  }
}

async function tableFor(
  db: Database,
  { concordance }: Reference,
  { flow, on }: OpportunityQuestion,
  trade: LoadedTrade | null,
) {
  const edition = trade?.year.edition ?? '2022'
  const codes = new Set((trade?.rows ?? []).map(({ hs }) => hs.slice(0, 6)))
  const products = [...codes].map((hs) => ({ hs, edition }))
  const importers = flow === 'export' ? partners() : ['CN']
  return { edition, importers, table: await loadRates(db, { products, importers, on }, concordance) }
}

async function namesAndRules(db: Database, lines: readonly string[], language: AdviceLanguage) {
  const codes = [...new Set(lines.map((code) => code.slice(0, 6)))]
  const [names, books] = await Promise.all([importedNames(db, '2022', codes), ruleBooks(db)])
  const rules = books.find(({ agreement }) => agreement === 'RCEP')?.rules ?? new Map<string, string>()
  const name = (code: string) => names.get(code.slice(0, 6))?.[language] ?? null
  const cell = (one: Cell) => ({
    ...one,
    name: name(one.hs),
    rule: ruleFor(rules, one.hs.slice(0, 6))?.rule ?? null,
  })
  return { name, cell }
}

function totals({ least, most, cells }: Summary) {
  return { least, most, states: cells }
}

function metaOf(
  rows: number,
  { on, flow, currency, language }: OpportunityQuestion,
  { year, table, importers }: { year: TradeYear | null; table: RateTable; importers: readonly string[] },
) {
  const text = opportunityText(language)
  const has = (importer: string, regime: string) =>
    table.packs.some((pack) => pack.importer === importer && pack.regime === regime)
  const isBase = flow === 'import' && !has('CN', 'MFN')
  return {
    rows,
    on,
    flow,
    currency,
    from: year?.from ?? null,
    to: year?.to ?? null,
    notes: [
      text.eligible,
      text.origin,
      text.others,
      text.customsValue,
      ...(isBase ? [text.base] : []),
      year ? text.outside(year.from, year.to) : text.noTrade,
    ],
    notLoaded: importers.filter((importer) => !has(importer, 'RCEP') || !has(importer, 'MFN')),
  }
}
