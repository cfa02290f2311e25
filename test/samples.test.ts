import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { defaultMaking, makeSample } from '../scripts/sample-city/sample.ts'
import { checkCase } from '../src/rcep/origin/check-case.ts'
import { evaluateOrigin } from '../src/rcep/origin/evaluate.ts'
import { shippedOriginFacts } from '../src/rcep/origin/shipped-facts.ts'
import { readReference } from '../src/reference/load.ts'
import { districtOf, ownershipOf } from '../src/reference/modes.ts'

const folder = fileURLToPath(new URL('../data/samples/', import.meta.url))
const reference = readReference()

type Row = Record<string, string>
interface Sums {
  rows: number
  valueCny: number
  valueUsd: number
}
type Monthly = ({ flow: string; period: string } & Sums)[]
interface PlantedEvent {
  id: string
  enterprises: { code: string; name: string }[]
  valueUsdSince?: number
  valueUsdAfter?: number
  mistyped?: { product: string; enterprise: { code: string }; valueUsd: number }
}
interface Totals {
  files: ({ file: string } & Sums)[]
  firstRelease: Monthly
  latestRelease: Monthly
}

const csvNames = readdirSync(folder).filter((name) => name.endsWith('.csv'))
const yearly = csvNames.filter((name) => !name.includes('revised'))
const tables = new Map(csvNames.map((name) => [name, readRows(name)]))
const totals: Totals = readJson('totals.json')
const events: PlantedEvent[] = readJson('events.json')

function readJson(name: string) {
  return JSON.parse(readFileSync(folder + name, 'utf8'))
}

/** Reads a file as any program would: decode, split by header. */
function readRows(name: string): Row[] {
  const text = new TextDecoder('gb18030', { fatal: true }).decode(readFileSync(folder + name))
  return Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data
}

function rowsOf(flow: string, names: readonly string[] = yearly): Row[] {
  return names.filter((name) => name.includes(`-${flow}-`)).flatMap((name) => tables.get(name) ?? [])
}

/** Exports as they stand after the restatements. */
function latestExports(): Row[] {
  const kept = rowsOf('export').filter((row) => !['202607', '202608'].includes(row.数据年月 ?? ''))
  return [
    ...kept,
    ...['07', '08'].flatMap((month) => tables.get(`qingshan-export-2026-${month}-revised.csv`) ?? []),
  ]
}

function amount(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''))
}

function sum(rows: readonly Row[], column: string): number {
  return Number(rows.reduce((total, row) => total + BigInt((row[column] ?? '').replaceAll(',', '')), 0n))
}

function sums(rows: readonly Row[]): Sums {
  return { rows: rows.length, valueCny: sum(rows, '人民币'), valueUsd: sum(rows, '美元') }
}

function monthly(flow: string, rows: readonly Row[]): Monthly {
  const groups = Map.groupBy(rows, (row) => (row.数据年月 ?? '').replace(/(?=\d\d$)/, '-'))
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, group]) => ({ flow, period, ...sums(group) }))
}

function event(id: string): PlantedEvent {
  return events.find((candidate) => candidate.id === id) ?? { id: 'missing', enterprises: [] }
}

