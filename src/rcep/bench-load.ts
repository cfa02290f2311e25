import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { readReference } from '../reference/load.ts'
import type { OriginCase } from './origin/case.ts'
import { parties } from './parties.ts'

/** The firm of the bench: its code, how many products it exports to every Party, the day asked. */
export const benchFirm = { id: '3301960999', products: 60, on: '2026-06-01' } as const

const codes = [
  '520851',
  '540761',
  '551219',
  '580710',
  '392690',
  '960621',
  '540110',
  '481910',
  '560819',
  '392350',
]

/** A bill of 20 lines under an alternative of change and value: one passes by cumulation, one fails both, one hangs on unknown origins. */
export function benchBill(kind: 'passing' | 'failing' | 'undecided'): OriginCase {
  const good = {
    hs: '610442',
    edition: '2022',
    producedIn: 'CN',
    fob: '100.00',
    currency: 'USD',
    weightKg: '0.52',
  } as const
  const materials = Array.from({ length: 20 }, (_, index) => {
    const isSame = index % 4 === 1
    const hs = isSame ? '610443' : (codes[index % codes.length] ?? '')
    return {
      id: String(index + 1),
      hs,
      value: '4.60',
      weightKg: '0.025',
      origin: originOf(kind, index, isSame),
    }
  })
  return {
    good,
    importer: 'JP',
    on: benchFirm.on,
    rule: 'CC or RVC40',
    operations: ['knitting', 'sewing'],
    costs: { labour: '3', overhead: '3', profit: '2' },
    materials,
  }
}

function originOf(kind: 'passing' | 'failing' | 'undecided', index: number, isSame: boolean) {
  const originates = index % 4 === 0 || (kind === 'passing' && (isSame || index % 4 === 2))
  if (originates) return { status: 'originating', party: index % 2 ? 'VN' : 'CN', evidence: 'CO' } as const
  if (kind === 'undecided' && index % 4 === 2) return { status: 'unknown' } as const
  return { status: 'non-originating', country: 'US' } as const
}

/** Twelve months of exports of sixty products to every Party by the firm, among a hundred thousand rows of others. */
export async function loadBenchFirm(pool: pg.Pool, now: Date): Promise<void> {
  const subheadings = [...(readReference().concordance.codes.get('2022') ?? [])].filter(
    (_, index) => index % 90 === 0,
  )
  const products = subheadings.slice(0, benchFirm.products)
  const partners = parties.filter((party) => party !== 'CN')
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('insert into enterprise (id, name) values ($1, $2)', [benchFirm.id, 'bench'])
    const file = await client.query<{ id: string }>(
      `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
       values ($1, 'bench', 0, 'loaded', 'bench', $2) returning id`,
      ['0'.repeat(64), now],
    )
    for (let month = 1; month <= 12; month += 1) {
      const period =
        month <= 7
          ? `2025-${String(month + 5).padStart(2, '0')}-01`
          : `2026-${String(month - 7).padStart(2, '0')}-01`
      const slice = await client.query<{ id: string }>(
        `insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
         values ('customs-cn', 'export', $1, 1, '2022', $2, 0, $3) returning id`,
        [period, file.rows[0]?.id, now],
      )
      const id = slice.rows[0]?.id ?? ''
      const own = products.flatMap((hs) =>
        partners.map((partner) => [id, period, `${hs}00`, partner, benchFirm.id]),
      )
      const others = Array.from({ length: 8300 }, (_, index) => [
        id,
        period,
        `${subheadings[index % subheadings.length]}00`,
        partners[index % partners.length] ?? '',
        `33019600${String(index % 90).padStart(2, '0')}`,
      ])
      const rows = [...own, ...others].map((row, index) =>
        copyRow([...row, '120', '千克', '7000', '1000', index]),
      )
      const columns = [
        'slice_id',
        'period',
        'hs',
        'partner',
        'enterprise',
        'quantity1',
        'unit1',
        'value_cny',
        'value_usd',
        'line',
      ]
      await copyInto(client, 'trade_flow', columns, [rows.join('')])
    }
    await client.query('commit')
    await client.query('analyze trade_flow')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
