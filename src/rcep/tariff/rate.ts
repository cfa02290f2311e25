import Big from 'big.js'
import { currencyOf, unitOf } from './rate-units.ts'

/** One rate of duty as published, parsed. Percents and amounts are exact decimal strings ("4.1" is 4.1 %). */
export type RateExpression =
  | { kind: 'free' }
  | { kind: 'ad-valorem'; percent: string }
  /** `amount` for every `perQuantity` of `per`; `currency` is null when the text says only "$". */
  | { kind: 'specific'; amount: string; currency: string | null; per: string; perQuantity: string }
  /** Tops the customs value up to a price: (price x quantity - value) x times, never below zero. */
  | { kind: 'price-gap'; price: string; currency: string; per: string; times: string }
  | { kind: 'compound'; terms: RateExpression[] }
  | { kind: 'alternative'; pick: 'higher' | 'lower'; options: RateExpression[] }
  /** The table splits the line by words only; the user says which product it is. */
  | { kind: 'by-product'; cases: { product: string; rate: RateExpression }[] }
  /** The table gives only the span of rates of the former lines merged here; some may have no concession. */
  | { kind: 'range'; of: RateExpression[]; partlyUnbound: boolean }
  /** Applies within a quota, so only with its licence; `within` is null when the text names no rate. */
  | { kind: 'tariff-quota'; within: RateExpression | null }
  | { kind: 'unbound' }
  /** Readable, but computed from figures that are not in a shipment (a notified price, a content by weight). */
  | { kind: 'formula'; text: string }
  | { kind: 'unparsed'; text: string }

const longestText = 1000

/**
 * Parses a rate as published (English, Chinese or Japanese tables). Never throws: what it cannot read is `unparsed`.
 * A bare number is a percentage. `dollar` is the currency meant by a bare "$", the importing Party's own.
 */
export function parseRate(text: string, dollar: string | null = null): RateExpression {
  const clean = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
  if (clean === '' || clean.length > longestText) return { kind: 'unparsed', text }
  return parseClean(clean, dollar) ?? { kind: 'unparsed', text }
}

type Reader = (text: string, dollar: string | null) => RateExpression | null

function parseClean(text: string, dollar: string | null): RateExpression | null {
  for (const read of readers) {
    const rate = read(text, dollar)
    if (rate) return rate
  }
  return null
}

/** Order matters: a wider construction is tried before the parts it contains. */
const readers: Reader[] = [
  word,
  quota,
  byProduct,
  marked,
  parenthesised,
  formula,
  alternative,
  range,
  priceGap,
  sum,
  adValorem,
  specific,
]

function word(text: string): RateExpression | null {
  if (/^(free|nil|exempt(ed)?|zero|無税|免税|零)$/i.test(text)) return { kind: 'free' }
  if (/^(u|u\/b|unbound|excl(uded)?\.?|\*|非譲許|不适用)$/i.test(text)) return { kind: 'unbound' }
  if (/^(trq|tariff(-| rate )quota|関税割当)$/i.test(text)) return { kind: 'tariff-quota', within: null }
  return null
}

function quota(text: string, dollar: string | null): RateExpression | null {
  const inside = /^(?:◎|関税割当数量以内のもの\s+)(.+)$/s.exec(text)?.[1]
  const within = inside === undefined ? null : parseClean(inside, dollar)
  return within && { kind: 'tariff-quota', within }
}

function byProduct(text: string, dollar: string | null): RateExpression | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const cases = lines.map((line) => {
    const [, product, rest] = /^(.*?[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}].*?)\s+(\S+)$/u.exec(line) ?? []
    const rate = rest === undefined ? null : parseClean(rest, dollar)
    return product !== undefined && rate ? { product, rate } : null
  })
  return cases.length > 0 && cases.every((entry) => entry !== null) ? { kind: 'by-product', cases } : null
}

