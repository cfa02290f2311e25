import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestSet } from '../../../src/rcep/origin/smallest-set.ts'
import { foreign, judged, originating, originCase } from '../../helpers/origin-case.ts'

const bill = (...values: string[]) =>
  values.map((value, index) => foreign(String(index + 1), '850490', value))

test('FOB 100 and VNM 66: switch 6, or raise FOB by 10 to 110', () => {
  const { minimumChange } = judged(originCase({ rule: 'RVC40', materials: bill('50', '9', '7') }))
  expect(minimumChange).toEqual([
    {
      kind: 'switch',
      rule: 'RVC40',
      indicative: false,
      amount: '6',
      materials: ['3'],
      search: 'exact',
      text: 'RVC40: replace non-originating materials worth 6 by originating ones; 3 would do, and no fewer',
    },
    {
      kind: 'raise-fob',
      rule: 'RVC40',
      indicative: false,
      amount: '10',
      fob: '110',
      text: 'RVC40: or raise the FOB value by 10 to 110, all else equal',
    },
  ])
})

test('the new FOB value is cut so that it suffices', () => {
  const { minimumChange } = judged(originCase({ rule: 'RVC40', materials: bill('65') }))
  expect(minimumChange[1]).toMatchObject({ amount: '8.3334', fob: '108.3334' })
  const raised = originCase({ rule: 'RVC40', good: { fob: '108.3334' }, materials: bill('65') })
  expect(judged(raised).verdict).toBe('pass')
})

test('the cheapest pair is found where no single material does', () => {
  const { minimumChange } = judged(
    originCase({ rule: 'RVC40', materials: bill('20', '18', '17', '16', '15') }),
  )
  // 86 - 60 = 26: 15 and 16 are 31, the least of all pairs, and every pair does.
  expect(minimumChange[0]).toMatchObject({ amount: '26', materials: ['5', '4'], search: 'exact' })
})

test('beyond pairs the search is greedy and says so', () => {
  const { minimumChange } = judged(
    originCase({ rule: 'RVC40', materials: bill('12', '12', '12', '12', '12', '12', '12', '12') }),
  )
  expect(minimumChange[0]).toMatchObject({ amount: '36', search: 'greedy' })
  expect(minimumChange[0]?.materials).toHaveLength(3)
})

test('for a change of classification the blocking materials are named, to switch or to buy at an earlier stage', () => {
  const materials = [...bill('12', '4', '3'), foreign('far', '740811', '30')]
  const { minimumChange } = judged(originCase({ rule: 'CTH', materials }))
  expect(minimumChange).toMatchObject([
    { kind: 'switch-materials', rule: 'CTH', amount: '12', materials: ['1'], search: 'exact' },
    { kind: 'reclass', rule: 'CTH', materials: ['1'] },
  ])
})

test('under a rule nobody can read the changes are for orientation', () => {
  const { verdict, minimumChange } = judged(originCase({ rule: 'see list', materials: bill('70') }))
  expect(verdict).toBe('needs-info')
  expect(minimumChange.every((change) => change.indicative)).toBe(true)
  expect(minimumChange.map((change) => change.rule)).toContain('RVC40')
})

test('a good that passes needs no change', () => {
  expect(judged(originCase({ materials: [originating('1', '850490', '90')] })).minimumChange).toEqual([])
})

test('margins say how far value and price may move before a route breaks', () => {
  const { routes } = judged(
    originCase({ materials: [foreign('1', '850490', '4'), foreign('2', '740811', '41')] }),
  )
  expect(routes).toMatchObject([
    { rule: 'CTH', sensitivity: { toleranceLeft: '6' } },
    { rule: 'RVC40', margin: '15', sensitivity: { vnmRise: '15', fobFall: '25' } },
  ])
})

test('a set found suffices, none of its members can go, and singles and pairs are the cheapest there are', () => {
  const big = (value: number) => new Big(value)
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 9 }), fc.nat(120), (values, goal) => {
      const candidates = values.map((value, index) => ({ value, index }))
      const total = (chosen: readonly { value: number }[]) => chosen.reduce((so, one) => so + one.value, 0)
      const found = smallestSet(
        candidates,
        (one) => big(one.value),
        (chosen) => total(chosen) >= goal,
      )
      if (candidates.length === 0 || total(candidates) < goal) {
        expect(found).toBeNull()
        return
      }
      const members = found?.members ?? []
      expect(total(members)).toBeGreaterThanOrEqual(goal)
      const pairs = candidates.flatMap((one, at) =>
        candidates.slice(at + 1).map((other) => one.value + other.value),
      )
      const singles = values.filter((value) => value >= goal)
      const enough = pairs.filter((sum) => sum >= goal)
      const best = singles.length > 0 ? singles : enough
      expect(found?.search).toBe(best.length > 0 ? 'exact' : 'greedy')
      if (best.length > 0) expect(total(members)).toBe(Math.min(...best))
      for (const one of best.length > 0 ? [] : members) expect(total(members) - one.value).toBeLessThan(goal)
    }),
  )
})
