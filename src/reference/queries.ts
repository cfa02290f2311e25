import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { CountryRow, HsMatch } from './schema.ts'

/** Names of a section, chapter or statistical line. English is null for lines: only Chinese names are shipped. */
export interface CodeNames {
  nameZh: string
  nameEn: string | null
}

/**
 * Chapters and eight-digit lines whose code starts with the digits of `text`, or whose Chinese name contains it,
 * chapters first, in code order; digits with dots count as a code.
 */
export async function searchHs(db: Database, text: string, limit: number): Promise<HsMatch[]> {
  const digits = codePrefix(text)
  const pattern = digits === null ? `%${escapeLike(text.trim())}%` : `${digits}%`
  const field = digits === null ? 'nameZh' : 'code'
  const chapters = db
    .selectFrom('hsChapter')
    .select([
      'code',
      'nameZh',
      sql<string | null>`name_en`.as('nameEn'),
      sql<string | null>`null`.as('unit1'),
      sql<string | null>`null`.as('unit2'),
    ])
    .where(field, 'like', pattern)
  const lines = db
    .selectFrom('hsLine')
    .select([
      'code',
      'nameZh',
      sql<string | null>`null`.as('nameEn'),
      sql<string | null>`unit1`.as('unit1'),
      'unit2',
    ])
    .where(field, 'like', pattern)
  return await db
    .selectFrom(chapters.unionAll(lines).as('found'))
    .selectAll()
    .orderBy(sql`length(code)`)
    .orderBy('code')
    .limit(limit)
    .execute()
}

/** Names of HS codes of 2 or 8 digits; codes without a shipped name are absent. */
export async function hsNames(db: Database, codes: readonly string[]): Promise<Map<string, CodeNames>> {
  const wanted = [...new Set(codes)]
  if (wanted.length === 0) return new Map()
  const chapters = await db.selectFrom('hsChapter').selectAll().where('code', 'in', wanted).execute()
  const lines = await db.selectFrom('hsLine').selectAll().where('code', 'in', wanted).execute()
  return new Map([
    ...chapters.map((row): [string, CodeNames] => [row.code, { nameZh: row.nameZh, nameEn: row.nameEn }]),
    ...lines.map((row): [string, CodeNames] => [row.code, { nameZh: row.nameZh, nameEn: null }]),
  ])
}

/** All partners with the groups they belong to on a date (YYYY-MM-DD), by customs code. */
export async function listCountries(db: Database, on: string): Promise<CountryRow[]> {
  return await db
    .selectFrom('country')
    .select((eb) => [
      'partner',
      'code',
      'iso2',
      'iso3',
      'm49',
      'nameZh',
      'nameEn',
      'kind',
      'region',
      sql<string[]>`array(${eb
        .selectFrom('countryGroup')
        .select('name')
        .whereRef('member', '=', 'iso2')
        .where('validFrom', '<=', on)
        .where((or) => or.or([or('validTo', 'is', null), or('validTo', '>=', on)]))
        .orderBy('name')})`.as('groups'),
    ])
    .orderBy('code')
    .execute()
}

/** The files the database holds, for status and readiness; empty before the first load. */
export async function loadedReference(
  db: Database,
): Promise<{ name: string; sha256: string; rows: number }[]> {
  return await db.selectFrom('referenceFile').select(['name', 'sha256', 'rows']).orderBy('name').execute()
}

/** The bare digits of a code or the beginning of one, or null when the text is not digits. */
function codePrefix(text: string): string | null {
  const bare = text.normalize('NFKC').replaceAll(/[\s.]/g, '')
  return /^\d{1,10}$/.test(bare) ? bare : null
}

function escapeLike(text: string): string {
  return text.replaceAll(/[%_\\]/g, '\\$&')
}
