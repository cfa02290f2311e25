/**
 * Makes the generated files of data/reference from the published lists (see data/SOURCES.md).
 * Usage: node scripts/make-reference-facts.ts <folder with codes/, hs/, concordance/, tariffs/, trade/baci/> [output folder]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { read, utils } from '@e965/xlsx'
import Papa from 'papaparse'
import { countryRows } from './reference-facts/countries.ts'
import { hsLineRows } from './reference-facts/hs-lines.ts'
import { supervisionModeRows } from './reference-facts/supervision-modes.ts'
import { unitRows } from './reference-facts/units.ts'

type Table = readonly (readonly string[])[]

const [source, target = fileURLToPath(new URL('../data/reference/', import.meta.url))] = process.argv.slice(2)
if (source === undefined) {
  process.stderr.write(
    'error: folder: missing: the folder that holds codes/, hs/, concordance/, tariffs/ and trade/baci/\n',
  )
  process.exit(2)
}

function readTable(path: string): string[][] {
  const text = readFileSync(join(source ?? '', path), 'utf8').replace(/^\uFEFF/, '')
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data.slice(1)
}

function write(name: string, header: readonly string[], rows: Table): void {
  const text = Papa.unparse([header, ...rows], { newline: '\n' })
  writeFileSync(join(target, name), `${text}\n`)
  process.stdout.write(`${name}: ${rows.length} rows\n`)
}

/** The six-digit codes of an edition, from the statistical classification list H4 (2012), H5 (2017) or H6 (2022). */
function subheadings(list: string): string[] {
  const text = readFileSync(join(source ?? '', 'hs', `classification${list}.json`), 'utf8').replace(
    /^\uFEFF/,
    '',
  )
  const entries = (JSON.parse(text) as { results: { id: string }[] }).results
  return entries.map((entry) => entry.id).filter((id) => /^\d{6}$/.test(id))
}

/** The pairs of a correlation table, checked against the relationship it states where it states one. */
function correlations(file: string): [string, string][] {
  const book = read(readFileSync(join(source ?? '', 'concordance', file)))
  const sheet = book.Sheets[book.SheetNames[1] ?? '']
  if (!sheet) throw new Error(`${file}: no second sheet`)
  const rows = utils.sheet_to_json<(string | undefined)[]>(sheet, { header: 1, raw: false })
  const stated = rows.flatMap((row) => {
    const cells = row.map((cell) => String(cell ?? '').trim()).filter((cell) => cell !== '' && cell !== 'ex')
    const [from = '', to = '', relation = ''] = cells
    return /^\d{6}$/.test(from) && /^\d{6}$/.test(to) ? [{ from, to, relation }] : []
  })
  const targets = countBy(stated.map((pair) => pair.from))
  const sources = countBy(stated.map((pair) => pair.to))
  for (const { from, to, relation } of stated) {
    const derived = `${(sources.get(to) ?? 0) > 1 ? 'n' : '1'}:${(targets.get(from) ?? 0) > 1 ? 'n' : '1'}`
    if (relation !== '' && relation !== derived)
      throw new Error(`${file}: ${from} ${to}: ${relation} is ${derived}`)
  }
  return stated.map(({ from, to }) => [from, to])
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** One row a code with all its targets; a code that stays itself and shares its target with no other is left out. */
function concordanceRows(pairs: readonly [string, string][]): string[][] {
  const sources = countBy(pairs.map(([, to]) => to))
  const targets = new Map<string, string[]>()
  for (const [from, to] of pairs) targets.set(from, [...(targets.get(from) ?? []), to])
  return [...targets]
    .filter(([from, to]) => to.length > 1 || to[0] !== from || sources.get(from) !== 1)
    .map(([from, to]) => [from, to.sort().join(' ')])
    .sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''))
}

function writeHs(): void {
  write(
    'hs8-2022.csv',
    ['code', 'name_zh', 'unit1', 'unit2'],
    hsLineRows(readTable('codes/gacc_stats_hs8_2022_utf8.csv')),
  )
  write(
    'hs8-2014.csv',
    ['code'],
    readTable('tariffs/rcep-annex1/china_for_asean.csv').map(([code = '']) => [code]),
  )
  const editions = [subheadings('H4'), subheadings('H5'), subheadings('H6')].map((codes) => new Set(codes))
  const all = [...new Set(editions.flatMap((codes) => [...codes]))].sort()
  write(
    'hs6.csv',
    ['code', 'hs2012', 'hs2017', 'hs2022'],
    all.map((code) => [code, ...editions.map((codes) => (codes.has(code) ? '1' : '0'))]),
  )
  for (const [from, to, file] of [
    ['2022', '2017', 'HS2022toHS2017ConversionAndCorrelationTables.xlsx'],
    ['2022', '2012', 'HS2022toHS2012ConversionAndCorrelationTables.xlsx'],
    ['2017', '2012', 'HS2017toHS2012ConversionAndCorrelationTables.xlsx'],
  ] as const) {
    write(`concordance-${from}-${to}.csv`, [`hs${from}`, `hs${to}`], concordanceRows(correlations(file)))
  }
}

const countries = countryRows({
  customs: readTable('codes/CusCountry.csv'),
  iso: readTable('codes/cn_customs_iso_m49.csv'),
  baci: readTable('trade/baci/country_codes_V202501.csv'),
})
write(
  'countries.csv',
  ['code', 'iso2', 'iso3', 'm49', 'comtrade', 'name_zh', 'name_en', 'kind', 'region', 'aliases'],
  countries,
)
writeHs()
write(
  'supervision-modes.csv',
  ['code', 'name_zh', 'trade_mode', 'basis'],
  supervisionModeRows(readTable('codes/CusTrade.csv')),
)
write('transport-modes.csv', ['code', 'name_zh'], readTable('codes/CusTransf.csv').map(trimmed))
write('units.csv', ['code', 'name_zh', 'base', 'factor'], unitRows(readTable('codes/CusUnit.csv')))
write('districts.csv', ['code', 'name_zh', 'kind'], readTable('codes/CusDistrict.csv').map(trimmed))

function trimmed(row: readonly string[]): string[] {
  return row.map((cell) => cell.trim())
}
