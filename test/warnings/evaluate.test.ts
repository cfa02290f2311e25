import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Evaluation,
  evaluateRule,
  type Outcome,
  type StoredSeries,
} from '../../src/warnings/evaluate.ts'
import { dataThrough } from '../../src/warnings/series.ts'
import { inactive } from '../../src/warnings/state.ts'
import { ruleWith, seriesOf } from './rules.ts'

function evaluate(items: string, options: Partial<Evaluation> = {}) {
  const { series, calendar } = seriesOf(1000, items)
  return evaluateRule({
    rule: ruleWith(),
    calendar,
    series: [series],
    stored: new Map(),
    evaluatedThrough: null,
    ruleChanged: false,
    ...options,
  })
}

/** What the database would hold after an evaluation of these items. */
function storedAfter(items: string, options: Partial<Evaluation> = {}) {
  const { outcomes } = evaluate(items, options)
  const stored = new Map(outcomes.map((outcome): [string, StoredSeries] => [outcome.key, storedOf(outcome)]))
  return { stored, evaluatedThrough: dataThrough(seriesOf(1000, items).calendar) }
}

function storedOf({ state, spells, figures }: Outcome): StoredSeries {
  return { state: state.state, resumes: state.resumes, spells, figures }
}

const reasons = ({ outcomes }: { outcomes: Outcome[] }) =>
  outcomes.flatMap(({ transitions }) => transitions.map(({ reason, period }) => `${reason} ${period}`))

describe('the first evaluation', () => {
  test('tells of what is open, with the period it fired in and its figures, however things stand now', () => {
    expect(evaluate('2000 600 500').outcomes).toEqual([
      {
        labels: { partner: 'US' },
        key: 'partner=US',
        state: {
          ...inactive,
          state: 'firing',
          activeSince: '2026-03',
          held: 2,
          firedPeriod: '2026-03',
          told: expect.anything(),
        },
        spells: [{ fired: '2026-03', resolved: null }],
        figures: {
          period: '2026-04',
          value: '500',
          base: '1000',
          change: '-0.500000',
          measured: [{ measure: 'yoy', current: '500', base: '1000', change: '-0.500000' }],
        },
        transitions: [
          {
            reason: 'new',
            cause: 'data',
            period: '2026-03',
            value: '600',
            base: '1000',
            change: '-0.400000',
            measured: [{ measure: 'yoy', current: '600', base: '1000', change: '-0.400000' }],
          },
        ],
      },
    ])
  })

  test('says nothing of the past', () => {
    expect(reasons(evaluate('2000 600 1000 1000'))).toEqual([])
  })
})

describe('a later evaluation', () => {
  test('of the same data changes nothing', () => {
    const items = '2000 600 1000 600 500'
    expect(reasons(evaluate(items, storedAfter(items)))).toEqual([])
  })

  test('tells what happened in the periods since, skipped ones included', () => {
    const before = storedAfter('2000 1000')
    expect(reasons(evaluate('2000 1000 600 450 1000', before))).toEqual([
      'new 2026-04',
      'worse 2026-05',
      'resolved 2026-06',
    ])
  })

  test('goes on after a restart as if nothing had been: states come from the data', () => {
    const items = '2000 600 600'
    const rule = ruleWith({ for: 2 })
    const resumed = evaluate(items, { rule, ...storedAfter('2000 600', { rule }) })
    expect(resumed.outcomes[0]?.state).toEqual(evaluate(items, { rule }).outcomes[0]?.state)
    expect(reasons(resumed)).toEqual(['new 2026-04'])
  })
})

test('data that come late for a period are news of that period and no revision', () => {
  const before = storedAfter('2000 1000 ?')
  expect(reasons(evaluate('2000 1000 600', before))).toEqual(['new 2026-04'])
})

describe('revised data', () => {
  test('that take a told warning back say so once', () => {
    const before = storedAfter('2000 600')
    const after = evaluate('2000 900', before)
    expect(reasons(after)).toEqual(['revised 2026-03'])
    expect(after.outcomes[0]?.state.state).toBe('inactive')
    const stored = new Map(after.outcomes.map((outcome) => [outcome.key, storedOf(outcome)]))
    expect(reasons(evaluate('2000 900', { stored, evaluatedThrough: '2026-03' }))).toEqual([])
  })

  test('that make a period fire after all', () => {
    expect(reasons(evaluate('2000 600', storedAfter('2000 1000')))).toEqual(['revised 2026-03'])
  })

  test('of an older period change the history and not the state', () => {
    const after = evaluate('2000 600 1000 1000', storedAfter('2000 1000 1000 1000'))
    expect(reasons(after)).toEqual(['revised 2026-05'])
    expect(after.outcomes[0]?.state.state).toBe('inactive')
  })

  test('that move an open warning’s rate by the step of worse, but not by less', () => {
    expect(reasons(evaluate('2000 500', storedAfter('2000 600')))).toEqual(['revised 2026-03'])
    expect(reasons(evaluate('2000 599', storedAfter('2000 600')))).toEqual([])
  })

  test('name the rule as the cause when the officer changed it', () => {
    const rule = ruleWith({ for: 3 })
    const after = evaluate('2000 600 600', { rule, ...storedAfter('2000 600 600'), ruleChanged: true })
    expect(after.outcomes[0]?.state.state).toBe('pending')
    expect(after.outcomes[0]?.transitions.map(({ reason, cause }) => ({ reason, cause }))).toEqual([
      { reason: 'revised', cause: 'rule' },
    ])
  })
})

describe('errors leave the states alone', () => {
  test('two series with the same labels', () => {
    const { series, calendar } = seriesOf(1000, '600')
    expect(evaluate('600', { series: [series, series], calendar })).toEqual({
      outcomes: [],
      error: { kind: 'duplicate-labels', detail: 'two series are labelled partner=US' },
    })
  })

  test('more firing series than the limit', () => {
    const us = seriesOf(1000, '600')
    const jp = seriesOf(1000, '600', { partner: 'JP' })
    const rule = ruleWith({ limit: 1 })
    expect(evaluate('600', { rule, series: [us.series, jp.series] }).error).toEqual({
      kind: 'limit',
      detail: 'fires for 2 series, more than its limit of 1',
    })
  })
})

test('whatever the data: evaluating twice says nothing new, and identity never holds a value', () => {
  const item = fc.oneof(fc.integer({ min: 0, max: 2000 }).map(String), fc.constantFrom('?', '_'))
  const items = fc.array(item, { minLength: 1, maxLength: 10 }).map((list) => list.join(' '))
  const rules = fc.record({
    for: fc.integer({ min: 1, max: 3 }),
    keepFiringFor: fc.integer({ min: 0, max: 2 }),
  })
  fc.assert(
    fc.property(items, rules, (list, changes) => {
      const rule = ruleWith(changes)
      const before = storedAfter(list, { rule })
      const again = evaluate(list, { rule, ...before })
      expect(reasons(again)).toEqual([])
      expect(again.outcomes.every(({ key }) => key === 'partner=US')).toBe(true)
    }),
  )
})
