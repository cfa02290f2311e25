import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type Alternative,
  formatRule,
  parseRule,
  type Rule,
  type Term,
} from '../../../src/rcep/rules/parse.ts'

interface Golden {
  subheadings: number
  expected: Rule
}

function golden(name: string): Golden[] {
  const url = new URL(`../../golden/rcep/rules/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as Golden[]
}

const cth: Term = { kind: 'CTC', level: 4, except: [] }
const cc: Term = { kind: 'CTC', level: 2, except: [] }
const wo: Term = { kind: 'WO' }
const cr: Term = { kind: 'CR' }
const rvc40: Term = { kind: 'RVC', threshold: '40' }
const weight50: Term = { kind: 'weight', threshold: '50' }

/** A change of classification with exceptions, each written "7208" or "7208-7215". */
function except(level: 2 | 4 | 6, ...codes: string[]): Term {
  const ranges = codes.map((code) => {
    const [from = '', to = from] = code.split('-')
    return { from, to }
  })
  return { kind: 'CTC', level, except: ranges }
}

/** Alternatives of one or more terms each. */
function any(...alternatives: (Term | Term[])[]): Alternative[] {
  return alternatives.map((terms) => ({ terms: Array.isArray(terms) ? terms : [terms] }))
}

const read = (text: string) => {
  const rule = parseRule(text)
  return rule.kind === 'rule' ? rule.alternatives : rule
}

describe.each([
  ['rcep', 63, 5612, 0],
  ['cn-kr', 62, 5205, 2],
])('the rule texts of %s', (name, texts, subheadings, manual) => {
  const cases = golden(name)

  test.each(cases.map(({ expected }) => [expected.text, expected]))('%s', (text, expected) => {
    expect(parseRule(text)).toEqual(expected)
  })

  test.each(cases.map(({ expected }) => [expected]))(
    '$text keeps its meaning in canonical notation',
    (rule) => {
      for (const language of ['en', 'zh'] as const) {
        const text = formatRule(rule, language)
        expect(parseRule(text)).toEqual({ ...rule, text })
      }
    },
  )

  test('are all there, and no more than these need a person', () => {
    expect(cases).toHaveLength(texts)
    expect(cases.reduce((sum, one) => sum + one.subheadings, 0)).toBe(subheadings)
    expect(cases.filter(({ expected }) => expected.kind === 'manual')).toHaveLength(manual)
  })
})

describe('a rule text', () => {
  test.each<[string, string, Alternative[]]>([
    ['broken over the lines of a cell', 'CTH   or\r\nRVC40', any(cth, rvc40)],
    ['broken inside Chinese words', '品目改变；\n或者区域价\n值成分40%', any(cth, rvc40)],
    ['in full width', 'ＣＴＨ　ｏｒ　ＲＶＣ４０％', any(cth, rvc40)],
    ['in small letters', 'cth or rvc40 or cr.', any(cth, rvc40, cr)],
    ['with brackets round the threshold', 'RVC(40) or CTH', any(rvc40, cth)],
    ['with a per cent sign', 'RVC 40%', any(rvc40)],
    ['with a decimal threshold', 'RVC 37.50%', any({ kind: 'RVC', threshold: '37.5' })],
    ['with the value content in words', 'regional value content of not less than 40 per cent', any(rvc40)],
    ['with a floor in Chinese (不少于)', '区域价值成分不少于40％', any(rvc40)],
    ['with a floor in Chinese (以上)', '区域价值成分达到40%以上', any(rvc40)],
    ['with the change in words', 'change in tariff heading or wholly obtained or produced', any(cth, wo)],
    ['with mixed languages', 'CTH 或 区域价值成分40%', any(cth, rvc40)],
    ['with all three alternatives', '品目改变；或者区域价值成分40%；或者化学反应', any(cth, rvc40, cr)],
    ['with two conditions', 'CTH and RVC50', any([cth, { kind: 'RVC', threshold: '50' }])],
    ['with two conditions in Chinese (同时)', '品目改变，同时区域价值成分40%', any([cth, rvc40])],
    ['with "and" binding closer than "or"', 'CTH and RVC40 or CR', any([cth, rvc40], cr)],
  ])('is read %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each<[string, string, Alternative[]]>([
    [
      'end with an alternative, not with a third exclusion',
      'CC except from 01.01 or 01.02 or RVC40',
      any(except(2, '0101', '0102'), rvc40),
    ],
    [
      'end before a comma and an alternative',
      'CC, except from Chapter 1, or RVC40',
      any(except(2, '01'), rvc40),
    ],
    ['end before a further condition', 'CTH except from 72.08 and RVC40', any([except(4, '7208'), rvc40])],
    ['stand in brackets', 'CTH (except from heading 72.08) or RVC40', any(except(4, '7208'), rvc40)],
    ['be undotted', 'CTSH except from subheading 850431', any(except(6, '850431'))],
    [
      'list with commas',
      'CTSH except from subheading 8504.31, 8504.33 or 8504.34',
      any(except(6, '850431', '850433', '850434')),
    ],
    [
      'range with "through", "to" and a dash',
      'CTH except from 72.08 through 72.15, 7301 to 7303 and 74.01-74.03',
      any(except(4, '7208-7215', '7301-7303', '7401-7403')),
    ],
    ['range over chapters', 'CTH except from Chapters 50 through 63', any(except(4, '50-63'))],
    [
      'mix levels',
      'CTH except from Chapter 54, heading 51.06 to 51.13 or subheading 1211.20',
      any(except(4, '54', '5106-5113', '121120')),
    ],
    [
      'mix levels in Chinese',
      '品目改变，但从品目72.08到72.15、子目8504.31、第73章改变而来的除外',
      any(except(4, '7208-7215', '850431', '73')),
    ],
    ['name chapters in Chinese numerals', '章改变，但第一章至第十二章除外', any(except(2, '01-12'))],
    [
      'name chapters once for a list',
      '章改变，但从第1、2章和第50至63章转变来的除外',
      any(except(2, '01', '02', '50-63')),
    ],
    ['be worded 除…外', '品目改变，除品目72.08外；或者区域价值成分40%', any(except(4, '7208'), rvc40)],
    ['be worded 不得从…改变而来', '品目改变，但不得从品目72.08改变而来', any(except(4, '7208'))],
  ])('may have exceptions that %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('of heading 38.08 asks for originating weight besides the change, or for value content alone', () => {
    const expected = any([{ kind: 'CTC', level: 6, except: [] }, weight50], rvc40)
    const condition = 'at least 50 per cent by weight of the materials used is originating'
    expect(read(`CTSH provided that ${condition}, or RVC40`)).toEqual(expected)
    expect(read(`CTSH, provided that ${condition}, or RVC40`)).toEqual(expected)
    expect(read('子目改变，前提是所用材料按重量计至少50%具备原产资格；或者区域价值成分40%')).toEqual(expected)
  })

  test('that depends on the product names its cases and leaves no free choice', () => {
    const cases = [
      { condition: 'insects', alternatives: any(cc, rvc40) },
      { condition: 'any other good', alternatives: any(cc) },
    ]
    for (const text of [
      'CC or RVC40 for insects; CC for any other good',
      'CC or\nRVC40 for insects;\nCC for any other good',
      'For insects: CC or RVC40; for any other good: CC',
      'For insects: CC; or RVC40; for any other good: CC',
    ]) {
      expect(parseRule(text)).toEqual({ kind: 'conditional', text, cases })
    }
  })
})

describe('a text is left to a person, never passed,', () => {
  test.each<[string, string, string]>([
    ['when it is empty', ' \n', 'there is no text'],
    ['when a word is not understood', 'CTH or RVC40 or else', '"else" is not understood'],
    ['when a footnote follows a code', 'CC except from Chapter 1²', '"1²" is not understood'],
    ['when a footnote follows the rule', 'CTH or RVC40 [1]', '"[1]" is not understood'],
    ['when languages are mixed up', '品目改变 unless 区域价值', '"unless 区域价值" is not understood'],
    [
      'when a code is misprinted',
      'CTH except from heading 552.05',
      '"552.05" is no chapter, heading or subheading',
    ],
    [
      'when a code has another level than its word',
      'CTH except from heading 7208.10',
      '"7208.10" does not have 4 digits',
    ],
    [
      'when two digits may be no chapter',
      'CTH except from heading 72.08 or 73',
      '"73" may be a chapter or not',
    ],
    ['when no such chapter exists', 'CTH except from Chapter 99', '"99" lies in no chapter of the HS'],
    [
      'when a range runs backwards',
      'CTH except from 55.11 to 55.09',
      '5511 through 5509 is no range of codes',
    ],
    [
      'when a range mixes levels',
      'CTH except from 55.09 to 5511.10',
      '5509 through 551110 is no range of codes',
    ],
    ['when a list has no end', 'CTH except from heading', 'an HS code expected, but the text ends'],
    ['when an alternative is missing', 'CTH or', 'WO, CC, CTH, CTSH, RVC or CR expected, but the text ends'],
    ['when nothing joins two requirements', 'CTH\nRVC40', '"or" or "and" expected, but "RVC40" found'],
    ['when only a comma joins them', 'CTH，区域价值成分40%', '"or" or "and" expected, but "RVC40" found'],
    ['when "and/or" joins them', 'CTH and/or RVC40', '"/or RVC40" is not understood'],
    [
      'when a closed list goes on',
      'CTH (except from 72.08) or 72.09',
      'WO, CC, CTH, CTSH, RVC or CR expected, but "72.09" found',
    ],
    [
      'when value content has exceptions',
      'RVC40 except from 72.08',
      '"or" or "and" expected, but "except from" found',
    ],
    ['when the threshold is above 100', 'RVC400', '"RVC400" is no percentage above 0 and at most 100'],
    ['when the threshold is nought', 'RVC0', '"RVC0" is no percentage above 0 and at most 100'],
    [
      'when more than the threshold is asked',
      '区域价值成分大于40%',
      '"区域价值成分大于40%" is not understood',
    ],
    [
      'when a comma sets "and" apart after "or"',
      'CTH or RVC40, and CR',
      '"and" and "or" can be grouped in more than one way',
    ],
    [
      'when a comma sets "and" apart before "or"',
      '品目改变，且区域价值成分40%或化学反应',
      '"and" and "or" can be grouped in more than one way',
    ],
    [
      'when the condition is another one',
      'CTSH provided that the active ingredient is originating',
      '"the active ingredient is originating" is not understood',
    ],
    [
      'when one product only is named',
      'CTH for carp',
      'only one product is named; what holds for others is not said',
    ],
    [
      'when a part names no product',
      'CTH for carp; CC',
      'a part of the rule does not say for which product it stands',
    ],
    ['when a product is named twice', 'CTH for carp; CC for carp', '"carp" is named twice'],
    [
      'when a product carries a rule',
      'CTH for carp or RVC40; CC for any other good',
      '"carp or RVC40" is not only the description of a product',
    ],
    ['when it is a whole document', 'CTH or '.repeat(1000), 'a rule has at most 4000 characters'],
  ])('%s', (_, text, reason) => {
    expect(parseRule(text)).toEqual({ kind: 'manual', text, reason })
  })
})
