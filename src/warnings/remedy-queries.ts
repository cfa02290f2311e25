import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { RemedyCase } from './remedy.ts'
import type { Rule } from './rule.ts'
import type { Series } from './series.ts'

/** Replaces a source's cases. Returns how many there are now. */
export async function saveRemedies(
  db: Database,
  source: string,
  cases: readonly RemedyCase[],
): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('remedyCase').where('source', '=', source).execute()
    for (const one of cases)
      await tx
        .insertInto('remedyCase')
        .values({ source, ...one, hs6: [...one.hs6] })
        .execute()
    return cases.length
  })
}

/**
 * Marks the series that a case against China stands for on the date, in the sense of the rule: on the same subheading or
 * one of the heading, in the series' own market or in any. Codes are joined through the concordances between editions.
 */
export async function remedyLookup(
  db: Database,
  { remedy }: Rule,
  on: Date,
): Promise<(batch: readonly Series[]) => readonly Series[]> {
  if (!remedy) return (batch) => batch
  const { rows } = await sql<{ imposing: string; code: string }>`
    with stands as (
      select imposing, unnest(hs6) as code from remedy_case
      where affected = 'CN' and (withdrawn_on is null or withdrawn_on > ${on}) and (sunset_stated is false or sunset_on is null or sunset_on > ${on})
    )
    select distinct imposing, code from stands
    union select s.imposing, c.to_code from stands s join hs_concordance c on c.from_code = s.code and c.to_edition = '2022'
    union select s.imposing, c.from_code from stands s join hs_concordance c on c.to_code = s.code and c.from_edition = '2022'`.execute(
    db,
  )
  const length = remedy.match === 'hs4' ? 4 : 6
  const keyOf = (market: string, code: string) => (remedy.market === 'same' ? `${market} ${code}` : code)
  const known = new Set(rows.map(({ imposing, code }) => keyOf(imposing, code.slice(0, length))))
  // a case on a whole heading stands for each of its subheadings
  const headings = new Set(
    rows.filter(({ code }) => code.length === 4).map(({ imposing, code }) => keyOf(imposing, code)),
  )
  return (batch) =>
    batch.map((series) => {
      const { hs = '', partner = '' } = series.labels
      const remedied =
        known.has(keyOf(partner, hs.slice(0, length))) || headings.has(keyOf(partner, hs.slice(0, 4)))
      return { ...series, remedied }
    })
}

/** Cases against China that end within a year of the date unless reviewed, the next first. */
export async function upcomingSunsets(db: Database, from: string, to: string) {
  return await db
    .selectFrom('remedyCase')
    .select(['id', 'reference', 'kind', 'imposing', 'product', 'hs6', 'sunsetOn', 'sunsetStated'])
    .where('affected', '=', 'CN')
    .where('withdrawnOn', 'is', null)
    .where('sunsetOn', '>=', from)
    .where('sunsetOn', '<', to)
    .orderBy('sunsetOn')
    .orderBy('id')
    .execute()
}
