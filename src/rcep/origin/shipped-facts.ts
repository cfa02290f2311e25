import { shippedBooks } from '../rules/books.ts'
import { factsOf } from './compare.ts'
import type { OriginFacts } from './evaluate.ts'

/** The facts that ship with the program: product rules of every agreement, for codes in their edition or where none is stated. */
export function shippedOriginFacts(): OriginFacts {
  const facts = shippedBooks().map(factsOf)
  return {
    findRule: (hs6, world) => {
      for (const { findRule } of facts) {
        const found = findRule?.(hs6, world)
        if (found) return found
      }
      return null
    },
  }
}
