import Big from 'big.js'
import type { Language } from './language.tsx'

export type Currency = 'CNY' | 'USD'

/** A unit in which amounts are shown: the amount is divided by ten to the `exponent`. */
export interface MoneyUnit {
  exponent: number
  /** The unit by itself, as a column's heading has it: 亿美元, USD bn. */
  label: string
  /** What stands before and after a figure: 12.60 亿美元, USD 1.26 bn. */
  before: string
  after: string
}

export const missing = '—'

const currencyNames: Record<Language, Record<Currency, string>> = {
  zh: { CNY: '元', USD: '美元' },
  en: { CNY: 'CNY', USD: 'USD' },
}

const steps: Record<Language, { exponent: number; word: string }[]> = {
  zh: [
    { exponent: 8, word: '亿' },
    { exponent: 4, word: '万' },
  ],
  en: [
    { exponent: 9, word: 'bn' },
    { exponent: 6, word: 'm' },
    { exponent: 3, word: 'k' },
  ],
}

/** Digits before the point that call for the next larger unit: a table keeps a finer one, for its small rows. */
const enough = { figure: 1, table: 3 }

/**
 * The one unit for a set of amounts, by the largest of them: 亿 / 万 in Chinese, bn / m / k in English, before the name
 * of the currency.
 */
export function unitFor(
  amounts: readonly (string | null)[],
  options: { currency: Currency; language: Language; use: keyof typeof enough },
): MoneyUnit {
  const { currency, language, use } = options
  const name = currencyNames[language][currency]
  const largest = amounts.reduce((most, amount) => {
    const size = new Big(amount ?? 0).abs()
    return size.gt(most) ? size : most
  }, new Big(0))
  const step = steps[language].find(({ exponent }) => largest.gte(`1e${exponent + enough[use] - 1}`))
  const { exponent, word } = step ?? { exponent: 0, word: '' }
  if (language === 'zh') return { exponent, label: word + name, before: '', after: ` ${word}${name}` }
  const after = word && ` ${word}`
  return { exponent, label: name + after, before: `${name} `, after }
}

/** An amount in a unit, thousands separated, two decimals (none in the plain currency unit); without the unit's name. */
export function money(amount: string | null, unit: MoneyUnit): string {
  if (amount === null) return missing
  return fixed(new Big(amount).times(`1e-${unit.exponent}`), unit.exponent === 0 ? 0 : 2)
}

/** An amount to the cent in its own currency, for duties. */
export function amount(value: string): string {
  return fixed(new Big(value), 2)
}

/** An amount with the name of its unit, for a sentence. */
export function moneyText(value: string | null, unit: MoneyUnit): string {
  return value === null ? missing : `${unit.before}${money(value, unit)}${unit.after}`
}

/** The same with the sign of the amount, for differences. */
export function signedMoneyText(value: string | null, unit: MoneyUnit): string {
  return value === null ? missing : `${unit.before}${signedMoney(value, unit)}${unit.after}`
}

/** The same as `money` with its sign, for differences. */
export function signedMoney(amount: string | null, unit: MoneyUnit): string {
  return withPlus(money(amount, unit))
}

/** A fraction as a percentage with its sign: 0.084 is "+8.4%". */
export function growth(fraction: string | number | null | undefined, digits = 1): string {
  return fraction === null || fraction === undefined ? missing : withPlus(share(fraction, digits))
}

/** A fraction as a percentage: 0.25 is "25.0%". */
export function share(fraction: string | number | null | undefined, digits = 1): string {
  if (fraction === null || fraction === undefined) return missing
  return `${fixed(new Big(fraction).times(100), digits)}%`
}

/** Percentage points with their sign; the unit's name is the text's affair. */
export function points(value: string | number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? missing : withPlus(fixed(new Big(value), digits))
}

/** A whole number with thousands separators. */
export function count(value: number): string {
  return fixed(new Big(value), 0)
}

/** Exports less imports, exact; null when either is missing. */
export function difference(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : new Big(one).minus(other).toFixed()
}

export function sign(value: string | number | null | undefined): -1 | 0 | 1 {
  if (value === null || value === undefined) return 0
  const size = new Big(value)
  return size.gt(0) ? 1 : size.lt(0) ? -1 : 0
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-10` or the merged `2026-01/02` as a reader says it. */
export function month(period: string, language: Language): string {
  const { year, first, last } = partsOf(period)
  return monthsOf(year, first, last, language)
}

/** The months from one to another of the same year, merged first period included: "2026 年 1–10 月". */
export function yearToDate(period: string, language: Language): string {
  const { year, last } = partsOf(period)
  return monthsOf(year, 1, last, language)
}

/** The month part of a period (`03`, `01/02`) alone, for an axis. */
export function monthOfYear(part: string, language: Language): string {
  const { first, last } = partsOf(`2000-${part}`)
  return language === 'zh' ? `${rangeOf(first, last)} 月` : englishMonths(first, last)
}

/** Year and months of a period: `2026-01/02` is months 1 to 2. */
export function partsOf(period: string): { year: number; first: number; last: number } {
  const [, year, first, last] = /^(\d{4})-(\d{2})(?:\/(\d{2}))?$/.exec(period) ?? []
  return { year: Number(year), first: Number(first), last: Number(last ?? first) }
}

function monthsOf(year: number, first: number, last: number, language: Language): string {
  return language === 'zh' ? `${year} 年 ${rangeOf(first, last)} 月` : `${englishMonths(first, last)} ${year}`
}

function rangeOf(first: number | string, last: number | string): string {
  return first === last ? `${first}` : `${first}–${last}`
}

function englishMonths(first: number, last: number): string {
  return rangeOf(monthNames[first - 1] ?? '', monthNames[last - 1] ?? '')
}

/** An instant or a date as YYYY-MM-DD, or with the time of day, in the reader's own zone. */
export function day(instant: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(instant) ? instant : dayAndTime(instant).slice(0, 10)
}

export function dayAndTime(instant: string): string {
  return new Date(instant).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
}

function fixed(value: Big, digits: number): string {
  const rounded = value.round(digits, Big.roundHalfUp)
  const [whole = '', rest] = rounded.abs().toFixed(digits).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${rounded.lt(0) ? '−' : ''}${grouped}${rest === undefined ? '' : `.${rest}`}`
}

function withPlus(figure: string): string {
  return /[1-9]/.test(figure) && !figure.startsWith('−') ? `+${figure}` : figure
}
