import { expect, test } from 'vitest'
import { codeChecker, listFor } from '../../src/ingest/code-lists.ts'
import { readReference } from '../../src/reference/load.ts'

const check = codeChecker(readReference())

test.each([
  [2014, 2014, '2012'],
  [2012, 2014, '2012'],
  [2016, 2014, '2012'],
  [2017, null, '2017'],
  [2021, null, '2017'],
  [2022, 2022, '2022'],
  [2026, 2022, '2022'],
  [2010, null, '2007'],
])('codes of %i are looked up in the list of %s, HS %s', (year, lines, edition) => {
  expect(listFor(year)).toEqual({ lines, edition })
})

test.each<[string, number, string | null]>([
  ['01012100', 2022, null],
  ['01012100', 2014, null],
  ['09020000', 2022, 'not in the eight-digit list of 2022, kept as it is'],
  ['09020000', 2025, 'not in the eight-digit list of 2022 (none of 2025 is known), kept as it is'],
  ['09020000', 2013, 'not in the eight-digit list of 2014 (none of 2013 is known), kept as it is'],
  // a smartphone: since 2022
  ['85171300', 2023, null],
  ['85171300', 2016, 'not in the eight-digit list of 2014 (none of 2016 is known), kept as it is'],
  ['85171300', 2019, 'not in the Harmonized System of 2017, kept as it is'],
  // ten digits begin with a line
  ['0101210010', 2022, null],
  ['0902000010', 2022, 'not in the eight-digit list of 2022, kept as it is'],
  // statistics have lines that no tariff has
  ['98040000', 2014, null],
  ['0101', 2022, null],
  ['0199', 2022, 'not in the Harmonized System of 2022, kept as it is'],
  ['01', 2022, null],
])('%s in %i: %s', (code, year, odd) => {
  expect(check(code, year)).toBe(odd)
})
