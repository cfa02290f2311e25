import { Big } from 'big.js'
import { say } from './messages.ts'

/** A number read from a cell: exact decimal text, null for a missing marker, or why it is no number. */
export type DecimalCell = { value: string | null } | { reason: string; hint: string }

const missing = new Set(['', '-', '--', '---', '…', '...', '……', '?', 'n/a', 'na', 'null', '\\n'])
// the two forms nearly every cell has, without the work below
const wholeNumber = /^(?:0|[1-9]\d{0,29})$/
const grouped = /^[1-9]\d{0,2}(?:,\d{3}){1,9}$/
const plain = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?$/
const exponent = /^[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}$/i
/** More digits than any amount in the world's currencies: something else was read as a number. */
const mostDigits = 40

/**
 * Reads an amount as trade files write it: half- or full-width digits and thousands commas, spaces, tabs, a leading
 * apostrophe, a minus sign of any kind, accountants' parentheses. Missing markers are null, never zero.
 */
export function readDecimal(text: string): DecimalCell {
  if (wholeNumber.test(text)) return { value: text }
  if (grouped.test(text)) return { value: text.replaceAll(',', '') }
  const bare = normalise(text)
  if (missing.has(bare.toLowerCase())) return { value: null }
  const inside = /^\((.+)\)$/.exec(bare)
  const signed = inside ? `-${inside[1]}` : bare
  if (plain.test(signed) && signed.length <= mostDigits) return { value: canonical(signed) }
  return notANumber(signed)
}

/** As readDecimal, for sources written by statistical programs, where 1e+05 is an exact 100000. */
export function readDecimalWithExponent(text: string): DecimalCell {
  const bare = normalise(text)
  return exponent.test(bare) ? { value: new Big(bare).toFixed() } : readDecimal(text)
}

function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s"'`’‘]/g, '')
    .replaceAll(/[−–—﹣]/g, '-')
}

/** Without plus sign, commas, leading zeros and trailing fraction zeros; never minus zero. */
function canonical(text: string): string {
  const [whole = '', fraction = ''] = text.replaceAll(/[,+-]/g, '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  const amount = rest === '' ? digits : `${digits}.${rest}`
  return text.startsWith('-') && amount !== '0' ? `-${amount}` : amount
}

function notANumber(text: string): DecimalCell {
  if (exponent.test(text)) {
    return { reason: say('number-short'), hint: say('mend-exponent') }
  }
  if (/^[+-]?[\d.,]+$/.test(text)) {
    return { reason: say('number-marks'), hint: say('mend-marks') }
  }
  return { reason: say('number-not'), hint: say('mend-digits') }
}
