import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import type { ColumnMapping } from '../../src/ingest/mapping-schema.ts'
import type { TradeRecord } from '../../src/ingest/record.ts'
import { gb18030 } from './encode.ts'
import { parseFile } from './pipeline.ts'

const encoders: Record<string, (text: string) => Uint8Array> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with mark': (text) => Buffer.from(`\uFEFF${text}`),
  gb18030,
  'utf-16le with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
}

/** A way of writing a table: encoding, delimiter, quoting and line ends. */
const writing = fc.record({
  encoding: fc.constantFrom(...Object.keys(encoders)),
  delimiter: fc.constantFrom(',', '\t', ';', '|'),
  quotes: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
})
type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never

function write(table: string[][], { encoding, ...how }: Writing): Uint8Array {
  return encoders[encoding]?.(Papa.unparse(table, how)) ?? new Uint8Array(0)
}

const month = fc.integer({ min: 1, max: 12 }).map((number) => String(number).padStart(2, '0'))
const name = fc.string({ unit: fc.constantFrom('茶', '𠮷', 'a', ',', ';', '|', '\t', '"', '\n', ' ') })
/** An amount as it is read, and as spreadsheets write it. */
const amount = fc
  .bigInt({ min: -(10n ** 14n), max: 10n ** 14n })
  .chain((value) =>
    fc.constantFrom(
      { read: String(value), written: String(value) },
      { read: String(value), written: value.toLocaleString('en') },
      { read: String(value), written: value < 0n ? `(${-value})` : `${value}` },
    ),
  )
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String)

interface Case {
  row: string[]
  /** What must be read of the row. */
  read: Partial<TradeRecord>
}

interface Format {
  file: string
  header: string[]
  mapping?: ColumnMapping
  line: fc.Arbitrary<Case>
}

const declared = { withdrawn: false }
const declaration: Format = {
  file: '报关单.csv',
  header: [
    '海关编号',
    '进出口标志',
    '出口日期',
    '项号',
    '商品编号',
    '规格型号',
    '总价',
    '币制',
    '最终目的国',
    '成交方式',
  ],
  line: fc
    .record({
      month,
      number: fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n - 1n }).map(String),
      item: fc.integer({ min: 1, max: 50 }).map(String),
      flow: fc.constantFrom(['E', 'export'] as const, ['出口', 'export'] as const),
      code: fc.constantFrom('0902109000', '6109100010'),
      partner: fc.constantFrom(['116', 'JP'] as const, ['USA', 'US'] as const, ['中国香港', 'HK'] as const),
      currency: fc.constantFrom(['502', 'USD'] as const, ['人民币', 'CNY'] as const, ['EUR', 'EUR'] as const),
      date: fc.constantFrom(
        (mm: string) => `2025-${mm}-05`,
        (mm: string) => `2025${mm}05`,
        (mm: string) => `2025/${mm}/5`,
      ),
      amount,
      name,
    })
    .map(({ month: mm, number, item, flow, code, partner, currency, date, amount: total, name: model }) => ({
      row: [number, flow[0], date(mm), item, code, model, total.written, currency[0], partner[0], '3'],
      read: {
        dataset: 'declaration-cn',
        flow: flow[1],
        periodStart: `2025-${mm}-01`,
        hs: code,
        partner: partner[1],
        valueUsd: currency[1] === 'USD' ? total.read : null,
        valueCny: currency[1] === 'CNY' ? total.read : null,
        declared: { ...declared, value: total.read, currency: currency[1], number, item },
      },
    })),
}

const ledger: Format = {
  file: 'ledger.csv',
  header: [
    '月份',
    '进出口',
    '商品编码',
    '贸易伙伴',
    '数量',
    '计量单位',
    '币制',
    '金额',
    '企业海关编码',
    '企业名称',
  ],
  line: fc
    .record({ month, code: fc.constantFrom('0902109000', '61091000'), quantity: positive, amount, name })
    .map(({ month: mm, code, quantity, amount: value, name: firm }) => ({
      row: [`2025-${mm}`, '进口', code, '日本', quantity, '千克', 'JPY', value.written, '3702960001', firm],
      read: {
        dataset: 'ledger',
        scope: '3702960001',
        flow: 'import',
        periodStart: `2025-${mm}-01`,
        hs: code,
        partner: 'JP',
        quantity1: quantity,
        unit1: '千克',
        declared: { ...declared, value: value.read, currency: 'JPY', number: null, item: null },
      },
    })),
}

