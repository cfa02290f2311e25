import { Big } from 'big.js'
import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { HsEdition } from '../reference/concordance.ts'
import type { LoadedSlice } from './coverage.ts'
import { codeExpression, idsOf, type Question, tableFor } from './queries.ts'

/** The six-digit codes of each edition; empty where the reference facts are not loaded. */
export async function loadSubheadings(db: Database): Promise<Map<HsEdition, Set<string>>> {
  const found = await sql<{ edition: HsEdition; codes: string[] }>`
    select edition, array_agg(code) as codes from hs_subheading group by 1`.execute(db)
  return new Map(found.rows.map(({ edition, codes }) => [edition, new Set(codes)]))
}

/** Pairs of related codes by editions; a table that a user loaded stands in place of the shipped one of the same editions. */
export async function loadRelatedCodes(
  db: Database,
): Promise<{ from: HsEdition; to: HsEdition; pairs: [string, string][] }[]> {
  const found = await sql<{ from: HsEdition; to: HsEdition; pairs: [string, string][] }>`
    with related as (
      select from_edition, to_edition, from_code, to_code from hs_concordance shipped
      where not exists (
        select from concordance_set own
        where own.from_edition = shipped.from_edition and own.to_edition = shipped.to_edition
      )
      union all select from_edition, to_edition, from_code, to_code from concordance_pair
    )
    select from_edition as "from", to_edition as "to", json_agg(json_build_array(from_code, to_code)) as pairs
    from related group by 1, 2`.execute(db)
  return found.rows
}

/** Sums by slice over six-digit codes; a slice without any of them is absent. */
export async function sumBySliceOf(
  db: Database,
  question: Question,
  over: { slices: readonly LoadedSlice[]; codes: readonly string[] },
): Promise<{ values: Map<number, Big>; rows: number }> {
  const table = tableFor(question)
  const code = codeExpression({ digits: 6 }, table.column, question.source)
  const found = await sql<{ sliceId: number; value: string; rows: number }>`
    select slice_id, coalesce(sum(${table.value}), 0) as value, sum(${table.rows}) as rows
    from ${table.from}
    where slice_id = any(${idsOf(over.slices)}::bigint[]) and ${table.where} and ${code} = any(${over.codes}::text[])
    group by 1`.execute(db)
  return {
    values: new Map(found.rows.map((row) => [row.sliceId, new Big(row.value)])),
    rows: found.rows.reduce((total, row) => total + Number(row.rows), 0),
  }
}
