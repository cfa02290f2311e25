import { deflateRawSync } from 'node:zlib'
import { CFB, read } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBill } from '../../src/enterprises/bill-read.ts'
import { tableRows } from '../../src/enterprises/bill-rows.ts'
import { readBillTable } from '../../src/enterprises/bill-table.ts'
import { csvTemplate, workbookTemplate } from '../../src/enterprises/bill-template.ts'
import { endlessSheets, withSheet, workbook } from '../helpers/workbook.ts'

const bearing = {
  ...{ id: '1', hs: '848210', value: '40', weightKg: '0.2' },
  origin: { status: 'non-originating', country: 'DE' },
}

describe('the template', () => {
  test('read back unchanged is its own example, as CSV and as a workbook', async () => {
    expect(await readBill(Buffer.from(csvTemplate()))).toEqual({
      materials: [{ ...bearing, description: 'bearing' }],
      errors: [],
    })
    expect(await readBill(await workbookTemplate())).toEqual({
      materials: [{ ...bearing, description: '轴承', role: 'material' }],
      errors: [],
    })
  })

  test('offers and checks what cells take, notes it at the headings, and holds no formula', async () => {
    const content = await workbookTemplate()
    const archive = CFB.read(content, { type: 'buffer' })
    const xml = String(Buffer.from(CFB.find(archive, '/xl/worksheets/sheet1.xml')?.content as Uint8Array))
    expect(xml).toContain('sqref="F2:F2001"><formula1>"原产,非原产,未知"</formula1>')
    expect(xml.match(/<dataValidation /g)).toHaveLength(6)
    expect(xml).not.toContain('<f>')
    const [sheet] = Object.values(read(content).Sheets)
    expect(sheet?.B1.c[0].t).toContain('保留前导零')
  })
})

describe('a file', () => {
  test('of numbers is read as they were typed, and rows keep their numbers', async () => {
    const header = ['id', 'hs', 'value', 'origin']
    const rows = tableRows(
      workbook([header, [1, '090210', 0.1 + 0.2, 'unknown'], [], [2, 90210, 1, 'unknown']]),
    )
    const { materials, errors } = readBillTable(rows)
    expect(materials).toEqual([{ id: '1', hs: '090210', value: '0.3', origin: { status: 'unknown' } }])
    expect(errors).toEqual([
      { row: 4, cell: 'B4', column: 'hs', value: '90210', allowed: '6 to 12 digits, leading zeros kept' },
    ])
  })

  test('in GB18030 is read as well', async () => {
    const gb = Buffer.from([0xd0, 0xf2, 0xba, 0xc5])
    expect(tableRows(gb)).toEqual([['序号']])
  })

  test('that unpacks to more than is taken is refused, whatever its directory says', async () => {
    const bomb = deflateRawSync(Buffer.alloc(60 * 1024 * 1024))
    await expect(readBill(archiveOf(bomb))).rejects.toMatchObject({ code: 'too-large' })
  })

  test('that is none is refused and never breaks the service', async () => {
    await expect(readBill(Buffer.from('PK\x03\x04 no archive'))).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(readBill(Buffer.from([0x89, 0, 1, 2]))).rejects.toMatchObject({ code: 'invalid-input' })
    const whole = await workbookTemplate()
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole.with(at, byte))
        expect(['rows', 'invalid-input', 'too-large']).toContain(outcomeOf(damaged))
      }),
      { numRuns: 60 },
    )
  })

  test.each(endlessSheets)(
    'that names %s holds nothing up: it is read or given up, and others are read after it',
    async (_what, xml) => {
      const outcome = await readBill(withSheet(xml), { timeoutMs: 3_000, memoryMb: 128 }).then(
        () => 'rows',
        (error: { code: string }) => error.code,
      )
      expect(['rows', 'invalid-input', 'too-large']).toContain(outcome)
      expect((await readBill(workbook([['id']]))).errors).toHaveLength(3)
    },
  )

  test('waits for the others, and not for too many of them', async () => {
    const all = await Promise.allSettled(Array.from({ length: 12 }, () => readBill(workbook([['id']]))))
    const ends = all.map((one) => (one.status === 'fulfilled' ? 'rows' : one.reason.code))
    expect(ends).toEqual([...Array(8).fill('rows'), ...Array(4).fill('unavailable')])
  })
})

function outcomeOf(content: Buffer): string {
  try {
    tableRows(content)
    return 'rows'
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** An archive of one part that claims to unpack to ten bytes. */
function archiveOf(packed: Buffer): Buffer {
  const local = Buffer.alloc(31)
  local.write('PK\x03\x04', 'latin1')
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(10, 22)
  local.writeUInt16LE(1, 26)
  local.write('a', 30)
  const entry = Buffer.alloc(47)
  entry.write('PK\x01\x02', 'latin1')
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(10, 24)
  entry.writeUInt16LE(1, 28)
  entry.write('a', 46)
  return Buffer.concat([local, packed, entry])
}
