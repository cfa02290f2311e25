import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OriginCase, OriginMaterial } from '../../../src/rcep/origin/case.ts'
import type { OriginVerdict } from '../../../src/rcep/origin/result.ts'
import { foreign, judged, originating, originCase, unknown } from '../../helpers/origin-case.ts'

const hs = fc.constantFrom('850440', '850490', '850431', '854231', '740811', '392690', '620342', '600410')
const cents = fc.integer({ min: 0, max: 4500 }).map((amount) => new Big(amount).times('0.01').toFixed())
const party = fc.constantFrom('CN', 'JP', 'KR', 'VN', 'MM', 'HK')
const role = fc.constantFrom(
  'material',
  'material',
  'material',
  'indirect',
  'accessory',
  'retail-packaging',
  'transport-packing',
)
const leaf = fc
  .record({
    hs,
    value: cents,
    kind: fc.constantFrom('foreign', 'originating', 'unknown'),
    party,
    role,
    weightKg: fc.option(fc.constantFrom('0.1', '0.5', '2')),
  })
  .map(({ kind, ...line }): Omit<OriginMaterial, 'id'> => {
    const rest = { role: line.role, weightKg: line.weightKg } as const
    const { id, ...made } =
      kind === 'foreign'
        ? foreign('', line.hs, line.value, rest)
        : kind === 'unknown'
          ? unknown('', line.hs, line.value, rest)
          : originating('', line.hs, line.value, line.party, rest)
    return made
  })
const line: fc.Arbitrary<Omit<OriginMaterial, 'id'>> = fc.oneof(
  { weight: 5, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.record({
      hs,
      value: cents.map((value) => new Big(value).plus(1).toFixed()),
      producedIn: fc.constantFrom('CN', 'VN'),
      selfProduced: fc.boolean(),
      rule: fc.constantFrom('RVC40', 'CTH', 'CTSH or RVC40'),
      operations: fc.constant<string[]>(['forging']),
      materials: fc.array(leaf, { minLength: 1, maxLength: 3 }).map(numbered),
    }),
  },
)
const bill = fc.array(line, { minLength: 1, maxLength: 7 }).map(numbered)
const someCase = fc
  .record({
    materials: bill,
    rule: fc.constantFrom(
      'CTH or RVC40',
      'RVC40',
      'CC',
      'CTSH',
      'WO',
      'CTH except from Chapter 74',
      'CTH and RVC40',
    ),
    hs: fc.constantFrom('850440', '620342', '740811'),
    labour: fc.option(cents, { nil: undefined }),
    operations: fc.constantFrom<string[]>(['assembly'], ['packing'], ['packing', 'forging']),
  })
  .map(({ labour, ...parts }) =>
    originCase({
      good: { hs: parts.hs, weightKg: '10' },
      materials: parts.materials,
      rule: parts.rule,
      operations: parts.operations,
      ...(labour === undefined ? {} : { costs: { labour } }),
    }),
  )

const rank: Record<OriginVerdict, number> = { fail: 0, 'needs-info': 1, pass: 2 }

function numbered(lines: Omit<OriginMaterial, 'id'>[]): OriginMaterial[] {
  return lines.map((material, index) => ({ ...material, id: String(index + 1) }))
}

function withMaterial(input: OriginCase, index: number, change: Partial<OriginMaterial>): OriginCase {
  return {
    ...input,
    materials: input.materials.map((one, at) => (at === index ? { ...one, ...change } : one)),
  }
}

test('turning a material originating never takes origin away', () => {
  fc.assert(
    fc.property(someCase, fc.nat(), (input, seed) => {
      const index = seed % input.materials.length
      const origin = { status: 'originating', party: 'CN', evidence: 'proof' } as const
      const turned = judged(withMaterial(input, index, { origin }))
      expect(rank[turned.verdict]).toBeGreaterThanOrEqual(rank[judged(input).verdict])
    }),
    { numRuns: 400 },
  )
})

test('a partner joining never takes origin away', () => {
  fc.assert(
    fc.property(someCase, (input) => {
      // Materials of HK would cumulate if it were a Party: put a Party in its place.
      const joined = {
        ...input,
        materials: input.materials.map((one) =>
          one.origin?.party === 'HK' ? { ...one, origin: { ...one.origin, party: 'SG' } } : one,
        ),
      }
      expect(rank[judged(joined).verdict]).toBeGreaterThanOrEqual(rank[judged(input).verdict])
      expect(rank[judged(input).withoutCumulation.verdict]).toBeLessThanOrEqual(rank[judged(input).verdict])
    }),
    { numRuns: 400 },
  )
})

