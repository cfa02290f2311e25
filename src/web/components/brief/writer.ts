import type { Flow } from '../../api.ts'
import {
  type Currency,
  count,
  growth,
  missing,
  moneyText,
  partsOf,
  points,
  share,
  sign,
  unitFor,
  yearToDate,
} from '../../format.ts'
import type { Language } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import type { Piece } from '../../pieces.ts'
import type { Text } from '../../text/zh.ts'

export interface Reader {
  language: Language
  text: Text
  currency: Currency
  flow: Flow
  month: string
}

export type Writer = ReturnType<typeof writer>

/** Writes figures with their queries the way the reader's language has them in a sentence. */
export function writer(reader: Reader) {
  const { language, text, currency, flow, month } = reader
  const words = text.brief
  const unsigned = (shown: string) => shown.replace(/^[+−]/, '')
  const money = (value: string | null, url: string) =>
    figure(moneyText(value, unitFor([value], { currency, language, use: 'figure' })), url)
  return {
    ...reader,
    words,
    /** The months from January to the brief's. */
    months: yearToDate(partsOf(month).first === 2 ? `${month.slice(0, 4)}-01/02` : month, language),
    flowName: text.flows[flow],
    money,
    /** The same without its sign, where a word says the direction. */
    size: (value: string | null, url: string) => money(value === null ? null : value.replace('-', ''), url),
    share: (value: string | number | null, url: string) => figure(share(value), url),
    count: (value: number, url: string) => figure(count(value), url),
    /** Grew, fell or stayed: the direction that is seen in the rounded figure; nothing where there is no comparison. */
    change: (rate: number | null, url: string): Piece[] =>
      rate === null ? [] : words.change(seenSign(growth(rate)), figure(unsigned(growth(rate)), url)),
    /** Percentage points pulled up or down. */
    pull: (pull: number | null, url: string): Piece[] =>
      pull === null ? [] : words.pull(sign(pull), figure(unsigned(shortPoints(pull)), url)),
    points: (value: number, url: string) => figure(unsigned(points(value)), url),
    name: (line: { code: string; name: string | null; nameEn: string | null }) =>
      nameOf({ ...line, nameZh: line.name }, language),
  }
}

function figure(shown: string, url: string): Piece {
  return shown === missing ? missing : { figure: shown, url }
}

/** One decimal, or two where one would leave nothing. */
function shortPoints(pull: number): string {
  const short = points(pull)
  return /[1-9]/.test(short) ? short : points(pull, 2)
}

/** Of the figure as shown: what rounds to nothing neither grew nor fell. */
function seenSign(shown: string): -1 | 0 | 1 {
  return shown.startsWith('+') ? 1 : /^−.*[1-9]/.test(shown) ? -1 : 0
}
