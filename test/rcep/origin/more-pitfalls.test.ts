import { describe, expect, test } from 'vitest'
import { shippedOriginFacts } from '../../../src/rcep/origin/shipped-facts.ts'
import { foreign, judged, originating, originCase, unknown } from '../../helpers/origin-case.ts'

describe('further pitfalls of naive origin engines', () => {
  test('7: work done in another Party on what did not originate there contributes nothing', () => {
    const abroad = {
      id: 'i',
      hs: '850490',
      value: '50',
      producedIn: 'VN',
      rule: 'RVC40',
      operations: ['winding'],
      materials: [foreign('a', '850490', '32')],
    }
    const { routes } = judged(
      originCase({ rule: 'RVC40', materials: [abroad, foreign('b', '740811', '20')] }),
    )
    expect(routes[0]).toMatchObject({ passed: false, vnm: '70', buildDown: '30' })
  })

  test('8: the foreign content of an originating intermediate is absorbed', () => {
    const abroad = {
      id: 'i',
      hs: '850490',
      value: '50',
      producedIn: 'VN',
      rule: 'RVC40',
      operations: ['winding'],
      materials: [foreign('a', '850490', '28')],
    }
    const { routes } = judged(
      originCase({ rule: 'RVC40', materials: [abroad, foreign('b', '740811', '50')] }),
    )
    expect(routes[0]).toMatchObject({ passed: true, vnm: '50', buildDown: '50' })
  })

  test('12: a textile good may use the weight tolerance where its value share is too high', () => {
    const { routes } = judged(
      originCase({
        rule: 'CC',
        good: { hs: '620342', weightKg: '1' },
        materials: [foreign('1', '620900', '15', { weightKg: '0.08' })],
      }),
    )
    expect(routes[0]).toMatchObject({ passed: true, deMinimis: { used: true, basis: 'weight', share: '8' } })
  })

  test('14: a foreign material valued ex works or FOB is pointed out, for CIF would be more', () => {
    const { missing } = judged(
      originCase({ rule: 'RVC40', materials: [foreign('1', '740811', '50', { valueBasis: 'EXW' })] }),
    )
    expect(missing.some((one) => one.startsWith('value of 1'))).toBe(true)
  })

  test('23: goods are judged one by one, so every case is of one good', () => {
    const cheap = originCase({
      rule: 'RVC40',
      good: { fob: '100' },
      materials: [foreign('1', '740811', '61')],
    })
    const dear = originCase({
      rule: 'RVC40',
      good: { fob: '110' },
      materials: [foreign('1', '740811', '61')],
    })
    // Together they would reach 41.9 %; apart, the cheaper one fails.
    expect([judged(cheap).verdict, judged(dear).verdict]).toEqual(['fail', 'pass'])
  })

  test('25: a verdict comes with the evidence to be held, and with what is open', () => {
    const { evidence, missing, verdict } = judged(
      originCase({ materials: [originating('1', '850440', '50', 'KR'), unknown('2', '850440', '60.01')] }),
    )
    expect([verdict, evidence]).toEqual(['needs-info', []])
    expect(missing).not.toEqual([])
    const held = judged(originCase({ materials: [originating('1', '850440', '50', 'KR')] })).evidence
    expect(held[0]).toBe('RCEP proof of origin from KR for material 1')
    expect(held.at(-1)).toBe('keep all of this for three years (Art. 3.27)')
  })

  test('27: apparel has no rule by Party: the same text whoever makes it', () => {
    const facts = shippedOriginFacts()
    const ruleOn = (hs6: string) =>
      facts.findRule?.(hs6, { agreement: 'RCEP', edition: '2022', on: '2026-01-01' })?.text
    expect(new Set(['610910', '620342', '620520'].map(ruleOn))).toEqual(new Set(['CC']))
  })
})
