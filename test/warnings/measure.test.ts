import { Big } from 'big.js'
import { describe, expect, test } from 'vitest'
import { changeText, holds, movedBy, observe } from '../../src/warnings/measure.ts'
import type { Rule } from '../../src/warnings/rule.ts'
import { calendarOf, type Point } from '../../src/warnings/series.ts'
import { point, ruleWith } from './rules.ts'

const ratio = (current: string, base: string) => ({ current: new Big(current), base: new Big(base) })

describe('thresholds', () => {
  const fall = { measure: 'yoy', comparison: 'below', threshold: '-0.3' } as const
  test('a rate on the threshold passes neither side; one cent beyond does', () => {
    expect(holds(fall, ratio('70', '100'))).toBe(false)
    expect(holds(fall, ratio('69.99', '100'))).toBe(true)
    expect(holds({ ...fall, comparison: 'above' }, ratio('70', '100'))).toBe(false)
    expect(holds({ ...fall, comparison: 'above' }, ratio('70.01', '100'))).toBe(true)
  })

  test('are compared exactly where a quotient would be rounded', () => {
    const threshold = '-0.333333333333333333333'
    expect(holds({ ...fall, threshold }, ratio('2', '3'))).toBe(true)
    expect(holds({ ...fall, comparison: 'above', threshold }, ratio('2', '3'))).toBe(false)
  })

  test('a rate that does not exist passes none', () => {
    expect(holds({ ...fall, comparison: 'above', threshold: '0' }, null)).toBe(false)
  })
})

test('a change is shown cut at six places', () => {
  expect(changeText(ratio('2', '3'))).toBe('-0.333333')
  expect(changeText(ratio('0', '3'))).toBe('-1.000000')
  expect(changeText(null)).toBeNull()
})

test('a movement is measured exactly and by direction', () => {
  expect(movedBy(ratio('60', '100'), ratio('50', '100'), '0.1', 'below')).toBe(true)
  expect(movedBy(ratio('60', '100'), ratio('50.01', '100'), '0.1', 'below')).toBe(false)
  expect(movedBy(ratio('60', '100'), ratio('50', '100'), '0.1', 'above')).toBe(false)
  expect(movedBy(ratio('50', '100'), ratio('60', '100'), '0.1', 'any')).toBe(true)
})

describe('what a rule sees', () => {
  const loaded = ['2025-01/02', '2025-03', '2025-04', '2026-01/02', '2026-03', '2026-04']

  function see(rule: Rule, points: Record<string, Point>, periods = loaded) {
    const calendar = calendarOf(
      { year: 2025, month: 1, months: 1 },
      { year: 2026, month: 4, months: 1 },
      new Set(periods),
    )
    const entry = calendar.periods.at(-1)
    if (!entry) throw new Error('the calendar is empty')
    const seen = observe(rule, calendar, entry, { labels: {}, points: new Map(Object.entries(points)) })
    return {
      outcome: seen.outcome,
      value: seen.value?.toFixed() ?? null,
      base: seen.base?.toFixed() ?? null,
      changes: seen.measured.map((measured) => changeText(measured.ratio)),
    }
  }

  test('a base period that was never loaded gives no data', () => {
    const without = loaded.filter((period) => period !== '2025-04')
    expect(see(ruleWith(), { '2026-04': point(10) }, without)).toEqual({
      outcome: 'no-data',
      value: null,
      base: null,
      changes: [],
    })
  })

  test('new trade has no growth rate and passes no threshold', () => {
    const rule = ruleWith({
      conditions: [{ measure: 'yoy', comparison: 'above', threshold: '0.5' }],
      floor: { on: 'current', monthlyAmount: '100' },
    })
    expect(see(rule, { '2026-04': point(5000) })).toEqual({
      outcome: 'not-met',
      value: '5000',
      base: '0',
      changes: [null],
    })
  })

  test('a series below the floor does not count, at the floor it does', () => {
    expect(see(ruleWith(), { '2025-04': point('99.99'), '2026-04': point(1) }).outcome).toBe('not-met')
    expect(see(ruleWith(), { '2025-04': point(100), '2026-04': point(1) }).outcome).toBe('met')
  })

  test('the floor is an amount a month: four months since January need four times as much', () => {
    const rule = ruleWith({ conditions: [{ measure: 'ytdYoy', comparison: 'below', threshold: '-0.3' }] })
    const base = { '2025-01/02': point(150), '2025-03': point(100), '2025-04': point(100) }
    expect(see(rule, base)).toMatchObject({ outcome: 'not-met', value: '0', base: '350' })
    expect(see(rule, { ...base, '2025-01/02': point(200) })).toMatchObject({ outcome: 'met', base: '400' })
  })

  test('three months that would begin in February begin in January', () => {
    const rule = ruleWith({
      conditions: [{ measure: 'rolling3Yoy', comparison: 'below', threshold: '-0.3' }],
    })
    const points = {
      '2025-01/02': point(200),
      '2025-03': point(100),
      '2025-04': point(100),
      '2026-04': point(200),
    }
    expect(see(rule, points)).toEqual({ outcome: 'met', value: '200', base: '400', changes: ['-0.500000'] })
  })

  const friction: Partial<Rule> = {
    conditions: [
      { measure: 'yoy', comparison: 'above', threshold: '0' },
      { measure: 'quantityYoy', comparison: 'above', threshold: '0.5' },
      { measure: 'unitValueYoy', comparison: 'below', threshold: '-0.1' },
    ],
  }

  test('volume up and unit value down needs all of its conditions', () => {
    const base = { '2025-04': point(1000, 100) }
    expect(see(ruleWith(friction), { ...base, '2026-04': point(1600, 200) })).toEqual({
      outcome: 'met',
      value: '1600',
      base: '1000',
      changes: ['0.600000', '1.000000', '-0.200000'],
    })
    expect(see(ruleWith(friction), { ...base, '2026-04': point(1900, 200) }).outcome).toBe('not-met')
  })

  test('quantities that are missing or in another unit have no rate', () => {
    const base = { '2025-04': point(1000, 100) }
    const pieces = { ...base, '2026-04': point(1600, 200, '件') }
    expect(see(ruleWith(friction), pieces).changes).toEqual(['0.600000', null, null])
    expect(see(ruleWith(friction), { ...base, '2026-04': point(1600) }).changes).toEqual([
      '0.600000',
      null,
      null,
    ])
  })
})
