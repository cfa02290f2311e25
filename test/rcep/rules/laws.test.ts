import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Alternative, parseRule, ruleToText, type Term } from '../../../src/rcep/rules/parse.ts'

const chapter = fc.integer({ min: 1, max: 97 }).map((value) => String(value).padStart(2, '0'))
const digits = (length: number) => {
  return fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, '0'))
}
const code = (level: 2 | 4 | 6) =>
  fc.tuple(chapter, digits(level - 2)).map(([a, b]) => (level === 2 ? a : a + b))
const range = fc.constantFrom(2, 4, 6).chain((level) => {
  return fc.tuple(code(level as 2 | 4 | 6), code(level as 2 | 4 | 6)).map(([a, b]) => {
    return a < b ? { from: a, to: b } : { from: b, to: a }
  })
})
const percentage = fc.integer({ min: 1, max: 10_000 }).map((value) => String(value / 100))
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.constant<Term>({ kind: 'WO' }),
  fc.constant<Term>({ kind: 'CR' }),
  fc.record({ kind: fc.constant('RVC' as const), threshold: percentage }),
  fc.record({ kind: fc.constant('weight' as const), threshold: percentage }),
  fc.record({
    kind: fc.constant('CTC' as const),
    level: fc.constantFrom(2 as const, 4 as const, 6 as const),
    except: fc.array(range, { maxLength: 5 }),
  }),
)
const alternatives: fc.Arbitrary<Alternative[]> = fc.array(
  fc.record({ terms: fc.array(term, { minLength: 1, maxLength: 3 }) }),
  { minLength: 1, maxLength: 4 },
)
/** Pieces of real rules in any order: nonsense that looks like a rule. */
const rubble = fc
  .array(
    fc.constantFrom(
      ...'CTH|CC|RVC40|RVC(40|or|and|;|,|(|)|except from|heading|72.08|through|for|provided that|²|：|。'.split(
        '|',
      ),
      ...'品目改变|章|第|一|区域价值成分|40%|但从|转变来的除外|除|外|或者|且|、|至|对于|所用材料按重量计'.split(
        '|',
      ),
    ),
    { maxLength: 20 },
  )
  .chain((pieces) => fc.constantFrom(pieces.join(' '), pieces.join('')))

describe('reading and writing rules', () => {
  test('gives back the same alternatives in both languages', () => {
    fc.assert(
      fc.property(alternatives, (rule) => {
        for (const language of ['en', 'zh'] as const) {
          const text = ruleToText(rule, language)
          expect(parseRule(text)).toEqual({ kind: 'rule', text, alternatives: rule })
        }
      }),
      { numRuns: 500 },
    )
  })

  test('does not mind line breaks, full width or capitals', () => {
    fc.assert(
      fc.property(alternatives, (rule) => {
        const text = ruleToText(rule, 'en')
        const wide = [...text].map((c) =>
          /[!-~]/.test(c) ? String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0) : c,
        )
        for (const variant of [text.replaceAll(' ', ' \r\n '), text.toLowerCase(), wide.join('')]) {
          expect(parseRule(variant)).toEqual({ kind: 'rule', text: variant, alternatives: rule })
        }
      }),
    )
  })

  test('never throws and always keeps the text', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), rubble)
    fc.assert(
      fc.property(anything, (text) => {
        expect(parseRule(text).text).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('makes no rule of one with a foreign word anywhere in it', () => {
    fc.assert(
      fc.property(alternatives, fc.constantFrom('en', 'zh'), fc.nat(), (rule, language, seed) => {
        const words = ruleToText(rule, language as 'en' | 'zh').split(' ')
        words.splice(
          seed % (words.length + 1),
          0,
          fc.sample(fc.constantFrom('not', '*', '不'), { seed, numRuns: 1 })[0] ?? '*',
        )
        expect(parseRule(words.join(' ')).kind).toBe('manual')
      }),
    )
  })

  test('of what it reads in nonsense writes the same rule back', () => {
    fc.assert(
      fc.property(rubble, (text) => {
        const rule = parseRule(text)
        if (rule.kind !== 'rule') return
        expect(parseRule(ruleToText(rule.alternatives, 'zh'))).toMatchObject({
          alternatives: rule.alternatives,
        })
      }),
      { numRuns: 2000 },
    )
  })
})
