import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { benchBill } from '../../../src/rcep/bench-load.ts'
import { readConcordance } from '../../../src/rcep/rules/read-concordance.ts'
import { readNameFile } from '../../../src/rcep/rules/read-names.ts'
import { readRuleFile } from '../../../src/rcep/rules/read-rules.ts'
import { readReference } from '../../../src/reference/load.ts'
import { judged } from '../../helpers/origin-case.ts'
import { sharedPath } from '../../helpers/shared.ts'

const reference = readReference()
const { concordance } = reference
const bytes = (text: string) => new TextEncoder().encode(text)

describe('a file of product rules', () => {
  const options = {
    name: 'r.csv',
    agreement: 'cn-nz',
    edition: '2022',
    parties: 'CN,NZ',
    from: '2008-10-01',
    incomplete: false,
  }
  const read = (text: string, change: Partial<typeof options> = {}) =>
    readRuleFile(
      bytes(text),
      { ...options, ...change },
      { concordance, shipped: new Map([['RCEP', { parties: ['CN', 'JP'], from: '2022-01-01' }]]) },
    )

  test('is read in English and Chinese, and what a person must read is listed', () => {
    const { set, rules, manual } = read('code,rule\n01,WO\n02.03,CC\n870323,whatever it takes\n')
    expect(set).toMatchObject({
      agreement: 'CN-NZ',
      edition: '2022',
      parties: ['CN', 'NZ'],
      rows: 3,
      manual: 1,
      complete: true,
    })
    expect(rules[1]).toEqual({ code: '0203', rule: 'CC' })
    expect(manual.map(({ row, code }) => [row, code])).toEqual([[4, '870323']])
  })

  test('of a shipped agreement needs neither Parties nor day', () => {
    expect(read('code,rule\n01,WO\n', { agreement: 'RCEP', parties: '', from: '' }).set.validFrom).toBe(
      '2022-01-01',
    )
  })

  test.each<[string, Partial<typeof options>, string]>([
    ['code,rule\n1,WO\n', {}, 'row 2, code "1": 2, 4 or 6 digits'],
    ['code,rule\n777777,WO\n', {}, 'row 2, code 777777: not in HS 2022'],
    ['code,rule\n01,WO\n01,CC\n', {}, 'row 3, code 01: stands twice'],
    ['code,rule\n01,\n', {}, 'row 2, code 01: no rule'],
    ['code,rule\n', {}, 'file: no rows'],
    ['hs,text\n01,WO\n', {}, 'columns: hs, text: expected code,rule'],
    ['code,rule\n01,WO\n', { agreement: 'x y' }, 'agreement: x y'],
    ['code,rule\n01,WO\n', { parties: 'CN' }, 'parties: CN'],
    ['code,rule\n01,WO\n', { from: '2008' }, 'from: 2008'],
    ['code,rule\n01,WO\n', { edition: '2028' }, 'edition: 2028'],
  ])('%j with %j is refused', (text, change, message) => {
    expect(() => read(text, change)).toThrow(message)
  })
})

describe('a file of names', () => {
  const options = { name: 'n', edition: '2022' }

  test('may be a CSV or the JSON of a classification', () => {
    const csv = readNameFile(bytes('code,en,zh\n0203,Pork,猪肉\nTOTAL,All,\n'), options)
    expect(csv.names).toEqual([{ code: '0203', en: 'Pork', zh: '猪肉' }])
    const json = readNameFile(
      bytes('{"results":[{"id":"TOTAL","text":"All"},{"id":"01","text":"01 - Animals; live"}]}'),
      options,
    )
    expect(json.names).toEqual([{ code: '01', en: 'Animals; live', zh: null }])
  })

  test.each(['', '{', '[1,2]', 'a,b\n1,2\n', '\ufffd'])('%j is refused', (text) => {
    expect(() => readNameFile(bytes(text), options)).toThrow('file: ')
  })
})

describe('a correlation table', () => {
  const path = sharedPath('data/concordance/HS2022toHS2012ConversionAndCorrelationTables.xlsx')
  const readTable = (content: Uint8Array) => readConcordance(content, 'c', reference)

  test.skipIf(path === null)('of the UN says what the shipped concordance says', () => {
    const { from, to, pairs, added, lacking } = readTable(readFileSync(path ?? ''))
    expect([from, to, pairs.length, added, lacking]).toEqual(['2022', '2012', 16377, [], []])
  })

  test('may be a CSV, either edition first, and says where it differs from the shipped one', () => {
    const { from, to, pairs, added, lacking } = readTable(bytes('hs2012,hs2022\n020890,0208.90 021099\n'))
    expect([from, to, pairs]).toEqual([
      '2022',
      '2012',
      [
        ['020890', '020890'],
        ['021099', '020890'],
      ],
    ])
    expect(added).toEqual(['021099 020890'])
    expect(lacking).toEqual(['021099 021099'])
  })

  test.each([
    ['a,b\n1,2\n', 'expected a workbook'],
    ['hs2022,hs2022\n010121,010121\n', 'expected a workbook'],
    ['hs2022,hs2012\n', 'no pairs'],
    ['hs2022,hs2012\n777777,010121\n', '1 codes are not in their edition: 777777'],
    ['PK\u0003\u0004 nonsense', 'damaged or no workbook'],
  ])('%j is refused', (text, message) => {
    expect(() => readTable(bytes(text))).toThrow(message)
  })
})

test('the bills of the bench are what they are called', () => {
  const verdicts = (['passing', 'failing', 'undecided'] as const).map(
    (kind) => judged(benchBill(kind)).verdict,
  )
  expect(verdicts).toEqual(['pass', 'fail', 'needs-info'])
})
