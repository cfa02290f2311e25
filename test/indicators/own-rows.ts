import type { TestDatabase } from '../helpers/database.ts'

export interface OwnRow {
  hs: string
  partner: string
  mode?: string
  enterprise?: string
  cny?: string
  usd?: string
  quantity?: string
  unit?: string
}

export interface OwnSlice {
  dataset?: string
  flow?: 'export' | 'import'
  /** First day. */
  period: string
  months?: 1 | 2 | 12
  scope?: string
  edition?: string
  loadedAt?: string
  supersededAt?: string | null
  rows: OwnRow[]
}

const rollups = [
  ['total'],
  ['hs2', 'left(hs, 2)'],
  ['hs4', 'left(hs, 4)'],
  ['hs6', 'left(hs, 6)'],
  ['hs8', 'left(hs, 8)'],
  ['partner'],
  ['partner+hs2', 'left(hs, 2)'],
  ['partner+hs6', 'left(hs, 6)'],
  ['mode'],
  ['enterprise'],
  ['enterprise+hs8', 'left(hs, 8)'],
] as const

/** Stores a slice with its facts and the rollups of the dimensions its rows state; levels are those of its longest code. */
export async function addSlice({ pool }: TestDatabase, slice: OwnSlice): Promise<number> {
  const id = await insertSlice(pool, slice)
  for (const [line, row] of slice.rows.entries()) {
    await pool.query(
      `insert into trade_flow (slice_id, period, hs, partner, supervision_mode, trade_mode, enterprise, value_cny, value_usd, line, quantity1, unit1)
       values ($1, $2, $3, $4, $5, case when $5::text is not null then '10' end, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        slice.period,
        row.hs,
        row.partner,
        row.mode,
        row.enterprise,
        row.cny,
        row.usd,
        line + 1,
        row.quantity,
        row.unit,
      ],
    )
  }
  const longest = Math.max(0, ...slice.rows.map((row) => row.hs.length))
  for (const [dims, hs] of rollups) {
    const level = /hs(\d)/.exec(dims)?.[1]
    const stated =
      dims.split('+').every((part) => part !== 'mode' && part !== 'enterprise') ||
      slice.rows.some((row) => row[dims.startsWith('mode') ? 'mode' : 'enterprise'])
    if (slice.rows.length > 0 && stated && Number(level ?? 0) <= longest)
      await insertRollup(pool, id, dims, hs)
  }
  return id
}

async function insertSlice(pool: TestDatabase['pool'], slice: OwnSlice): Promise<number> {
  const name = `${JSON.stringify(slice)}`
  const file = await pool.query<{ id: number }>(
    `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
     values (encode(sha256(convert_to($1, 'utf8')), 'hex'), 'own rows', 1, 'loaded', 'test', '2026-01-01') returning id`,
    [name],
  )
  const stored = await pool.query<{ id: number }>(
    `insert into slice (dataset, flow, period, months, scope, hs_edition, source_file_id, rows, loaded_at, superseded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      slice.dataset ?? 'customs-cn',
      slice.flow ?? 'export',
      slice.period,
      slice.months ?? 1,
      slice.scope ?? '',
      slice.edition ?? '2022',
      file.rows[0]?.id,
      slice.rows.length,
      slice.loadedAt ?? '2026-07-18T00:00:00Z',
      slice.supersededAt ?? null,
    ],
  )
  return stored.rows[0]?.id ?? 0
}

async function insertRollup(pool: TestDatabase['pool'], id: number, dims: string, hs = `''`): Promise<void> {
  const column = (name: string, expression: string) => (dims.split('+').includes(name) ? expression : `''`)
  await pool.query(
    `insert into trade_rollup (slice_id, dims, hs, partner, mode, enterprise, value_cny, value_usd, rows)
     select slice_id, $2, ${hs}, ${column('partner', 'partner')}, ${column('mode', `coalesce(supervision_mode, '')`)},
       ${column('enterprise', `coalesce(enterprise, '')`)}, sum(value_cny), sum(value_usd), count(*)
     from trade_flow where slice_id = $1 and counted group by 1, 3, 4, 5, 6`,
    [id, dims],
  )
}
