import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
import type { LineListFile } from './line-lists.ts'

/** Puts the list of a year in place of any loaded for it. */
export async function storeLineList(
  pool: pg.Pool,
  { year, origin, sha256, codes }: LineListFile,
  now: Date,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('delete from line_list where year = $1', [year])
    await client.query(
      'insert into line_list (year, origin, sha256, rows, loaded_at) values ($1, $2, $3, $4, $5)',
      [year, origin, sha256, codes.length, now],
    )
    await copyInto(
      client,
      'line_list_code',
      ['year', 'code'],
      [codes.map((code) => copyRow([year, code])).join('')],
    )
  })
}

/** The codes of a year's list as it was loaded. */
export interface LoadedLineList {
  year: number
  codes: readonly string[]
}

/** The lists that users loaded, with their codes. */
export async function loadedLineLists(pool: pg.Pool): Promise<LoadedLineList[]> {
  const { rows } = await pool.query<LoadedLineList>(
    'select year, array_agg(code) as codes from line_list_code group by year order by year',
  )
  return rows
}

/** What lists are loaded, without their codes. */
export async function lineListsStatus(
  pool: pg.Pool,
): Promise<{ year: number; rows: number; origin: string; loadedAt: Date }[]> {
  const { rows } = await pool.query<{ year: number; rows: number; origin: string; loaded_at: Date }>(
    'select year, rows, origin, loaded_at from line_list order by year',
  )
  return rows.map(({ loaded_at, ...list }) => ({ ...list, loadedAt: loaded_at }))
}
