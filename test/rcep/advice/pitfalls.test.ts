import { describe, expect, test } from 'vitest'
import { consignmentPoints } from '../../../src/rcep/advice/consignment.ts'
import { isWaived, proofDates, proofKinds, smallValueNumber } from '../../../src/rcep/advice/proofs.ts'
import { readQuestion } from '../../../src/rcep/advice/question.ts'
import { agreementInForce, termsOf } from '../../../src/rcep/origin/agreements.ts'
import { judgeInEdition } from '../../../src/rcep/origin/editions.ts'
import { shippedOriginFacts } from '../../../src/rcep/origin/shipped-facts.ts'
import { rcepYear } from '../../../src/rcep/parties.ts'
import { shippedBooks } from '../../../src/rcep/rules/books.ts'
import { ruleFor } from '../../../src/rcep/rules/lookup.ts'
import { parseRule } from '../../../src/rcep/rules/parse.ts'
import { cheaper, givenMfn, offersOn } from '../../../src/rcep/tariff/offers.ts'
import { yearSpan } from '../../../src/rcep/tariff/schedule.ts'
import { readReference } from '../../../src/reference/load.ts'
import { foreign, originCase } from '../../helpers/origin-case.ts'

const reference = readReference()
const ask = (change: Partial<Parameters<typeof readQuestion>[0]> = {}) =>
  readQuestion({ hs: '850440', from: 'CN', to: 'JP', on: '2026-06-01', ...change }, reference)
const kind = (from: string, to: string, name: string) =>
  proofKinds(ask({ from, to }), 'en').find((one) => one.kind === name)?.possible

describe('pitfalls of naive advice', () => {
  test('2: cuts fall on 1 January, in Indonesia, Japan and the Philippines on 1 April, year 1 having had three months', () => {
    expect(['JP', 'ID', 'PH'].map((party) => yearSpan(party, 1).to)).toEqual(Array(3).fill('2022-03-31'))
    expect([
      rcepYear('JP', '2026-03-31'),
      rcepYear('JP', '2026-04-01'),
      rcepYear('CN', '2026-01-01'),
    ]).toEqual([5, 6, 5])
  })

  test('11: codes of another edition are judged in that of the rules, whichever they may be there', () => {
    const { concordance } = reference
    const input = originCase({
      good: { hs: '870892', edition: '2012' },
      rule: null,
      materials: [foreign('1', '720810', '50')],
    })
    const judging = { edition: '2022', concordance, language: 'en' } as const
    expect(judgeInEdition(input, shippedOriginFacts(), judging)).toMatchObject({
      verdict: 'pass',
      rule: 'CTH or RVC40',
    })
    const lamp = { ...input, good: { ...input.good, hs: '940540' } }
    const open = judgeInEdition(lamp, shippedOriginFacts(), judging)
    expect(
      open.missing.some((one) => one.startsWith('940540 (HS 2012) may be')) || open.verdict !== 'needs-info',
    ).toBe(true)
  })

  test('18: an MFN rate that is not above RCEP wins', () => {
    const offers = (rate: string) => {
      const given = givenMfn(rate, 'CN', '2026-06-01', 'test')
      const rates = given.rates.map((one) => ({ ...one, line: '85044010' }))
      return offersOn({ ...given, rates }, '2026-06-01')
    }
    const goods = { shipment: null }
    expect(cheaper(offers('4%'), offers('5%'), goods)).toBe('MFN')
    expect(cheaper(offers('5%'), offers('5%'), goods)).toBe('MFN')
    expect(cheaper(offers('6%'), offers('5%'), goods)).toBe('RCEP')
  })

  test('19: rules on a chapter or a heading are found, and "or" within an exception is no new alternative', () => {
    const rules = shippedBooks().find(({ agreement }) => agreement === 'RCEP')?.rules ?? new Map()
    expect(ruleFor(rules, '870323')).toMatchObject({ rule: 'RVC40', level: 4 })
    expect(ruleFor(rules, '920210')).toMatchObject({ level: 2 })
    expect(parseRule('CTH except from heading 72.08 or 72.09')).toMatchObject({
      alternatives: [{ terms: [{ level: 4, except: [{ from: '7208' }, { from: '7209' }] }] }],
    })
  })

  test('20: no declaration of any exporter for China now, no importer declaration outside Japan', () => {
    expect([kind('CN', 'JP', 'any-exporter'), kind('JP', 'CN', 'any-exporter')]).toEqual([false, false])
    expect([kind('JP', 'AU', 'any-exporter'), kind('JP', 'KR', 'any-exporter')]).toEqual([true, null])
    expect([kind('CN', 'JP', 'importer'), kind('JP', 'CN', 'importer')]).toEqual([true, false])
    expect([kind('CN', 'JP', 'approved-exporter'), kind('VN', 'CN', 'approved-exporter')]).toEqual([
      true,
      false,
    ])
    expect(kind('LA', 'CN', 'certificate')).toBe(true)
  })

  test('22: Hong Kong needs its own paper, and splitting needs a Party', () => {
    const points = consignmentPoints(ask({ from: 'VN', to: 'CN', via: ['HK'] }), 'en').map(({ code }) => code)
    expect(points).toEqual([
      'route',
      'logistics-only',
      'customs-control',
      'papers',
      'no-splitting',
      'single-document',
      'sealed-container',
      'rail-waybill',
      'transit-papers',
      'via-hong-kong',
    ])
    expect(consignmentPoints(ask({ via: ['HK'] }), 'en').map(({ code }) => code)).not.toContain(
      'via-hong-kong',
    )
  })

  test('26: what only one Party does is said for that Party only', () => {
    expect([smallValueNumber('CN'), smallValueNumber('JP')]).toEqual(['XJE00000', null])
  })

  test('27: a proof is valid for one year, not three', () => {
    const dates = (issuedOn: string) => proofDates(ask({ issuedOn }))
    expect(dates('2025-06-02')).toMatchObject({ validTo: '2026-06-01', state: 'valid' })
    expect(dates('2025-06-01')).toMatchObject({ validTo: '2026-05-31', state: 'anniversary' })
    expect(dates('2025-05-31')).toMatchObject({ state: 'expired' })
    expect(dates('2024-02-29')).toMatchObject({ validTo: '2025-02-27', exporterRecordsUntil: '2027-02-28' })
  })
})

