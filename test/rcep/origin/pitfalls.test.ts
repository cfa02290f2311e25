import { describe, expect, test } from 'vitest'
import { foreign, judged, originating, originCase, unknown } from '../../helpers/origin-case.ts'

const rates = { CN: '5%', KR: '2%', VN: '0', JP: '0', AU: '8%' }

describe('pitfalls of naive origin engines', () => {
  test('1: entry into force is asked of a pair, not of a country: Myanmar', () => {
    const toChina = originCase({
      good: { producedIn: 'MM' },
      importer: 'CN',
      materials: [foreign('1', '740811', '10')],
    })
    expect(judged(toChina).verdict).toBe('pass')
    expect(judged({ ...toChina, importer: 'TH' }).verdict).toBe('needs-info')
  })

  test('3: the rate follows the RCEP country of origin, not the country of shipment', () => {
    const { rcepCountryOfOrigin } = judged(
      originCase({
        good: { producedIn: 'VN' },
        importer: 'JP',
        operations: ['packing'],
        rates,
        appendix: { listed: false },
        materials: [originating('1', '850440', '90', 'CN')],
      }),
    )
    expect(rcepCountryOfOrigin?.claimOptions[0]).toMatchObject({ basis: 'RCO', party: 'CN', rate: '5%' })
  })

  test('4: the 20 % rule does not apply to a good outside the Appendix', () => {
    const little = originCase({
      good: { producedIn: 'VN' },
      rates,
      appendix: { listed: false },
      materials: [originating('1', '850490', '95', 'CN')],
    })
    expect(judged(little).rcepCountryOfOrigin).toMatchObject({
      party: 'VN',
      basis: '2.6.2',
      domesticValue: null,
    })
    expect(judged({ ...little, appendix: { listed: true } }).rcepCountryOfOrigin).toMatchObject({
      party: 'CN',
      basis: '2.6.4',
    })
  })

  test('4: the 20 % rule does not apply without a differential, though the form is filled by the Appendix test', () => {
    const everywhere = Object.fromEntries(
      ['AU', 'BN', 'CN', 'ID', 'KH', 'KR', 'LA', 'MY', 'NZ', 'PH', 'SG', 'TH', 'VN'].map((party) => [
        party,
        '3%',
      ]),
    )
    const { rcepCountryOfOrigin, certificate } = judged(
      originCase({
        good: { producedIn: 'VN' },
        rates: everywhere,
        appendix: { listed: true },
        materials: [originating('1', '850490', '95', 'CN')],
      }),
    )
    expect(rcepCountryOfOrigin).toMatchObject({ party: 'VN', basis: '2.6.2', differential: false })
    expect(certificate?.box11).toEqual({ party: 'CN', mark: null })
  })

  test('4: domestic value leaves out what other Parties supplied', () => {
    const { rcepCountryOfOrigin } = judged(
      originCase({
        good: { producedIn: 'VN' },
        rates,
        appendix: { listed: true },
        materials: [originating('1', '850490', '50', 'CN'), originating('2', '850490', '35', 'KR')],
      }),
    )
    expect(rcepCountryOfOrigin?.domesticValue).toMatchObject({ buildDown: '15', passed: false })
  })

  test('5: an Appendix good that meets its rule is not saved by the general rule', () => {
    const { rcepCountryOfOrigin } = judged(
      originCase({
        good: { producedIn: 'VN' },
        rates,
        appendix: { listed: true },
        materials: [originating('1', '850490', '50', 'KR'), foreign('2', '740811', '35')],
      }),
    )
    expect(rcepCountryOfOrigin).toMatchObject({ party: 'KR', basis: '2.6.4' })
  })

  test('6: after roll-up each originating material keeps its Party', () => {
    const { rcepCountryOfOrigin } = judged(
      originCase({
        rates,
        materials: [
          {
            id: 'i',
            hs: '850490',
            value: '40',
            producedIn: 'VN',
            rule: 'CTH',
            operations: ['forging'],
            materials: [originating('k', '740811', '30', 'KR')],
          },
          originating('own', '850490', '10'),
        ],
      }),
    )
    expect(rcepCountryOfOrigin?.contributions).toEqual({ VN: '40', CN: '10' })
  })

  test('10: the six digits are compared, whatever national digits follow', () => {
    const eightDigits = originCase({
      rule: 'CTSH',
      good: { hs: '85044010' },
      materials: [foreign('1', '85044099', '50')],
    })
    expect(judged(eightDigits).routes[0]).toMatchObject({ passed: false, blocking: ['1'] })
  })

  test('9: originating materials need no change of classification, and "except from" does not bind them', () => {
    const input = originCase({
      rule: 'CTH except from Chapter 74',
      materials: [
        originating('1', '850440', '50', 'KR'),
        originating('2', '740811', '20'),
        foreign('3', '392690', '5'),
      ],
    })
    expect(judged(input)).toMatchObject({ verdict: 'pass', codes: ['CTC', 'ACU'] })
  })

  test('12: tolerated materials stay in the non-originating value', () => {
    const { routes } = judged(
      originCase({ materials: [foreign('1', '850490', '10'), foreign('2', '740811', '51')] }),
    )
    expect(routes).toMatchObject([{ passed: true }, { passed: false, buildDown: '39', vnm: '61' }])
  })

  test('12: the tolerance rescues neither a value content nor a wholly obtained rule', () => {
    expect(judged(originCase({ rule: 'RVC40', materials: [foreign('1', '740811', '60.01')] })).verdict).toBe(
      'fail',
    )
    expect(judged(originCase({ rule: 'WO', materials: [foreign('1', '740811', '0.01')] })).verdict).toBe(
      'fail',
    )
  })

  test('13: 40 % exactly passes where doubles would not', () => {
    // 0.1 + 0.2 of 0.5 is 60 %: binary fractions make it 60.000000000000007 %.
    const { routes } = judged(
      originCase({
        rule: 'RVC40',
        good: { fob: '0.5' },
        materials: [foreign('1', '850490', '0.1'), foreign('2', '850490', '0.2')],
      }),
    )
    expect(routes[0]).toMatchObject({ passed: true, buildDown: '40', margin: '0' })
  })

  test('13: a shortfall below the fourth decimal is still shown as one', () => {
    const { routes } = judged(
      originCase({
        rule: 'RVC40',
        good: { fob: '1000000' },
        materials: [foreign('1', '850490', '600000.01')],
      }),
    )
    expect(routes[0]).toMatchObject({ passed: false, buildDown: '39.9999', margin: '-0.0001' })
  })

  test('15 and 16: minimal operations void a change of classification, and the work of 2.6.5 decides the country for PE only', () => {
    const packed = originCase({
      rule: 'CTH',
      operations: ['packing'],
      materials: [foreign('1', '740811', '50')],
    })
    expect(judged(packed).verdict).toBe('fail')
    const own = originCase({
      rule: 'CTH',
      operations: ['packing'],
      materials: [originating('1', '740811', '50', 'KR')],
    })
    expect(judged(own)).toMatchObject({
      verdict: 'pass',
      rcepCountryOfOrigin: { party: 'KR', basis: '2.6.4' },
    })
  })

  test('17: an input of unknown origin is not taken as domestic', () => {
    const { verdict, missing, materials } = judged(
      originCase({ rule: 'CTSH', materials: [unknown('1', '850440', '50')] }),
    )
    expect(verdict).toBe('needs-info')
    expect(materials[0]).toMatchObject({ originating: false, why: 'unknown' })
    expect(missing).toEqual([
      'origin of 1: an RCEP proof of origin from a Party for it would turn the verdict to pass',
    ])
  })

  test('a material of Hong Kong does not cumulate', () => {
    expect(
      judged(originCase({ rule: 'CTSH', materials: [originating('1', '850440', '50', 'HK')] })),
    ).toMatchObject({
      verdict: 'fail',
      materials: [{ originating: false, why: 'not-a-party' }],
    })
  })

  test('21: FOB is asked for in box 12 only where the value content is the criterion', () => {
    const bill = [foreign('1', '740811', '50')]
    expect(judged(originCase({ rule: 'CTH', materials: bill })).certificate?.box12Fob).toBe(false)
    expect(judged(originCase({ rule: 'RVC40', materials: bill })).certificate?.box12Fob).toBe(true)
  })

  test('a good made outside the Parties fails whatever its bill says', () => {
    const { verdict, steps } = judged(
      originCase({ good: { producedIn: 'IN' }, materials: [originating('1', '740811', '5', 'JP')] }),
    )
    expect(verdict).toBe('fail')
    expect(steps[0]?.detail).toBe(
      'IN is not a Party: nothing produced there can originate under the agreement',
    )
  })
})
