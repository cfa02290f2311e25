import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { parseRate, type RateExpression } from '../../../src/rcep/tariff/rate.ts'
import { sharedPath } from '../../helpers/shared.ts'

const percent = (value: string): RateExpression => ({ kind: 'ad-valorem', percent: value })
const per = (amount: string, currency: string | null, unit: string, perQuantity = '1'): RateExpression => ({
  kind: 'specific',
  amount,
  currency,
  per: unit,
  perQuantity,
})
const free: RateExpression = { kind: 'free' }

describe('a rate of duty as published', () => {
  test.each<[string, RateExpression]>([
    ['Free', free],
    ['0', free],
    ['0%', free],
    ['無税', free],
    ['（無税）', free],
    ['5', percent('5')],
    ['4.10%', percent('4.1')],
    ['(x%)', { kind: 'unparsed', text: '(x%)' }],
    ['(10%)', percent('10')],
    ['※1％', percent('1')],
    ['U', { kind: 'unbound' }],
    ['*', { kind: 'unbound' }],
    ['$1.220/kg', per('1.22', 'AUD', 'kg')],
    ['4,000,000円/頭', per('4000000', 'JPY', 'item')],
    ['170万円/頭', per('1700000', 'JPY', 'item')],
    ['(500円\n/kg)', per('500', 'JPY', 'kg')],
    ['US$ 3 per litre', per('3', 'USD', 'l')],
    ['50元/千克', per('50', 'CNY', 'kg')],
  ])('%s reads as one figure', (text, expected) => {
    expect(parseRate(text, 'AUD')).toEqual(expected)
  })

  test('a bare dollar sign without an importer keeps its currency open', () => {
    expect(parseRate('$12,000 each')).toEqual(per('12000', null, 'item'))
  })

  test.each<[string, RateExpression]>([
    ['5%, and $12,000 each', { kind: 'compound', terms: [percent('5'), per('12000', 'AUD', 'item')] }],
    ['4% and $9,600 each', { kind: 'compound', terms: [percent('4'), per('9600', 'AUD', 'item')] }],
    ['25%＋63円/kg', { kind: 'compound', terms: [percent('25'), per('63', 'JPY', 'kg')] }],
    [
      '(8.5%＋290.70円/1,000本)',
      { kind: 'compound', terms: [percent('8.5'), per('290.7', 'JPY', 'item', '1000')] },
    ],
  ])('%s is a sum', (text, expected) => {
    expect(parseRate(text, 'AUD')).toEqual(expected)
  })

  test.each<[string, RateExpression]>([
    [
      '5%, or, if lower, $0.45/kg TSS*',
      {
        kind: 'alternative',
        pick: 'lower',
        options: [percent('5'), per('0.45', 'AUD', 'kg of total soluble solids')],
      },
    ],
    [
      '10% or $2/kg, whichever is the higher',
      { kind: 'alternative', pick: 'higher', options: [percent('10'), per('2', 'AUD', 'kg')] },
    ],
    [
      '10% but not less than $2/kg',
      { kind: 'alternative', pick: 'higher', options: [percent('10'), per('2', 'AUD', 'kg')] },
    ],
    [
      '5.6%又は4.4%＋1.52円/㎡のうちいずれか高い税率',
      {
        kind: 'alternative',
        pick: 'higher',
        options: [percent('5.6'), { kind: 'compound', terms: [percent('4.4'), per('1.52', 'JPY', 'm2')] }],
      },
    ],
    [
      '21.3%又は156.80円/lのうちいずれか低い税率\nただしその税率が93円/lを下回る場合は93円/l',
      {
        kind: 'alternative',
        pick: 'higher',
        options: [
          { kind: 'alternative', pick: 'lower', options: [percent('21.3'), per('156.8', 'JPY', 'l')] },
          per('93', 'JPY', 'l'),
        ],
      },
    ],
    [
      '1.9%又は((500円-課税価格)×10/16)/kgのうちいずれか低い税率',
      {
        kind: 'alternative',
        pick: 'lower',
        options: [
          percent('1.9'),
          { kind: 'price-gap', price: '500', currency: 'JPY', per: 'kg', times: '0.625' },
        ],
      },
    ],
  ])('%s chooses the higher or the lower', (text, expected) => {
    expect(parseRate(text, 'AUD')).toEqual(expected)
  })

  test('rates that depend on what only the user knows say so', () => {
    expect(parseRate('こい　1.6%\nその他のもの　3.5%')).toEqual({
      kind: 'by-product',
      cases: [
        { product: 'こい', rate: percent('1.6') },
        { product: 'その他のもの', rate: percent('3.5') },
      ],
    })
    expect(parseRate('無税〜(2.4%)又は非譲許')).toEqual({
      kind: 'range',
      of: [free, percent('2.4')],
      partlyUnbound: true,
    })
    expect(parseRate('◎無税')).toEqual({ kind: 'tariff-quota', within: free })
    expect(parseRate('1キログラムにつき枝肉に係る基準輸入価格と課税価格との差額').kind).toBe('formula')
  })

  test('never throws, and nests a rate in any number of parentheses', () => {
    fc.assert(fc.property(fc.string(), (text) => parseRate(text).kind.length > 0))
    expect(parseRate(`${'('.repeat(400)}5%${')'.repeat(400)}`)).toEqual(percent('5'))
  })
})

describe('every rate of the published files', () => {
  const files = [
    { path: 'data/tariffs/rcep-annex1/china_for_asean.csv', columns: /_pct$/, texts: 257 },
    { path: 'data/tariffs/rcep-annex1/australia.csv', columns: /_pct$/, texts: 22 },
    {
      path: 'data/tariffs/japan-2026/japan_tariff_2026_flat.csv',
      columns: /^(基本|暫定|WTO協定|EPA_RCEP.*)$/,
      texts: 816,
    },
  ]
  test.skipIf(sharedPath('data/tariffs') === null).each(files)('$path: all $texts texts are read', (file) => {
    const text = readFileSync(sharedPath(file.path) ?? '', 'utf8').replace(/^\ufeff/, '')
    const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
    const texts = new Set(
      rows.flatMap((row) =>
        Object.entries(row).flatMap(([name, value]) => (file.columns.test(name) && value ? [value] : [])),
      ),
    )
    expect([...texts].filter((rate) => parseRate(rate, 'AUD').kind === 'unparsed')).toEqual([])
    expect(texts.size).toBe(file.texts)
  })
})
