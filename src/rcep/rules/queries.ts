import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { type ConcordanceRow, concordanceRows, type HsEdition } from '../../reference/concordance.ts'
import { unreadTerms } from '../origin/agreements.ts'
import { type RuleBook, shippedBooks } from './books.ts'

/** An imported rule set, for `reference status`. */
export interface LoadedRuleSet {
  agreement: string
  edition: HsEdition
  parties: string[]
  validFrom: string
  complete: boolean
  origin: string
  sha256: string
  rows: number
  manual: number
  loadedAt: Date
}

export async function loadedRuleSets(db: Database): Promise<LoadedRuleSet[]> {
  const rows = await db.selectFrom('originRuleSet').selectAll().orderBy('agreement').execute()
  return rows.map(({ hsEdition, rows: count, manual, ...row }) => ({
    ...row,
    edition: hsEdition as HsEdition,
    rows: Number(count),
    manual: Number(manual),
  }))
}

/** The imported lists of names, for `reference status`. */
export async function loadedNames(
  db: Database,
): Promise<{ edition: string; origin: string; rows: number; loadedAt: Date }[]> {
  const rows = await db.selectFrom('hsNameSet').selectAll().orderBy('hsEdition').execute()
  return rows.map(({ hsEdition, origin, rows: count, loadedAt }) => ({
    edition: hsEdition,
    origin,
    rows: Number(count),
    loadedAt,
  }))
}

/** A user's correlation of two editions, for `reference status` and the sources of an answer. */
export interface LoadedConcordance {
  from: HsEdition
  to: HsEdition
  origin: string
  sha256: string
  rows: number
  loadedAt: Date
}

export async function loadedConcordances(db: Database): Promise<LoadedConcordance[]> {
  const rows = await db
    .selectFrom('concordanceSet')
    .selectAll()
    .orderBy('fromEdition', 'desc')
    .orderBy('toEdition', 'desc')
    .execute()
  return rows.map(({ fromEdition, toEdition, rows: count, ...row }) => ({
    ...row,
    from: fromEdition as HsEdition,
    to: toEdition as HsEdition,
    rows: Number(count),
  }))
}

/** The rows of every user's correlation, with the quality each pair has within its table. */
export async function importedConcordance(
  db: Database,
  sets: readonly LoadedConcordance[],
): Promise<ConcordanceRow[]> {
  const found = await Promise.all(
    sets.map(async ({ from, to }) => {
      const pairs = await db
        .selectFrom('concordancePair')
        .select(['fromCode', 'toCode'])
        .where('fromEdition', '=', from)
        .where('toEdition', '=', to)
        .execute()
      return concordanceRows(
        from,
        to,
        pairs.map(({ fromCode, toCode }) => [fromCode, toCode] as const),
      )
    }),
  )
  return found.flat()
}

/** The shipped rule books and the imported ones, which stand in their place. */
export async function ruleBooks(db: Database): Promise<readonly RuleBook[]> {
  const sets = await loadedRuleSets(db)
  const imported = await Promise.all(sets.map((set) => bookOf(db, set)))
  const replaced = new Set(sets.map(({ agreement }) => agreement))
  return [...shippedBooks().filter(({ agreement }) => !replaced.has(agreement)), ...imported]
}

async function bookOf(db: Database, set: LoadedRuleSet): Promise<RuleBook> {
  const rows = await db
    .selectFrom('originRule')
    .select(['code', 'rule'])
    .where('agreement', '=', set.agreement)
    .execute()
  const shipped = shippedBooks().find(({ agreement }) => agreement === set.agreement)
  return {
    id: `origin-${set.agreement.toLowerCase()}`,
    agreement: set.agreement,
    terms: shipped?.terms ?? unreadTerms(set.agreement, set.parties, set.validFrom),
    edition: set.edition,
    complete: set.complete,
    rules: new Map(rows.map(({ code, rule }) => [code, rule])),
    source: { en: `${set.agreement}: ${set.origin}`, zh: `${set.agreement}：${set.origin}` },
    note: { en: 'imported by the user', zh: '由用户导入' },
    sha256: set.sha256,
  }
}

/** Names of subheadings from an imported list, by code. */
export async function importedNames(
  db: Database,
  edition: HsEdition,
  codes: readonly string[],
): Promise<Map<string, { en: string | null; zh: string | null }>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('hsName')
    .select(['code', 'nameEn', 'nameZh'])
    .where('hsEdition', '=', edition)
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .execute()
  return new Map(rows.map(({ code, nameEn, nameZh }) => [code, { en: nameEn, zh: nameZh }]))
}
