import type { Alternative, CodeRange, Language, Rule, Term } from './types.ts'
import { levelOf } from './types.ts'

const changes = {
  en: { 2: 'CC', 4: 'CTH', 6: 'CTSH' },
  zh: { 2: '章改变', 4: '品目改变', 6: '子目改变' },
}

/** 7208 → 72.08, 850431 → 8504.31; a chapter stays. */
function dotted(code: string): string {
  return code.length === 2 ? code : `${code.slice(0, -2)}.${code.slice(-2)}`
}

function rangeText(range: CodeRange, through: string): string {
  return range.from === range.to ? dotted(range.from) : `${dotted(range.from)}${through}${dotted(range.to)}`
}

/** Ranges in order, the unit named where it changes. */
function namedRanges(ranges: CodeRange[], name: (range: CodeRange, changed: boolean) => string): string[] {
  return ranges.map((range, at) => {
    const before = ranges[at - 1]
    return name(range, before === undefined || levelOf(before.from) !== levelOf(range.from))
  })
}

function exceptionsInEnglish(ranges: CodeRange[]): string {
  const units = { 2: 'Chapter', 4: 'heading', 6: 'subheading' }
  const items = namedRanges(ranges, (range, changed) => {
    const text = rangeText(range, ' through ')
    return changed ? `${units[levelOf(range.from)]} ${text}` : text
  })
  const last = items.pop() ?? ''
  return ` except from ${items.length === 0 ? last : `${items.join(', ')} or ${last}`}`
}

function exceptionsInChinese(ranges: CodeRange[]): string {
  const items = namedRanges(ranges, (range, changed) => {
    const text = rangeText(range, '至')
    if (levelOf(range.from) === 2) return `第${text.replace(/\b0/g, '')}章`
    return changed ? `${levelOf(range.from) === 4 ? '品目' : '子目'}${text}` : text
  })
  return `，但从${items.join('、')}转变来的除外`
}

function changeText(term: Term & { kind: 'CTC' }, language: Language): string {
  const change = changes[language][term.level]
  if (term.except.length === 0) return change
  return change + (language === 'en' ? exceptionsInEnglish(term.except) : exceptionsInChinese(term.except))
}

function termText(term: Term, language: Language): string {
  const english = language === 'en'
  switch (term.kind) {
    case 'WO':
      return english ? 'WO' : '完全获得'
    case 'CTC':
      return changeText(term, language)
    case 'RVC':
      return english ? `RVC${term.threshold}` : `区域价值成分${term.threshold}%`
    case 'CR':
      return english ? 'CR' : '化学反应'
    case 'weight':
      return english
        ? `at least ${term.threshold} per cent by weight of the materials used is originating`
        : `所用材料按重量计至少${term.threshold}%具备原产资格`
  }
}

function joinTerms(terms: Term[], language: Language): string {
  return terms.reduce((text, term, at) => {
    const next = termText(term, language)
    if (at === 0) return next
    if (language === 'zh') return `${text}${text.endsWith('除外') ? '，且' : '且'}${next}`
    return `${text}${term.kind === 'weight' ? ' provided that ' : ' and '}${next}`
  }, '')
}

/**
 * Canonical notation of a rule's alternatives: Annex 3A's in English ("CTH except from heading 72.08 or RVC40"), the one of
 * Chinese customs in Chinese ("品目改变，但从品目72.08转变来的除外；或者区域价值成分40%"). Reading it back gives the same alternatives.
 */
export function ruleToText(alternatives: Alternative[], language: Language): string {
  return alternatives.reduce((text, { terms }, at) => {
    const next = joinTerms(terms, language)
    if (at === 0) return next
    if (language === 'zh') return `${text}；或者${next}`
    const several = (alternatives[at - 1]?.terms.length ?? 0) > 1
    return `${text}${several ? ', or ' : ' or '}${next}`
  }, '')
}

/** The same for a whole rule: its cases with their conditions (which stay in their own language), a manual text as it stands. */
export function formatRule(rule: Rule, language: Language): string {
  if (rule.kind === 'manual') return rule.text
  if (rule.kind === 'rule') return ruleToText(rule.alternatives, language)
  const cases = rule.cases.map(({ condition, alternatives }) => {
    const text = ruleToText(alternatives, language)
    return language === 'zh' ? `对于${condition}：${text}` : `${text} for ${condition}`
  })
  return cases.join(language === 'zh' ? '；' : '; ')
}
