import type { Database } from '../../db/connect.ts'
import { AppError } from '../../errors.ts'
import { mapCode } from '../../reference/concordance.ts'
import type { KnownFacts } from '../facts-load.ts'
import { ratesUnder } from '../queries.ts'
import { booksBetween } from '../rules/books.ts'
import { ruleFact } from '../rules/rule-fact.ts'
import { packsOn, type TariffLines } from '../tariff/offers.ts'
import { mappingsOf } from './question.ts'
import type { AdviceLanguage } from './text.ts'
import type { Dossier, Question } from './types.ts'

/** Collects what is known of a product between two Parties; no origin verdict yet. Throws `unavailable` before any tariff is loaded. */
export async function loadDossier(
  db: Database,
  facts: KnownFacts,
  question: Question,
  language: AdviceLanguage,
): Promise<Dossier> {
  const { books, packs, reference, concordances } = facts
  if (packs.length === 0)
    throw new AppError('unavailable', 'tariffs: none loaded: run "tradewind reference load" first')
  const mappings = mappingsOf(question, reference)
  const rcep = books.find(({ agreement }) => agreement === 'RCEP')
  const others = booksBetween(books, question)
  return {
    mappings,
    tariffs: await tariffLines(db, facts, question),
    rule: rcep ? ruleFact(rcep, mappings, language) : null,
    origin: null,
    ruleSources: [
      ...[...(rcep ? [rcep] : []), ...others].map(({ id, source, sha256 }) => ({
        id,
        source: source.en,
        sha256,
      })),
      ...concordances.map(({ from, to, origin, sha256 }) => ({
        id: `concordance-${from}-${to}`,
        source: origin,
        sha256,
      })),
    ],
    bill: null,
    agreements: [],
    trade: null,
  }
}

/** The product's lines in every pack of the importing Party that covers the day, read from the database once. */
async function tariffLines(
  db: Database,
  { packs, lines, reference }: KnownFacts,
  { hs, edition, importer, on }: Question,
): Promise<TariffLines[]> {
  const key = [importer, edition, hs, on].join(' ')
  const known = lines.get(key)
  if (known) return [...known]
  const own = packs.filter((pack) => pack.importer === importer)
  const found = await Promise.all(
    packsOn(own, on).map(async (pack): Promise<TariffLines> => {
      const mapping = mapCode(reference.concordance, hs, edition, pack.edition)
      const under = await ratesUnder(db, pack.id, mapping.candidates)
      const [only, another] = mapping.candidates
      const isSame = another === undefined && only === hs.slice(0, 6)
      const named = isSame ? under.filter((rate) => rate.line === hs) : []
      return { pack, mapping, exact: named.length > 0, rates: named.length > 0 ? named : under }
    }),
  )
  lines.set(key, found)
  return [...found]
}
