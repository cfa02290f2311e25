import { type Country, findCountry } from '../../src/reference/countries.ts'
import type { Reference } from '../../src/reference/parse.ts'
import { encodeGb18030 } from './gb18030.ts'
import type { SampleRow } from './rows.ts'

const header = [
  '数据年月',
  '商品编码',
  '商品名称',
  '贸易伙伴编码',
  '贸易伙伴名称',
  '贸易方式编码',
  '贸易方式名称',
  '监管方式编码',
  '监管方式名称',
  '注册地编码',
  '注册地名称',
  '运输方式编码',
  '运输方式名称',
  '收发货人编码',
  '收发货人名称',
  '第一数量',
  '第一计量单位',
  '第二数量',
  '第二计量单位',
  '人民币',
  '美元',
]

/** A file as the customs' statistics site writes it: GB18030, all quoted, a comma at the end, `0` and `?` for no second unit. */
export function customsFile(reference: Reference, rows: readonly SampleRow[]): Buffer {
  const describe = describer(reference)
  const lines = [header, ...rows.map(describe)].map(
    (cells) => `${cells.map((cell) => `"${cell}"`).join(',')},\n`,
  )
  return encodeGb18030(lines.join(''))
}

function describer(reference: Reference): (row: SampleRow) => string[] {
  const lines = new Map(reference.lines.map((line) => [line.code, line]))
  const supervision = new Map(reference.supervisionModes.map((mode) => [mode.code, mode]))
  const trade = new Map(reference.tradeModes.map((mode) => [mode.code, mode.nameZh]))
  const transport = new Map(reference.transportModes.map((mode) => [mode.code, mode.nameZh]))
  return (row) => {
    const line = known(lines.get(row.product), row.product)
    const mode = known(supervision.get(row.supervisionMode), row.supervisionMode)
    const partner: Country = known(findCountry(reference.countries, row.partner), row.partner)
    const tradeMode = mode.tradeMode ?? '39'
    return [
      row.period.replace('-', ''),
      row.product,
      line.nameZh,
      partner.code,
      partner.nameZh,
      tradeMode,
      known(trade.get(tradeMode), tradeMode),
      row.supervisionMode,
      mode.nameZh,
      row.firm.district.code,
      row.firm.district.name,
      row.transport,
      known(transport.get(row.transport), row.transport),
      row.firm.code,
      row.firm.name,
      quantity(row, line.unit1),
      line.unit1,
      line.unit2 === null ? '0' : quantity(row, line.unit2),
      line.unit2 ?? '?',
      grouped(row.valueCny),
      grouped(row.valueUsd),
    ]
  }
}

function quantity(row: SampleRow, unit: string): string {
  return String(unit === '千克' ? row.kilograms : row.pieces)
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

function known<Value>(value: Value | null | undefined, code: string): Value {
  if (value === null || value === undefined) throw new Error(`${code} is not in the reference facts`)
  return value
}
