import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { Section } from '../reference/hs.ts'
import type { By } from './schema.ts'
import type { Name } from './text.ts'

/** From a user's file; the newest edition's. */
const namesOfSubheadings = `select distinct on (code) code, coalesce(name_zh, name_en) as name_zh, name_en from hs_name
  where code = any($) and coalesce(name_zh, name_en) is not null order by code, hs_edition desc`

const nameSources: Readonly<Partial<Record<By, string>>> = {
  section: 'select code, name_zh, name_en from hs_section where code = any($)',
  hs2: 'select code, name_zh, name_en from hs_chapter where code = any($)',
  hs4: namesOfSubheadings,
  hs6: namesOfSubheadings,
  hs8: 'select distinct on (code) code, name_zh, null as name_en from hs_line where code = any($) order by code, year desc',
  partner: 'select partner as code, name_zh, name_en from country where partner = any($)',
  mode: `select code, name_zh, name_en from trade_mode where code = any($)
    union all select code, name_zh, null from supervision_mode where code = any($)`,
  ownership: 'select code, name_zh, name_en from ownership where code = any($)',
  transport: 'select code, name_zh, null as name_en from transport_mode where code = any($)',
  district: `select code, name_zh, null as name_en from district where code = any($)
    union all select code, name_zh, name_en from province where code = any($)`,
  enterprise: 'select id as code, name as name_zh, null as name_en from enterprise where id = any($)',
}

/** Names of the codes of a dimension; those of headings and six-digit codes only where a user loaded them. */
export async function loadNames(db: Database, by: By, codes: readonly string[]): Promise<Map<string, Name>> {
  const source = nameSources[by]
  if (!source || codes.length === 0) return new Map()
  const parts = source.split('$').map((part) => sql.raw(part))
  const found = await sql<{ code: string; nameZh: string; nameEn: string | null }>`
    ${sql.join(parts, sql`${codes}::text[]`)}`.execute(db)
  return new Map(found.rows.map((row) => [row.code, { zh: row.nameZh, en: row.nameEn }]))
}

/** The sections of the nomenclature; empty where the reference facts are not loaded. */
export async function loadSections(db: Database): Promise<Section[]> {
  const found = await sql<Section>`select * from hs_section order by first_chapter`.execute(db)
  return found.rows
}

/** Groups of partners and their members on a date (YYYY-MM-DD); empty where the reference facts are not loaded. */
export async function loadGroups(db: Database, on: string): Promise<Map<string, string[]>> {
  const found = await sql<{ name: string; members: string[] }>`
    select name, array_agg(member order by member) as members from (
      select name, member, valid_from, valid_to from country_group
      union all select name, member, valid_from, valid_to from group_list_member
    ) membership
    where valid_from <= ${on} and (valid_to is null or valid_to >= ${on})
    group by name order by name`.execute(db)
  return new Map(found.rows.map((row) => [row.name, row.members]))
}

/** The groups that came from a user's file, and which. */
export async function loadGroupLists(db: Database): Promise<Map<string, string>> {
  const found = await sql<{ name: string; origin: string }>`select name, origin from group_list`.execute(db)
  return new Map(found.rows.map((row) => [row.name, row.origin]))
}

/** Digits of the product codes that complexities are loaded for. */
export async function loadComplexityLevels(db: Database): Promise<number[]> {
  const found = await sql<{ digits: number }>`select digits from complexity_set order by digits`.execute(db)
  return found.rows.map((row) => row.digits)
}

/** ISO alpha-2 of a three-letter country code, or null. */
export async function loadIso2(db: Database, iso3: string): Promise<string | null> {
  const found = await sql<{ iso2: string | null }>`select iso2 from country where iso3 = ${iso3}`.execute(db)
  return found.rows[0]?.iso2 ?? null
}

export type CodeField = 'hs' | 'partner' | 'mode' | 'enterprise'

/** Whether a code is one the reference facts know. */
export async function isKnownCode(db: Database, field: CodeField, code: string): Promise<boolean> {
  const found = await sql<{ known: boolean }>`select ${knownCode(field, code)} as known`.execute(db)
  return found.rows[0]?.known ?? false
}

function knownCode(field: CodeField, code: string) {
  switch (field) {
    case 'hs':
      return sql`exists (select from hs_chapter where code = ${code})
        or exists (select from hs_subheading where starts_with(code, ${code}))
        or exists (select from hs_line where starts_with(code, ${code}))`
    case 'partner':
      return sql`exists (select from country where partner = ${code})`
    case 'mode':
      return sql`exists (select from trade_mode where code = ${code})
        or exists (select from supervision_mode where code = ${code})`
    case 'enterprise':
      return sql`exists (select from enterprise where id = ${code})`
  }
}
