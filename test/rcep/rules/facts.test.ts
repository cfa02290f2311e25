import { readdirSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { ruleFor } from '../../../src/rcep/rules/lookup.ts'
import { formatRule, parseRule } from '../../../src/rcep/rules/parse.ts'
import { sharedPath } from '../../helpers/shared.ts'

type Row = Record<string, string>

function table(path: string | URL): Row[] {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  return Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data
}

function rules(name: string): Map<string, string> {
  const rows = table(new URL(`../../../data/origin/${name}`, import.meta.url))
  return new Map(rows.map((row) => [row.code ?? '', row.rule ?? '']))
}

function count(texts: Iterable<string | undefined>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text ?? 'none', (counts.get(text ?? 'none') ?? 0) + 1)
  return counts
}

const rcep = rules('rcep/psr-hs2022.csv')
const korea = rules('cn-kr/psr-hs2012.csv')
const acfta = rules('acfta/general-rule.csv')
const hs6 = table(new URL('../../../data/reference/hs6.csv', import.meta.url))
/** Subheadings of an edition; 9999.99, goods not classified, is the statistics' own and has no rule. */
function subheadings(edition: string): string[] {
  return hs6
    .map((row) => (row[edition] === '1' ? (row.code ?? '') : ''))
    .filter((code) => code !== '' && code !== '999999')
}

const hs2022 = subheadings('hs2022')
const hs2012 = subheadings('hs2012')

describe('the RCEP rules', () => {
  const found = hs2022.map((code) => ruleFor(rcep, code))

  test('cover every subheading of HS2022', () => {
    expect(hs2022).toHaveLength(5612)
    expect(found.filter((row) => row === null)).toEqual([])
    expect(rcep.size).toBe(2189)
  })

  test('have the known distribution', () => {
    const counts = count(found.map((row) => row?.rule))
    expect(counts.size).toBe(63)
    expect(Object.fromEntries([...counts].filter(([, number]) => number > 60))).toEqual({
      'CTH or RVC40': 2490,
      CC: 1064,
      'CTSH or RVC40': 660,
      CTH: 453,
      'CC or RVC40': 290,
      WO: 179,
      'CTH or RVC40 or CR': 103,
      'CC except from Chapter 01': 67,
      RVC40: 62,
    })
    expect(count(found.map((row) => String(row?.level)))).toEqual(
      new Map([
        ['2', 1151],
        ['4', 3038],
        ['6', 1423],
      ]),
    )
  })

  test.each([
    ['010121', { rule: 'WO', level: 2, code: '01' }],
    ['870323', { rule: 'RVC40', level: 4, code: '8703' }],
    ['130219', { rule: 'CC except from subheading 1211.20', level: 6, code: '130219' }],
    [
      '380891',
      {
        rule: 'CTSH provided that at least 50 per cent by weight of the materials used is originating, or RVC40',
        level: 4,
        code: '3808',
      },
    ],
  ])('of %s stand on their row', (code, expected) => {
    expect(ruleFor(rcep, code)).toEqual(expected)
  })

  test('depend on the product in seven rows, none needs a person, all are in canonical notation', () => {
    const parsed = [...rcep].map(([code, text]) => ({ code, text, rule: parseRule(text) }))
    expect(parsed.filter(({ rule }) => rule.kind === 'manual')).toEqual([])
    expect(parsed.filter(({ rule }) => rule.kind === 'conditional').map(({ code }) => code)).toEqual([
      '030439',
      '030469',
      '1601',
      '160210',
      '160290',
      '240419',
      '290960',
    ])
    expect(parsed.filter(({ text, rule }) => formatRule(rule, 'en') !== text)).toEqual([])
  })

  test('name a chemical reaction only in chapters 29 and 38', () => {
    const codes = hs2022.filter((code) => ruleFor(rcep, code)?.rule.includes('CR'))
    expect(count(codes.map((code) => code.slice(0, 2)))).toEqual(
      new Map([
        ['29', 63],
        ['38', 41],
      ]),
    )
  })

  test('are those of the source for every subheading, at its level', ({ skip }) => {
    const path = sharedPath('facts/rcep-psr-hs2022.csv')
    if (path === null) return skip('the source table is not here')
    const wrong = table(path).filter((row) => {
      const own = ruleFor(rcep, row.hs6 ?? '')
      return own?.rule !== row.rule || String(own?.level) !== row.row_level
    })
    expect(wrong).toEqual([])
  })
})

describe('the China-Korea rules', () => {
  test('cover every subheading of HS2012 and leave 34 to a person', () => {
    expect([...korea.keys()].sort()).toEqual([...hs2012].sort())
    const kinds = count([...korea.values()].map((text) => parseRule(text).kind))
    expect(kinds).toEqual(
      new Map([
        ['rule', 5167],
        ['manual', 34],
        ['conditional', 4],
      ]),
    )
  })

  test('say what the Chinese source says', ({ skip }) => {
    const path = sharedPath('data/origin/china_korea_fta_psr_hs2012_clean.csv')
    if (path === null) return skip('the source table is not here')
    const meaning = (text: string) => ({ ...parseRule(text), text: '' })
    for (const row of table(path)) {
      expect(meaning(korea.get(row.hs6_2012 ?? '') ?? '')).toEqual(meaning(row.rule_zh ?? ''))
    }
  })
})

describe('the ASEAN-China general rule', () => {
  test('accepts a change of heading in 45 chapters, less eight headings', () => {
    expect(count([...acfta].map(([code, rule]) => `${code.length} ${rule}`))).toEqual(
      new Map([
        ['2 RVC40', 51],
        ['2 CTH or RVC40', 45],
        ['4 RVC40', 8],
      ]),
    )
    expect(ruleFor(acfta, '390110')).toEqual({ rule: 'RVC40', level: 4, code: '3901' })
    expect(ruleFor(acfta, '390410')).toEqual({ rule: 'CTH or RVC40', level: 2, code: '39' })
  })
})

describe('looking up a row', () => {
  const rows = new Map([
    ['72', 'chapter'],
    ['7208', 'heading'],
    ['720810', 'subheading'],
  ])

  test.each([
    ['720810', { rule: 'subheading', level: 6, code: '720810' }],
    ['720825', { rule: 'heading', level: 4, code: '7208' }],
    ['720110', { rule: 'chapter', level: 2, code: '72' }],
    ['730110', null],
    ['7208', null],
    ['72081000', null],
  ])('of %s takes the most detailed', (code, expected) => {
    expect(ruleFor(rows, code)).toEqual(expected)
  })
})

describe('the list of rule sets', () => {
  test('describes every file of rules, and only the general rule as incomplete', () => {
    const folder = new URL('../../../data/origin/', import.meta.url)
    const sets = JSON.parse(readFileSync(new URL('rule-sets.json', folder), 'utf8')) as {
      rules: string
      complete: boolean
    }[]
    const files = readdirSync(folder, { recursive: true }).map(String)
    expect(sets.map((set) => set.rules).sort()).toEqual(files.filter((file) => file.endsWith('.csv')).sort())
    expect(sets.filter((set) => !set.complete).map((set) => set.rules)).toEqual(['acfta/general-rule.csv'])
  })
})
