import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Dimensions,
  noDimensions,
  rollupNames,
  rollupsToCount,
  sourceFor,
  unstatedDimension,
} from '../../src/indicators/rollups.ts'
import { type OptionalDimension, rollupsFor } from '../../src/ingest/rollup.ts'
import { rollups as keptRollups } from '../../src/reference/rollups.ts'

const needs = (some: Partial<Dimensions>): Dimensions => ({ ...noDimensions, ...some })
const kept = (names: readonly string[], slices = 3) => new Map(names.map((name) => [name, slices]))
const everything = kept(rollupNames)

test('every rollup that a load keeps is one that questions choose from', () => {
  expect([...rollupNames].sort()).toEqual([...keptRollups].sort())
})

test.each([
  [needs({}), 'total'],
  [needs({ hs: 2 }), 'hs2'],
  [needs({ hs: 6, partner: true }), 'partner+hs6'],
  [needs({ mode: true, partner: true }), 'mode+partner'],
  [needs({ enterprise: true, hs: 4 }), 'enterprise+hs8'],
  [needs({ mode: true, hs: 4 }), 'facts'],
  [needs({ hs: 10 }), 'facts'],
  [needs({ partner: true, mode: true, hs: 2 }), 'facts'],
])('a question that needs %o is answered from %s', (needed, source) => {
  expect(sourceFor(needed, everything)).toBe(source)
})

test('a rollup that some slices do not keep is passed over for a finer one', () => {
  const uneven = new Map([...everything, ['hs4', 2]])
  expect(sourceFor(needs({ hs: 4 }), uneven)).toBe('hs6')
})

test('a dimension or level that no slice states is named', () => {
  const coarse = kept(['total', 'hs2', 'hs4', 'hs6', 'partner'])
  expect(unstatedDimension(needs({ hs: 8 }), coarse)).toBe('hs8')
  expect(unstatedDimension(needs({ hs: 10 }), coarse)).toBe('hs8')
  expect(unstatedDimension(needs({ mode: true }), coarse)).toBe('mode')
  expect(unstatedDimension(needs({ hs: 6, partner: true }), coarse)).toBeNull()
})

test('rollups that are not counted change neither the table a question is answered from nor what is called unstated', () => {
  const dimension = fc.constantFrom<OptionalDimension>(
    'partner',
    'mode',
    'ownership',
    'transport',
    'district',
    'enterprise',
  )
  const levels = fc.constantFrom([2, 4, 6, 8], [2, 4, 6], [2], [8])
  const slice = fc.tuple(fc.uniqueArray(dimension), levels, fc.boolean())
  const question = fc.tuple(fc.uniqueArray(dimension, { maxLength: 3 }), fc.constantFrom(0, 2, 4, 6, 8, 10))
  fc.assert(
    fc.property(fc.array(slice, { maxLength: 3 }), question, (slices, [by, hs]) => {
      const counts = new Map<string, number>()
      for (const [present, hsLevels, listed] of slices) {
        const names = rollupsFor(new Set(present), hsLevels)
        const isCut = (name: string) => /^partner\+hs[46]$/.test(name) && names.includes('partner+hs8')
        for (const name of names) if (!listed || !isCut(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      const needed = { ...needs({ hs }), ...Object.fromEntries(by.map((name) => [name, true])) }
      const asked = rollupsToCount(needed)
      const counted = new Map([...counts].filter(([name]) => asked.includes(name)))
      expect(sourceFor(needed, counted)).toBe(sourceFor(needed, counts))
      expect(unstatedDimension(needed, counted)).toBe(unstatedDimension(needed, counts))
    }),
    { numRuns: 500 },
  )
})
