// Recomputes a monthly analysis of the sample city from its raw files, with code of its own, and compares it with the
// service's answers to the last digit. Needs a database into which data/samples was imported: TRADEWIND_HOME or DATABASE_URL.
import { readdirSync, readFileSync } from 'node:fs'
import { withDatabase } from '../src/cli/database.ts'
import type { Database } from '../src/db/connect.ts'
import { loadGrowth, loadStructure } from '../src/indicators/load-answers.ts'
import { loadDecomposition } from '../src/indicators/load-decomposition.ts'

interface Row {
  month: string
  hs: string
  partner: string
  mode: string
  firm: string
  cny: bigint
}

/** Rows of a flow as they stand: a restated month replaces the first one. */
function rowsOf(flow: string): Row[] {
  const folder = new URL('../data/samples/', import.meta.url)
  const files = readdirSync(folder).filter(
    (name) => name.startsWith(`qingshan-${flow}-`) && name.endsWith('.csv'),
  )
  const byMonth = new Map<string, Row[]>()
  const ordered = files.sort((a, b) => Number(a.includes('revised')) - Number(b.includes('revised')))
  for (const name of ordered) {
    const text = new TextDecoder('gb18030').decode(readFileSync(new URL(name, folder)))
    const rows = text.trim().split(/\r?\n/).slice(1).map(rowOf)
    for (const [month, members] of Map.groupBy(rows, (row) => row.month)) byMonth.set(month, members)
  }
  return [...byMonth.values()].flat()
}

function rowOf(line: string): Row {
  const cells = line.replace(/^"|",?$/g, '').split('","')
  const month = `${cells[0]?.slice(0, 4)}-${cells[0]?.slice(4)}`
  const [hs = '', partner = '', mode = '', firm = ''] = [cells[1], cells[3], cells[7], cells[13]]
  return { month, hs, partner, mode, firm, cny: BigInt((cells[19] ?? '').replaceAll(',', '')) }
}

function sums(rows: readonly Row[], key: (row: Row) => string): Map<string, bigint> {
  const found = new Map<string, bigint>()
  for (const row of rows) found.set(key(row), (found.get(key(row)) ?? 0n) + row.cny)
  return found
}

const within = (rows: readonly Row[], from: string, to: string) =>
  rows.filter(({ month }) => month >= from && month <= to)

let compared = 0
const differences: string[] = []
function compare(what: string, ours: string | number | null, theirs: string | number | null): void {
  compared++
  if (String(ours) !== String(theirs)) differences.push(`${what}: recomputed ${ours}, answered ${theirs}`)
}

type Flow = 'export' | 'import'

const now = new Date('2099-01-01T00:00:00Z')
/** Special transactions (98, 99) are no products: the service shows them as one unclassified line. */
const product = (hs: string, digits: number) => (/^9[89]/.test(hs) ? 'unclassified' : hs.slice(0, digits))
const keys = {
  hs2: (row: Row) => product(row.hs, 2),
  hs8: (row: Row) => product(row.hs, 8),
  mode: (row: Row) => row.mode,
  enterprise: (row: Row) => row.firm,
}

async function compareStructure(db: Database, flow: Flow, rows: readonly Row[]): Promise<void> {
  for (const by of ['hs2', 'hs8', 'mode', 'enterprise'] as const) {
    const current = sums(within(rows, '2026-01', '2026-10'), keys[by])
    const base = sums(within(rows, '2025-01', '2025-10'), keys[by])
    const query = { flow, by, from: '2026-01', to: '2026-10', currency: 'CNY', top: 20_000 } as const
    const { data } = await loadStructure(db, query, now)
    compare(`${flow} by ${by}: lines`, new Set([...current.keys(), ...base.keys()]).size, data.length)
    for (const { code, value, change, yoy } of data) {
      const [after, before] = [current.get(code) ?? 0n, base.get(code) ?? 0n]
      const growth = before === 0n ? null : Number(after - before) / Number(before)
      compare(`${flow} ${by} ${code} value`, String(after), value)
      compare(`${flow} ${by} ${code} change`, String(after - before), change)
      compare(`${flow} ${by} ${code} yoy`, growth, yoy)
    }
  }
}

async function compareGrowth(db: Database, flow: Flow, rows: readonly Row[]): Promise<void> {
  const months = sums(rows, (row) => row.month)
  const query = { flow, from: '2024-03', to: '2026-10', currency: 'CNY' } as const
  const { data } = await loadGrowth(db, query, now)
  for (const { period, value } of data) {
    const year = period.slice(0, 4)
    const names = period.endsWith('/02') ? [`${year}-01`, `${year}-02`] : [period]
    const total = names.reduce((so, name) => so + (months.get(name) ?? 0n), 0n)
    compare(`${flow} ${period}`, String(total), value)
  }
}

async function compareMargins(db: Database, flow: Flow, rows: readonly Row[]): Promise<void> {
  const cell = (row: Row) => [row.hs, row.partner, row.firm].join('|')
  const before = sums(within(rows, '2024-01', '2024-12'), cell)
  const after = sums(within(rows, '2025-01', '2025-12'), cell)
  const parts = { continuing: 0n, entering: 0n, exiting: 0n }
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [x0, x1] = [before.get(key) ?? 0n, after.get(key) ?? 0n]
    parts[x0 === 0n ? 'entering' : x1 === 0n ? 'exiting' : 'continuing'] += x1 - x0
  }
  const query = { flow, base: '2024', current: '2025', minMonths: 1, currency: 'CNY' } as const
  const { data } = await loadDecomposition(db, { ...query, method: 'margins' }, now)
  for (const [name, value] of Object.entries(parts)) {
    compare(`${flow} margin ${name}`, String(value), data.find(({ code }) => code === name)?.change ?? null)
  }
}

await withDatabase('recompute', async ({ db }) => {
  for (const flow of ['export', 'import'] as const) {
    const rows = rowsOf(flow)
    await compareStructure(db, flow, rows)
    await compareGrowth(db, flow, rows)
    await compareMargins(db, flow, rows)
  }
})
process.stdout.write(
  `${compared} figures compared, ${differences.length} differ\n${differences.slice(0, 20).join('\n')}\n`,
)
process.exitCode = differences.length > 0 ? 1 : 0