test('more non-originating value never turns a fail into a pass', () => {
  fc.assert(
    fc.property(someCase, hs, cents, (input, code, value) => {
      // A bill that names no material is not complete, and completing it may decide either way.
      fc.pre(input.materials.some((one) => one.role === undefined || one.role === 'material'))
      const more = { ...input, materials: [...input.materials, foreign('more', code, value)] }
      expect(rank[judged(more).verdict]).toBeLessThanOrEqual(rank[judged(input).verdict])
    }),
    { numRuns: 400 },
  )
})

test('the order of the materials changes nothing in the verdict', () => {
  fc.assert(
    fc.property(
      someCase.chain((input) =>
        fc.tuple(
          fc.constant(input),
          fc.shuffledSubarray(input.materials, { minLength: input.materials.length }),
        ),
      ),
      ([input, materials]) => {
        const [one, other] = [judged(input), judged({ ...input, materials })]
        expect([other.verdict, other.criterion, other.codes]).toEqual([one.verdict, one.criterion, one.codes])
      },
    ),
    { numRuns: 300 },
  )
})

test('another currency, all money times a factor, leaves verdict and percentages as they are', () => {
  const times = (factor: string) => (value: string) => new Big(value).times(factor).toFixed()
  fc.assert(
    fc.property(someCase, fc.constantFrom('7.1', '0.001', '1000000', '3'), (input, factor) => {
      const scale = times(factor)
      const scaled = {
        ...input,
        good: { ...input.good, fob: scale(input.good.fob) },
        ...(input.costs?.labour === undefined ? {} : { costs: { labour: scale(input.costs.labour) } }),
        materials: scaledMaterials(input.materials, scale),
      }
      const [one, other] = [judged(input), judged(scaled)]
      expect(other.verdict).toBe(one.verdict)
      expect(other.routes.map(percentages)).toEqual(one.routes.map(percentages))
    }),
    { numRuns: 300 },
  )
})

function scaledMaterials(materials: OriginMaterial[], scale: (value: string) => string): OriginMaterial[] {
  return materials.map((one) => ({
    ...one,
    value: scale(one.value),
    ...(one.materials ? { materials: scaledMaterials(one.materials, scale) } : {}),
  }))
}

function percentages(route: ReturnType<typeof judged>['routes'][number]) {
  const { passed, buildDown, buildUp, margin, deMinimis } = route
  return { passed, buildDown, buildUp, margin, deMinimis }
}

test('what the answer says would change a fail does change it', () => {
  fc.assert(
    fc.property(someCase, (input) => {
      fc.pre(input.materials.some((one) => one.role === undefined || one.role === 'material'))
      const { minimumChange } = judged(input)
      for (const change of minimumChange.filter((one) => one.kind.startsWith('switch') && one.materials)) {
        const chosen = new Set(change.materials)
        const top = input.materials.every((one) => !one.materials)
        if (!top) continue
        const materials = input.materials.map((one) =>
          chosen.has(one.id) ? { ...one, origin: { status: 'originating', party: 'CN' } as const } : one,
        )
        expect(judged({ ...input, materials }).verdict).toBe('pass')
      }
    }),
    { numRuns: 300 },
  )
})

test('judging twice gives the same answer, and nothing of the case is changed', () => {
  fc.assert(
    fc.property(someCase, (input) => {
      const before = JSON.stringify(input)
      expect(judged(input)).toEqual(judged(input))
      expect(JSON.stringify(input)).toBe(before)
    }),
    { numRuns: 100 },
  )
})

test('a fail stays one when a worthless line of unknown origin makes the engine ask what hope would change', () => {
  fc.assert(
    fc.property(someCase, (input) => {
      fc.pre(judged(input).verdict === 'fail')
      const asked = {
        ...input,
        materials: [...input.materials, unknown('worthless', '010121', '0', { weightKg: '0' })],
      }
      expect(judged(asked).verdict).toBe('fail')
    }),
    { numRuns: 300 },
  )
})
