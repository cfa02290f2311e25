import type { Token } from './tokens.ts'
import { tokens } from './tokens.ts'
import type { Alternative, CodeRange, Level, Term } from './types.ts'
import { levelOf } from './types.ts'

/** What was read and where reading goes on, or why it cannot. */
type Step<T> = { value: T; next: number } | { reason: string }

interface Joint {
  join: 'or' | 'and' | 'provided'
  /** How strongly the punctuation before it parts what it joins: none 0, comma 1, semicolon 2. */
  strength: number
}

const HIGHEST_CHAPTER = 97

function unexpected(found: readonly Token[], at: number, wanted: string): { reason: string } {
  const token = found[at]
  return {
    reason: `${wanted} expected, but ${token === undefined ? 'the text ends' : `"${token.text}" found`}`,
  }
}

function shapeOf(text: string): Level | null {
  if (/^\d{1,2}$/.test(text)) return 2
  if (/^\d{2}\.?\d{2}$/.test(text)) return 4
  return /^(?:\d{4}\.?\d{2}|\d{2}\.\d{2}\.\d{2})$/.test(text) ? 6 : null
}

/** Digits of a code. A bare pair of digits is a chapter only where the word says so. */
function digitsOf(text: string, named: Level | null, inherited: Level | null): Step<string> {
  const level = shapeOf(text)
  if (level === null) return { reason: `"${text}" is no chapter, heading or subheading` }
  if (named !== null && named !== level) return { reason: `"${text}" does not have ${named} digits` }
  if (level === 2 && named === null && inherited !== 2) return { reason: `"${text}" may be a chapter or not` }
  const digits = text.replaceAll('.', '').padStart(level, '0')
  const chapter = Number(digits.slice(0, 2))
  if (chapter < 1 || chapter > HIGHEST_CHAPTER) return { reason: `"${text}" lies in no chapter of the HS` }
  return { value: digits, next: 0 }
}

/** `[from] [unit] code`. */
function readCode(found: readonly Token[], start: number, inherited: Level | null): Step<string> {
  let at = start
  if (found[at]?.kind === 'from') at += 1
  const unit = found[at]
  const named = unit?.kind === 'unit' ? unit.level : null
  if (named !== null) at += 1
  const code = found[at]
  if (code?.kind !== 'code') return unexpected(found, at, 'an HS code')
  const digits = digitsOf(code.text, named, inherited)
  return 'reason' in digits ? digits : { value: digits.value, next: at + 1 }
}

/** `code [through code]`. */
function readRange(found: readonly Token[], start: number, inherited: Level | null): Step<CodeRange> {
  const from = readCode(found, start, inherited)
  if ('reason' in from) return from
  if (found[from.next]?.kind !== 'through') {
    return { value: { from: from.value, to: from.value }, next: from.next }
  }
  const to = readCode(found, from.next + 1, levelOf(from.value))
  if ('reason' in to) return to
  if (to.value.length !== from.value.length || to.value < from.value) {
    return { reason: `${from.value} through ${to.value} is no range of codes` }
  }
  return { value: { from: from.value, to: to.value }, next: to.next }
}

/** Where the next code of a list starts: after `,`, `or`, `and`, `, or`; null when the list ends here. */
function nextInList(found: readonly Token[], start: number): number | null {
  let at = start
  if (found[at]?.kind === ',') at += 1
  const joint = found[at]?.kind
  if (joint === 'or' || joint === 'and') at += 1
  if (at === start) return null
  const lead = found[at]?.kind
  return lead === 'code' || lead === 'unit' || lead === 'from' ? at : null
}

function readList(found: readonly Token[], start: number): Step<CodeRange[]> {
  const ranges: CodeRange[] = []
  let inherited: Level | null = null
  let at: number | null = start
  let end = start
  while (at !== null) {
    const range: Step<CodeRange> = readRange(found, at, inherited)
    if ('reason' in range) return range
    ranges.push(range.value)
    inherited = levelOf(range.value.from)
    end = range.next
    at = nextInList(found, end)
  }
  return { value: ranges, next: end }
}

/** The exceptions after a change of classification: `[,] except from list`, also in brackets; none is an empty list. */
function readExceptions(found: readonly Token[], start: number): Step<CodeRange[]> {
  let at = start
  if (found[at]?.kind === ',') at += 1
  const bracketed = found[at]?.kind === '('
  if (bracketed) at += 1
  if (found[at]?.kind !== 'except') return { value: [], next: start }
  const list = readList(found, at + 1)
  if ('reason' in list || !bracketed) return list
  if (found[list.next]?.kind !== ')') return unexpected(found, list.next, '")"')
  return { value: list.value, next: list.next + 1 }
}

function readTerm(found: readonly Token[], start: number): Step<Term> {
  const token = found[start]
  if (token?.kind !== 'term') return unexpected(found, start, 'WO, CC, CTH, CTSH, RVC or CR')
  if (token.term.kind !== 'CTC') return { value: token.term, next: start + 1 }
  const except = readExceptions(found, start + 1)
  if ('reason' in except) return except
  return { value: { ...token.term, except: except.value }, next: except.next }
}

function readJoint(found: readonly Token[], start: number): Step<Joint> {
  const mark = found[start]?.kind
  const strength = mark === ';' ? 2 : mark === ',' ? 1 : 0
  const at = strength > 0 ? start + 1 : start
  const join = found[at]?.kind
  if (join !== 'or' && join !== 'and' && join !== 'provided') return unexpected(found, at, '"or" or "and"')
  return { value: { join, strength }, next: at + 1 }
}

/**
 * "And" binds closer than "or". Set off by punctuation not weaker than an "or"'s ("CTH or RVC40, and CR") it may as well
 * reach over that "or"; only what follows the condition of a "provided that" is surely apart from it.
 */
function isAmbiguous(joints: readonly Joint[]): boolean {
  return joints.some(({ join, strength }, at) => {
    if (join === 'or' || strength === 0) return false
    const within = join === 'and' ? joints : joints.slice(0, at)
    return within.some((other) => other.join === 'or' && other.strength <= strength)
  })
}

function group(terms: readonly Term[], joints: readonly Joint[]): Alternative[] {
  const alternatives: Alternative[] = []
  terms.forEach((term, at) => {
    const last = alternatives.at(-1)
    if (last === undefined || joints[at - 1]?.join === 'or') alternatives.push({ terms: [term] })
    else last.terms.push(term)
  })
  return alternatives
}

/**
 * Alternatives of a text in the notation of Annex 3A ("CTH except from heading 72.08 or RVC40"), or the reason why it
 * cannot be read. Every word counts: one that is not understood makes the whole text unreadable.
 */
export function readAlternatives(notation: string): Alternative[] | string {
  const found = tokens(notation)
  if (typeof found === 'string') return found
  const terms: Term[] = []
  const joints: Joint[] = []
  let at = 0
  while (true) {
    const term = readTerm(found, at)
    if ('reason' in term) return term.reason
    terms.push(term.value)
    if (term.next === found.length) break
    const joint = readJoint(found, term.next)
    if ('reason' in joint) return joint.reason
    joints.push(joint.value)
    at = joint.next
  }
  return isAmbiguous(joints) ? '"and" and "or" can be grouped in more than one way' : group(terms, joints)
}
