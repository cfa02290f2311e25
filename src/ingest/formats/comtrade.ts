import { findCountry } from '../../reference/countries.ts'
import {
  type CodeCell,
  clean,
  decodePeriod,
  decodeWorldPartner,
  quantityDecoder,
  remember,
  samePeriod,
} from '../codes.ts'
import { readDecimalWithExponent } from '../decimal.ts'
import { say } from '../messages.ts'
import type { Decoded, Flow, TradeRecord } from '../record.ts'
import { type RowReader, rowReader } from '../row-reader.ts'
import { type DecodeContext, headerFields, type Layout } from './layout.ts'

/**
 * UN Comtrade: the 47 columns of today's site and its R and Python clients (camel or snake case), the 35 and 11 columns
 * of the old one, and extracts of any of them.
 */
export const comtrade: Layout = {
  name: 'comtrade',
  fieldOf: headerFields({
    period: ['period'],
    year: ['refyear', 'year'],
    month: ['refmonth'],
    flow: ['flowcode', 'tradeflowcode', 'rgcode'],
    flowName: ['flowdesc', 'tradeflow'],
    reporter: ['reportercode'],
    reporterIso: ['reporteriso'],
    reporterName: ['reporterdesc', 'reporter'],
    partner: ['partnercode'],
    partnerIso: ['partneriso'],
    partnerName: ['partnerdesc', 'partner'],
    partner2: ['partner2code', '2ndpartnercode'],
    partner2Iso: ['partner2iso', '2ndpartneriso'],
    partner2Name: ['partner2desc', '2ndpartner'],
    classification: ['classificationcode', 'classification'],
    hs: ['cmdcode', 'commoditycode'],
    customs: ['customscode', 'customsproccode'],
    supply: ['moscode'],
    transport: ['motcode', 'modeoftransportcode'],
    unit1: ['qtyunitcode', 'quantityunitcode'],
    quantity1: ['qty', 'supplementaryquantity'],
    netWeight: ['netwgt', 'netweightkg'],
    value: ['primaryvalue', 'tradevalueus', 'value'],
  }),
  needs: [
    { fields: ['value'], say: 'primaryValue or Trade Value (US$)' },
    { fields: ['hs'], say: 'cmdCode or Commodity Code' },
    { fields: ['reporter', 'reporterIso'], say: 'reporterCode or reporterISO' },
    { fields: ['partner', 'partnerIso'], say: 'partnerCode or partnerISO' },
  ],
  hsLevels: [2, 4, 6],
  flowFields: ['flow', 'flowName'],
  periodFields: ['period', 'year'],
  undeclaredValue: null,
  decoder,
}

const flowWords: Readonly<Record<string, Flow>> = {
  M: 'import',
  '1': 'import',
  IMPORT: 'import',
  X: 'export',
  '2': 'export',
  EXPORT: 'export',
  RX: 're-export',
  '3': 're-export',
  'RE-EXPORT': 're-export',
  RM: 're-import',
  '4': 're-import',
  'RE-IMPORT': 're-import',
}

/** Quantity unit codes of Comtrade; −1 in new files and 1 in old ones stand for no quantity. */
const unitNames: Readonly<Record<string, string>> = {
  '2': '平方米',
  '3': '千千瓦时',
  '4': '米',
  '5': '个',
  '6': '双',
  '7': '升',
  '8': '千克',
  '9': '千个',
  '10': '套',
  '11': '打',
  '12': '立方米',
  '13': '克拉',
}

/** Classifications that are editions of the Harmonized System. */
const editions: Readonly<Record<string, string>> = {
  H0: '1992',
  H1: '1996',
  H2: '2002',
  H3: '2007',
  H4: '2012',
  H5: '2017',
  H6: '2022',
}

