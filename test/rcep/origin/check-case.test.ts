import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.ts'
import { checkCase } from '../../../src/rcep/origin/check-case.ts'
import { foreign, originating, originCase } from '../../helpers/origin-case.ts'

const valid = originCase({ materials: [foreign('1', '740811', '10')] })
const [line] = valid.materials

function messageFor(value: unknown): string {
  try {
    checkCase(value)
    return 'accepted'
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return error.message
    throw error
  }
}

const decimal =
  'a decimal string such as "12.50", not negative, with at most 18 digits before and 12 after the point'

describe('a wrong field is named with its value and what is allowed', () => {
  test.each<[string, unknown, string]>([
    ['no object', 7, 'case: 7: an object: an origin case'],
    ['a missing part', {}, 'good: missing: an object: the good'],
    ['a negative amount', { ...valid, good: { ...valid.good, fob: '-1' } }, `good.fob: -1: ${decimal}`],
    [
      'a number for an amount',
      { ...valid, materials: [{ ...line, value: 5 }] },
      `materials.0.value: 5: ${decimal}`,
    ],
    [
      'an exponent',
      { ...valid, materials: [{ ...line, value: '1e3' }] },
      `materials.0.value: 1e3: ${decimal}`,
    ],
    ['no price', { ...valid, good: { ...valid.good, fob: '0.00' } }, 'good.fob: 0.00: more than 0'],
    [
      'a code with dots',
      { ...valid, good: { ...valid.good, hs: '8504.40' } },
      'good.hs: 8504.40: 6 to 12 digits without dots',
    ],
    ['a day that is none', { ...valid, on: '2023-02-30' }, 'on: 2023-02-30: a calendar day YYYY-MM-DD'],
    [
      'an importer that is no Party',
      { ...valid, importer: 'US' },
      'importer: US: a Party to RCEP: AU, BN, CN, ID, JP, KH, KR, LA, MM, MY, NZ, PH, SG, TH, VN',
    ],
    [
      'a good that stays where it was made',
      { ...valid, importer: 'CN' },
      'importer: CN: a Party other than the one the good was made in or is sent from',
    ],
    [
      'a heading for a material',
      { ...valid, materials: [{ ...line, hs: '7408' }] },
      'materials.0.hs: 7408: 6 to 12 digits without dots',
    ],
    [
      'a currency of nobody',
      { ...valid, good: { ...valid.good, currency: 'RMB' } },
      'good.currency: RMB: a currency code of three capital letters (ISO 4217), such as USD or CNY',
    ],
    ['an unknown agreement', { ...valid, agreement: 'TPP' }, 'agreement: TPP: one of RCEP, ACFTA, CN-KR'],
    [
      'an unknown field',
      { ...valid, fobs: '1' },
      'fobs: 1: no such field here; the fields are good, importer, exporter, on, agreement, rule, rates, mfn, proof, appendix, costs, operations, materials',
    ],
    [
      'an originating material of nowhere',
      { ...valid, materials: [{ ...line, origin: { status: 'originating' } }] },
      'materials.0.origin.party: missing: the Party an originating material originates in',
    ],
    [
      'a country that is none',
      { ...valid, materials: [originating('1', '740811', '1', 'QX')] },
      'materials.0.origin.party: QX: a country code of two capital letters (ISO 3166), such as CN',
    ],
    [
      'two lines of one id',
      { ...valid, materials: [line, line] },
      'materials.1.id: 1: an id no other material of the bill has',
    ],
    [
      'an intermediate made nowhere',
      { ...valid, materials: [{ ...line, materials: [line] }] },
      'materials.0.producedIn: missing: the country where this intermediate was made',
    ],
    [
      'a wrong line far down',
      { ...valid, materials: [{ ...line, producedIn: 'VN', materials: [{ ...line, hs: 'x' }] }] },
      'materials.0.materials.0.hs: x: 6 to 12 digits without dots',
    ],
    [
      'a deduction above the value',
      { ...valid, materials: [{ ...line, deductions: '11' }] },
      'materials.0.deductions: 11: at most the value 10',
    ],
    [
      'a rate for a country that is no Party',
      { ...valid, rates: { US: '0' } },
      'rates.US: US: Parties to RCEP: AU, BN, CN, ID, JP, KH, KR, LA, MM, MY, NZ, PH, SG, TH, VN',
    ],
  ])('%s', (_name, value, message) => {
    expect(messageFor(value)).toBe(message)
  })
})

test('a bill nested in itself ends at the depth allowed', () => {
  const endless: Record<string, unknown> = { ...line, producedIn: 'VN' }
  endless.materials = [endless]
  expect(messageFor({ ...valid, materials: [endless] })).toBe(
    'materials: 9 levels: at most 8 levels of bills',
  )
})

test('whatever is handed over is accepted or refused with a field, never a crash', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ good: fc.anything(), materials: fc.anything() })),
      (value) => {
        expect(messageFor(value)).toMatch(/^(accepted|[^:]+: .*: .+)$/s)
      },
    ),
  )
})
