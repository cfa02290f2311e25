import type pg from 'pg'
import { copyInto } from '../../db/copy.ts'
import { copyRow } from '../../db/copy-text.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { ConcordanceFile } from './read-concordance.ts'
import type { NameFile } from './read-names.ts'
import type { RuleFile } from './read-rules.ts'

/** Puts a set of rules in place of any of the same agreement, whole or not at all. */
export async function storeRules(pool: pg.Pool, { set, rules }: RuleFile, now: Date): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('delete from origin_rule_set where agreement = $1', [set.agreement])
    await client.query(
      `insert into origin_rule_set (agreement, hs_edition, parties, valid_from, complete, origin, sha256, rows, manual, loaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        set.agreement,
        set.edition,
        set.parties,
        set.validFrom,
        set.complete,
        set.origin,
        set.sha256,
        set.rows,
        set.manual,
        now,
      ],
    )
    const lines = rules.map(({ code, rule }) => copyRow([set.agreement, code, rule]))
    await copyInto(client, 'origin_rule', ['agreement', 'code', 'rule'], [lines.join('')])
  })
}

/** Puts the names of an edition in place of those loaded before. */
export async function storeNames(pool: pg.Pool, file: NameFile, now: Date): Promise<void> {
  const { edition, origin, sha256, names } = file
  await inTransaction(pool, async (client) => {
    await client.query('delete from hs_name_set where hs_edition = $1', [edition])
    await client.query(
      'insert into hs_name_set (hs_edition, origin, sha256, rows, loaded_at) values ($1, $2, $3, $4, $5)',
      [edition, origin, sha256, names.length, now],
    )
    const lines = names.map(({ code, en, zh }) => copyRow([edition, code, en, zh]))
    await copyInto(client, 'hs_name', ['hs_edition', 'code', 'name_en', 'name_zh'], [lines.join('')])
  })
}

/** Puts a correlation of two editions in place of the one loaded before; for the codes it names, look-ups use it instead of the shipped one. */
export async function storeConcordance(pool: pg.Pool, file: ConcordanceFile, now: Date): Promise<void> {
  const { from, to, origin, sha256, pairs } = file
  const rows = new Set(pairs.map(([one, other]) => copyRow([from, to, one, other])))
  await inTransaction(pool, async (client) => {
    await client.query('delete from concordance_set where from_edition = $1 and to_edition = $2', [from, to])
    await client.query(
      `insert into concordance_set (from_edition, to_edition, origin, sha256, rows, loaded_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [from, to, origin, sha256, rows.size, now],
    )
    const columns = ['from_edition', 'to_edition', 'from_code', 'to_code']
    await copyInto(client, 'concordance_pair', columns, [[...rows].join('')])
  })
}