describe('the sample city', () => {
  test('is made again byte for byte', () => {
    const made = makeSample(reference, defaultMaking)
    const changed = [...made].filter(([name, bytes]) => !bytes.equals(readFileSync(folder + name)))
    expect(changed.map(([name]) => name)).toEqual([])
    expect(csvNames.filter((name) => !made.has(name))).toEqual([])
  })

  test('stays under six million bytes', () => {
    expect(csvNames.reduce((size, name) => size + readFileSync(folder + name).length, 0)).toBeLessThan(
      6_000_000,
    )
  })

  test('agrees with its stated totals when read independently', () => {
    expect(totals.files.map(({ file }) => file).sort()).toEqual(csvNames.toSorted())
    for (const { file, ...stated } of totals.files)
      expect({ file, ...sums(tables.get(file) ?? []) }).toEqual({ file, ...stated })
    const imports = monthly('import', rowsOf('import'))
    expect(totals.firstRelease).toEqual([...monthly('export', rowsOf('export')), ...imports])
    expect(totals.latestRelease).toEqual([...monthly('export', latestExports()), ...imports])
  })

  test('has the form of a download from the customs statistics site', () => {
    const bytes = readFileSync(`${folder}qingshan-export-2024.csv`)
    const lines = new TextDecoder('gb18030').decode(bytes).split('\n')
    expect(lines[0]).toBe(
      '"数据年月","商品编码","商品名称","贸易伙伴编码","贸易伙伴名称","贸易方式编码","贸易方式名称","监管方式编码","监管方式名称",' +
        '"注册地编码","注册地名称","运输方式编码","运输方式名称","收发货人编码","收发货人名称","第一数量","第一计量单位","第二数量","第二计量单位","人民币","美元",',
    )
    expect(lines.slice(1, -1).every((line) => /^("[^"]*",){21}$/.test(line))).toBe(true)
    expect(lines.at(-1)).toBe('')
    expect(lines.some((line) => line.includes('"0","?","'))).toBe(true)
  })

  test('is a city of the size it says', () => {
    const rows = [...rowsOf('export'), ...rowsOf('import')]
    const distinct = (column: string) => new Set(rows.map((row) => row[column])).size
    expect(totals.firstRelease.filter(({ flow }) => flow === 'export')).toHaveLength(36)
    expect(distinct('收发货人编码')).toBe(156)
    expect(distinct('商品编码')).toBeGreaterThan(220)
    expect(distinct('贸易伙伴编码')).toBeGreaterThanOrEqual(55)
    const year = sum(
      rowsOf('export').filter((row) => row.数据年月?.startsWith('2025')),
      '美元',
    )
    expect(year).toBeGreaterThan(1_150_000_000)
    expect(year).toBeLessThan(1_250_000_000)
  })

  test('no row occurs twice', () => {
    for (const [name, rows] of tables) {
      const keys = rows.map((row) => Object.values(row).slice(0, 15).join())
      expect([name, new Set(keys).size]).toEqual([name, rows.length])
    }
  })

  test('every code and name is the one of the reference facts, and every invention says so', () => {
    const lines = new Map(reference.lines.map((line) => [line.code, line]))
    const wrong = [...tables.values()].flat().filter((row) => {
      const line = lines.get(row.商品编码 ?? '')
      const partner = reference.countries.byCode.get(row.贸易伙伴编码 ?? '')
      const enterprise = row.收发货人编码 ?? ''
      return !(
        line?.nameZh === row.商品名称 &&
        line?.unit1 === row.第一计量单位 &&
        (line?.unit2 ?? '?') === row.第二计量单位 &&
        partner?.nameZh === row.贸易伙伴名称 &&
        districtOf(enterprise) === row.注册地编码 &&
        ownershipOf(enterprise) !== null &&
        row.收发货人名称?.endsWith('（样本）') &&
        row.注册地名称?.endsWith('（样本）')
      )
    })
    expect(wrong).toEqual([])
  })

  test('the Spring Festival falls where it fell: mostly in February, in 2025 also in January', () => {
    const usd = new Map(
      totals.latestRelease.filter(({ flow }) => flow === 'export').map((row) => [row.period, row.valueUsd]),
    )
    const ratio = (year: number) => (usd.get(`${year}-02`) ?? 0) / (usd.get(`${year}-01`) ?? 1)
    expect([2024, 2025, 2026].map((year) => ratio(year) < 0.75)).toEqual([true, true, true])
    expect(ratio(2025)).toBeGreaterThan(ratio(2024))
    expect(ratio(2025)).toBeGreaterThan(ratio(2026))
  })

  test('the two currencies grow differently', () => {
    const growth = (column: string) =>
      sum(
        rowsOf('export').filter((row) => row.数据年月?.startsWith('2025')),
        column,
      ) /
      sum(
        rowsOf('export').filter((row) => row.数据年月?.startsWith('2024')),
        column,
      )
    expect(Math.abs(growth('人民币') - growth('美元'))).toBeGreaterThan(0.001)
  })
})

describe('the planted events', () => {
  const exports = latestExports()
  const between = (rows: readonly Row[], from: string, to: string) =>
    rows.filter((row) => (row.数据年月 ?? '') >= from && (row.数据年月 ?? '') <= to)

  test('wooden furniture to the United States surges while its unit value falls', () => {
    const rows = exports.filter((row) => row.商品编码 === '94036099' && row.贸易伙伴编码 === '502')
    const [before, after] = [between(rows, '202505', '202510'), between(rows, '202605', '202610')]
    const stated = event('surge')
    expect(stated).toMatchObject({
      valueUsdSince: sum(after, '美元'),
      valueUsdSameMonthsLastYear: sum(before, '美元'),
      kilogramsSince: sum(after, '第二数量'),
      kilogramsSameMonthsLastYear: sum(before, '第二数量'),
    })
    const unitValue = (part: readonly Row[]) => sum(part, '美元') / sum(part, '第二数量')
    expect(sum(after, '美元') / sum(before, '美元')).toBeGreaterThan(1.9)
    expect(unitValue(after) / unitValue(before)).toBeLessThan(0.82)
    expect(new Set(rows.map((row) => row.收发货人编码))).toEqual(
      new Set(stated.enterprises.map(({ code }) => code)),
    )
  })

  test('a trade with Mexico ends in March 2026', () => {
    const rows = exports.filter((row) => row.商品编码 === '85044099' && row.贸易伙伴编码 === '429')
    expect(between(rows, '202311', '202603')).toHaveLength(29)
    expect(between(rows, '202604', '202610')).toEqual([])
    expect(event('lost-client')).toMatchObject({
      valueUsdLastTwelveMonths: sum(between(rows, '202504', '202603'), '美元'),
      valueUsdAfterwards: 0,
    })
  })

  test('a new exporter appears in June 2026', () => {
    const { enterprises, valueUsdSince } = event('new-exporter')
    const rows = exports.filter((row) => row.收发货人编码 === enterprises[0]?.code)
    expect([...new Set(rows.map((row) => row.数据年月))][0]).toBe('202606')
    expect(sum(rows, '美元')).toBe(valueUsdSince)
    expect(rowsOf('import').some((row) => row.收发货人编码 === enterprises[0]?.code)).toBe(false)
  })

  test('a trade moves to another supervision mode and goes on', () => {
    const { enterprises, valueUsdAfter } = event('mode-shift')
    const rows = exports.filter(
      (row) => row.收发货人编码 === enterprises[0]?.code && row.商品编码 === '95030060',
    )
    expect(new Set(between(rows, '202311', '202508').map((row) => row.监管方式编码))).toEqual(
      new Set(['0110']),
    )
    expect(new Set(between(rows, '202509', '202610').map((row) => row.监管方式编码))).toEqual(
      new Set(['9710']),
    )
    expect(sum(between(rows, '202509', '202610'), '美元')).toBe(valueUsdAfter)
  })

  test('two months are restated, and a value with a zero too many is put right', () => {
    for (const period of ['2026-07', '2026-08']) {
      const month = period.replace('-', '')
      expect(event(`revision-${period}`)).toMatchObject({
        before: sums(between(rowsOf('export'), month, month)),
        after: sums(between(exports, month, month)),
      })
    }
    const { mistyped } = event('revision-2026-08')
    const isIt = (row: Row) =>
      row.数据年月 === '202608' &&
      row.商品编码 === mistyped?.product &&
      row.贸易伙伴编码 === '116' &&
      row.收发货人编码 === mistyped?.enterprise.code
    const [first, restated] = [rowsOf('export').find(isIt), exports.find(isIt)]
    expect([amount(first?.美元), amount(restated?.美元)]).toEqual([1_211_100, 121_110])
    expect(mistyped?.valueUsd).toBe(121_110)
  })
})

describe('the origin cases of the sample', () => {
  test.each(readdirSync(`${folder}rcep`))('%s is a valid case of the demo’s enterprise', (name) => {
    const origin = checkCase(readJson(`rcep/${name}`))
    expect([origin.agreement, origin.importer, origin.good.producedIn]).toEqual(['RCEP', 'AU', 'CN'])
  })

  test('one passes by cumulation only, one fails by less than a point, one needs a proof', () => {
    const judged = (name: string) =>
      evaluateOrigin(checkCase(readJson(`rcep/${name}.json`)), shippedOriginFacts(), { language: 'en' })
    const table = judged('table-passes-by-cumulation')
    const chair = judged('chair-fails-narrowly')
    const shelf = judged('bamboo-shelf-needs-proof')
    expect([table.verdict, table.codes, table.withoutCumulation?.verdict]).toEqual([
      'pass',
      ['RVC', 'ACU'],
      'fail',
    ])
    expect([chair.verdict, chair.routes[1]?.margin]).toEqual(['fail', '-0.75'])
    expect([shelf.verdict, shelf.missing.length]).toEqual(['needs-info', 1])
  })

  test('the demo’s enterprise is one of those the surge touches', () => {
    const { enterprise } = readJson('accounts.json') as { enterprise: { enterpriseId: string } }
    const rows = rowsOf('export').filter((row) => row.收发货人编码 === enterprise.enterpriseId)
    expect(rows.some((row) => row.商品编码 === '94036099' && row.贸易伙伴编码 === '502')).toBe(true)
  })
})
