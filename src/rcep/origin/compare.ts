import type { Concordance } from '../../reference/concordance.ts'
import { booksBetween, type RuleBook } from '../rules/books.ts'
import { ruleFor } from '../rules/lookup.ts'
import { agreementInForce } from './agreements.ts'
import type { OriginCase, OriginMaterial } from './case.ts'
import { judgeInEdition } from './editions.ts'
import type { OriginFacts } from './evaluate.ts'
import type { OriginResult } from './result.ts'
import type { OriginLanguage } from './text.ts'

/** What one agreement says of a case, short. */
export type OriginComparison = Pick<
  OriginResult,
  'agreement' | 'verdict' | 'criterion' | 'codes' | 'rule' | 'missing'
> & {
  inForce: boolean | null
  complete: boolean
}

interface Judging {
  books: readonly RuleBook[]
  concordance: Concordance
  language: OriginLanguage
}

/** The facts of a book; one that is not complete gives its rules as uncertain. */
export function factsOf(book: RuleBook): OriginFacts {
  const { agreement, edition, complete, rules, source, note, terms } = book
  return {
    terms,
    findRule: (hs6, world) => {
      if (world.agreement !== agreement) return null
      if (edition !== null && world.edition !== null && world.edition !== edition) return null
      const row = ruleFor(rules, hs6)
      const text = { en: `${source.en}. ${note.en}`, zh: `${source.zh}。${note.zh}` }
      return row && { text: row.rule, source: text, certain: complete }
    },
  }
}

/** Judges a case under a book's agreement: by its own rules, the rules of the case being those of another agreement. */
export function judgeByBook(
  input: OriginCase,
  book: RuleBook,
  judging: Omit<Judging, 'books'>,
): OriginResult {
  const { rule, rates, appendix, agreement, ...rest } = input
  const bare = { ...rest, good: withoutCondition(input.good), materials: withoutRules(input.materials) }
  return judgeInEdition(bare, factsOf(book), { edition: book.edition, ...judging })
}

/** The case under its own agreement, with the facts given and, where its rules are of another HS edition, in that edition. */
export function judgeCase(
  input: OriginCase,
  facts: OriginFacts,
  { books, concordance, language }: Judging,
): OriginResult {
  const book = books.findLast(({ agreement }) => agreement === (input.agreement ?? 'RCEP'))
  // A rule the case carries is of no certain edition, whatever the book's.
  const edition = input.rule ? null : (book?.edition ?? null)
  return judgeInEdition(input, { ...facts, ...(book && factsOf(book)) }, { edition, concordance, language })
}

/** The other agreements between importer and producer, each judged by its own rules; none where the case names its agreement. */
export function compareAgreements(
  input: OriginCase,
  result: OriginResult,
  { books, ...judging }: Judging,
): OriginComparison[] {
  const own = shortened(result, null)
  if (input.agreement !== undefined) return [own]
  const between = booksBetween(books, { importer: input.importer, exporter: input.good.producedIn })
  return [own, ...between.map((book) => shortened(judgeByBook(input, book, judging), { book, input }))]
}

function shortened(
  result: OriginResult,
  other: { book: RuleBook; input: OriginCase } | null,
): OriginComparison {
  const { agreement, verdict, criterion, codes, rule, missing, steps } = result
  const inForce = other
    ? agreementInForce(other.book.terms, other.input.importer, other.input.good.producedIn, other.input.on)
    : (steps[0]?.passed ?? null)
  return {
    agreement,
    inForce,
    verdict,
    criterion,
    codes,
    rule,
    complete: other?.book.complete ?? true,
    missing,
  }
}

function withoutCondition({ condition, ...good }: OriginCase['good']): OriginCase['good'] {
  return good
}

function withoutRules(materials: readonly OriginMaterial[]): OriginMaterial[] {
  return materials.map(({ rule, condition, ...material }) =>
    material.materials ? { ...material, materials: withoutRules(material.materials) } : material,
  )
}
