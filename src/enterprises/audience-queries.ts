import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import type { Audience } from './notice-schema.ts'

const recentSlices = 24

/**
 * Keeps what is for a firm: of its district (the first five digits of its code), and for one of the HS chapters it has a product in or,
 * by the newest loaded months, trades. In the firm's scope: trade_sum stands for its own rows there.
 */
export async function forFirm<Addressed extends Audience>(
  tx: Tx,
  enterpriseId: string,
  all: readonly Addressed[],
): Promise<Addressed[]> {
  const here = all.filter(
    ({ districts }) => districts.length === 0 || districts.includes(enterpriseId.slice(0, 5)),
  )
  if (here.every(({ chapters }) => chapters.length === 0)) return here
  const own = await chaptersOf(tx, enterpriseId)
  return here.filter(({ chapters }) => chapters.length === 0 || chapters.some((chapter) => own.has(chapter)))
}

async function chaptersOf(tx: Tx, enterpriseId: string): Promise<Set<string>> {
  const { rows } = await sql<{ chapter: string }>`
    with recent as (
      select id from slice where superseded_at is null and months < 12 order by period desc, id limit ${recentSlices}
    )
    select left(hs, 2) as chapter from product where enterprise_id = ${enterpriseId}
    union
    select left(r.hs, 2) from recent join trade_sum r on r.slice_id = recent.id
    where r.dims = 'enterprise+hs8' and r.enterprise = ${enterpriseId}`.execute(tx)
  return new Set(rows.map(({ chapter }) => chapter))
}