const baci: Format = {
  file: 'BACI_HS22_Y2024_V202601.csv',
  header: ['t', 'i', 'j', 'k', 'v', 'q'],
  line: fc
    .record({
      year: fc.integer({ min: 2022, max: 2025 }).map(String),
      partner: fc.constantFrom(['156', 'CN'] as const, ['490', 'TW'] as const, ['842', 'US'] as const),
      code: fc.constantFrom('010121', '854140', '999999'),
      thousandths: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      tonnes: fc.option(fc.bigInt({ min: 1n, max: 10n ** 9n })),
    })
    .map(({ year, partner, code, thousandths, tonnes }) => ({
      row: [year, '410', partner[0], code, decimal(thousandths), tonnes === null ? 'NA' : decimal(tonnes)],
      read: {
        dataset: 'baci/KOR',
        periodStart: `${year}-01-01`,
        months: 12,
        hsEdition: '2022',
        hs: code,
        partner: partner[1],
        valueUsd: String(thousandths),
        quantity1: tonnes === null ? null : String(tonnes),
      },
    })),
}

/** Thousandths as a decimal: 1234 is 1.234. */
function decimal(thousandths: bigint): string {
  const digits = String(thousandths).padStart(4, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`
}

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const usaTrade: Format = {
  file: 'Imports.csv',
  header: ['Commodity', 'Country', 'Time', 'Customs Value (Gen) ($US)', 'Quantity 1 (Gen)'],
  mapping: {
    columns: {
      hs: 'Commodity',
      partnerName: 'Country',
      period: 'Time',
      usd: 'Customs Value (Gen) ($US)',
      quantity1: 'Quantity 1 (Gen)',
    },
    flow: 'import',
    quantityUnit: '个',
  },
  line: fc
    .record({ month, quantity: positive, amount, name })
    .map(({ month: mm, quantity, amount: value, name: words }) => ({
      row: [`854140 ${words}`, 'Japan', `${englishMonths[Number(mm) - 1]} 2025`, value.written, quantity],
      read: {
        flow: 'import',
        periodStart: `2025-${mm}-01`,
        hs: '854140',
        partner: 'JP',
        valueUsd: value.read,
        quantity1: quantity,
        unit1: '个',
      },
    })),
}

const comexStat: Format = {
  file: 'EXP_2025.csv',
  header: ['CO_ANO', 'CO_MES', 'CO_NCM', 'CO_PAIS', 'KG_LIQUIDO', 'VL_FOB'],
  mapping: {
    columns: {
      year: 'CO_ANO',
      month: 'CO_MES',
      hs: 'CO_NCM',
      partner: 'CO_PAIS',
      quantity1: 'KG_LIQUIDO',
      usd: 'VL_FOB',
    },
    flow: 'export',
    quantityUnit: '千克',
    partnerCodes: 'own',
  },
  line: fc.record({ month, quantity: positive, amount }).map(({ month: mm, quantity, amount: value }) => ({
    row: ['2025', mm, '12019000', '160', quantity, value.written],
    read: {
      flow: 'export',
      periodStart: `2025-${mm}-01`,
      months: 1,
      hs: '12019000',
      partner: '~160',
      valueUsd: value.read,
      quantity1: quantity,
    },
  })),
}

describe('what was written is what is read, however it was written', () => {
  test.each<[string, Format]>([
    ['declarations', declaration],
    ['a ledger', ledger],
    ['BACI', baci],
    ['a mapped file of USA Trade', usaTrade],
    ['a mapped file of Comex Stat', comexStat],
  ])('%s', async (_name, format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(format.line, { minLength: 1, maxLength: 5 }), writing, async (lines, how) => {
        const bytes = write([format.header, ...lines.map(({ row }) => row)], how)
        const parsed = await parseFile(format.file, bytes, {}, format.mapping ?? null)
        expect(parsed.rejects).toEqual([])
        expect(parsed.records).toMatchObject(lines.map(({ read }) => read))
        expect(parsed.records.length).toBe(lines.length)
      }),
      { numRuns: 60 },
    )
  })
})
