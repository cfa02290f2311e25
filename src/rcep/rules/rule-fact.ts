import type { HsEdition, Mapping } from '../../reference/concordance.ts'
import type { RuleFact } from '../advice/types.ts'
import type { RuleBook } from './books.ts'
import { ruleFor } from './lookup.ts'

type Mappings = readonly { edition: HsEdition; mapping: Mapping }[]

/**
 * The rule of a product in a book; where its code may be one of several with different rules, each with its own. Null when
 * none is known.
 */
export function ruleFact(book: RuleBook, mappings: Mappings, language: 'en' | 'zh'): RuleFact | null {
  const edition = book.edition ?? '2022'
  const codes = mappings.find((one) => one.edition === edition)?.mapping.candidates ?? []
  const found = codes.map((code) => ({ code, row: ruleFor(book.rules, code) }))
  const [first] = found
  if (!first?.row || found.some(({ row }) => row === null)) return null
  const source = book.source[language]
  const alike = found.every(({ row }) => row?.rule === first.row?.rule)
  if (alike) return { text: first.row.rule, level: first.row.level, source }
  return { text: found.map(({ code, row }) => `${code}: ${row?.rule}`).join('; '), level: 6, source }
}
