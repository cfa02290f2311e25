import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanThousandths } from '../../src/ingest/copy/scan.ts'
import { byteSink, takeBytes, writeThousandths } from '../../src/ingest/copy/sink.ts'
import { thousandthsOf } from '../../src/ingest/copy/sums.ts'
import { readDecimal } from '../../src/ingest/decimal.ts'
import { gb18030 } from './encode.ts'
import { encodeCase, goldenCases } from './golden-case.ts'
import { readBoth } from './pipeline-both.ts'

const mostly = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  )

/** Cells as the customs' tables have them, and now and then as people leave them. */
const cells = {
  进出口: mostly(['出口', '进口'], ['E', '1', '', '转口']),
  数据年月: mostly(['202601', '202512', '2026-02'], ['202613', '2026', '', ' 202601 ', '202701']),
  商品编码: mostly(
    ['09021010', '61091000', '84713010', '85044019'],
    ['9021010', '0902101010', 'abc', '99999999', "'09021010", ''],
  ),
  商品名称: mostly(
    ['绿茶', '其他', '笔记本电脑'],
    ['', '-', '?', '…', '甲"乙', '甲,乙', '甲\n乙', '不锈钢 制,厚度≥3mm'],
  ),
  贸易伙伴编码: mostly(['116', '502', '110'], ['JP', '', '日本', '701', '999']),
  贸易伙伴名称: mostly(['日本', '美国'], ['', '某地']),
  贸易方式编码: mostly(['10', '14', '0110'], ['9999', '', '一般贸易', '1']),
  注册地编码: mostly(['37029', '37021'], ['', '东营', '99']),
  企业编码: mostly(['3702960001', '3702930002'], ['', '12', "'3702960001"]),
  企业名称: mostly(['甲公司', '乙公司'], ['', '丙"公司"']),
  运输方式编码: mostly(['2', '5'], ['', '水路运输', 'x']),
  第一数量: mostly(
    ['5', '0', '1,250', '12.5', '7', '3000', '999999999999'],
    ['', '-', '１２', '1e5', '-3', '0.0001', '1,23', '1,2345', ' 8 ', '12345678901234567890'],
  ),
  第一计量单位: mostly(['千克', '台', '克', '千升'], ['', '?', '百个', '某单位']),
  第二数量: mostly(['0', '3'], ['', '--']),
  第二计量单位: mostly(['?', '千克'], ['']),
  人民币: mostly(
    ['100', '1,000', '0', '25.10'],
    ['', '-', '(5)', '-7', '1.2345', '99999999999999999.99', '1,00', '+4', '3.', '00012'],
  ),
  美元: mostly(['20', '3', '1,234,567'], ['', '…', 'n/a', '0.1']),
}
type Column = keyof typeof cells
const needed: readonly Column[] = ['进出口', '数据年月', '人民币']

const table = fc
  .subarray(Object.keys(cells) as Column[], { minLength: 1 })
  .map((chosen) => [...new Set([...needed, '商品编码' as const, ...chosen])])
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map((column) => cells[column])), { minLength: 1, maxLength: 60 }),
      quoted: fc.boolean(),
      newline: fc.constantFrom('\n', '\r\n'),
      delimiter: fc.constantFrom(',', ',', ';', '\t'),
      tail: fc.constantFrom('', '', ','),
      encode: fc.constantFrom(gb18030, (text: string) => new TextEncoder().encode(text)),
      ending: fc.boolean(),
    }),
  )

function quote(cell: string, always: boolean, delimiter: string): string {
  return always || /["\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
}

describe('rows read from bytes', () => {
  test('give what the general way gives: facts, sums, rejects and notes', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, rows, quoted, newline, delimiter, tail, encode, ending }) => {
        const line = (row: readonly string[]) =>
          row.map((cell) => quote(cell, quoted, delimiter)).join(delimiter) + (tail && delimiter)
        const text = [columns, ...rows].map(line).join(newline) + (ending ? newline : '')
        const read = await readBoth('出口.csv', encode(text))
        expect(read?.quick).toEqual(read?.general)
      }),
      { numRuns: 30 },
    )
  }, 120_000)

  test.each([...goldenCases.values()])('$about', async (golden) => {
    const read = await readBoth(golden.name, encodeCase(golden), golden.options).catch(() => null)
    expect(read?.quick).toEqual(read?.general)
  })

  test('a quote that opens inside a row, or never closes, is judged the general way', async () => {
    const head = '进出口,数据年月,商品编码,贸易伙伴编码,人民币\n'
    const good = '出口,202601,09021010,116,100\n'
    for (const bad of [
      '出口,202601,"0902"1010,116,1\n',
      '出口,202601,"09021010,116,1\n',
      '"出口"x,202601,1,2,3\n',
    ]) {
      const read = await readBoth('x.csv', gb18030(head + good.repeat(20) + bad + good.repeat(20)))
      expect(read?.quick).toEqual(read?.general)
      expect(read?.quick.rejects.length).toBeGreaterThan(0)
    }
  })
})

describe('amounts read from bytes', () => {
  const amount = fc.stringMatching(/^[ ]?-?[0-9]{0,4}(,[0-9]{2,4}){0,2}([.][0-9]{0,4})?[ ]?$/)

  test('are those of the general reader, or left to it', () => {
    fc.assert(
      fc.property(amount, (text) => {
        const bytes = new TextEncoder().encode(text)
        const found = scanThousandths(bytes, 0, bytes.length)
        if (Number.isNaN(found)) return
        const sink = byteSink()
        writeThousandths(sink, found)
        const written = new TextDecoder().decode(takeBytes(sink))
        expect({ value: written }).toEqual(readDecimal(text.trim()))
        expect(thousandthsOf(written)).toBe(found)
      }),
      { numRuns: 2000 },
    )
  })

  test('are written without superfluous zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 - 10 ** 15, max: 10 ** 15 - 1 }), (thousandths) => {
        const sink = byteSink()
        writeThousandths(sink, thousandths)
        const written = new TextDecoder().decode(takeBytes(sink))
        expect(written).toMatch(/^(0|-?(?!0$)(0|[1-9]\d*)(\.\d{0,2}[1-9])?)$/)
        expect(thousandthsOf(written)).toBe(thousandths)
      }),
    )
  })
})
