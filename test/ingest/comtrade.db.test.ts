import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Big } from 'big.js'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { sharedPath } from '../helpers/shared.ts'
import { type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())

const header =
  'period,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,classificationCode,cmdCode,customsCode,mosCode,motCode,qtyUnitCode,qty,netWgt,primaryValue\n'
const row = (partner: string, code: string, value: number, detail = { customs: 'C00', transport: '0' }) =>
  `2022,156,CHN,X,${partner},,0,H6,${code},${detail.customs},0,${detail.transport},-1,0,0,${value}\n`

async function counted(): Promise<string[]> {
  const { rows } = await database.pool.query<{ partner: string; hs: string; breakdown: string | null }>(
    `select f.partner, f.hs, f.breakdown from trade_flow f join slice s on s.id = f.slice_id
     where s.superseded_at is null and f.counted order by f.line`,
  )
  return rows.map((fact) => [fact.partner, fact.hs, fact.breakdown].filter(Boolean).join(' '))
}

describe('totals and parts in one Comtrade file', () => {
  test('longer product codes are counted, the codes above them and the world are kept as control figures', async () => {
    const text = `${header}${row('0', 'TOTAL', 60)}${row('392', 'TOTAL', 40)}${row('392', '09', 40)}${row('392', '0902', 30)}${row('392', '090210', 30)}${row('392', '0903', 10)}${row('842', '09', 20)}`
    const report = await load.content('a.csv', text)
    expect(report.totals).toEqual([{ flow: 'export', period: '2022', currency: 'USD', rows: 3, value: '60' }])
    expect(report.aggregates).toEqual([
      { flow: 'export', period: '2022', currency: 'USD', rows: 4, value: '170' },
    ])
    expect(await counted()).toEqual(['W00 TOTAL', 'JP 090210', 'JP 0903', 'US 09'])
    const { rows } = await database.pool.query(
      "select scope from slices_as_of(now() + interval '1 year') order by scope",
    )
    expect(rows).toEqual([{ scope: 'JP' }, { scope: 'US' }])
  })

  test('the finest breakdown of a product is counted, and of transport modes the parts', async () => {
    const by = (customs: string, transport: string) => ({ customs, transport })
    const text = `${header}${row('392', '090210', 30)}${row('392', '090210', 30, by('C00', '2000'))}${row('392', '090210', 20, by('C00', '2100'))}${row('392', '090210', 10, by('C00', '2200'))}${row('392', '090220', 5)}`
    const report = await load.content('b.csv', text)
    expect(report.totals).toMatchObject([{ rows: 3, value: '35' }])
    expect(await counted()).toEqual(['W00 TOTAL', 'JP 090210 ::21:', 'JP 090210 ::22:', 'JP 090220', 'US 09'])
  })

  test('flows that are part of another are refused by name', async () => {
    const report = await load.content('c.csv', `${header}${row('392', '09', 1).replace(',X,', ',DX,')}`)
    expect(report.rejects).toMatchObject([{ line: 2, column: 'flowCode', value: 'DX' }])
  })
})

/** Sums a file with nothing of the importer: rows and exact value by flow and year. */
function independentSums(path: string, encoding: string): Map<string, { rows: number; value: Big }> {
  const bytes = readFileSync(path)
  const text = new TextDecoder(encoding).decode(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  const column = (...names: string[]) => names.find((name) => meta.fields?.includes(name)) ?? ''
  const value = column('Trade Value (US$)', 'primaryValue', 'primary_value', 'Value')
  const flow = column('Trade Flow Code', 'flowCode', 'flow_code', 'flow_desc')
  const year = column('Year', 'refYear', 'ref_year')
  const sums = new Map<string, { rows: number; value: Big }>()
  for (const record of data) {
    const letter = { '1': 'import', M: 'import', Import: 'import' }[record[flow] ?? ''] ?? 'export'
    const key = `${letter} ${record[year]}`
    const sum = sums.get(key) ?? { rows: 0, value: new Big(0) }
    sums.set(key, { rows: sum.rows + 1, value: sum.value.plus(record[value] || '0') })
  }
  return sums
}

const files: [string, string][] = [
  ['comtrade-legacy/gianni77_h3_china_india.csv', 'utf-8'],
  ['comtrade-legacy/ibe_china_comtrade.csv', 'utf-8'],
  ['comtrade-legacy/ibe_china_comtrade1.csv', 'utf-8'],
  ['comtrade-legacy/ibe_china_comtrade2.csv', 'utf-8'],
  ['comtrade-legacy/lin5698_indonesia_hs6_3.csv', 'utf-8'],
  ['comtrade-legacy/lin5698_indonesia_hs6_6.csv', 'utf-8'],
  ['comtrade-legacy/lin5698_indonesia_hs6_7.csv', 'utf-8'],
  ['comtrade-new/comtradr_eu_imports_world_h5.csv', 'utf-8'],
  ['comtrade-new/nikolovska_china_TradeData.csv', 'windows-1252'],
  ['comtrade-new/comtradr_eu_imports_bilateral_173k.csv.gz', 'utf-8'],
]

describe.each(files)('%s', (file, encoding) => {
  const path = sharedPath(`data/trade/${file}`)

  test.skipIf(path === null)('counted and uncounted rows add up to an independent sum', async () => {
    if (path === null) return
    const report = await load.path(path)
    expect(report).toMatchObject({
      status: 'loaded',
      file: { encoding, format: 'comtrade' },
      rows: { rejected: 0 },
    })
    const sums = new Map<string, { rows: number; value: Big }>()
    for (const total of [...report.totals, ...report.aggregates]) {
      const key = `${total.flow} ${total.period}`
      const sum = sums.get(key) ?? { rows: 0, value: new Big(0) }
      sums.set(key, { rows: sum.rows + total.rows, value: sum.value.plus(total.value) })
    }
    const plain = (all: typeof sums) =>
      [...all].map(([key, sum]) => [key, sum.rows, sum.value.toFixed()]).sort()
    expect(plain(sums)).toEqual(plain(independentSums(path, encoding)))
    expect((await load.path(path)).status).toBe('duplicate')
  })
})
