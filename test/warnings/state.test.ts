import { expect, test } from 'vitest'
import { observe } from '../../src/warnings/measure.ts'
import type { Rule } from '../../src/warnings/rule.ts'
import { inactive, step } from '../../src/warnings/state.ts'
import { ruleWith, seriesOf } from './rules.ts'

/** States of 2026's periods, base 1,000 a month: 600 is a fall of 40 %, 1000 no fall. */
function statesOf(rule: Rule, items: string): string {
  const { series, calendar } = seriesOf(1000, items)
  let state = inactive
  const seen: string[] = []
  for (const entry of calendar.periods) {
    const { next, change } = step(rule, state, {
      ...observe(rule, calendar, entry, series),
      period: entry.key,
    })
    state = next
    if (entry.key.startsWith('2026')) seen.push(state.state + (change ? `!${change}` : ''))
  }
  return seen.join(' ')
}

test('an alert is inactive, then fires in the period its condition holds, then resolves once', () => {
  expect(statesOf(ruleWith(), '2000 600 1000 1000')).toBe('inactive firing!new resolved!resolved inactive')
})

test('with `for` it is pending until the condition held that many periods in a row', () => {
  expect(statesOf(ruleWith({ for: 2 }), '2000 600 600 600')).toBe('inactive pending firing!new firing')
})

test('a condition that disappears while pending goes away silently', () => {
  expect(statesOf(ruleWith({ for: 2 }), '2000 600 1000 600')).toBe('inactive pending inactive pending')
})

test('keepFiringFor keeps it firing that many periods after the condition ceased', () => {
  expect(statesOf(ruleWith({ keepFiringFor: 1 }), '2000 600 1000 1000 1000')).toBe(
    'inactive firing!new firing resolved!resolved inactive',
  )
})

test('a condition that returns while it is kept firing starts the count anew and is not news', () => {
  expect(statesOf(ruleWith({ keepFiringFor: 2 }), '2000 600 1000 600 1000 1000 1000')).toBe(
    'inactive firing!new firing firing firing firing resolved!resolved',
  )
})

test('pending and keepFiringFor together: a pending alert is never kept', () => {
  expect(statesOf(ruleWith({ for: 2, keepFiringFor: 1 }), '2000 600 1000 600 600 1000 1000')).toBe(
    'inactive pending inactive pending firing!new firing resolved!resolved',
  )
})

test('raising `for` returns a firing alert to pending', () => {
  expect(statesOf(ruleWith({ for: 1 }), '2000 600 600')).toBe('inactive firing!new firing')
  expect(statesOf(ruleWith({ for: 3 }), '2000 600 600')).toBe('inactive pending pending')
})

test('a period without data neither fires nor resolves, and does not count', () => {
  expect(statesOf(ruleWith(), '2000 600 ? 600 ? 1000')).toBe(
    'inactive firing!new no-data firing no-data resolved!resolved',
  )
  expect(statesOf(ruleWith({ for: 2 }), '2000 600 ? 600')).toBe('inactive pending no-data firing!new')
})

test('a loaded period without a row is a true zero, and a fall of 100 %', () => {
  expect(statesOf(ruleWith(), '2000 _ 1000')).toBe('inactive firing!new resolved!resolved')
})

test('January and February are one period', () => {
  expect(statesOf(ruleWith(), '1200')).toBe('firing!new')
})

test('it is worse when the rate moved on by the step since it was last told, not with every new value', () => {
  expect(statesOf(ruleWith(), '2000 600 550 500 400 450')).toBe(
    'inactive firing!new firing firing!worse firing!worse firing',
  )
})

test('an alert that resolved fires anew as a new one', () => {
  expect(statesOf(ruleWith(), '2000 600 1000 600')).toBe('inactive firing!new resolved!resolved firing!new')
})
