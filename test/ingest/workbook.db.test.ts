import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { CFB, utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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

type Cell = string | number

function workbook(sheets: Record<string, Cell[][]>): Buffer {
  const book = utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), name)
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true })
}

const header = ['数据年月', '商品编码', '贸易伙伴编码', '美元']
const exported = [header, ['202603', '09021010', '116', 7.25], ['202603', '09021010', '502', '8,000']]
const imported = [header, [202604, '0902', 116, 5]]

describe('a workbook', () => {
  test('is loaded from its first sheet with data', async () => {
    const report = await load.content('出口.xlsx', workbook({ 说明: [], 三月: exported, 四月: imported }))
    expect(report).toMatchObject({
      status: 'loaded',
      file: { name: '出口.xlsx', encoding: null },
      totals: [{ flow: 'export', period: '2026-03', currency: 'USD', rows: 2, value: '8007.25' }],
    })
    expect(report.evidence).toContain('workbook: sheet 三月; not read: 说明, 四月')
  })

  test('is loaded from the sheet chosen', async () => {
    const bytes = workbook({ 三月: exported, 四月: imported })
    const report = await load.content('进口.xlsx', bytes, { sheet: '四月' })
    expect(report.totals).toEqual([
      { flow: 'import', period: '2026-04', currency: 'USD', rows: 1, value: '5' },
    ])
  })

  test('names its sheets when asked for one it has not', async () => {
    const asked = load.content('出口.xlsx', workbook({ 三月: exported, 四月: imported }), { sheet: '五月' })
    await expect(asked).rejects.toMatchObject({
      detail: { field: 'sheet', value: '五月', allowed: 'one of 三月, 四月' },
    })
  })

  test('of many rows is read in a thread of its own, and its sheet is not kept', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => ['202603', '09021010', '116', index])
    const report = await load.content('出口.xlsx', workbook({ 三月: [header, ...rows] }))
    expect(report).toMatchObject({
      status: 'loaded',
      rows: { read: 40_000 },
      totals: [{ value: '799980000' }],
    })
    expect(readdirSync(join(load.home, 'sheets'))).toEqual([])
  })
})

/** A zip archive of one file, whose directory may say another size than it has. */
function archive(
  name: string,
  packed: Buffer,
  { checksum, size }: { checksum: number; size: number },
): Buffer {
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(checksum, 14)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  local.copy(entry, 6, 4, 30)
  const start = local.length + name.length + packed.length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + name.length, 12)
  end.writeUInt32LE(start, 16)
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end])
}

describe('a workbook beyond its bounds', () => {
  const unpacked = Buffer.alloc(220_000_000, ' ')
  const packed = deflateRawSync(unpacked)

  test.each([
    ['that says so', unpacked.length],
    ['whose directory says it is small', 1000],
  ])('of a few kilobytes that unpacks hugely, %s, is refused before it is unpacked', async (_name, size) => {
    const bytes = archive('xl/worksheets/sheet1.xml', packed, { checksum: crc32(unpacked), size })
    expect(bytes.length).toBeLessThan(300_000)
    const before = process.memoryUsage().rss
    const report = await load.content('出口.xlsx', bytes)
    expect(report).toMatchObject({
      status: 'refused',
      rejects: [
        {
          reason: `a workbook of ${bytes.length} bytes that unpacks to more than 200000000`,
          hint: 'save the sheet as CSV UTF-8 and import that file',
        },
      ],
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  test('with more cells than are held in memory is refused by their number', async () => {
    const sheet = utils.aoa_to_sheet([header])
    utils.sheet_add_aoa(sheet, [['x']], { origin: 'Z200000' })
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, '三月')
    const report = await load.content('出口.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }))
    expect(report.rejects).toMatchObject([{ reason: 'the sheet 三月 has 5200000 cells, more than 4000000' }])
  })

  test.each([
    ['a zip archive cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    [
      'a zip archive with a broken directory',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 200), bytes.subarray(300)]),
    ],
  ])('%s is refused', async (_name, spoil) => {
    const report = await load.content('出口.xlsx', spoil(workbook({ 三月: exported })))
    expect(report.rejects).toMatchObject([{ reason: 'not a workbook that can be read' }])
  })
})

describe('workbooks as offices send them', () => {
  const dated = () => {
    const sheet = utils.aoa_to_sheet([
      ['数据年月', '商品编码', '贸易伙伴编码', '人民币'],
      [{ t: 'n', v: 46082, z: 'yyyy"年"m"月"' }, { t: 'n', v: 9021010, z: '00000000' }, '116', 7],
      [{ t: 'n', v: 46113, z: 'yyyy-mm-dd' }, '09021010', '116', { t: 'n', v: 8.123456, z: '0.00' }],
    ])
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, '表一')
    return book
  }

  test.each(['xlsx', 'biff8'] as const)(
    'days, codes and amounts are what they are, not what they look like: %s',
    async (bookType) => {
      const name = bookType === 'xlsx' ? '出口.xlsx' : '出口.xls'
      const report = await load.content(name, write(dated(), { type: 'buffer', bookType }))
      expect(report).toMatchObject({
        status: 'loaded',
        rows: { read: 2, loaded: 2 },
        warnings: [expect.any(String)],
      })
      expect(report.totals.map(({ period, value }) => [period, value])).toEqual([
        ['2026-03', '7'],
        ['2026-04', '8.123456'],
      ])
      const { rows } = await database.pool.query('select distinct hs from trade_flow')
      expect(rows).toEqual([{ hs: '09021010' }])
    },
  )

  test('a title merged across is passed over, cells merged down are told', async () => {
    const sheet = utils.aoa_to_sheet([
      ['2026年3月出口情况'],
      ['数据年月', '商品编码', '贸易伙伴编码', '人民币'],
      ['202603', '09021010', '116', 7],
      ['', '09021020', '116', 8],
    ])
    sheet['!merges'] = [utils.decode_range('A1:D1'), utils.decode_range('A3:A4')]
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, '表一')
    const report = await load.content('出口.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }))
    expect(report).toMatchObject({
      status: 'refused',
      rejects: [{ line: 4, column: '数据年月', reason: 'empty' }],
    })
    expect(report.warnings).toContain(
      'workbook: 1 ranges of merged cells span several rows (A3:A4 is the first): only their first row has the value',
    )
  })

  test('what is under a password, or an archive of other files, is refused for that', async () => {
    const locked = CFB.utils.cfb_new()
    CFB.utils.cfb_add(locked, '/EncryptionInfo', Buffer.alloc(300, 7))
    CFB.utils.cfb_add(locked, '/EncryptedPackage', Buffer.alloc(9000, 9))
    const archive = CFB.utils.cfb_new()
    CFB.utils.cfb_add(archive, '/a.csv', Buffer.from('x'))
    const secret = await load.content('出口.xlsx', CFB.write(locked, { type: 'buffer' }) as Buffer)
    expect(secret.rejects).toMatchObject([{ reason: 'a workbook protected by a password' }])
    const zipped = CFB.write(archive, { type: 'buffer', fileType: 'zip' }) as Buffer
    const packed = await load.content('出口.zip', zipped)
    expect(packed.rejects).toMatchObject([
      { reason: 'a zip archive, not a workbook', hint: 'unpack it and import the files in it' },
    ])
    expect([secret.status, packed.status]).toEqual(['refused', 'refused'])
  })
})
