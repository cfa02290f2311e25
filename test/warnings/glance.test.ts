import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateRule } from '../../src/warnings/evaluate.ts'
import { glancer } from '../../src/warnings/glance.ts'
import { observe } from '../../src/warnings/measure.ts'
import type { Rule } from '../../src/warnings/rule.ts'
import { ruleWith, seriesOf } from './rules.ts'

const item = fc.oneof(
  fc.integer({ min: 0, max: 2000 }).map(String),
  fc.constantFrom('?', '_', '700', '699.99', '700.01', '99.99', '100'),
)
const items = fc.array(item, { minLength: 1, maxLength: 10 }).map((list) => list.join(' '))
const rule = fc
  .record({
    measure: fc.constantFrom('yoy', 'ytdYoy', 'rolling3Yoy', 'quantityYoy', 'robustZ' as const),
    comparison: fc.constantFrom('above', 'below', 'outside' as const),
    threshold: fc.constantFrom('-0.3', '0', '0.3', '-0.333333333333333333333'),
    on: fc.constantFrom('base', 'current' as const),
    monthlyAmount: fc.constantFrom('0', '100', '700'),
  })
  .map(({ measure, comparison, threshold, on, monthlyAmount }) =>
    ruleWith({
      conditions: [{ measure, comparison, threshold }] as Rule['conditions'],
      floor: { on, monthlyAmount },
    }),
  )

test('a glance never sees an outcome that the exact look does not', () => {
  fc.assert(
    fc.property(items, rule, (list, tried) => {
      const { series, calendar } = seriesOf(1000, list)
      const glance = glancer(tried, calendar)
      calendar.periods.forEach((entry, index) => {
        expect(glance(index, series).outcome).toBe(observe(tried, calendar, entry, series).outcome)
      })
    }),
  )
})

test('series smaller than the floor never fire', () => {
  fc.assert(
    fc.property(items, rule, (list, tried) => {
      const large = { ...tried, floor: { ...tried.floor, monthlyAmount: '100000' } }
      const { series, calendar } = seriesOf(1000, list)
      const { outcomes } = evaluateRule({ ...nothingBefore, rule: large, calendar, series: [series] })
      expect(outcomes).toEqual([])
    }),
  )
})

test('the order of the series changes nothing', () => {
  const batch = fc.array(items, { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(batch, (lists) => {
      const longest = lists.toSorted((a, b) => b.split(' ').length - a.split(' ').length)[0] ?? ''
      const { calendar } = seriesOf(1000, longest)
      const series = lists.map((list, index) => seriesOf(1000, list, { partner: `P${index}` }).series)
      const evaluate = (given: typeof series) => {
        const { outcomes } = evaluateRule({ ...nothingBefore, rule: ruleWith(), calendar, series: given })
        return outcomes.toSorted((a, b) => (a.key < b.key ? -1 : 1))
      }
      expect(evaluate(series.toReversed())).toEqual(evaluate(series))
    }),
  )
})

const nothingBefore = { stored: new Map(), evaluatedThrough: null, ruleChanged: false }