/** Footnote signs of the Japanese table: the figure stands, the note is about levies or former lines. */
function marked(text: string, dollar: string | null): RateExpression | null {
  const bare = text.replace(/^(\*+|※|●)(?=.)/s, '').replace(/\s*(◆\d+|\*+)$/, '')
  return bare === text ? null : parseClean(bare, dollar)
}

/** In a national column "(x%)" is a rate that another column undercuts; the figure itself is read as it stands. */
function parenthesised(text: string, dollar: string | null): RateExpression | null {
  if (!text.startsWith('(') || !text.endsWith(')')) return null
  let depth = 0
  for (const [at, letter] of [...text].entries()) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (depth === 0 && at < [...text].length - 1) return null
  }
  return parseClean(text.slice(1, -1).trim(), dollar)
}

function formula(text: string): RateExpression | null {
  return /基準輸入価格|ごとに.+を加えた額|完税价格.*[:：]|滑准税/s.test(text)
    ? { kind: 'formula', text }
    : null
}

function alternative(text: string, dollar: string | null): RateExpression | null {
  return japaneseAlternative(text, dollar) ?? englishAlternative(text, dollar)
}

function japaneseAlternative(text: string, dollar: string | null): RateExpression | null {
  const [, body, direction, rest] = /^(.+)のうちいずれか(高い|低い)税率(.*)$/s.exec(text) ?? []
  if (body === undefined || rest === undefined) return null
  const choice = choose(direction === '高い' ? 'higher' : 'lower', body.split('又は'), dollar)
  if (!choice || rest === '') return choice
  const [, floor, same] = /^\s*ただしその税率が(.+)を下回る場合は(.+)$/s.exec(rest) ?? []
  const least = floor !== undefined && floor === same ? parseClean(floor, dollar) : null
  return least && { kind: 'alternative', pick: 'higher', options: [choice, least] }
}

const higherWord = /^(higher|greater|highest|greatest)$/i

/** `lower of [A] and [B]` is our own form, for tables that put two rates in two columns. */
function englishAlternative(text: string, dollar: string | null): RateExpression | null {
  const [, least, one, other] = /^(lower|higher) of \[(.+)\] and \[(.+)\]$/s.exec(text) ?? []
  if (one && other) return choose(least === 'higher' ? 'higher' : 'lower', [one, other], dollar)
  const [, first, direction, second] =
    /^(.+?),? or,? if (higher|lower|greater|less),? (.+)$/i.exec(text) ?? []
  if (first && second && direction)
    return choose(higherWord.test(direction) ? 'higher' : 'lower', [first, second], dollar)
  const [, body, which] =
    /^(.+?),? whichever is (?:the )?(higher|greater|lower|lesser|less)$/i.exec(text) ?? []
  if (body && which) return choose(higherWord.test(which) ? 'higher' : 'lower', body.split(/,? or /i), dollar)
  const [, rate, bound, limit] = /^(.+?),? but not (less|more) than (.+)$/i.exec(text) ?? []
  return rate && limit ? choose(bound === 'less' ? 'higher' : 'lower', [rate, limit], dollar) : null
}

function choose(pick: 'higher' | 'lower', texts: string[], dollar: string | null): RateExpression | null {
  const options = all(texts, dollar)
  return options && options.length > 1 && options.every(isComputable)
    ? { kind: 'alternative', pick, options }
    : null
}

/** `between [A] and [B]` is our own form too, where the lower of two columns is itself a span. */
function range(text: string, dollar: string | null): RateExpression | null {
  const [, one, other] = /^between \[(.+)\] and \[(.+)\]$/s.exec(text) ?? []
  const ends = one && other ? all([one, other], dollar) : null
  if (ends) return { kind: 'range', of: ends.flatMap(spanOf), partlyUnbound: ends.some(isPartlyUnbound) }
  const partly = /^一部(?=.)/.test(text) || /又は非譲許$/.test(text)
  const body = text.replace(/^一部/, '').replace(/又は非譲許$/, '')
  if (!partly && !body.includes('〜')) return null
  const of = all(body.split(/〜|、|又は/), dollar)
  return of && { kind: 'range', of, partlyUnbound: partly }
}

