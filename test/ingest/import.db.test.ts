import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { gb18030 } from './encode.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

const header = '数据年月,商品编码,贸易伙伴编码,第一数量,第一计量单位,人民币\n'
const good = `${header}202603,09021010,116,"1,000",千克,"7,200"\n202603,09021010,502,20,吨,100.5\n`

async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? -1
}

describe('a customs file', () => {
  test('is loaded with its totals, and reported as the contract says', async () => {
    const report = await load.content('出口.csv', gb18030(good))
    expect(report).toMatchObject({
      status: 'loaded',
      dryRun: false,
      file: { format: 'customs-cn', encoding: 'gb18030', delimiter: ',' },
      rows: { read: 2, loaded: 2, rejected: 0 },
      totals: [{ flow: 'export', period: '2026-03', currency: 'CNY', rows: 2, value: '7300.5' }],
      aggregates: [],
      slices: [
        {
          dataset: 'customs-cn',
          flow: 'export',
          period: '2026-03',
          action: 'new',
          before: null,
          after: { rows: 2, valueCny: '7300.5', valueUsd: null },
        },
      ],
      rejects: [],
      rejectsFile: null,
    })
    const { rows } = await database.pool.query(
      'select hs, partner, quantity1, unit1, value_cny, counted, line from trade_flow order by line',
    )
    expect(rows).toEqual([
      {
        hs: '09021010',
        partner: 'JP',
        quantity1: '1000',
        unit1: '千克',
        value_cny: '7200',
        counted: true,
        line: 2,
      },
      {
        hs: '09021010',
        partner: 'US',
        quantity1: '20000',
        unit1: '千克',
        value_cny: '100.5',
        counted: true,
        line: 3,
      },
    ])
  })

  test('is a duplicate the second time, also compressed copies of other bytes are not', async () => {
    await load.content('a.csv', good, { flow: 'export' })
    const again = await load.content('b.csv', good, { flow: 'export' })
    expect(again).toMatchObject({
      status: 'duplicate',
      rows: { read: 2, loaded: 0 },
      totals: [{ value: '7300.5' }],
    })
    expect(await count('trade_flow')).toBe(2)
    expect(await load.content('a.csv.gz', gzipSync(good), { flow: 'export' })).toMatchObject({
      status: 'loaded',
    })
  })

  test('a dry run says what would happen and stores nothing', async () => {
    const report = await load.content('a.csv', good, { flow: 'import', dryRun: true })
    expect(report).toMatchObject({
      status: 'loaded',
      dryRun: true,
      totals: [{ flow: 'import', value: '7300.5' }],
    })
    expect([await count('trade_flow'), await count('slice'), await count('source_file')]).toEqual([0, 0, 0])
  })

  test('without a flow in columns, name or options the error names --flow', async () => {
    await expect(load.content('tea.csv', good)).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { field: 'flow' },
      message: expect.stringContaining('--flow'),
    })
  })

  test('without a period column the error names --period and what the file name suggests', async () => {
    const text = '商品编码,贸易伙伴编码,美元\n0902,116,5\n'
    await expect(load.content('出口2026-03.csv', text)).rejects.toMatchObject({
      detail: { field: 'period' },
      message: expect.stringContaining('--period 2026-03'),
    })
    const report = await load.content('出口2026-03.csv', text, { period: '2026-03' })
    expect(report.totals).toEqual([
      { flow: 'export', period: '2026-03', currency: 'USD', rows: 1, value: '5' },
    ])
  })

  test('what the user sets wins over the column, and the report says so', async () => {
    const text = '进出口,数据年月,商品编码,美元\n进口,202603,0902,5\n出口,202603,0902,7\n'
    const report = await load.content('x.csv', text, { flow: 'export' })
    expect(report.totals).toEqual([
      { flow: 'export', period: '2026-03', currency: 'USD', rows: 2, value: '12' },
    ])
    expect(report.warnings).toContain('进出口: differs from what you set, which was taken: 进口 (1 row)')
  })
})

