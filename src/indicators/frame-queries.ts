import { Big } from 'big.js'
import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { LoadedSlice } from './coverage.ts'
import { codeExpression, type Grouping, idsOf, type Question, tableFor } from './queries.ts'

/** A sum over one slice of what has the same codes in all asked dimensions. */
export interface FrameSum {
  sliceId: number
  codes: string[]
  value: Big
}

/** Sums by slice and up to two dimensions; at most `limit` of them. */
export async function sumByDimensions(
  db: Database,
  question: Question,
  ask: { slices: readonly LoadedSlice[]; groupings: readonly Grouping[]; limit: number },
): Promise<{ sums: FrameSum[]; rows: number }> {
  const table = tableFor(question)
  const [first = null, second = null] = ask.groupings
  const code = (grouping: Grouping) => codeExpression(grouping, table.column, question.source)
  const found = await sql<{ sliceId: number; first: string; second: string; value: string; rows: number }>`
    select slice_id, ${code(first)} as first, ${code(second)} as second,
      coalesce(sum(${table.value}), 0) as value, sum(${table.rows}) as rows
    from ${table.from}
    where slice_id = any(${idsOf(ask.slices)}::bigint[]) and ${table.where}
    group by 1, 2, 3
    limit ${ask.limit}`.execute(db)
  return {
    sums: found.rows.map((row) => ({
      sliceId: row.sliceId,
      codes: [row.first, row.second].slice(0, ask.groupings.length),
      value: new Big(row.value),
    })),
    rows: found.rows.reduce((total, row) => total + Number(row.rows), 0),
  }
}