function spanOf(rate: RateExpression): RateExpression[] {
  return rate.kind === 'range' ? rate.of : [rate]
}

function isPartlyUnbound(rate: RateExpression): boolean {
  return rate.kind === 'range' && rate.partlyUnbound
}

function priceGap(text: string): RateExpression | null {
  const [, , price, top, bottom, per] =
    /^(\(?)\(([\d,.]+)円[-−]課税価格\)(?:×([\d.]+)\/([\d.]+)\))?\/(\S+)$/.exec(text) ?? []
  const unit = per === undefined ? undefined : unitOf(per)
  const times = quotient(top ?? '1', bottom ?? '1')
  const amount = price === undefined ? null : decimal(price)
  if (!unit || !amount || !times) return null
  return { kind: 'price-gap', price: amount, currency: 'JPY', per: unit, times }
}

/** top / bottom where that is a finite decimal, else null. */
function quotient(top: string, bottom: string): string | null {
  if (Number(bottom) === 0) return null
  const result = new Big(top).div(bottom)
  return result.times(bottom).eq(top) ? result.toFixed() : null
}

function sum(text: string, dollar: string | null): RateExpression | null {
  const parts = text.split(/\s*\+\s*|,? plus |,? and /)
  const terms = parts.length > 1 ? all(parts, dollar) : null
  return terms?.every(isComputable) ? { kind: 'compound', terms } : null
}

/** Only rates that are sums of money for a shipment may be added or compared. */
export function isComputable(rate: RateExpression): boolean {
  return ['free', 'ad-valorem', 'specific', 'price-gap', 'compound', 'alternative'].includes(rate.kind)
}

function adValorem(text: string): RateExpression | null {
  const figure = /^(\d[\d,]*(?:\.\d+)?)\s*(?:%|per ?cent)?(?: ad val(?:orem|\.)?)?$/i.exec(text)?.[1]
  const percent = figure === undefined ? null : decimal(figure)
  if (!percent) return null
  return percent === '0' ? { kind: 'free' } : { kind: 'ad-valorem', percent }
}

const moneyFirst = /^(A\$|US\$|NZ\$|S\$|B\$|RM|[A-Z]{3}|[$¥₩₱฿])\s*([\d,.]+)\s*(?:\/|per |(?=each))\s*(.+)$/i
const figureFirst = /^([\d,.]+)(万?)\s*(円|元|원|[A-Z]{3})\s*(?:\/|per )\s*(.+)$/i

function specific(text: string, dollar: string | null): RateExpression | null {
  const [, sign, money, afterMoney] = moneyFirst.exec(text) ?? []
  const [, figure, tenThousand, word, afterFigure] = figureFirst.exec(text) ?? []
  const amount = decimal(money ?? figure ?? '')
  const [, count, name] = /^([\d,]*)\s*(.+)$/.exec(afterMoney ?? afterFigure ?? '') ?? []
  const per = name === undefined ? undefined : unitOf(name)
  const perQuantity = decimal(count || '1')
  const currency = currencyOf(sign ?? word ?? '', dollar)
  if (!amount || !per || !perQuantity || currency === undefined) return null
  const whole = tenThousand ? new Big(amount).times(10000).toFixed() : amount
  return { kind: 'specific', amount: whole, currency, per, perQuantity }
}

function all(texts: string[], dollar: string | null): RateExpression[] | null {
  const rates = texts.map((part) => parseClean(part.trim(), dollar))
  return rates.every((rate) => rate !== null) ? rates : null
}

/** Canonical decimal of a figure with thousands commas, or null. */
function decimal(figure: string): string | null {
  const plain = figure.replaceAll(',', '')
  return /^\d+(\.\d+)?$/.test(plain) ? new Big(plain).toFixed() : null
}
