import { Big } from 'big.js'
import type { CodeCell } from '../codes.ts'
import { readDecimal } from '../decimal.ts'
import { say } from '../messages.ts'
import type { Flow } from '../record.ts'
import type { RowReader } from '../row-reader.ts'
import { currencyOf, exchange } from './money.ts'

/** 成交方式: which of freight and insurance the price contains. */
interface Terms {
  freight: boolean
  insurance: boolean
}

const terms: Readonly<Record<string, Terms>> = {
  CIF: { freight: true, insurance: true },
  'C&F': { freight: true, insurance: false },
  FOB: { freight: false, insurance: false },
  'C&I': { freight: false, insurance: true },
  EXW: { freight: false, insurance: false },
}
const termCodes: Readonly<Record<string, string>> = {
  '1': 'CIF',
  '2': 'C&F',
  '3': 'FOB',
  '4': 'C&I',
  '7': 'EXW',
  CFR: 'C&F',
  CNF: 'C&F',
  CI: 'C&I',
}

export function decodeTerms(text: string): CodeCell<Terms> {
  const bare = text.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '')
  const known = terms[termCodes[bare] ?? bare]
  if (known) return { value: known }
  if (/^(5|6|市场价|垫仓)$/.test(bare)) return { value: { freight: false, insurance: false } }
  return { reason: say('terms-not'), hint: say('mend-terms') }
}

/** What is added to a line's price (negative: taken off) so that exports are FOB and imports CIF. */
export interface Adjustment {
  /** Of this line alone: rates and prices by weight. */
  own: string
  /** Of the whole declaration, to be shared among its lines by their price; in the currency of the line. */
  shared: string
}

interface Line {
  flow: Flow
  terms: Terms
  total: string
  currency: string
  /** Tonnes, or null when the line is not stated by weight. */
  tonnes: Big | null
  rates: Readonly<Record<string, string>>
}

const nothing: Adjustment = { own: '0', shared: '0' }

/** Reads freight and insurance of a line: mark 1 a rate in percent of the price, 2 a price for a tonne, 3 a total. */
export function adjustmentOf(row: RowReader, line: Line): Adjustment {
  const exporting = line.flow === 'export' || line.flow === 're-export'
  const wanted = (['freight', 'insurance'] as const).filter((kind) => line.terms[kind] === exporting)
  const parts = wanted.map((kind) => chargeOf(row, kind, line))
  const sign = exporting ? -1 : 1
  const sum = (field: keyof Adjustment) =>
    parts
      .reduce((total, part) => total.plus(part[field]), new Big(0))
      .times(sign)
      .toFixed()
  return parts.length === 0 ? nothing : { own: sum('own'), shared: sum('shared') }
}

function chargeOf(row: RowReader, kind: 'freight' | 'insurance', line: Line): Adjustment {
  const stated = splitCharge(row.text(kind), row.text(`${kind}Mark`), row.text(`${kind}Currency`))
  const amount = readDecimal(stated.amount)
  if (!('value' in amount)) {
    row.problem(kind, amount.reason, amount.hint)
    return nothing
  }
  if (amount.value === null || amount.value === '0') return nothing
  if (stated.mark === '1')
    return { own: new Big(line.total).times(amount.value).times('0.01').toFixed(), shared: '0' }
  const inLine = convert(row, kind, { amount: amount.value, currency: stated.currency }, line)
  if (stated.mark === '3') return { own: '0', shared: inLine }
  if (stated.mark === '2' && line.tonnes !== null)
    return { own: line.tonnes.times(inLine).toFixed(), shared: '0' }
  row.problem(kind, say('charge-unmarked'), say('mend-mark'))
  return nothing
}

/** `502/1200/3` is currency, amount and mark in one cell. */
function splitCharge(cell: string, mark: string, currency: string) {
  const parts = cell.split('/').map((part) => part.trim())
  if (parts.length === 3) {
    return { currency: parts[0] ?? '', amount: parts[1] ?? '', mark: parts[2] ?? '' }
  }
  const percent = /^(.+)%$/.exec(cell)
  return { currency, amount: percent?.[1] ?? cell, mark: percent ? '1' : mark }
}

function convert(
  row: RowReader,
  kind: string,
  charge: { amount: string; currency: string },
  line: Line,
): string {
  const read = charge.currency === '' ? { value: line.currency } : currencyOf(charge.currency)
  const from = 'value' in read ? read.value : ''
  const found = exchange(charge.amount, from, line.currency, line.rates)
  if (found !== null) return found
  const yuan = exchange(charge.amount, from, 'CNY', line.rates)
  if (yuan !== null && line.rates[line.currency])
    return exchange(yuan, 'CNY', line.currency, line.rates) ?? '0'
  row.problem(kind, say('charge-no-rate', { charge: from, price: line.currency }), say('mend-rates'))
  return '0'
}
