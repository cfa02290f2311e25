import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '../../db/connect.ts'
import type { Rule } from '../rule.ts'
import type { Series } from '../series.ts'
import { allMembers, type RemedyCase } from './remedy.ts'
import type { RemediesQuery, RemedyRow, RemedySource } from './schema.ts'

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

/** Forgets a source's cases; returns how many there were. */
export async function dropRemedies(db: Database, source: string): Promise<number> {
  const dropped = await db.deleteFrom('remedyCase').where('source', '=', source).executeTakeFirst()
  return Number(dropped.numDeletedRows)
}

/** Whether a case stands on a date: an end that is reckoned is the next review, not an end. */
function standsOn(on: Date | string): RawBuilder<boolean> {
  return sql<boolean>`((r.withdrawn_on is null or r.withdrawn_on > ${on}) and (not r.sunset_stated or r.sunset_on is null or r.sunset_on > ${on}))`
}

/** `code`: market and code of each case (alias r), a union's case in each of its members, codes also of the neighbouring editions. */
function codesOf(cases: RawBuilder<unknown>, on: Date | string): RawBuilder<unknown> {
  return sql`named as (
      select r.id, coalesce(g.member, r.imposing) as market, unnest(r.hs6) as code
      from (${cases}) r left join country_group g
        on g.name = r.imposing and g.valid_from <= ${on} and (g.valid_to is null or g.valid_to >= ${on})
    ), code as (
      select * from named
      union select n.id, n.market, c.to_code from named n join hs_concordance c on c.from_code = n.code and c.to_edition = '2022'
      union select n.id, n.market, c.from_code from named n join hs_concordance c on c.to_code = n.code and c.from_edition = '2022'
    )`
}

/**
 * Marks the series that a case against China stands for on the date, in the sense of the rule: on the same subheading or
 * one of the heading, in the series' own market or in any. Codes are joined through the concordances between editions.
 */
export async function remedyLookup(
  db: Database,
  { remedy }: Rule,
  on: Date,
): Promise<(series: Series) => Series> {
  if (!remedy) return (series) => series
  const standing = sql`select * from remedy_case r where r.affected in ('CN', ${allMembers}) and ${standsOn(on)}`
  const { rows } = await sql<{ market: string; code: string }>`
    with ${codesOf(standing, on)} select distinct market, code from code`.execute(db)
  const length = remedy.match === 'hs4' ? 4 : 6
  const keyOf = (market: string, code: string) => (remedy.market === 'same' ? `${market} ${code}` : code)
  const known = new Set(rows.map(({ market, code }) => keyOf(market, code.slice(0, length))))
  // a case on a whole heading stands for each of its subheadings
  const headings = new Set(
    rows.filter(({ code }) => code.length === 4).map(({ market, code }) => keyOf(market, code)),
  )
  return (series) => {
    const { hs = '', partner = '' } = series.labels
    const remedied =
      known.has(keyOf(partner, hs.slice(0, length))) || headings.has(keyOf(partner, hs.slice(0, 4)))
    return { ...series, remedied }
  }
}

/** Cases against China that end within a year of the date unless reviewed, the next first. */
export async function upcomingSunsets(db: Database, from: string, to: string) {
  return await db
    .selectFrom('remedyCase')
    .select(['id', 'reference', 'kind', 'imposing', 'product', 'hs6', 'sunsetOn', 'sunsetStated'])
    .where('affected', 'in', ['CN', allMembers])
    .where('withdrawnOn', 'is', null)
    .where('sunsetOn', '>=', from)
    .where('sunsetOn', '<', to)
    .orderBy('sunsetOn')
    .orderBy('id')
    .execute()
}

export interface RemedyList {
  rows: RemedyRow[]
  more: number
  sources: RemedySource[]
  exportsFrom: string | null
  exportsTo: string | null
}

/** Cases by the filters given, those that end next first, with what the city exports of their goods to their markets. */
export async function listRemedies(
  db: Database,
  filters: RemediesQuery,
  at: { today: string; now: Date },
): Promise<RemedyList> {
  const { limit = 200, dataset = 'customs-cn' } = filters
  const where = sql.join(conditionsOf(filters, at.today), sql` and `)
  return await db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const counted = await sql<{ count: number }>`
        select count(*) from remedy_case r where ${where}`.execute(tx)
      const months = await exportMonths(tx, dataset, at.now)
      const listed = sql`select * from remedy_case r where ${where} order by r.sunset_on nulls last, r.id limit ${limit}`
      const { rows } = await sql<RemedyRow>`
        with ${codesOf(listed, at.today)}, slices as (
          select id from slices_as_of(${at.now}) where dataset = ${dataset} and flow = 'export' and months <= 2
            and period >= ${months.from}::date
        ), sold as (
          select c.id, sum(t.value_usd) as value from (select distinct id, market, code from code) c
          join trade_sum t on t.dims = 'partner+hs6' and t.partner = c.market and t.chapter = left(c.code, 2)
            and t.hs like c.code || '%'
          where t.slice_id in (select id from slices) group by c.id
        )
        select r.id, r.source, r.reference, r.kind, r.imposing, p.name_zh as "imposingZh", p.name_en as "imposingEn",
          r.affected, r.product, r.initiated_on::text as "initiatedOn", r.in_force_on::text as "inForceOn",
          r.sunset_on::text as "sunsetOn", r.sunset_stated as "sunsetStated", r.withdrawn_on::text as "withdrawnOn",
          r.hs6, ${standsOn(at.today)} as stands, s.value::text as exports
        from (${listed}) r left join country p on p.partner = r.imposing left join sold s on s.id = r.id
        order by r.sunset_on nulls last, r.id`.execute(tx)
      return {
        rows,
        more: Math.max(0, (counted.rows[0]?.count ?? 0) - rows.length),
        sources: await listSources(tx),
        exportsFrom: months.from?.slice(0, 7) ?? null,
        exportsTo: months.to?.slice(0, 7) ?? null,
      }
    })
}

function conditionsOf(filters: RemediesQuery, today: string): RawBuilder<unknown>[] {
  const { affected = 'CN', imposing, hs, source, endsBefore, standing = 'any' } = filters
  const parts = [sql`r.affected in (${affected}, ${allMembers})`]
  if (imposing) parts.push(sql`r.imposing = ${imposing}`)
  if (source) parts.push(sql`r.source = ${source}`)
  if (hs) parts.push(sql`exists (select from unnest(r.hs6) code where code like ${`${hs}%`})`)
  if (endsBefore) parts.push(sql`r.sunset_on >= ${today} and r.sunset_on < ${endsBefore}`)
  if (standing !== 'any') parts.push(standing === 'stands' ? standsOn(today) : sql`not ${standsOn(today)}`)
  return parts
}

/** The last twelve loaded months of exports. */
async function exportMonths(tx: Tx, dataset: string, now: Date) {
  const { rows } = await sql<{ from: string | null; to: string | null }>`
    select (max(period) + (max(months) - 1) * interval '1 month')::date::text as to,
      (max(period) - interval '11 months')::date::text as from
    from slices_as_of(${now}) where dataset = ${dataset} and flow = 'export' and months <= 2`.execute(tx)
  return rows[0] ?? { from: null, to: null }
}

async function listSources(tx: Tx): Promise<RemedySource[]> {
  const { rows } = await sql<RemedySource>`
    select source, count(*) as cases, count(*) filter (where affected in ('CN', ${allMembers})) as "againstChina"
    from remedy_case group by source order by source`.execute(tx)
  return rows
}
