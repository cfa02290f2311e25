import { expect, test } from 'vitest'
import {
  type Dimensions,
  noDimensions,
  rollupNames,
  sourceFor,
  unstatedDimension,
} from '../../src/indicators/rollups.ts'
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
