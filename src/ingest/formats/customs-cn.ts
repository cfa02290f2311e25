import { Big } from 'big.js'
import { codeChecker } from '../code-lists.ts'
import { decodePeriod, quantityDecoder, remember, samePeriod } from '../codes.ts'
import { readDecimal } from '../decimal.ts'
import { say } from '../messages.ts'
import type { Decoded, TradeRecord } from '../record.ts'
import { type RowReader, rowReader } from '../row-reader.ts'
import { customsCodes } from './customs-cn-codes.ts'
import { customsHeaders } from './customs-cn-headers.ts'
import { type ScaledField, scaledFields, unitHeaders } from './customs-cn-units.ts'
import { decodeFlowWord, editionOf } from './customs-cn-words.ts'
import { type DecodeContext, headerFields, type Layout, type Settings } from './layout.ts'

/** Statistics of the customs of China: the public download, and what local offices send in the same words. */
export const customsCn: Layout = {
  name: 'customs-cn',
  fieldOf: headerFields(customsHeaders),
  needs: [
    { fields: ['cny', 'usd', 'value'], say: '人民币 or 美元' },
    {
      fields: [
        'hs',
        'partner',
        'partnerName',
        'tradeMode',
        'tradeModeName',
        'district',
        'districtName',
        'enterprise',
      ],
      say: '商品编码 or 贸易伙伴编码',
    },
  ],
  hsLevels: [2, 4, 6, 8],
  flowFields: ['flow'],
  periodFields: ['period'],
  undeclaredValue: 'value',
  decoder,
}

/** The same tables with amounts in 万元, 亿美元 and the like; read as what one unit is. */
export const customsCnUnits: Layout = {
  ...customsCn,
  name: 'customs-cn-units',
  fieldOf: new Map([...customsCn.fieldOf, ...unitHeaders]),
  needs: [
    { fields: scaledFields.map(({ field }) => field), say: '人民币（万元）' },
    ...customsCn.needs.slice(1),
  ],
}

function decoder(context: DecodeContext): (cells: readonly string[]) => Decoded {
  const { reference, settings } = context
  const codes = customsCodes(context)
  const set = settings.period === null ? null : decodePeriod(settings.period, context.today)
  const setPeriod = set !== null && 'value' in set ? set.value : null
  const quantity = quantityDecoder(reference)
  const { columns } = context
  const money = moneyReader(context)
  const hasHs = columns.has('hs')
  const hasPartner = columns.has('partner') || columns.has('partnerName')
  const row = rowReader(context)
  const noteOdd = oddCodes(context)

  return (cells) => {
    row.start(cells)
    const flow = row.settled('flow', settings.flow, decodeFlowWord)
    const time = row.settled('period', setPeriod, codes.period, samePeriod)
    const code = hasHs ? row.code('hs', codes.hs) : 'TOTAL'
    if (code !== null && time !== null && hasHs) noteOdd(code, time.start)
    const land = hasPartner ? row.codeOrName('partner', 'partnerName', codes.partner) : ''
    const firm = row.optional(['enterprise'], codes.enterprise)
    if (firm === null) row.notTotal('enterpriseName')
    const first = quantity(row.decimal('quantity1', readDecimal), row.text('unit1'))
    const second = quantity(row.decimal('quantity2', readDecimal), row.text('unit2'))
    const { valueCny, valueUsd } = money(row)
    return row.finish(
      (): TradeRecord => ({
        dataset: 'customs-cn',
        flow: flow ?? 'export',
        periodStart: time?.start ?? '',
        months: time?.months ?? 1,
        scope: settings.part ?? '',
        hsEdition: editionOf(time?.start ?? ''),
        hs: code ?? '',
        partner: land ?? '',
        ...codes.modes(row),
        ownership: codes.ownership(row, firm),
        transport: row.optional(['transport', 'transportName'], codes.transport),
        district: codes.district(row, firm),
        enterprise: firm,
        enterpriseName: firm === null ? null : row.text('enterpriseName') || null,
        quantity1: first.quantity,
        unit1: first.unit,
        quantity2: second.quantity,
        unit2: second.unit,
        valueCny,
        valueUsd,
        breakdown: null,
        declared: null,
      }),
    )
  }
}

/** Notes rows whose code the year's list does not have; each code and year is looked up once. */
export function oddCodes({ reference, notes, headers, columns, settings }: DecodeContext) {
  const check = codeChecker(reference, settings.lineLists)
  const header = headers[columns.get('hs') ?? -1] ?? 'hs'
  const known = remember((key: string) => {
    const [code = '', year = ''] = key.split('@')
    return check(code, Number(year)) ?? ''
  })
  return (code: string, periodStart: string): void => {
    const odd = known(`${code}@${periodStart.slice(0, 4)}`)
    if (odd !== '') notes.add(header, odd, code)
  }
}

function moneyReader({ columns, settings }: DecodeContext) {
  const plain = moneyFields(columns, settings)
  const inUnits = (currency: 'cny' | 'usd') => scaledField(columns, currency, settings)
  const units = { cny: inUnits('cny'), usd: inUnits('usd') }
  const read = (row: RowReader, currency: 'cny' | 'usd'): string | null => {
    const unit = plain[currency] === null ? units[currency] : null
    if (unit === null) return row.decimal(plain[currency], readDecimal)
    const value = row.decimal(unit.field, readDecimal)
    return value === null ? null : new Big(value).times(unit.factor).toFixed()
  }
  const field = plain.cny ?? plain.usd ?? units.cny?.field ?? units.usd?.field ?? 'cny'
  return (row: RowReader) => {
    const valueCny = read(row, 'cny')
    const valueUsd = read(row, 'usd')
    if (valueCny === null && valueUsd === null && row.good())
      row.problem(field, say('value-none'), say('mend-amount'))
    return { valueCny, valueUsd }
  }
}

/** The column in a unit that holds a currency; null without one. */
export function scaledField(
  columns: DecodeContext['columns'],
  named: 'cny' | 'usd',
  { currency }: Pick<Settings, 'currency'>,
): ScaledField | null {
  const also = currency === named.toUpperCase() ? 'value' : named
  const here = scaledFields.filter(({ field }) => columns.has(field))
  return here.find(({ money }) => money === named) ?? here.find(({ money }) => money === also) ?? null
}

/** Which field holds which currency; a column that only says 金额 has the currency the user names. */
export function moneyFields(columns: DecodeContext['columns'], settings: Settings) {
  const field = (named: 'cny' | 'usd', currency: Settings['currency']) => {
    if (columns.has(named)) return named
    return columns.has('value') && settings.currency === currency ? 'value' : null
  }
  return { cny: field('cny', 'CNY'), usd: field('usd', 'USD') }
}
