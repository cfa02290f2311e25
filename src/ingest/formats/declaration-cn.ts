import { Big } from 'big.js'
import { normaliseSupervisionMode, normaliseTransportMode, ownershipOf } from '../../reference/modes.ts'
import { decodeListed, decodePartner, quantityDecoder, remember, samePeriod } from '../codes.ts'
import { readDecimal } from '../decimal.ts'
import { say } from '../messages.ts'
import type { Decoded, Flow, TradeRecord } from '../record.ts'
import { type RowReader, rowReader } from '../row-reader.ts'
import { namesTotal } from '../totals.ts'
import { oddCodes } from './customs-cn.ts'
import { decodeEnterprise } from './customs-cn-codes.ts'
import { decodeFlowWord, editionOf } from './customs-cn-words.ts'
import { type Adjustment, adjustmentOf, decodeTerms } from './declaration-charges.ts'
import { declarationHeaders } from './declaration-headers.ts'
import { type DecodeContext, headerFields, type Layout } from './layout.ts'
import { decodeLooseHs, decodeLoosePeriod } from './loose.ts'
import { currencyOf, inCurrencies } from './money.ts'

/** Lines of customs declarations (报关单): exports at FOB and imports at CIF, each in the currency it was declared in. */
export const declarationCn: Layout = {
  name: 'declaration-cn',
  fieldOf: headerFields(declarationHeaders),
  needs: [
    { fields: ['number'], say: '海关编号' },
    { fields: ['hs'], say: '商品编号' },
    { fields: ['total', 'cny', 'usd'], say: '总价' },
  ],
  hsLevels: [2, 4, 6, 8],
  flowFields: ['flow'],
  periodFields: ['exported', 'period'],
  undeclaredValue: null,
  declares: 'lines',
  decoder,
}

function decoder(context: DecodeContext): (cells: readonly string[]) => Decoded {
  const { settings, reference, columns } = context
  const period = remember((text) => decodeLoosePeriod(text, context.today))
  const set = settings.period === null ? null : decodeLoosePeriod(settings.period, context.today)
  const setPeriod = set !== null && 'value' in set ? set.value : null
  const hs = remember(decodeLooseHs)
  const partner = remember((text) => decodePartner(text, reference))
  const enterprise = remember(decodeEnterprise)
  const mode = remember((text) =>
    decodeListed(text, reference.supervisionModes, 'unknown-supervision-mode', normaliseSupervisionMode),
  )
  const countedAs = new Map(reference.supervisionModes.map((one) => [one.code, one.tradeMode]))
  const transport = remember((text) =>
    decodeListed(text, reference.transportModes, 'unknown-transport', normaliseTransportMode),
  )
  const district = remember((text) =>
    decodeListed(text, reference.districts, 'unknown-district', (code) => code),
  )
  const quantity = quantityDecoder(reference)
  const money = moneyReader(context)
  const row = rowReader(context)
  const noteOdd = oddCodes(context)
  const dateField = (): string =>
    row.text('exported') !== '' || !columns.has('period') ? 'exported' : 'period'

  return (cells) => {
    row.start(cells)
    const flow = row.settled('flow', settings.flow, decodeFlowWord)
    const time = row.settled(dateField(), setPeriod, period, samePeriod)
    const number = declarationNumber(row)

    const withdrawn = /删|撤|^D$|delete/i.test(row.text('state'))
    const code = withdrawn ? row.optional(['hs'], hs) : row.code('hs', hs)
    if (code !== null && time !== null) noteOdd(code, time.start)
    const land = row.optional(flow === 'import' ? ['origin', 'trade'] : ['destination', 'trade'], partner)
    const firm = row.optional(['enterprise'], enterprise)
    const first = quantity(row.decimal('quantity1', readDecimal), row.text('unit1'))
    const second = quantity(row.decimal('quantity2', readDecimal), row.text('unit2'))
    const amounts = money(row, flow ?? 'export', weightIn([first, second]), withdrawn)
    const supervision = row.optional(['supervisionMode'], mode)
    return row.finish(
      (): TradeRecord => ({
        dataset: 'declaration-cn',
        flow: flow ?? 'export',
        periodStart: time?.start ?? '',
        months: time?.months ?? 1,
        scope: settings.part ?? '',
        hsEdition: editionOf(time?.start ?? ''),
        hs: code ?? 'TOTAL',
        partner: land ?? '',
        tradeMode: countedAs.get(supervision ?? '') ?? null,
        supervisionMode: supervision,
        ownership: firm && ownershipOf(firm),
        transport: row.optional(['transport'], transport),
        district: row.optional(['district'], district),
        enterprise: firm,
        enterpriseName: firm === null ? null : row.text('enterpriseName') || null,
        quantity1: first.quantity,
        unit1: first.unit,
        quantity2: second.quantity,
        unit2: second.unit,
        valueCny: amounts.cny,
        valueUsd: amounts.usd,
        breakdown: null,
        declared: {
          value: amounts.value,
          currency: amounts.currency,
          number,
          item: row.text('item') || null,
          withdrawn,
          ...(amounts.shared !== '0' && { shared: amounts.shared }),
        },
      }),
    )
  }
}

/** Eighteen digits (nine in old files) as text; a spreadsheet's 5.3E+17 has lost its digits. */
function declarationNumber(row: RowReader): string | null {
  const text = row.text('number')
  if (/^[0-9A-Z]{9,18}$/i.test(text)) return text.toUpperCase()
  if (namesTotal(text)) row.notTotal('number')
  else row.problem('number', text === '' ? say('empty') : say('number-declaration-not'), say('mend-as-text'))
  return null
}

function weightIn(quantities: readonly { quantity: string | null; unit: string | null }[]): Big | null {
  const kilograms = quantities.find(({ quantity, unit }) => unit === '千克' && quantity !== null)
  return kilograms?.quantity ? new Big(kilograms.quantity).times('0.001') : null
}

function moneyReader({ columns, settings, notes }: DecodeContext) {
  const { rates } = settings
  const nothing = { value: null, currency: null, cny: null, usd: null, shared: '0' }
  return (row: RowReader, flow: Flow, tonnes: Big | null, withdrawn: boolean) => {
    if (withdrawn) return nothing
    const total = row.decimal('total', readDecimal)
    const cny = row.decimal('cny', readDecimal)
    const usd = row.decimal('usd', readDecimal)
    if (total === null) {
      if (cny === null && usd === null && row.good())
        row.problem('total', say('value-none'), say('mend-amount'))
      return { ...nothing, cny, usd }
    }
    const currency = row.code('currency', currencyOf)
    if (currency === null) return nothing
    const terms = columns.has('terms') ? row.code('terms', decodeTerms) : null
    if (!columns.has('terms'))
      notes.add('成交方式', 'no column says it: prices are kept as declared', 'missing')
    const adjustment: Adjustment =
      terms === null
        ? { own: '0', shared: '0' }
        : adjustmentOf(row, { flow, terms, total, currency, tonnes, rates })
    const value = new Big(total).plus(adjustment.own).toFixed()
    const known = inCurrencies(value, currency, rates)
    return { value, currency, cny: cny ?? known.cny, usd: usd ?? known.usd, shared: adjustment.shared }
  }
}
