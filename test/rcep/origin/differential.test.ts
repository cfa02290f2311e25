import { expect, test } from 'vitest'
import type { OriginCase } from '../../../src/rcep/origin/case.ts'
import { foreign, judged, originating, originCase } from '../../helpers/origin-case.ts'

const bill = [
  originating('cn', '850490', '30', 'CN'),
  originating('kr', '850490', '20', 'KR'),
  foreign('us', '740811', '10'),
]

function country(change: Parameters<typeof originCase>[0]) {
  return judged(originCase({ good: { producedIn: 'VN' }, materials: bill, ...change })).rcepCountryOfOrigin
}

test('without rates the country of origin is still found, for the proof names it', () => {
  expect(country({ appendix: { listed: false } })).toMatchObject({
    party: 'VN',
    basis: '2.6.2',
    differential: null,
    claimOptions: [],
  })
})

test('two different rates make a differential; two words for nothing do not', () => {
  expect(country({ rates: { VN: '0', CN: '5%' } })?.differential).toBe(true)
  expect(country({ rates: { VN: '0', CN: 'Free', KR: '0%' } })?.differential).toBeNull()
})

test('the highest rate is the highest of the contributing Parties, or of all', () => {
  expect(
    country({ rates: { VN: '0', CN: '3%', KR: '4.1%', AU: '12%' }, appendix: { listed: false } })
      ?.claimOptions,
  ).toMatchObject([
    { basis: 'RCO', party: 'VN', rate: '0', complete: true },
    { basis: '2.6.6(a)', party: 'KR', rate: '4.1%', among: ['CN', 'KR'], complete: true },
    { basis: '2.6.6(b)', party: 'AU', rate: '12%', complete: false },
  ])
})

test('rates that are not all percentages are compared in money for the shipment', () => {
  const rates = { VN: '0', CN: '8%', KR: '5 JPY/kg' }
  const shipment = (weightKg: string | null): Parameters<typeof originCase>[0] => ({
    good: { producedIn: 'VN', fob: '100', currency: 'JPY', weightKg },
    rates,
    appendix: { listed: false },
  })
  // 5 x 2 kg = 10 against 8 % of 100.
  expect(country(shipment('2'))?.claimOptions[1]).toMatchObject({
    basis: '2.6.6(a)',
    party: 'KR',
    rate: '5 JPY/kg',
  })
  expect(country(shipment('1'))?.claimOptions[1]).toMatchObject({
    basis: '2.6.6(a)',
    party: 'CN',
    rate: '8%',
  })
  expect(country(shipment(null))?.claimOptions[1]).toMatchObject({ basis: '2.6.6(a)', rate: null })
})

test('rates that cannot be compared are asked about', () => {
  const { missing } = judged(
    originCase({
      good: { producedIn: 'VN', currency: 'JPY' },
      rates: { VN: '0', CN: '8%', KR: '5 JPY/kg' },
      appendix: { listed: false },
      materials: bill,
    }),
  )
  expect(missing).toEqual([
    'rates that cannot be compared: one is no commitment (U), or not all are percentages and quantities or the currency of a rate are missing',
  ])
})

test('a good of which only originating materials were used, work not stated, has an open country of origin', () => {
  const { operations, ...silent } = originCase({
    good: { producedIn: 'VN' },
    appendix: { listed: false },
    materials: [originating('cn', '850490', '30', 'CN')],
  })
  expect(operations).toBeDefined()
  expect(judged(silent)).toMatchObject({
    verdict: 'pass',
    rcepCountryOfOrigin: { party: null, basis: 'undetermined' },
  })
})

test('where all of it came from the exporting Party the work done makes no difference', () => {
  expect(
    country({ operations: ['packing'], materials: [originating('vn', '850490', '30', 'VN')] }),
  ).toMatchObject({ party: 'VN', basis: '2.6.4' })
})

test('an Appendix not spoken of is asked for where the rates differ', () => {
  const input: OriginCase = originCase({
    good: { producedIn: 'VN' },
    rates: { VN: '0', CN: '5%' },
    materials: bill,
  })
  expect(judged(input).missing).toEqual([
    'appendix: whether the good is in the Appendix of JP (Art. 2.6.3); rates differ by Party, so it may change the rate',
  ])
})

test('an Appendix period may be given by days', () => {
  const period = (on: string) =>
    country({
      on,
      rates: { VN: '0', CN: '5%' },
      appendix: { listed: true, from: '2022-01-01', to: '2036-12-31' },
    })
  expect(period('2036-12-31')?.domesticValue).not.toBeNull()
  expect(period('2037-01-01')?.domesticValue).toBeNull()
})

test('other agreements have no RCEP country of origin', () => {
  const input = originCase({
    importer: 'VN',
    agreement: 'ACFTA',
    materials: [originating('1', '850490', '30', 'CN')],
  })
  expect(judged(input)).toMatchObject({
    verdict: 'pass',
    rcepCountryOfOrigin: null,
    certificate: { box11: null },
  })
})
