import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { flowInName, periodInName } from '../../src/ingest/sniff.ts'
import { gb18030 } from './encode.ts'
import { parseFile } from './pipeline.ts'

const encoders: Record<string, (text: string) => Uint8Array> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with mark': (text) => Buffer.from(`\uFEFF${text}`),
  gb18030,
  'utf-16le with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
}

const header = ['数据年月', '商品编码', '商品名称', '贸易伙伴编码', '第一数量', '第一计量单位', '人民币']
const line = fc.record({
  month: fc.integer({ min: 1, max: 12 }),
  code: fc.constantFrom('09021010', '61091000', '01012100'),
  name: fc.string({ unit: fc.constantFrom('茶', '𠮷', 'a', ',', ';', '\t', '"', '\n', ' ') }),
  partner: fc.constantFrom(['116', 'JP'], ['502', 'US'], ['110', 'HK'], ['701', '701']),
  quantity: fc.nat(),
  value: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
})

describe('what was written is what is read', () => {
  test('in every encoding, with every delimiter, quoting and line end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...Object.keys(encoders)),
        fc.constantFrom(',', '\t', ';', '|'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (lines, encoding, delimiter, quotes, newline) => {
          const rows = lines.map((row) => [
            `2025${String(row.month).padStart(2, '0')}`,
            row.code,
            row.name,
            row.partner[0],
            String(row.quantity),
            '千克',
            row.value.toLocaleString('en'),
          ])
          const text = Papa.unparse([header, ...rows], { delimiter, quotes, newline })
          const bytes = encoders[encoding]?.(text) ?? new Uint8Array(0)
          const parsed = await parseFile('出口.csv', bytes)
          expect(parsed.rejects).toEqual([])
          expect(
            parsed.records.map((one) => [one.periodStart, one.hs, one.partner, one.quantity1, one.valueCny]),
          ).toEqual(
            lines.map((row) => [
              `2025-${String(row.month).padStart(2, '0')}-01`,
              row.code,
              row.partner[1],
              String(row.quantity),
              String(row.value),
            ]),
          )
        },
      ),
    )
  })

  test('arbitrary bytes are records, rejects or a question to the user, never a crash', async () => {
    const noise = fc.uint8Array({ maxLength: 300 })
    const afterHeader = noise.map((bytes) => Buffer.concat([Buffer.from(`${header.join(',')}\n`), bytes]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, afterHeader), async (bytes) => {
        try {
          await parseFile('出口.csv', bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})

describe('what a file name tells', () => {
  test.each([
    ['soy_2024in.csv', 'import'],
    ['2024年出口.csv', 'export'],
    ['进出口.csv', null],
    ['进口和出口.csv', null],
    ['exports-2024.csv', 'export'],
    ['main.csv', null],
    ['soy_2023.csv', null],
  ])('flow of %s is %s', (name, flow) => {
    expect(flowInName(name)).toBe(flow)
  })

  test.each([
    ['出口202603.csv', '2026-03'],
    ['出口2026年3月.csv', '2026-03'],
    ['a_2026-03_b.csv', '2026-03'],
    ['2025-12 2026-01.csv', null],
    ['soy_2023.csv', null],
    ['20260301.csv', null],
  ])('period of %s is %s', (name, period) => {
    expect(periodInName(name)).toBe(period)
  })
})
