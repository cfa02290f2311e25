import { createHash } from 'node:crypto'
import type { HsEdition } from '../../reference/concordance.ts'
import { isHsEdition } from '../../reference/concordance.ts'
import { type AgreementCode, type AgreementTerms, termsOf } from '../origin/agreements.ts'
import { ruleSets, rulesOf } from './facts.ts'

/** The product rules of an agreement with all that is needed to judge by them. */
export interface RuleBook {
  /** As sources name it: `origin-rcep`. */
  id: string
  agreement: string
  terms: AgreementTerms
  /** Edition of the codes; null for rules by chapter, which no edition changes. */
  edition: HsEdition | null
  complete: boolean
  rules: ReadonlyMap<string, string>
  source: { en: string; zh: string }
  note: { en: string; zh: string }
  sha256: string
}

let shipped: RuleBook[] | null = null

/** The rule sets that come with the release; read once. */
export function shippedBooks(): readonly RuleBook[] {
  shipped ??= ruleSets.map((set) => {
    const rules = rulesOf(set)
    return {
      id: `origin-${set.agreement.toLowerCase()}`,
      agreement: set.agreement,
      terms: termsOf(set.agreement as AgreementCode),
      edition: set.edition !== null && isHsEdition(set.edition) ? set.edition : null,
      complete: set.complete,
      rules,
      source: set.source,
      note: set.note,
      sha256: hashOf(rules),
    }
  })
  return shipped
}

/** Books of agreements both countries belong to, RCEP left out; an imported book stands in place of the shipped one. */
export function booksBetween(
  books: readonly RuleBook[],
  { importer, exporter }: { importer: string; exporter: string },
): RuleBook[] {
  const latest = new Map(books.map((book) => [book.agreement, book]))
  return [...latest.values()].filter(
    ({ agreement, terms }) =>
      agreement !== 'RCEP' && terms.parties.has(importer) && terms.parties.has(exporter),
  )
}

function hashOf(rules: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [code, rule] of rules) hash.update(`${code},${rule}\n`)
  return hash.digest('hex')
}