describe('bad rows', () => {
  const bad = `${header}202603,09021010,116,1,千克,100\n202603,0902${'\0'}010,116,1,千克,50\n202603,09021010,502\n202603,09021010,502,1,千克,1x\n202603,09021010,502,1,千克,9\n`

  test('refuse the file: nothing is stored but the attempt', async () => {
    const report = await load.content('出口.csv', bad)
    expect(report).toMatchObject({ status: 'refused', rows: { read: 5, loaded: 0, rejected: 3 } })
    expect(report.rejects).toEqual([
      {
        line: 3,
        column: '商品编码',
        value: '0902␀010',
        reason: expect.stringMatching(/^a NUL byte at byte \d+: the file was damaged$/),
        hint: 'download or export the file again',
      },
      {
        line: 4,
        column: '',
        value: '202603,09021010,502',
        reason: 'the row has 3 cells, the header 6',
        hint: 'the row may be cut off',
      },
      { line: 5, column: '人民币', value: '1x', reason: 'not a number', hint: expect.any(String) },
    ])
    const offset = Number(/byte (\d+)/.exec(report.rejects[0]?.reason ?? '')?.[1])
    expect(Buffer.from(bad)[offset]).toBe(0)
    expect([await count('trade_flow'), await count('slice'), await count('trade_rollup')]).toEqual([0, 0, 0])
    const { rows } = await database.pool.query('select state from source_file')
    expect(rows).toEqual([{ state: 'refused' }])
  })

  test('leave the good rows when partial loads are accepted, and stay on record', async () => {
    const report = await load.content('出口.csv', bad, { acceptPartial: true })
    expect(report).toMatchObject({ status: 'partial', rows: { read: 5, loaded: 2, rejected: 3 } })
    expect(report.totals).toEqual([
      { flow: 'export', period: '2026-03', currency: 'CNY', rows: 2, value: '109' },
    ])
    expect([await count('trade_flow'), await count('reject')]).toEqual([2, 3])
    const csv = readFileSync(report.rejectsFile ?? '', 'utf8')
    expect(csv.startsWith('\uFEFFline,column,value,reason,hint\r\n3,商品编码,0902␀010,')).toBe(true)
  })

  test('no longer have a list once their file is refused before any row is read', async () => {
    const first = await load.content('出口.csv', bad)
    expect(existsSync(first.rejectsFile ?? '')).toBe(true)
    const second = await load.content('出口.csv', bad, { format: 'baci' })
    expect(second).toMatchObject({ status: 'refused', rejectsFile: null })
    expect(existsSync(first.rejectsFile ?? '')).toBe(false)
  })

  test('a reject never starts a formula in a spreadsheet', async () => {
    const report = await load.content('出口.csv', `${header}202603,=1+1,116,1,千克,9\n`)
    expect(readFileSync(report.rejectsFile ?? '', 'utf8')).toContain(",'=1+1,")
  })

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an unknown header', 'a,b\n1,2\n', /not that of any known layout/],
    ['a header without value column', '数据年月,商品编码\n202603,0902\n', /no column for 人民币 or 美元/],
    ['no rows', header, /no row follows/],
    ['an empty file', '', /empty/],
    [
      'a block of zero bytes',
      Buffer.concat([Buffer.from(good), Buffer.alloc(4096)]),
      /4096 zero bytes from byte \d+/,
    ],
    ['a workbook', Buffer.from('PK\u0003\u0004…'), /workbook/],
  ])('%s refuses the file', async (_name, bytes, reason) => {
    const report = await load.content('出口.csv', bytes, { acceptPartial: true })
    expect(report.status).toBe('refused')
    expect(report.rejects[0]?.reason).toMatch(reason)
    expect(await count('slice')).toBe(0)
  })
})

