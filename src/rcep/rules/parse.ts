import { readAlternatives } from './grammar.ts'
import { LONGEST_TEXT, tidy, toNotation } from './notation.ts'
import type { Rule } from './types.ts'

export { formatRule, ruleToText } from './notation-text.ts'
export type { Alternative, Rule, Term } from './types.ts'

interface Segment {
  condition: string
  alternatives: string
}

/** Words of a rule cannot stand in the description of a product: the text was cut in the wrong place. */
const ruleWords =
  /\b(?:WO|CC|CTH|CTSH|CR|RVC ?\(?\d*|provided|except from|wholly obtained)\b|改变|区域价值|完全获得|除外/u

/** Parts between semicolons, those inside brackets not counted. */
function partsOf(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === ';' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim())
}

const productFirst = /^(?:for |对于?)\s?([^:]+?) ?: ?(.+)$/iu

/** The parts, where an alternative behind "For PRODUCT: RULE;" stays with its product. */
function segmentsOf(text: string): string[] {
  const segments: string[] = []
  for (const part of partsOf(text)) {
    const last = segments.at(-1)
    if (last !== undefined && productFirst.test(last) && /^(?:or |或)/iu.test(part)) {
      segments[segments.length - 1] = `${last};${part}`
    } else segments.push(part)
  }
  return segments
}

/** "RULE for PRODUCT", "For PRODUCT: RULE", 对于PRODUCT：RULE; null for a segment without a product. */
function segmentOf(text: string): Segment | null {
  const before = productFirst.exec(text)
  const after = /^(.+?) for (.+)$/iu.exec(text)
  if (before !== null) return { condition: before[1] ?? '', alternatives: before[2] ?? '' }
  return after === null ? null : { condition: after[2] ?? '', alternatives: after[1] ?? '' }
}

function conditionalRule(text: string, segments: (Segment | null)[]): Rule {
  const manual = (reason: string): Rule => ({ kind: 'manual', text, reason })
  if (segments.length < 2) return manual('only one product is named; what holds for others is not said')
  const cases: (Rule & { kind: 'conditional' })['cases'] = []
  for (const segment of segments) {
    if (segment === null) return manual('a part of the rule does not say for which product it stands')
    const { condition } = segment
    if (ruleWords.test(condition)) return manual(`"${condition}" is not only the description of a product`)
    if (cases.some((other) => other.condition === condition)) return manual(`"${condition}" is named twice`)
    const alternatives = readAlternatives(toNotation(segment.alternatives))
    if (typeof alternatives === 'string') return manual(alternatives)
    cases.push({ condition, alternatives })
  }
  return { kind: 'conditional', text, cases }
}

/**
 * Reads one product-specific origin rule, in the notation of RCEP Annex 3A or in the Chinese of customs' tables. A text of
 * which any word is not understood, or that can be read in two ways, is `manual` with the reason. Never throws.
 */
export function parseRule(text: string): Rule {
  if (text.length > LONGEST_TEXT) {
    return { kind: 'manual', text, reason: `a rule has at most ${LONGEST_TEXT} characters` }
  }
  const tidied = tidy(text)
  if (tidied === '') return { kind: 'manual', text, reason: 'there is no text' }
  const segments = segmentsOf(tidied).map(segmentOf)
  if (segments.some((segment) => segment !== null)) return conditionalRule(text, segments)
  const alternatives = readAlternatives(toNotation(tidied))
  if (typeof alternatives === 'string') return { kind: 'manual', text, reason: alternatives }
  return { kind: 'rule', text, alternatives }
}
