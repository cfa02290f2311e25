import { expect, test } from 'vitest'
import { backtester } from '../../src/warnings/backtest.ts'
import type { Rule } from '../../src/warnings/rule.ts'
import { ruleWith, seriesOf } from './rules.ts'

const condition = { measure: 'yoy', comparison: 'below', threshold: '-0.3' } as const

/** The budget of a back-test over the last `periods` of a series; 2025 is 1000 a month and has no year before it. */
function budgetOf(items: string, options: { periods: number; wanted: number; rule?: Partial<Rule> }) {
  const { series, calendar } = seriesOf(1000, items)
  const rule = ruleWith({ conditions: [condition], ...options.rule })
  const test = backtester(rule, calendar, { periods: options.periods, budget: options.wanted })
  test.add(series)
  return test.result().budget
}

const year = '1600 900 600 500 1000 1000 1000 1000 700 600 1000'

test('a threshold is the one with which the held-out periods would have kept the budget', () => {
  // of the eight held-out periods four fell, by 20, 10, 40 and 50 %: two a quarter of the periods are the two largest
  expect(budgetOf(year, { periods: 3, wanted: 0.25 })).toEqual({
    wanted: 0.25,
    threshold: '-0.20',
    noThreshold: null,
    calibratedOn: ['01/02', '03', '04', '05', '06', '07', '08', '09']
      .slice(0, 8)
      .map((month) => `2026-${month}`),
    calibratedPerPeriod: 0.25,
    realisedPerPeriod: 2 / 3,
  })
})

test('there is none where no period before the tested ones can be compared with a year earlier', () => {
  expect(budgetOf(year, { periods: 11, wanted: 5 })).toEqual({
    wanted: 5,
    threshold: null,
    noThreshold: 'no-earlier-year',
    calibratedOn: [],
    calibratedPerPeriod: 0,
    realisedPerPeriod: 6 / 11,
  })
})

test.each([
  ['moved that way', {}],
  ['is large enough', { floor: { on: 'base', monthlyAmount: '5000' } as const }],
  ['has a past to be measured against', { conditions: [{ ...condition, measure: 'robustZ' as const }] }],
])('there is none where nothing %s', (_, rule) => {
  const grown = '2100 1100 1100 1100 1100 1100 1100 1100 700 600 1000'
  expect(budgetOf(grown, { periods: 3, wanted: 5, rule })).toMatchObject({
    threshold: null,
    noThreshold: 'nothing-measured',
  })
})

test('a budget of nothing is kept by the largest movement there was', () => {
  expect(budgetOf(year, { periods: 3, wanted: 0 })).toMatchObject({
    threshold: '-0.50',
    calibratedPerPeriod: 0,
  })
})