describe('vintages', () => {
  const revised = good.replace('100.5', '99')

  async function valueAsOf(at: Date): Promise<string | null> {
    const { rows } = await database.pool.query<{ value: string | null }>(
      `select trim_scale(sum(r.value_cny)) as value from slices_as_of($1) s
       join trade_rollup r on r.slice_id = s.id and r.dims = 'total'`,
      [at],
    )
    return rows[0]?.value ?? null
  }

  test('a later file replaces the slice; the report compares, the older vintage stays readable', async () => {
    await load.content('出口1.csv', good)
    const first = load.at()
    const report = await load.content('出口2.csv', revised)
    expect(report.slices).toMatchObject([
      {
        action: 'replaced',
        before: { rows: 2, valueCny: '7300.5', valueUsd: null },
        after: { rows: 2, valueCny: '7299', valueUsd: null },
      },
    ])
    expect(await valueAsOf(first)).toBe('7300.5')
    expect(await valueAsOf(load.at())).toBe('7299')
    expect(await valueAsOf(new Date('2026-06-30T00:00:00Z'))).toBe(null)
  })

  test('parts of a split download stand side by side', async () => {
    await load.content('出口1.csv', good, { part: 'a' })
    await load.content('出口2.csv', revised, { part: 'b' })
    expect(await valueAsOf(load.at())).toBe('14599.5')
  })

  test('two loads of the same slice at once leave one current vintage', async () => {
    const files = ['1', '2', '3', '4'].map((value) => good.replace('100.5', value))
    await Promise.all(files.map((text, index) => load.content(`出口${index}.csv`, text)))
    const { rows } = await database.pool.query(
      'select count(*)::int as all, count(*) filter (where superseded_at is null)::int as current from slice',
    )
    expect(rows).toEqual([{ all: 4, current: 1 }])
  })
})

describe('enterprises, modes and their sums', () => {
  test('ownership and district follow from the enterprise code; sums are kept by every dimension there is', async () => {
    const text =
      '数据年月,商品编码,贸易伙伴编码,监管方式编码,收发货人编码,收发货人名称,运输方式编码,美元\n' +
      '202603,09021010,116,0110,3702960001,青岛甲公司,2,10\n' +
      '202603,61091000,116,110,3702930002,青岛乙公司,5,20\n'
    await load.content('出口.csv', text)
    const { rows } = await database.pool.query(
      `select dims, hs, partner, mode, ownership, transport, district, enterprise, value_usd::int as usd from trade_sum
       where dims in ('mode+hs2', 'ownership', 'district', 'enterprise+hs8', 'transport') order by dims, usd`,
    )
    const none = { hs: '', partner: '', mode: '', ownership: '', transport: '', district: '', enterprise: '' }
    expect(rows).toEqual([
      { ...none, dims: 'district', district: '37029', usd: 30 },
      { ...none, dims: 'enterprise+hs8', enterprise: '3702960001', hs: '09021010', usd: 10 },
      { ...none, dims: 'enterprise+hs8', enterprise: '3702930002', hs: '61091000', usd: 20 },
      { ...none, dims: 'mode+hs2', mode: '0110', hs: '09', usd: 10 },
      { ...none, dims: 'mode+hs2', mode: '0110', hs: '61', usd: 20 },
      { ...none, dims: 'ownership', ownership: '6', usd: 10 },
      { ...none, dims: 'ownership', ownership: '3', usd: 20 },
      { ...none, dims: 'transport', transport: '2', usd: 10 },
      { ...none, dims: 'transport', transport: '5', usd: 20 },
    ])
    const names = await database.pool.query('select id, name from enterprise order by id')
    expect(names.rows).toEqual([
      { id: '3702930002', name: '青岛乙公司' },
      { id: '3702960001', name: '青岛甲公司' },
    ])
  })

  test('special and unknown partners and codes are kept under their own code', async () => {
    const text =
      '数据年月,商品编码,贸易伙伴编码,美元\n202603,09021010,142,1\n202603,09021010,701,2\n202603,09021010,801,3\n202603,09020000,888,4\n'
    const report = await load.content('进口.csv', text)
    const { rows } = await database.pool.query('select partner from trade_flow order by line')
    expect(rows.map((row) => row.partner)).toEqual(['CN', '701', '801', '888'])
    expect(report.warnings).toEqual([
      'flow: no column says it; import was taken from the file name',
      '商品编码: not in the eight-digit list of 2022 (none of 2026 is known), kept as it is: 09020000 (1 row)',
      '贸易伙伴编码: not a known partner, kept as it is: 888 (1 row)',
    ])
  })
})
