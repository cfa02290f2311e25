import { expect, test } from 'vitest'
import { entryIntoForce, inForce, isParty, parties, rcepYear } from '../../src/rcep/parties.ts'

test('there are fifteen Parties, and Hong Kong, Macao, India and the US are none', () => {
  expect(parties).toHaveLength(15)
  expect(['HK', 'MO', 'TW', 'IN', 'US'].filter(isParty)).toEqual([])
})

test('a pair is in force from the later of its two dates', () => {
  expect(entryIntoForce('CN', 'JP')).toBe('2022-01-01')
  expect(entryIntoForce('KR', 'CN')).toBe('2022-02-01')
  expect(entryIntoForce('MY', 'KR')).toBe('2022-03-18')
  expect(entryIntoForce('ID', 'PH')).toBe('2023-06-02')
})

test('Myanmar is bound to China both ways from 2022-05-01, and with others it is not known', () => {
  expect([inForce('CN', 'MM', '2022-04-30'), inForce('CN', 'MM', '2022-05-01')]).toEqual([false, true])
  expect([inForce('MM', 'CN', '2022-04-30'), inForce('MM', 'CN', '2022-05-01')]).toEqual([false, true])
  expect(
    parties.filter((party) => party !== 'CN').map((party) => inForce(party, 'MM', '2024-01-01')),
  ).toEqual(Array.from({ length: 14 }, () => null))
})

test('before 2022 nothing is in force, and never with a country that is no Party', () => {
  expect(inForce('CN', 'JP', '2021-12-31')).toBe(false)
  expect(inForce('VN', 'MM', '2021-12-31')).toBe(false)
  expect(inForce('CN', 'IN', '2024-01-01')).toBe(false)
})

test.each([
  ['CN', '2022-12-31', 1],
  ['CN', '2023-01-01', 2],
  ['JP', '2022-03-31', 1],
  ['JP', '2022-04-01', 2],
  ['ID', '2023-01-02', 2],
  ['ID', '2023-04-01', 3],
  ['PH', '2023-06-02', 3],
  ['KR', '2022-02-01', 1],
  ['JP', '2026-03-31', 5],
  ['JP', '2026-04-01', 6],
  ['CN', '2026-01-01', 5],
  ['CN', '2042-01-01', 21],
  ['JP', '2021-12-31', 0],
])('the schedule year of %s on %s is %i', (importer, on, year) => {
  expect(rcepYear(importer, on)).toBe(year)
})
