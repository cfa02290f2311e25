import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { completeQuality } from '../../src/ingest/quality-queries.ts'
import { listImports } from '../../src/ingest/queries.ts'
import type { ImportReport, Quality } from '../../src/ingest/schema.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

function qualityOf({ quality }: ImportReport): Quality {
  if (quality === null) throw new Error('the report has no quality')
  return quality
}

const header = '数据年月,商品编码,贸易伙伴编码,第一数量,第一计量单位,美元\n'
const file = (...rows: string[]) => header + rows.map((row) => `${row}\n`).join('')

describe('what a person should see of a file', () => {
  test('the share of rows without a value, by column', async () => {
    const report = await load.content(
      '出口.csv',
      file(
        '202603,09021010,116,-,千克,1',
        '202603,09021010,502,5,千克,1',
        '202603,09021010,110,,,1',
        '202603,09021010,121,?,千克,1',
      ),
    )
    expect(qualityOf(report).missing).toEqual([
      { column: '第一数量', rows: 3, share: 0.75 },
      { column: '第一计量单位', rows: 1, share: 0.25 },
    ])
  })

  test('codes that no list has, by column, and the list they were looked up in', async () => {
    const report = await load.content(
      '出口.csv',
      file('202603,09020000,116,1,千克,1', '202603,09020000,888,1,千克,1', '201903,85171300,116,1,台,1'),
    )
    expect(qualityOf(report)).toMatchObject({
      unknown: [
        {
          column: '商品编码',
          reason: 'not in the eight-digit list of 2022 (none of 2026 is known), kept as it is',
          rows: 2,
          values: ['09020000'],
          different: 1,
        },
        { column: '贸易伙伴编码', reason: 'not a known partner, kept as it is', rows: 1, values: ['888'] },
        {
          column: '商品编码',
          reason: 'not in the Harmonized System of 2017, kept as it is',
          rows: 1,
          values: ['85171300'],
        },
      ],
      codeLists: [
        { year: 2019, lines: null, edition: '2017' },
        { year: 2026, lines: 2022, edition: '2022' },
      ],
    })
  })

  test('codes whose unit changes, within the file and against what it replaces', async () => {
    await load.content('出口1.csv', file('202603,09021010,116,1,千克,1', '202603,61091000,116,1,件,1'))
    const report = await load.content(
      '出口2.csv',
      file(
        '202603,09021010,116,1,千克,1',
        '202603,61091000,116,1,千克,1',
        '202603,85423190,116,1,个,1',
        '202603,85423190,502,1,台,1',
      ),
    )
    expect(qualityOf(report).unitChanges).toEqual([
      { hs: '61091000', units: ['件', '千克'] },
      { hs: '85423190', units: ['个', '台'] },
    ])
  })

  test('values per unit a hundred times off the median of their code', async () => {
    const usual = ['116', '502', '110', '121', '133'].map(
      (partner) => `202603,09021010,${partner},10,千克,100`,
    )
    const report = await load.content(
      '出口.csv',
      file(
        ...usual,
        '202603,09021010,303,1,千克,1001',
        '202603,09021010,304,1000,千克,99',
        '202603,09021010,305,1,千克,999',
      ),
    )
    expect(qualityOf(report).outliers).toEqual([
      { line: 8, hs: '09021010', partner: 'DE', unitValue: '0.099000', median: '10.000000' },
      { line: 7, hs: '09021010', partner: 'GB', unitValue: '1001.000000', median: '10.000000' },
    ])
  })

  test('months left out between the first and the last, for each flow', async () => {
    const flows =
      '进出口,数据年月,商品编码,美元\n出口,202511,0902,1\n出口,202602,0902,1\n进口,202601,0902,1\n进口,202602,0902,1\n'
    expect(qualityOf(await load.content('x.csv', flows)).missingPeriods).toEqual([
      'customs-cn export 2025-12',
      'customs-cn export 2026-01',
    ])
  })

  test('totals stated in the file that its parts do not add up to', async () => {
    const row = (code: string, value: number) => `2024,X,156,CHN,392,JPN,H6,${code},${value}\n`
    const text = `refYear,flowCode,reporterCode,reporterISO,partnerCode,partnerISO,classificationCode,cmdCode,primaryValue\n${row('TOTAL', 100)}${row('090210', 60)}${row('610910', 30)}`
    expect(qualityOf(await load.content('x.csv', text)).controls).toEqual([
      {
        dataset: 'comtrade/CHN/H6',
        flow: 'export',
        period: '2024-01-01',
        scope: 'JP',
        stated: '100',
        parts: '90',
      },
    ])
    const right = text.replace(',30\n', ',40\n')
    expect(qualityOf(await load.content('y.csv', right)).controls).toEqual([])
  })

  test.each([
    ['3', '0', 'loaded'],
    ['3.01', '-0.01', 'refused'],
  ])('a control total of %s differs by %s: the file is %s', async (stated, difference, status) => {
    const text = file('202603,09021010,116,1,千克,1.5', '202603,09021010,502,1,千克,1.5')
    const report = await load.content('出口.csv', text, { controlTotal: stated })
    expect(report.status).toBe(status)
    expect(qualityOf(report).controlTotal).toEqual({ stated, currency: 'USD', found: '3', difference })
  })
})

describe('a file of more than 200,000 rows', () => {
  test('is looked at once it is stored, with the same figures as in a preview', async () => {
    const rows = Array.from({ length: 200_010 }, (_, index) => {
      const unit = index === 5 ? '台' : '千克'
      const price = index === 7 ? 5000 : 10 + (index % 3)
      return `2026${index % 2 === 0 ? '03' : '04'},09021010,116,1,${unit},${price}`
    })
    const text = file(rows.join('\n'))
    const preview = await load.content('出口.csv', text, { dryRun: true })
    const report = await load.content('出口.csv', text)
    expect(qualityOf(report)).toMatchObject({ complete: false, unitChanges: [], outliers: [] })
    const whole = await completeQuality(database.pool, report)
    expect(qualityOf(whole)).toEqual(qualityOf(preview))
    expect(qualityOf(whole)).toMatchObject({
      complete: true,
      unitChanges: [{ hs: '09021010', units: ['千克', '台'] }],
      outliers: [{ line: 9, unitValue: '5000.000000' }],
    })
    const [entry] = await listImports(database.pool, 1)
    expect(entry?.report).toEqual(whole)
    expect(await completeQuality(database.pool, whole)).toBe(whole)
  })
})
