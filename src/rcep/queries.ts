import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { TariffPack, TariffRate } from './tariff/facts.ts'

export interface LoadedPack extends TariffPack {
  rows: number
  /** Tariff lines the pack covers. */
  lines: number
  shipped: boolean
  loadedAt: Date
}

/** The tariff packs of every importing country. */
export async function allPacks(db: Database): Promise<TariffPack[]> {
  const rows = await db.selectFrom('tariffPack').select(packColumns).orderBy('id').execute()
  return rows.map(toPack)
}

/** Every pack with its coverage, for `reference status`. */
export async function loadedPacks(db: Database): Promise<LoadedPack[]> {
  const rows = await db
    .selectFrom('tariffPack')
    .select([...packColumns, 'rows', 'shipped', 'loadedAt'])
    .select((eb) =>
      eb
        .selectFrom('tariffRate')
        .select((rate) => rate.fn.count<number>('tariffRate.line').distinct().as('lines'))
        .whereRef('tariffRate.packId', '=', 'tariffPack.id')
        .as('lines'),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...toPack(row),
    rows: Number(row.rows),
    lines: Number(row.lines),
    shipped: row.shipped,
    loadedAt: row.loadedAt,
  }))
}

/** A pack's rates of every line under the given subheadings, by line and day. */
export async function ratesUnder(
  db: Database,
  packId: string,
  subheadings: readonly string[],
): Promise<TariffRate[]> {
  if (subheadings.length === 0) return []
  return await db
    .selectFrom('tariffRate')
    .select(['line', 'base', 'validFrom', 'validTo', 'rate'])
    .where('packId', '=', packId)
    .where(sql<string>`left(line, 6)`, 'in', subheadings)
    .orderBy('line')
    .orderBy('validFrom')
    .execute()
}

const packColumns = [
  'id',
  'regime',
  'importer',
  'partyGroup',
  'hsEdition',
  'validFrom',
  'validTo',
  'source',
  'origin',
  'published',
  'sha256',
] as const

interface PackRow {
  id: string
  regime: string
  importer: string
  partyGroup: string | null
  hsEdition: string
  validFrom: string
  validTo: string | null
  source: string
  origin: string
  published: string | null
  sha256: string
}

function toPack({ partyGroup, hsEdition, regime, ...row }: PackRow): TariffPack {
  return {
    id: row.id,
    regime,
    importer: row.importer,
    group: partyGroup,
    edition: hsEdition as TariffPack['edition'],
    validFrom: row.validFrom,
    validTo: row.validTo,
    source: row.source,
    origin: row.origin,
    published: row.published,
    sha256: row.sha256,
  }
}