function decoder(context: DecodeContext): (cells: readonly string[]) => Decoded {
  const { settings } = context
  const period = remember((text) => decodePeriod(text, context.today))
  const setPeriod = settings.period === null ? null : decodePeriod(settings.period, context.today)
  const hs = remember(decodeCode)
  const dataset = datasetDecoder(context)
  const partner = partnerDecoder(context, ['partner', 'partnerIso', 'partnerName'])
  const partner2 = partnerDecoder(context, ['partner2', 'partner2Iso', 'partner2Name'])
  const flowField = context.columns.has('flow') ? 'flow' : 'flowName'
  const periodField = context.columns.has('period') ? 'period' : 'year'
  const quantityIn = quantityDecoder(context.reference)
  const row = rowReader(context)

  return (cells) => {
    row.start(cells)
    const flow = row.settled(flowField, settings.flow, decodeFlow)
    const set = setPeriod !== null && 'value' in setPeriod ? setPeriod.value : null
    const month = periodField === 'year' ? monthOf(row.text('month')) : ''
    const time = row.settled(periodField, set, (text) => period(text + month), samePeriod)
    const code = row.code('hs', hs)
    const source = dataset(row)
    const land = partner(row)
    const value = row.decimal('value', readDecimalWithExponent)
    if (value === null && row.good()) row.problem('value', say('value-none'), say('mend-amount'))
    const quantity = decodeQuantity(row, quantityIn)
    const weight = row.decimal('netWeight', readDecimalWithExponent)
    return row.finish(
      (): TradeRecord => ({
        dataset: source.dataset,
        flow: flow ?? 'export',
        periodStart: time?.start ?? '',
        months: time?.months ?? 12,
        scope: land,
        hsEdition: source.edition,
        hs: code ?? '',
        partner: land,
        tradeMode: null,
        supervisionMode: null,
        ownership: null,
        transport: detail(row.text('transport')) || null,
        district: null,
        enterprise: null,
        enterpriseName: null,
        ...quantity,
        // a flow with a value and weight 0 was not weighed
        quantity2: weight === '0' ? null : weight,
        unit2: weight === '0' || weight === null ? null : '千克',
        valueCny: null,
        valueUsd: value,
        breakdown: breakdownOf(row, partner2),
        declared: null,
      }),
    )
  }
}

/** Two digits of a month; empty for a year, which files mark by month 52. */
function monthOf(text: string): string {
  return /^(0?[1-9]|1[0-2])$/.test(text) ? text.padStart(2, '0') : ''
}

function decodeFlow(text: string): CodeCell<Flow> {
  const flow = flowWords[clean(text).toUpperCase()]
  if (flow) return { value: flow }
  return { reason: say('flow-not-kept'), hint: say('mend-flow-kept') }
}

/** Digits keep their leading zeros; TOTAL and letter codes (9999AA) are codes of their own. */
function decodeCode(text: string): CodeCell {
  const code = clean(text).toUpperCase()
  if (code === 'TOTAL' || code === 'ALL') return { value: 'TOTAL' }
  if (/^[0-9][0-9A-Z]{0,9}$/.test(code)) return { value: code }
  return { reason: say('commodity-not'), hint: say('mend-commodity') }
}

function datasetDecoder({ reference }: DecodeContext) {
  const named = remember((key) => {
    const [number = '', iso = '', classification = ''] = key.split('\t')
    const reporter = decodeWorldPartner(number, iso, '', reference)
    const own = 'value' in reporter ? reporter.value : number
    const country = findCountry(reference.countries, own)
    const code = classification === '' ? 'HS' : classification.toUpperCase()
    return { dataset: `comtrade/${country?.iso3 ?? own}/${code}`, edition: editions[code] ?? code }
  })
  return (row: RowReader) => {
    const number = row.text('reporter')
    const iso = row.text('reporterIso')
    if (number === '' && iso === '') row.problem('reporter', say('empty'), say('mend-reporter'))
    return named(`${number}\t${iso}\t${row.text('classification')}`)
  }
}

function partnerDecoder({ reference, notes }: DecodeContext, fields: readonly [string, string, string]) {
  const known = remember((key) => {
    const [number = '', iso = '', name = ''] = key.split('\t')
    return decodeWorldPartner(number, iso, name, reference)
  })
  return (row: RowReader): string => {
    const [number, iso, name] = fields.map((field) => row.text(field)) as [string, string, string]
    if (number === '' && iso === '') {
      if (fields[0] === 'partner') row.problem('partner', say('empty'), say('mend-world-partner'))
      return ''
    }
    const found = known(`${number}\t${iso}\t${name}`)
    if (!('value' in found)) return ''
    if (found.unknown !== undefined) notes.add('partner', found.unknown, found.value)
    return found.value
  }
}

function decodeQuantity(row: RowReader, quantityIn: ReturnType<typeof quantityDecoder>) {
  const code = row.text('unit1')
  const amount = row.decimal('quantity1', readDecimalWithExponent)
  if (code === '' || code === '-1' || code === '1') return { quantity1: null, unit1: null }
  const { quantity, unit } = quantityIn(amount, unitNames[code] ?? `UN${code}`)
  return { quantity1: quantity, unit1: unit }
}

/** The dimensions beyond those of the table; null when the row is the total over all of them. */
function breakdownOf(row: RowReader, partner2: (row: RowReader) => string): string | null {
  const second = partner2(row)
  const parts = [detail(row.text('customs')), detail(row.text('supply')), detail(row.text('transport'))]
  const text = [...parts, second === 'W00' ? '' : second].join(':')
  return text === ':::' ? null : text
}

/** Total codes (C00, 0) are no detail; of a transport code the trailing zeros only say that it is not split further. */
function detail(code: string): string {
  return /^(C00|0*)$/i.test(code) ? '' : code.replace(/^(\d+?)0+$/, '$1')
}
