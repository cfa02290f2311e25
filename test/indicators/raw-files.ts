import { readdirSync, readFileSync } from 'node:fs'

/** A row of a raw file, read without anything of the program: values are whole numbers as the files write them. */
export interface RawRow {
  flow: 'export' | 'import'
  period: string
  hs: string
  partner: string
  mode: string
  firm: string
  value: bigint
}

/** Cells of one line of CSV, quoted or not. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const match of line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)) {
    const [, cell = ''] = match
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
  }
  return cells
}

function tableOf(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  const names = cellsOf(header)
  return lines.map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

const samples = new URL('../../data/samples/', import.meta.url)
export const sampleFiles = readdirSync(samples)
  .filter((name) => name.startsWith('qingshan-'))
  .sort((a, b) => Number(a.includes('revised')) - Number(b.includes('revised')) || (a < b ? -1 : 1))
  .map((name) => new URL(name, samples).pathname)

/** The sample city as it stands, in yuan: a restated month replaces the first one. Partners by ISO code. */
export function sampleRows(): RawRow[] {
  const countries = tableOf(
    readFileSync(new URL('../../data/reference/countries.csv', import.meta.url), 'utf8'),
  )
  const iso = new Map(countries.map((row) => [row.code, row.iso2 || (row.code ?? '')]))
  const slices = new Map<string, RawRow[]>()
  for (const path of sampleFiles) {
    const flow = path.includes('-export-') ? 'export' : 'import'
    const lines = new TextDecoder('gb18030').decode(readFileSync(path)).trim().split(/\r?\n/).slice(1)
    const rows = lines.map((line): RawRow => {
      const cells = cellsOf(line)
      const month = cells[0] ?? ''
      return {
        flow,
        period: `${month.slice(0, 4)}-${month.slice(4)}`,
        hs: cells[1] ?? '',
        partner: iso.get(cells[3] ?? '') ?? '',
        mode: cells[7] ?? '',
        firm: cells[13] ?? '',
        value: BigInt((cells[19] ?? '').replaceAll(',', '')),
      }
    })
    for (const [period, of] of Map.groupBy(rows, (row) => row.period)) slices.set(`${flow} ${period}`, of)
  }
  return [...slices.values()].flat()
}

/** A legacy Comtrade file in US dollars. */
export function comtradeRows(path: string): RawRow[] {
  return tableOf(readFileSync(path, 'utf8')).map((row) => ({
    flow: row['Trade Flow'] === 'Export' ? 'export' : 'import',
    period: row.Year ?? '',
    hs: row['Commodity Code'] ?? '',
    partner: row['Partner ISO'] ?? '',
    mode: '',
    firm: '',
    value: BigInt(row['Trade Value (US$)'] ?? ''),
  }))
}

/** Sums by a key. */
export function sumsBy(rows: readonly RawRow[], key: (row: RawRow) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0n) + row.value)
  return sums
}

/** Parts of a whole in millionths, the missing ones given to the largest remainders, earlier parts first. */
export function millionths(parts: readonly bigint[], whole: bigint): bigint[] {
  const scaled = parts.map((part) => part * 1_000_000n)
  const down = scaled.map((part) => (part - (((part % whole) + whole) % whole)) / whole)
  const all = scaled.reduce((so, part) => so + part, 0n)
  const doubled = 2n * all + whole
  const target = (doubled - (((doubled % (2n * whole)) + 2n * whole) % (2n * whole))) / (2n * whole)
  const missing = Number(target - down.reduce((so, part) => so + part, 0n))
  const order = scaled
    .map((part, at) => ({ at, rest: part - (down[at] ?? 0n) * whole }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))
  for (const { at } of order.slice(0, missing)) down[at] = (down[at] ?? 0n) + 1n
  return down
}
