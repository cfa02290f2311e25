import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { buildConcordance, type ConcordanceRow } from '../reference/concordance.ts'
import { readReference } from '../reference/load.ts'
import type { Reference } from '../reference/parse.ts'
import { allPacks } from './queries.ts'
import { type Recent, recent } from './recent.ts'
import type { RuleBook } from './rules/books.ts'
import {
  importedConcordance,
  type LoadedConcordance,
  loadedConcordances,
  ruleBooks,
} from './rules/queries.ts'
import type { TariffPack } from './tariff/facts.ts'
import type { TariffLines } from './tariff/offers.ts'

/** What advice rests on, as of one state of the database; a change of any fact makes it another. */
export interface KnownFacts {
  version: string
  /** The shipped reference facts; codes that a user's correlation names relate as it says. */
  reference: Reference
  concordances: readonly LoadedConcordance[]
  books: readonly RuleBook[]
  packs: readonly TariffPack[]
  /** Lines of every pack of an importer under a product, by importer, edition, code and day. */
  lines: Recent<readonly TariffLines[]>
}

const mostProducts = 2000
const held = new WeakMap<Database, Held>()
let shipped: Reference | null = null

/** The facts in memory, the look that is on its way and the one that follows it. */
interface Held {
  facts: KnownFacts | null
  running: Promise<KnownFacts> | null
  next: Promise<KnownFacts> | null
}

/**
 * The facts of the database, read again only when some process loaded others since: one small query tells. Who asks while it
 * runs waits for the following one, which serves all who wait, so that nobody is answered from before the question.
 */
export function knownFacts(db: Database): Promise<KnownFacts> {
  const own = held.get(db) ?? { facts: null, running: null, next: null }
  held.set(db, own)
  if (own.next) return own.next
  const before = own.running?.catch(() => null) ?? Promise.resolve()
  own.next = before.then(() => {
    own.running = look(db, own)
    own.next = null
    return own.running
  })
  return own.next
}

async function look(db: Database, own: Held): Promise<KnownFacts> {
  const version = await factVersion(db)
  if (own.facts?.version === version) return own.facts
  shipped ??= readReference()
  const concordances = await loadedConcordances(db)
  own.facts = {
    version,
    reference: await withConcordances(db, shipped, concordances),
    concordances,
    books: await ruleBooks(db),
    packs: await allPacks(db),
    lines: recent<readonly TariffLines[]>(mostProducts),
  }
  return own.facts
}

/** Tells one state of the loaded packs, rules and correlations from every other, by their contents. */
async function factVersion(db: Database): Promise<string> {
  const found = await sql<{ version: string }>`
    select md5(concat_ws('|',
      (select string_agg(concat_ws(' ', id, content_sha256), ',' order by id) from tariff_pack), '/',
      (select string_agg(concat_ws(' ', agreement, sha256, hs_edition, parties, valid_from, complete), ','
        order by agreement) from origin_rule_set), '/',
      (select string_agg(concat_ws(' ', from_edition, to_edition, sha256), ','
        order by from_edition, to_edition) from concordance_set))) as version`.execute(db)
  return found.rows[0]?.version ?? ''
}

async function withConcordances(
  db: Database,
  reference: Reference,
  sets: readonly LoadedConcordance[],
): Promise<Reference> {
  if (sets.length === 0) return reference
  const imported = await importedConcordance(db, sets)
  const keyOf = ({ fromEdition, toEdition, from }: ConcordanceRow) => `${fromEdition} ${toEdition} ${from}`
  const named = new Set(imported.map(keyOf))
  const rows = [...reference.concordanceRows.filter((row) => !named.has(keyOf(row))), ...imported]
  return {
    ...reference,
    concordanceRows: rows,
    concordance: buildConcordance(reference.concordance.codes, rows),
  }
}
