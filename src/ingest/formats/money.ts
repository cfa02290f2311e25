import { Big } from 'big.js'
import { type CodeCell, clean } from '../codes.ts'
import { say } from '../messages.ts'

/** Currencies as declarations write them: the number of the country that issues it, or a Chinese name. */
const spellings: Readonly<Record<string, string>> = {
  '110': 'HKD',
  '116': 'JPY',
  '121': 'MOP',
  '122': 'MYR',
  '129': 'PHP',
  '132': 'SGD',
  '133': 'KRW',
  '136': 'THB',
  '142': 'CNY',
  '143': 'TWD',
  '300': 'EUR',
  '302': 'DKK',
  '303': 'GBP',
  '326': 'NOK',
  '330': 'SEK',
  '331': 'CHF',
  '344': 'RUB',
  '501': 'CAD',
  '502': 'USD',
  '601': 'AUD',
  '609': 'NZD',
  RMB: 'CNY',
  人民币: 'CNY',
  人民币元: 'CNY',
  美元: 'USD',
  港币: 'HKD',
  港元: 'HKD',
  日元: 'JPY',
  日本元: 'JPY',
  欧元: 'EUR',
  英镑: 'GBP',
  韩元: 'KRW',
  韩国圆: 'KRW',
  新加坡元: 'SGD',
  澳大利亚元: 'AUD',
  加拿大元: 'CAD',
  瑞士法郎: 'CHF',
  泰国铢: 'THB',
  卢布: 'RUB',
}

/** Reads a currency by ISO code, customs number or Chinese name. */
export function currencyOf(text: string): CodeCell {
  const bare = clean(text).normalize('NFKC').toUpperCase()
  const code = spellings[bare] ?? bare
  if (/^[A-Z]{3}$/.test(code)) return { value: code }
  return { reason: say('currency-not'), hint: say('mend-currency') }
}

/** The value in yuan and dollars: where it is in one of them, or by the rates stated (yuan for one unit); never otherwise. */
export function inCurrencies(
  value: string | null,
  currency: string | null,
  rates: Readonly<Record<string, string>>,
): { cny: string | null; usd: string | null } {
  if (value === null || currency === null) return { cny: null, usd: null }
  return { cny: exchange(value, currency, 'CNY', rates), usd: exchange(value, currency, 'USD', rates) }
}

/** An amount in another currency by the rates stated, rounded to a hundredth where it must be divided; null without them. */
export function exchange(
  value: string,
  from: string,
  to: string,
  rates: Readonly<Record<string, string>>,
): string | null {
  if (from === to) return value
  const price = from === 'CNY' ? '1' : rates[from]
  const unit = to === 'CNY' ? '1' : rates[to]
  if (price === undefined || unit === undefined) return null
  const yuan = new Big(value).times(price)
  return unit === '1' ? yuan.toFixed() : yuan.div(unit).round(2).toFixed()
}
