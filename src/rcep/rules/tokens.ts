import Big from 'big.js'
import type { Level, Term } from './types.ts'

/** A word of the notation; `text` is how it stood, for messages. */
export type Token = { text: string } & (
  | { kind: 'term'; term: Term }
  | { kind: 'unit'; level: Level }
  | { kind: 'code' | 'through' | 'from' | 'except' | 'or' | 'and' | 'provided' | ',' | ';' | '(' | ')' }
)

type Read = (match: RegExpExecArray) => Token | string

const NUMBER = String.raw`(\d{1,3}(?:\.\d+)?)`
const PERCENT = '(?:%|per ?cent)'
/** A word must end where a letter or digit does not follow. */
const END = String.raw`(?![\p{L}\p{N}])`

const unitLevels: Record<string, Level> = { chapter: 2, heading: 4, subheading: 6 }

/** Percentage as a plain decimal without idle zeros, or null when it is not above 0 and at most 100. */
function percentage(text: string): string | null {
  const value = new Big(text)
  return value.gt(0) && value.lte(100) ? value.toFixed() : null
}

function share(kind: 'RVC' | 'weight'): Read {
  return (match) => {
    const text = match[0]
    const threshold = percentage(match[1] ?? match[2] ?? '0')
    if (threshold === null) return `"${text}" is no percentage above 0 and at most 100`
    return { kind: 'term', term: { kind, threshold }, text }
  }
}

function changeOf(level: Level): Read {
  return (match) => ({ kind: 'term', term: { kind: 'CTC', level, except: [] }, text: match[0] })
}

function changeInWords(match: RegExpExecArray): Token {
  const level = unitLevels[(match[1] ?? match[2] ?? '').toLowerCase().replace('-', '')] ?? 2
  return { kind: 'term', term: { kind: 'CTC', level, except: [] }, text: match[0] }
}

function unit(match: RegExpExecArray): Token {
  const level = unitLevels[(match[1] ?? '').toLowerCase().replace('-', '')] ?? 2
  return { kind: 'unit', level, text: match[0] }
}

function plain(kind: 'WO' | 'CR'): Read {
  return (match) => ({ kind: 'term', term: { kind }, text: match[0] })
}

function mark(kind: Exclude<Token['kind'], 'term' | 'unit'>): Read {
  return (match) => ({ kind, text: match[0] })
}

function word(pattern: string, read: Read): [RegExp, Read] {
  return [new RegExp(`(?:${pattern})${END}`, 'iuy'), read]
}

function symbol(pattern: string, read: Read): [RegExp, Read] {
  return [new RegExp(pattern, 'iuy'), read]
}

const UNIT = '(chapter|heading|sub-?heading)'
const RVC = [
  '(?:RVC|regional value content)(?: of)?',
  '(?: ?(?:not less than|no less than|at least|≥|>=))? ?-? ?',
  String.raw`(?:${NUMBER}(?: ?${PERCENT})?|\(${NUMBER} ?${PERCENT}?\))`,
  String.raw`(?: of (?:the )?FOB(?: value)?)?(?!%|\.\d)`,
].join('')

const readers: [RegExp, Read][] = [
  word('WO|wholly obtained(?: or (?:entirely )?produced(?: entirely)?)?', plain('WO')),
  word('CC', changeOf(2)),
  word('CTH', changeOf(4)),
  word('CTSH', changeOf(6)),
  word(`(?:a )?change (?:in|of) (?:tariff )?${UNIT}|(?:a )?change from any other ${UNIT}`, changeInWords),
  word('CR|chemical reaction(?: rule)?', plain('CR')),
  word(RVC, share('RVC')),
  word(
    `at least ${NUMBER} ?${PERCENT} by weight of (?:the|all(?: the)?) materials used (?:is|are) originating`,
    share('weight'),
  ),
  word('(?:but )?(?:except(?:ing)?|excluding)(?: from)?', mark('except')),
  word('(?:but )?provided that|provided', mark('provided')),
  word(`${UNIT}s?`, unit),
  word('through|thru|to', mark('through')),
  word('from', mark('from')),
  word('or', mark('or')),
  word('and', mark('and')),
  word(String.raw`\d+(?:\.\d+)*`, mark('code')),
  symbol('[-–—~〜]', mark('through')),
  symbol(',', mark(',')),
  symbol(';', mark(';')),
  symbol(String.raw`\(`, mark('(')),
  symbol(String.raw`\)`, mark(')')),
]

function tokenAt(text: string, at: number): Token | string {
  for (const [pattern, read] of readers) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) return read(match)
  }
  const unknown = /^[^,;]{1,60}/u.exec(text.slice(at))?.[0] ?? text.charAt(at)
  return `"${unknown.trim()}" is not understood`
}

/** The words of a text in the notation, or the reason why one of them is none. */
export function tokens(text: string): Token[] | string {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    if (text.charAt(at) === ' ') {
      at += 1
      continue
    }
    const token = tokenAt(text, at)
    if (typeof token === 'string') return token
    found.push(token)
    at += token.text.length
  }
  return found
}
