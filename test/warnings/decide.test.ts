import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { decide, type Standing } from '../../src/warnings/mail/decide.ts'

interface Case {
  name: string
  last: { firing: number[]; resolved: number[]; days: number } | null
  now: { firing: number[]; resolved: number[]; worse?: true; revised?: true; onlyRevised?: true }
  expected: string | null
}

const now = new Date('2026-11-23T01:00:00Z')
const cases: Case[] = parse(readFileSync(new URL('../golden/warnings/dedup.yaml', import.meta.url), 'utf8'))
const sets = ({ firing, resolved }: { firing: number[]; resolved: number[] }) => ({
  firing: new Set(firing.map(String)),
  resolved: new Set(resolved.map(String)),
})

test('the table has every question of the decision', () => {
  const expected = new Set(cases.map((one) => one.expected))
  expect([...expected].sort()).toEqual(
    ['all-resolved', 'first', 'new', 'reminder', 'revised', 'some-resolved', 'worse', null].sort(),
  )
  expect(cases.length).toBeGreaterThanOrEqual(21)
})

test.each(cases)('$name: $expected', ({ last, now: standing, expected }) => {
  const told = last && { ...sets(last), at: new Date(now.getTime() - last.days * 86_400_000) }
  const { worse = false, revised = false, onlyRevised = false } = standing
  const state: Standing = { ...sets(standing), worse, revised, onlyRevised, now }
  expect(decide(told, state, 30)).toBe(expected)
})
