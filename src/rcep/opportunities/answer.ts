import type { Database } from '../../db/connect.ts'
import type { Reference } from '../../reference/parse.ts'
import { type AdviceLanguage, adviceText } from '../advice/text.ts'
import { type KnownFacts, knownFacts } from '../facts-load.ts'
import { ruleFor } from '../rules/lookup.ts'
import { importedNames } from '../rules/queries.ts'
import type { Exchange } from '../tariff/duty.ts'
import { groupOf } from '../tariff/party-groups.ts'
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
export async function firmAnswer(db: Database, ask: OpportunityQuestion, enterprise: string) {
  const facts = await knownFacts(db)
  const { name, trade } = await loadFirm(db, enterprise, ask)
  const { edition, table, importers } = await tableFor(db, facts, ask, trade)
  const matrix = matrixOf(trade?.rows ?? [], table, { ...ask, edition, partners: partners() })
  const codes = matrix.products.map(({ hs }) => hs)
  const naming = await namesAndRules(db, facts, codes, ask.language)
  const products = matrix.products.map((product) => ({ ...product, name: naming.name(product.hs) }))
  const data = { enterprise, name, products, cells: matrix.cells.map(naming.cell), ...totals(matrix.summary) }
  return { data, meta: metaOf(matrix.cells.length, ask, { year: trade?.year ?? null, table, importers }) }
}

/** The city's trade for which an RCEP rate is below what it is held against, most money first. */
export async function cityAnswer(db: Database, ask: OpportunityQuestion, { top }: { top: number }) {
  const facts = await knownFacts(db)
  const trade = await loadCity(db, ask)
  const { edition, table, importers } = await tableFor(db, facts, ask, trade)
  const { cells, summary } = ledgerOf(trade?.rows ?? [], table, { ...ask, edition })
  const shown = cells.slice(0, top)
  const codes = shown.map(({ hs }) => hs)
  const naming = await namesAndRules(db, facts, codes, ask.language)
  const meta = metaOf(shown.length, ask, { year: trade?.year ?? null, table, importers })
  return {
    data: { cells: shown.map(naming.cell), ...totals(summary) },
    meta: { ...meta, total: cells.length },
  }
}

async function tableFor(
  db: Database,
  facts: KnownFacts,
  { flow, on }: OpportunityQuestion,
  trade: LoadedTrade | null,
) {
  const edition = trade?.year.edition ?? '2022'
  const codes = new Set((trade?.rows ?? []).map(({ hs }) => hs.slice(0, 6)))
  const products = [...codes].map((hs) => ({ hs, edition }))
  const importers = flow === 'export' ? partners() : ['CN']
  return { edition, importers, table: await loadRates(db, facts, { products, importers, on }) }
}

const chineseNames = new WeakMap<Reference, Map<string, string>>()

/** Chinese names of the statistical lines, and of each subheading by its first line. */
function namesIn(reference: Reference): Map<string, string> {
  const known = chineseNames.get(reference)
  if (known) return known
  const names = new Map<string, string>()
  for (const { code, nameZh } of reference.lines) {
    names.set(code, nameZh)
    if (!names.has(code.slice(0, 6))) names.set(code.slice(0, 6), nameZh)
  }
  chineseNames.set(reference, names)
  return names
}

async function namesAndRules(
  db: Database,
  { books, reference }: KnownFacts,
  lines: readonly string[],
  language: AdviceLanguage,
) {
  const codes = [...new Set(lines.map((code) => code.slice(0, 6)))]
  const names = await importedNames(db, '2022', codes)
  const rules = books.find(({ agreement }) => agreement === 'RCEP')?.rules ?? new Map<string, string>()
  const chinese = namesIn(reference)
  const name = (code: string) =>
    names.get(code.slice(0, 6))?.[language] ?? chinese.get(code) ?? chinese.get(code.slice(0, 6)) ?? null
  const cell = (one: Cell) => ({
    ...one,
    name: name(one.hs),
    rule: ruleFor(rules, one.hs.slice(0, 6))?.rule ?? null,
  })
  return { name, cell }
}

function totals({ cells, ...saved }: Summary) {
  return { ...saved, states: cells }
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
    months: year?.months ?? 0,
    notes: [
      text.eligible,
      text.origin,
      text.others,
      text.customsValue,
      ...(isBase ? [text.base] : []),
      year ? text.outside(year.from, year.to) : text.noTrade,
      ...(year && year.months < 12 ? [text.short(year.months)] : []),
    ],
    notLoaded: importers.filter((importer) => !has(importer, 'RCEP') || !has(importer, 'MFN')),
    toLoad: toLoad(table, importers, { flow, language }),
  }
}

/** The official texts whose rates are missing on the day, each with the command that loads it. */
function toLoad(
  { packs }: RateTable,
  importers: readonly string[],
  { flow, language }: Pick<OpportunityQuestion, 'flow' | 'language'>,
) {
  const text = adviceText(language)
  return importers.flatMap((importer) => {
    const own = packs.filter((pack) => pack.importer === importer)
    const exporters = flow === 'export' ? ['CN'] : partners()
    const groups = new Set(exporters.flatMap((exporter) => groupOf(importer, exporter)?.name ?? []))
    const lacking = [...groups].filter(
      (group) => !own.some((pack) => pack.regime === 'RCEP' && pack.group === group),
    )
    return [
      ...lacking.map((group) => ({ importer, regime: 'RCEP', text: text.rcepNotLoaded(importer, group) })),
      ...(own.some(({ regime }) => regime === 'MFN')
        ? []
        : [{ importer, regime: 'MFN', text: text.mfnNotLoaded(importer) }]),
    ]
  })
}
