import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OriginMaterial } from '../../../src/rcep/origin/case.ts'
import { judged, originCase } from '../../helpers/origin-case.ts'

// A second, naive reading of Arts. 3.2 to 3.8 for plain bills, in whole cents and grams.
interface Plain {
  hs: string
  cents: number
  grams: number
  status: 'originating' | 'non-originating'
  role: NonNullable<OriginMaterial['role']>
}

const plain: fc.Arbitrary<Plain> = fc.record({
  hs: fc.constantFrom('620342', '620590', '600410', '540761', '850440'),
  cents: fc.integer({ min: 0, max: 4000 }),
  grams: fc.integer({ min: 0, max: 60 }),
  status: fc.constantFrom('originating', 'non-originating'),
  role: fc.constantFrom(
    'material',
    'material',
    'indirect',
    'accessory',
    'retail-packaging',
    'transport-packing',
  ),
})

const fobCents = 10_000
const goodGrams = 400
const goodHs = '620342'

function naive(bill: Plain[], level: number, value: boolean): { verdict: string; share: string } {
  const counted = bill.filter((one) => one.role !== 'transport-packing')
  const foreign = counted.filter((one) => one.role !== 'indirect' && one.status === 'non-originating')
  const total = (list: Plain[], of: 'cents' | 'grams') => list.reduce((so, one) => so + one[of], 0)
  const vnm = total(foreign, 'cents')
  const share = `${Math.floor(((fobCents - vnm) * 1_000_000) / fobCents) / 10_000}`
  if (!counted.some((one) => one.role === 'material' || one.role === 'accessory'))
    return { verdict: 'needs-info', share }
  if (foreign.every((one) => one.role === 'retail-packaging')) return { verdict: 'pass', share }
  const failing = foreign.filter(
    (one) => one.role === 'material' && one.hs.slice(0, level) === goodHs.slice(0, level),
  )
  const tolerated = total(failing, 'cents') * 10 <= fobCents || total(failing, 'grams') * 10 <= goodGrams
  const passes = failing.length === 0 || tolerated || (value && (fobCents - vnm) * 100 >= 40 * fobCents)
  return { verdict: passes ? 'pass' : 'fail', share }
}

test('plain bills are judged as naive arithmetic in whole cents says', () => {
  const rules = fc.constantFrom(
    { rule: 'CC', level: 2, value: false },
    { rule: 'CTH', level: 4, value: false },
    { rule: 'CTSH or RVC40', level: 6, value: true },
    { rule: 'CC or RVC40', level: 2, value: true },
  )
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 6 }), rules, (bill, { rule, level, value }) => {
      const result = judged(
        originCase({
          good: { hs: goodHs, fob: '100', weightKg: '0.4' },
          rule,
          materials: bill.map((one, index) => ({
            id: String(index),
            hs: one.hs,
            value: (one.cents / 100).toFixed(2),
            weightKg: (one.grams / 1000).toFixed(3),
            role: one.role,
            origin:
              one.status === 'originating' ? { status: one.status, party: 'CN' } : { status: one.status },
          })),
        }),
      )
      const expected = naive(bill, level, value)
      expect(result.verdict).toBe(expected.verdict)
      const valueRoute = result.routes.find((route) => route.buildDown !== undefined)
      if (valueRoute) expect(valueRoute.buildDown).toBe(expected.share)
    }),
    { numRuns: 500 },
  )
})
