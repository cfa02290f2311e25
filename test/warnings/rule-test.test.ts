import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runRuleTests } from '../../src/warnings/rule-test.ts'

const text = readFileSync(new URL('../golden/warnings/rule-tests.yaml', import.meta.url), 'utf8')
const changed = (from: string | RegExp, to: string) => runRuleTests(parse(text.replace(from, to)))

describe('a file of rule tests', () => {
  test('passes when alerts are as expected, and no alert where none is', () => {
    expect(runRuleTests(parse(text))).toEqual({ checks: 5, failures: [] })
  })

  test('says what is missing and what is there instead', () => {
    expect(changed(/partner: US \}\n {12}since/, 'partner: FR }\n            since').failures).toEqual([
      {
        test: 'two falls in a row fire, one does not',
        period: '2026-04',
        lines: ['- fall-by-partner{partner=FR} since 2026-03', '+ fall-by-partner{partner=US}'],
      },
    ])
  })

  test('finds the beginning of an alert wrong', () => {
    expect(changed('since: 2026-03', 'since: 2026-04').failures[0]?.lines).toEqual([
      '- fall-by-partner{partner=US} since 2026-04',
      '+ fall-by-partner{partner=US} since 2026-03',
    ])
  })

  test.each([
    ['100x10', '100y10', 'tests.series.values'],
    ['partner: US', 'partner: 840', 'tests.0.series.0.labels.partner'],
    ['for: 2', 'for: two', 'rules.0.for'],
    ['period: 2026-03', 'period: March', 'tests.checks.period'],
  ])('that says %s as %s is refused by field', (from, to, field) => {
    expect(() => changed(from, to)).toThrow(field)
  })
})

describe('the state machine keeps the cases it was built after, each a file of rule tests', () => {
  const folder = new URL('../golden/warnings/states/', import.meta.url)
  const files = readdirSync(folder)

  test('all of them are there', () => {
    expect(files.sort()).toEqual([
      'duplicate.yaml',
      'keep-firing-for.yaml',
      'limit.yaml',
      'longer-for.yaml',
      'no-data.yaml',
      'pending-and-keep-firing-for.yaml',
      'restart.yaml',
      'rule-state.yaml',
    ])
  })

  test.each(files)('%s', (file) => {
    const { checks, failures } = runRuleTests(parse(readFileSync(new URL(file, folder), 'utf8')))
    expect(failures).toEqual([])
    expect(checks).toBeGreaterThan(0)
  })
})
