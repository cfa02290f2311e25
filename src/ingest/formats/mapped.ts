import { Big } from 'big.js'
import { findCountry } from '../../reference/countries.ts'
import { normaliseSupervisionMode, normaliseTransportMode } from '../../reference/modes.ts'
import {
  type CodeCell,
  clean,
  decodeListed,
  decodePartner,
  decodeWorldPartner,
  quantityDecoder,
  remember,
  samePeriod,
} from '../codes.ts'
import { readDecimalWithExponent } from '../decimal.ts'
import { normaliseHeader } from '../header.ts'
import type { ColumnMapping } from '../mapping-schema.ts'
import { say } from '../messages.ts'
import type { Decoded, TradeRecord } from '../record.ts'
import { type RowReader, rowReader } from '../row-reader.ts'
import { decodeEnterprise } from './customs-cn-codes.ts'
import { decodeFlowWord, editionOf } from './customs-cn-words.ts'
import { type DecodeContext, headerFields, type Layout } from './layout.ts'
import { decodeLooseHs, decodeLoosePeriod } from './loose.ts'
import { currencyOf, inCurrencies } from './money.ts'

/** The layout a mapping describes. `name` is what the report calls it. */
export function mappedLayout(
  name: Layout['name'],
  mapping: ColumnMapping,
  source = `mapped/${name}`,
): Layout {
  const { columns } = mapping
  const synonyms = Object.entries(columns).map(([field, headers]): [string, string[]] => [
    field,
    [headers ?? []].flat().map(normaliseHeader),
  ])
  const say = (field: keyof typeof columns) => [columns[field] ?? field].flat()[0] ?? field
  const money = (['usd', 'cny', 'value'] as const).filter((field) => columns[field] !== undefined)
  return {
    name,
    fieldOf: headerFields(Object.fromEntries(synonyms)),
    needs: [
      { fields: money, say: money.map(say).join(' or ') },
      ...(columns.hs ? [{ fields: ['hs'], say: say('hs') }] : []),
      ...(name === 'baci' ? [{ fields: ['partner'], say: say('partner') }] : []),
      ...(name === 'ledger' ? [{ fields: ['currency'], say: say('currency') }] : []),
    ],
    hsLevels: [2, 4, 6, 8],
    flowFields: mapping.flow ? ['hs', ...money] : ['flow'],
    periodFields: ['period', 'year'],
    undeclaredValue: columns.currency || mapping.currency ? null : 'value',
    declares: name === 'ledger' ? 'lines' : 'figures',
    decoder: (context) => decoder(context, mapping, mapping.dataset ?? source),
  }
}

function decoder(context: DecodeContext, mapping: ColumnMapping, dataset: string) {
  const { settings, reference, columns } = context
  const period = remember((text) => decodeLoosePeriod(text, context.today))
  const set = settings.period === null ? null : decodeLoosePeriod(settings.period, context.today)
  const setPeriod = set !== null && 'value' in set ? set.value : null
  const periodField = columns.has('period') ? 'period' : 'year'
  const hs = remember(decodeLooseHs)
  const partner = partnerDecoder(context, mapping)
  const enterprise = remember(decodeEnterprise)
  const money = moneyReader(context, mapping)
  const quantity = quantityReader(context, mapping)
  const mode = remember((text) =>
    decodeListed(text, reference.supervisionModes, 'unknown-supervision-mode', normaliseSupervisionMode),
  )
  const transport = remember((text) =>
    decodeListed(text, reference.transportModes, 'unknown-transport', normaliseTransportMode),
  )
  const row = rowReader(context)
  const byFirm = mapping.keptBy === 'enterprise'
  const byReporter = mapping.keptBy === 'reporter'

  return (cells: readonly string[]): Decoded => {
    row.start(cells)
    const flow = mapping.flow ?? row.settled('flow', settings.flow, decodeFlowWord)
    const month = periodField === 'year' && columns.has('month') ? `-${row.text('month')}` : ''
    const time = row.settled(periodField, setPeriod, (text) => period(text + month), samePeriod)
    const code = columns.has('hs') ? row.code('hs', hs) : 'TOTAL'
    const hasPartner = columns.has('partner') || columns.has('partnerName')
    const land = hasPartner ? row.codeOrName('partner', 'partnerName', partner) : ''
    const reporter = byReporter ? row.code('reporter', partner) : null
    const firm = row.optional(['enterprise'], enterprise)
    if (byFirm && firm === null && row.good()) {
      row.problem('enterprise', say('empty'), say('mend-ledger'))
    }
    const amounts = money(row)
    return row.finish(
      (): TradeRecord => ({
        dataset: reporter === null ? dataset : `${dataset}/${iso3(context, reporter)}`,
        flow: flow ?? 'export',
        periodStart: time?.start ?? '',
        months: time?.months ?? 12,
        scope: settings.part ?? (byFirm ? (firm ?? '') : ''),
        hsEdition: mapping.hsEdition ?? settings.edition ?? editionOf(time?.start ?? ''),
        hs: code ?? '',
        partner: land ?? '',
        tradeMode: null,
        supervisionMode: row.optional(['supervisionMode'], mode),
        ownership: null,
        transport: row.optional(['transport'], transport),
        district: row.text('district') || null,
        enterprise: firm,
        enterpriseName: row.text('enterpriseName') || null,
        ...quantity(row),
        valueCny: amounts.cny,
        valueUsd: amounts.usd,
        breakdown: null,
        declared: declaredLine(row, amounts),
      }),
    )
  }
}

