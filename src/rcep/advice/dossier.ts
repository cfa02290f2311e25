import type { Database } from '../../db/connect.ts'
import { AppError } from '../../errors.ts'
import { mapCode } from '../../reference/concordance.ts'
import type { Reference } from '../../reference/parse.ts'
import { anyPacks, packsOf, ratesUnder } from '../queries.ts'
import { booksBetween, type RuleBook } from '../rules/books.ts'
import { ruleFact } from '../rules/rule-fact.ts'
import { packsOn, type TariffLines } from '../tariff/offers.ts'
import { mappingsOf } from './question.ts'
import type { Dossier, Question } from './types.ts'

/** Collects what the database knows of a product between two Parties; no origin verdict yet. */
export async function loadDossier(
  db: Database,
  { reference, books }: { reference: Reference; books: readonly RuleBook[] },
  question: Question,
): Promise<Dossier> {
  const packs = await packsOf(db, question.importer)
  if (packs.length === 0 && !(await anyPacks(db)))
    throw new AppError('unavailable', 'tariffs: none loaded: run "tradewind reference load" first')
  const tariffs = await Promise.all(
    packsOn(packs, question.on).map(async (pack): Promise<TariffLines> => {
      const mapping = mapCode(reference.concordance, question.hs, question.edition, pack.edition)
      const under = await ratesUnder(db, pack.id, mapping.candidates)
      const [only, another] = mapping.candidates
      const isSame = another === undefined && only === question.hs.slice(0, 6)
      const named = isSame ? under.filter((rate) => rate.line === question.hs) : []
      return { pack, mapping, exact: named.length > 0, rates: named.length > 0 ? named : under }
    }),
  )
  const mappings = mappingsOf(question, reference)
  const rcep = books.find(({ agreement }) => agreement === 'RCEP')
  const others = booksBetween(books, question)
  return {
    mappings,
    tariffs,
    rule: rcep ? ruleFact(rcep, mappings) : null,
    origin: null,
    ruleSources: [...(rcep ? [rcep] : []), ...others].map(({ id, source, sha256 }) => ({
      id,
      source: source.en,
      sha256,
    })),
    bill: null,
    agreements: [],
    trade: null,
  }
}