test('a shipment of US$200 needs no proof, one cent more does, and without its value in dollars it is not known', () => {
  const of = (value: string, currency: string, exchanges: string[] = []) =>
    isWaived(ask({ value, currency, exchanges }).goods)
  expect([of('200', 'USD'), of('200.01', 'USD'), of('200', 'CNY')]).toEqual([true, false, null])
  expect([of('1420', 'CNY', ['USD=7.1']), of('1420.01', 'CNY', ['USD=7.1'])]).toEqual([true, false])
})

test('a certificate after shipment is marked retroactive for a year, then no longer possible', () => {
  const dates = (issuedOn: string) => proofDates(ask({ issuedOn, shippedOn: '2025-12-01' }))
  expect(dates('2025-11-30')).toMatchObject({ isRetroactive: false, retroactiveAllowed: null })
  expect(dates('2026-12-01')).toMatchObject({ isRetroactive: true, retroactiveAllowed: true })
  expect(dates('2026-12-02')).toMatchObject({ isRetroactive: true, retroactiveAllowed: false })
})

test('an agreement is in force from its day, and before it as far as is known', () => {
  const on = (code: 'CN-KR' | 'ACFTA', importer: string, day: string) =>
    agreementInForce(termsOf(code), importer, 'CN', day)
  expect([on('CN-KR', 'KR', '2015-12-19'), on('CN-KR', 'KR', '2015-12-20')]).toEqual([false, true])
  expect([
    on('ACFTA', 'VN', '2019-09-11'),
    on('ACFTA', 'VN', '2019-09-12'),
    on('ACFTA', 'JP', '2024-01-01'),
  ]).toEqual([null, true, false])
})