function declaredLine(
  row: RowReader,
  { value, currency }: { value: string | null; currency: string | null },
) {
  const [number, item] = [row.text('declaration') || null, row.text('item') || null]
  return { value, currency, number, item, withdrawn: false }
}

function partnerDecoder({ reference }: DecodeContext, { partnerCodes }: ColumnMapping) {
  return remember((text): CodeCell => {
    const bare = clean(text)
    if (partnerCodes === 'm49') {
      const number = /^\d+$/.test(bare) ? bare : ''
      const world = decodeWorldPartner(number, number === '' ? bare : '', bare, reference)
      // the world beside its countries would be counted twice; without them no column of partners is needed
      if (!('value' in world && world.value === 'W00')) return world
      return { reason: say('total-row'), hint: say('mend-total-row') }
    }
    if (partnerCodes === 'own') {
      return { value: `~${bare}`, unknown: say('own-code') }
    }
    return decodePartner(bare, reference)
  })
}

function iso3({ reference }: DecodeContext, key: string): string {
  return findCountry(reference.countries, key)?.iso3 ?? key
}

function moneyReader({ columns, settings }: DecodeContext, mapping: ColumnMapping) {
  const factor = mapping.valueFactor ?? '1'
  const read = (row: RowReader, field: string) => scaled(row.decimal(field, readDecimalWithExponent), factor)
  const stated = mapping.currency ?? settings.currency
  return (row: RowReader) => {
    const value = read(row, 'value')
    const currency = columns.has('currency') ? row.code('currency', currencyOf) : stated
    const given = inCurrencies(value, currency, settings.rates)
    const cny = read(row, 'cny') ?? given.cny
    const usd = read(row, 'usd') ?? given.usd
    if (value === null && cny === null && usd === null && row.good()) {
      const field = ['value', 'usd', 'cny'].find((one) => columns.has(one)) ?? 'value'
      row.problem(field, say('value-none'), say('mend-amount'))
    }
    return { value, currency: value === null ? null : currency, cny, usd }
  }
}

function quantityReader({ reference }: DecodeContext, mapping: ColumnMapping) {
  const inBase = quantityDecoder(reference)
  return (row: RowReader) => {
    const first = scaled(row.decimal('quantity1', readDecimalWithExponent), mapping.quantityFactor ?? '1')
    const second = row.decimal('quantity2', readDecimalWithExponent)
    const one = inBase(first, row.text('unit1') || (mapping.quantityUnit ?? ''))
    const two = inBase(second, row.text('unit2') || (mapping.quantity2Unit ?? ''))
    return { quantity1: one.quantity, unit1: one.unit, quantity2: two.quantity, unit2: two.unit }
  }
}

function scaled(value: string | null, factor: string): string | null {
  return value === null || factor === '1' ? value : new Big(value).times(factor).toFixed()
}
