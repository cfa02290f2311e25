import type pg from 'pg'
import type { ColumnMapping } from './mapping-schema.ts'
import { say } from './messages.ts'
import { formatNames } from './record.ts'
import { invalid } from './refusals.ts'

export interface SavedMapping {
  name: string
  mapping: ColumnMapping
  createdBy: string
  updatedAt: string
}

/** The mapping that --format names; null for auto and the known layouts. Throws AppError when nobody saved it. */
export async function mappingFor(pool: pg.Pool, format: string): Promise<ColumnMapping | null> {
  if (format === 'auto' || formatNames.some((name) => name === format)) return null
  const saved = await listMappings(pool)
  const found = saved.find((one) => one.name === format)
  if (found) return found.mapping
  const names = ['auto', ...formatNames, ...saved.map((one) => one.name)]
  throw invalid('format', format, say('say-one-of', { values: names.join(', ') }))
}

export async function listMappings(pool: pg.Pool): Promise<SavedMapping[]> {
  const { rows } = await pool.query<{
    name: string
    mapping: ColumnMapping
    created_by: string
    updated_at: Date
  }>('select name, mapping, created_by, updated_at from column_mapping order by name')
  return rows.map(({ name, mapping, created_by, updated_at }) => ({
    name,
    mapping,
    createdBy: created_by,
    updatedAt: updated_at.toISOString(),
  }))
}

/** Saves a mapping under a name, in place of an earlier one. */
export async function saveMapping(
  pool: pg.Pool,
  { name, mapping, by, at }: { name: string; mapping: ColumnMapping; by: string; at: Date },
): Promise<void> {
  await pool.query(
    `insert into column_mapping (name, mapping, created_by, updated_at) values ($1, $2, $3, $4)
     on conflict (name) do update set mapping = excluded.mapping, created_by = excluded.created_by,
       updated_at = excluded.updated_at`,
    [name, JSON.stringify(mapping), by, at],
  )
}
