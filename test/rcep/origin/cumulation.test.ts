import { expect, test } from 'vitest'
import { foreign, judged, originating, originCase, unknown } from '../../helpers/origin-case.ts'

test('ACU is shown only where the route used needs another Party', () => {
  const spare = originCase({
    rule: 'RVC40',
    materials: [originating('1', '850490', '10', 'KR'), foreign('2', '850490', '40')],
  })
  expect(judged(spare)).toMatchObject({ codes: ['RVC'], withoutCumulation: { verdict: 'pass' } })
  const needed = originCase({
    rule: 'RVC40',
    materials: [originating('1', '850490', '30', 'KR'), foreign('2', '850490', '40')],
  })
  expect(judged(needed)).toMatchObject({ codes: ['RVC', 'ACU'], withoutCumulation: { verdict: 'fail' } })
})

test('a change of classification that rests on a partner shows ACU although the value content would not', () => {
  const input = originCase({
    materials: [originating('1', '850490', '20', 'KR'), foreign('2', '740811', '10')],
  })
  expect(judged(input)).toMatchObject({ codes: ['CTC', 'ACU'], withoutCumulation: { verdict: 'pass' } })
})

test('a good made only from originating materials shows PE alone', () => {
  const input = originCase({ rule: 'CTH', materials: [originating('1', '850490', '50', 'KR')] })
  expect(judged(input)).toMatchObject({
    criterion: 'PE',
    codes: ['PE'],
    withoutCumulation: { verdict: 'fail' },
  })
})

test('a partner whose accession to the pair is not known is asked about when it decides', () => {
  const input = originCase({ rule: 'CTSH', materials: [originating('1', '850440', '50', 'MM')] })
  expect(judged(input)).toMatchObject({
    verdict: 'needs-info',
    missing: ['whether RCEP binds MM and JP to each other: ask customs of JP'],
  })
})

test('materials of Myanmar cumulate in a Chinese good only as far as the importer is bound too', () => {
  const input = originCase({
    rule: 'CTSH',
    importer: 'MM',
    materials: [originating('1', '850440', '50', 'MM')],
  })
  expect(judged(input).verdict).toBe('pass')
})

test('an intermediate is judged in its own Party, where materials of the good’s Party cumulate', () => {
  const input = originCase({
    rule: 'RVC40',
    materials: [
      {
        id: 'i',
        hs: '850490',
        value: '60',
        producedIn: 'VN',
        rule: 'RVC40',
        operations: ['forging'],
        materials: [originating('c', '850490', '20', 'CN'), foreign('f', '850490', '36')],
      },
      foreign('o', '850490', '30'),
    ],
  })
  expect(judged(input)).toMatchObject({
    verdict: 'pass',
    materials: [{ id: 'i', originating: true, party: 'VN' }, { id: 'o' }],
    evidence: expect.arrayContaining(['RCEP proof of origin from VN for material i']),
  })
})

test('an intermediate that was only packed does not originate', () => {
  const packed = originCase({
    rule: 'CTSH',
    materials: [
      {
        id: 'i',
        hs: '850440',
        value: '60',
        producedIn: 'VN',
        rule: 'CTH',
        operations: ['packing'],
        materials: [foreign('f', '740811', '36')],
      },
    ],
  })
  expect(judged(packed)).toMatchObject({ verdict: 'fail', materials: [{ why: 'fails-its-rule' }] })
})

test('an intermediate whose rule is not known leaves the verdict open, naming it', () => {
  const input = originCase({
    rule: 'CTSH',
    materials: [
      { id: 'i', hs: '850440', value: '60', producedIn: 'VN', materials: [foreign('f', '740811', '36')] },
    ],
  })
  expect(judged(input)).toMatchObject({
    verdict: 'needs-info',
    missing: ['the rule of intermediate i is not known'],
  })
})

test('a self-produced intermediate may be taken whole or as its inputs, whichever helps', () => {
  const part = (materials: ReturnType<typeof foreign>[]) =>
    originCase({
      rule: 'CTH',
      materials: [
        {
          id: 'p',
          hs: '850490',
          value: '50',
          selfProduced: true,
          rule: 'CC',
          operations: ['winding'],
          materials,
        },
      ],
    })
  // As one line 8504.90 does not change heading; its wire of 7408 does.
  expect(judged(part([foreign('w', '740811', '30'), foreign('c', '850490', '6')]))).toMatchObject({
    verdict: 'pass',
    codes: ['CTC', 'DMI'],
    routes: [{ rule: 'CTH', expanded: ['p'], blocking: ['p/c'] }],
  })
})

test('work in another Party on something that does not originate counts for nothing', () => {
  const bought = originCase({
    rule: 'CTH',
    materials: [
      {
        id: 'i',
        hs: '850490',
        value: '50',
        producedIn: 'VN',
        selfProduced: true,
        rule: 'CC',
        operations: ['winding'],
        materials: [foreign('w', '850490', '30')],
      },
    ],
  })
  expect(judged(bought)).toMatchObject({ verdict: 'fail', routes: [{ expanded: [] }] })
})

test('of several unknown origins the answer names the proofs that would do', () => {
  const both = originCase({
    rule: 'RVC40',
    materials: [unknown('a', '850490', '40'), unknown('b', '850490', '50')],
  })
  expect(judged(both).missing).toEqual([
    'origin of a, b: an RCEP proof of origin from a Party for any one of them would turn the verdict to pass',
  ])
  const together = originCase({
    rule: 'RVC40',
    materials: [unknown('a', '850490', '20'), unknown('b', '850490', '25'), foreign('c', '850490', '45')],
  })
  expect(judged(together).missing).toEqual([
    'origin of a, b: proofs of origin for all of them would turn the verdict to pass',
  ])
})

test('costs that do not fit the FOB value do not make a value content', () => {
  const input = originCase({
    rule: 'RVC40',
    costs: { labour: '30', profit: '20' },
    materials: [foreign('1', '850490', '70')],
  })
  expect(judged(input)).toMatchObject({ verdict: 'fail', routes: [{ buildDown: '30', buildUp: null }] })
})
