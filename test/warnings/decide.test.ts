import { describe, expect, test } from 'vitest'
import { decide, type Standing } from '../../src/warnings/decide.ts'

const now = new Date('2026-11-23T01:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

interface Case {
  name: string
  last: { firing: string[]; resolved: string[]; days: number } | null
  firing: string[]
  resolved?: string[]
  also?: Partial<Standing>
  expected: string | null
}

// The order of the questions is that of the de-duplication stage it is modelled on; reminder after 30 days.
const cases: Case[] = [
  { name: 'nothing was ever sent and nothing fires', last: null, firing: [], expected: null },
  { name: 'nothing was ever sent and something fires', last: null, firing: ['1'], expected: 'first' },
  {
    name: 'nothing was ever sent and something resolved',
    last: null,
    firing: [],
    resolved: ['1'],
    expected: null,
  },
  {
    name: 'the same fires, reminder not due',
    last: { firing: ['1', '2'], resolved: [], days: 29 },
    firing: ['1', '2'],
    expected: null,
  },
  {
    name: 'the same fires, reminder due',
    last: { firing: ['1', '2'], resolved: [], days: 30 },
    firing: ['1', '2'],
    expected: 'reminder',
  },
  {
    name: 'another one fires',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1', '2'],
    expected: 'new',
  },
  {
    name: 'one fires in place of another',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['2'],
    resolved: ['1'],
    expected: 'new',
  },
  {
    name: 'something fires after all had resolved',
    last: { firing: [], resolved: ['1'], days: 1 },
    firing: ['1'],
    expected: 'first',
  },
  {
    name: 'everything resolved',
    last: { firing: ['1', '2'], resolved: [], days: 1 },
    firing: [],
    resolved: ['1', '2'],
    expected: 'all-resolved',
  },
  {
    name: 'everything resolved and was said, even when the reminder is due',
    last: { firing: [], resolved: ['1'], days: 99 },
    firing: [],
    resolved: ['1'],
    expected: null,
  },
  {
    name: 'one of two resolved',
    last: { firing: ['1', '2'], resolved: [], days: 1 },
    firing: ['1'],
    resolved: ['2'],
    expected: 'some-resolved',
  },
  {
    name: 'one of two resolved and was said',
    last: { firing: ['1'], resolved: ['2'], days: 1 },
    firing: ['1'],
    resolved: ['2'],
    expected: null,
  },
  {
    name: 'fewer fire and none resolved, as when some are silenced',
    last: { firing: ['1', '2'], resolved: [], days: 1 },
    firing: ['1'],
    expected: null,
  },
  {
    name: 'nothing fires any more, whatever became of it',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: [],
    expected: 'all-resolved',
  },
  {
    name: 'one resolved, another had resolved and was said, reminder due',
    last: { firing: ['1', '2'], resolved: ['3'], days: 30 },
    firing: ['1'],
    resolved: ['2', '3'],
    expected: 'some-resolved',
  },
  {
    name: 'one got worse',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1'],
    also: { worse: true },
    expected: 'worse',
  },
  {
    name: 'one got worse and another is new',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1', '2'],
    also: { worse: true },
    expected: 'new',
  },
  {
    name: 'one was revised and fires on',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1'],
    also: { revised: true, onlyRevised: true },
    expected: 'revised',
  },
  {
    name: 'the only one was taken back by a revision',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: [],
    resolved: ['1'],
    also: { revised: true, onlyRevised: true },
    expected: 'revised',
  },
  {
    name: 'a revision made another one fire',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1', '2'],
    also: { revised: true, onlyRevised: true },
    expected: 'revised',
  },
  {
    name: 'one is new and another was revised',
    last: { firing: ['1'], resolved: [], days: 1 },
    firing: ['1', '2'],
    also: { revised: true },
    expected: 'new',
  },
]

describe('whether to write, and why', () => {
  test.each(cases)('$name: $expected', ({ last, firing, resolved = [], also = {}, expected }) => {
    const told = last && {
      firing: new Set(last.firing),
      resolved: new Set(last.resolved),
      at: daysAgo(last.days),
    }
    const standing: Standing = {
      firing: new Set(firing),
      resolved: new Set(resolved),
      worse: false,
      revised: false,
      onlyRevised: false,
      now,
      ...also,
    }
    expect(decide(told, standing, 30)).toBe(expected)
  })
})
