import type { Database } from '../../db/connect.ts'
import { invalid } from '../../errors.ts'
import type { Concordance } from '../../reference/concordance.ts'
import type { KnownFacts } from '../facts-load.ts'
import { enterpriseName, type TradeRow, tradeOfEnterprise, tradeYear } from '../opportunities/queries.ts'
import { sumQuantities } from '../opportunities/trade.ts'
import { agreementInForce } from '../origin/agreements.ts'
import type { OriginCase } from '../origin/case.ts'
import { checkCase } from '../origin/check-case.ts'
import { judgeByBook, judgeCase } from '../origin/compare.ts'
import { inForce, parties } from '../parties.ts'
import { booksBetween, type RuleBook } from '../rules/books.ts'
import { ruleFact } from '../rules/rule-fact.ts'
import { givenMfn, offersOn, rcepOffers } from '../tariff/offers.ts'
import { advise } from './advise.ts'
import { loadDossier } from './dossier.ts'
import { type AdviceLanguage, type AdviceText, adviceText } from './text.ts'
import type { Advice, AgreementFinding, Dossier, OwnTrade, Question } from './types.ts'

export interface AnswerOptions {
  /** An origin case as the user gave it, unchecked; null without a bill. */
  bill: unknown
  language: AdviceLanguage
  /** The firm whose own trade is the yearly value; null for none. */
  enterprise?: string | null
  /** The instant as of which trade is read. */
  asOf?: Date
}

/** The whole advice: facts from the database, the origin verdicts when a bill is given, and the reasoning. */
export async function answer(
  db: Database,
  known: KnownFacts,
  question: Question,
  { bill, language, enterprise = null, asOf = new Date(`${question.on}T23:59:59Z`) }: AnswerOptions,
): Promise<Advice> {
  const input = bill === null ? null : sameTrade(checkCase(bill), question)
  const facts = await loadDossier(db, known, question, language)
  const trade = enterprise === null ? null : await ownTrade(db, facts, question, { enterprise, asOf })
  const { books, reference } = known
  const judging = { input, books, concordance: reference.concordance, language }
  return reason({ ...facts, trade }, question, judging)
}

/** The advice from facts at hand: the bill judged under every agreement, then the reasoning. Pure. */
export function reason(facts: Dossier, question: Question, judging: Judging): Advice {
  const text = adviceText(judging.language)
  const { input } = judging
  const bare = withGivenMfn(facts, question, text)
  const dossier: Dossier = {
    ...bare,
    bill: input,
    origin: input && judgeCase(input, { rates: ratesByParty(bare, question) }, judging),
    agreements: agreementsOf(bare, question, judging),
  }
  return advise(dossier, question, text)
}

function withGivenMfn(dossier: Dossier, { mfn, importer, on }: Question, text: AdviceText): Dossier {
  if (mfn === null) return dossier
  const others = dossier.tariffs.filter(({ pack }) => pack.regime !== 'MFN')
  return { ...dossier, tariffs: [...others, givenMfn(mfn, importer, on, text.givenMfn())] }
}

export interface Judging {
  input: OriginCase | null
  books: readonly RuleBook[]
  concordance: Concordance
  language: AdviceLanguage
}

/** Every other agreement between the two: rule, verdict on the bill, rates where a pack of its name is loaded. */
function agreementsOf(
  { mappings, tariffs }: Dossier,
  question: Question,
  { input, books, ...judging }: Judging,
): AgreementFinding[] {
  const { importer, exporter, on } = question
  return booksBetween(books, question).map((book) => {
    const tariff = tariffs.find(({ pack }) => pack.regime === book.agreement)
    const offers = tariff ? offersOn(tariff, on) : []
    return {
      agreement: book.agreement,
      inForce: agreementInForce(book.terms, importer, exporter, on),
      rule: ruleFact(book, mappings, judging.language),
      complete: book.complete,
      note: book.note[judging.language],
      origin: input && judgeByBook(input, book, judging),
      offers: offers.length > 0 ? offers : null,
    }
  })
}

/** The bill must be of the goods asked about; the day of the question stands, since the rates are of that day. */
function sameTrade(input: OriginCase, question: Question): OriginCase {
  const { good, importer, exporter = good.producedIn } = input
  if (good.hs.slice(0, 6) !== question.hs.slice(0, 6))
    throw invalid('bom.good.hs', good.hs, question.hs.slice(0, 6))
  if (importer !== question.importer) throw invalid('bom.importer', importer, question.importer)
  if (exporter !== question.exporter) throw invalid('bom.good.producedIn', exporter, question.exporter)
  return { ...input, on: question.on, good: { edition: question.edition, ...good } }
}

/** The importing Party's rate for each Party, where its schedule is loaded and gives one rate. */
function ratesByParty(dossier: Dossier, { importer, on }: Question): Record<string, string> {
  const bound = parties.filter((party) => party !== importer && inForce(importer, party, on))
  return Object.fromEntries(
    bound.flatMap((party) => {
      const [offer, another] = rcepOffers(dossier.tariffs, importer, party, on) ?? []
      return offer && !another ? [[party, offer.rate]] : []
    }),
  )
}

/** The firm's exports to the importing Party, or its imports from the exporting one; null where China is neither. */
async function ownTrade(
  db: Database,
  { mappings }: Dossier,
  { exporter, importer, on, currency: asked }: Question,
  { enterprise, asOf }: { enterprise: string; asOf: Date },
): Promise<OwnTrade | null> {
  const name = await enterpriseName(db, enterprise)
  if (name === null)
    throw invalid('enterprise', enterprise, 'the registration code of a firm with loaded trade')
  const flow = exporter === 'CN' ? 'export' : 'import'
  if (exporter !== 'CN' && importer !== 'CN') return null
  const year = await tradeYear(db, { flow, on, asOf })
  if (!year) return null
  const subheadings = mappings.find(({ edition }) => edition === year.edition)?.mapping.candidates ?? []
  const currency = asked === 'CNY' ? 'CNY' : 'USD'
  const partners = [flow === 'export' ? importer : exporter]
  const rows: TradeRow[] = await tradeOfEnterprise(db, year, { enterprise, currency, partners, subheadings })
  const { value, quantities } = sumQuantities(rows)
  const { from, to, loadedAt } = year
  return {
    enterprise,
    enterpriseName: name,
    flow,
    from,
    to,
    currency,
    value,
    quantities,
    loadedAt: loadedAt.toISOString(),
  }
}
