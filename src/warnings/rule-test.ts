import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { invalid } from '../errors.ts'
import { strict } from '../http/schema.ts'
import {
  growthPeriodOf,
  growthPeriods,
  lastMonth,
  type Month,
  parseMonth,
  parsePeriod,
} from '../reference/period.ts'
import { evaluateRule } from './evaluate.ts'
import { firstError, parseRule, Rule } from './rule.ts'
import { calendarOf, entryOf, labelKey, type Point, pointOf, type Series } from './series.ts'
import { isOpen } from './state.ts'

const Labels = Type.Record(Type.String(), Type.String({ description: 'quote codes: "854140"' }))
const Items = Type.String({
  pattern: '^\\s*\\S+',
  description:
    'one item a growth period (January and February are one): 100, 90x3 for three of 90, 100+10x3 for 100 110 120, _ for no trade, ? for not loaded',
})

/** Tests of rules on series made up for them, as a file says it. An empty list of alerts asserts silence. */
const TestFile = strict({
  rules: Type.Array(Rule, { minItems: 1 }),
  tests: Type.Array(
    strict({
      name: Type.String(),
      rule: Type.Optional(Type.String({ description: 'only this rule; otherwise every rule' })),
      from: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'month of the first item' }),
      series: Type.Array(
        strict({
          labels: Labels,
          values: Items,
          quantities: Type.Optional(Items),
          unit: Type.Optional(Type.String()),
          others: Type.Optional(Items),
          remedied: Type.Optional(Type.Boolean()),
        }),
      ),
      checks: Type.Array(
        strict({
          period: Type.String(),
          alerts: Type.Array(
            strict({
              rule: Type.Optional(
                Type.String({ description: 'may be left out where the test is of one rule' }),
              ),
              labels: Labels,
              since: Type.Optional(Type.String()),
              state: Type.Optional(
                Type.Enum(['pending', 'firing', 'resolved', 'no-data'], {
                  description: 'pending and resolved ones are looked for only where one is expected',
                }),
              ),
            }),
          ),
          error: Type.Optional(
            Type.Enum(['duplicate-labels', 'limit'], { description: 'the rule cannot be used on this data' }),
          ),
        }),
        { minItems: 1 },
      ),
    }),
    { minItems: 1 },
  ),
})
type TestFile = Type.Static<typeof TestFile>
type RuleTest = TestFile['tests'][number]
type Expected = RuleTest['checks'][number]['alerts'][number]

const compiled = Compile(TestFile)

/** A check that came out otherwise: alerts as lines, with - for those that are missing and + for those not expected. */
export interface Failure {
  test: string
  period: string
  lines: string[]
}

/** Runs a file of tests. Throws naming the field when the file cannot be understood. */
export function runRuleTests(value: unknown): { checks: number; failures: Failure[] } {
  if (!compiled.Check(value)) throw firstError(compiled.Errors(value), value, 'file')
  const rules = value.rules.map(parseRule)
  let checks = 0
  const failures: Failure[] = []
  for (const one of value.tests) {
    const tested = one.rule === undefined ? rules : rules.filter(({ id }) => id === one.rule)
    if (tested.length === 0) throw invalid('tests.rule', one.rule ?? '', rules.map(({ id }) => id).join(', '))
    const prepared = prepare(one)
    for (const check of one.checks) {
      const { period, alerts, error } = check
      checks++
      const wanted = alerts.map((alert) => lineOf(withRule(alert, tested), alert))
      if (error) wanted.push(...tested.map(({ id }) => `${id}: ${error}`))
      const got = tested.flatMap((rule) => alertsOf(rule, prepared, check))
      const lines = differences(wanted, got)
      if (lines.length > 0) failures.push({ test: one.name, period, lines })
    }
  }
  return { checks, failures }
}

interface Prepared {
  from: Month
  series: Series[]
  loaded: ReadonlySet<string>
}

function prepare(one: RuleTest): Prepared {
  const from = parseMonth(one.from)
  if (!from) throw invalid('tests.from', one.from, 'a month YYYY-MM')
  const missing = new Set<string>()
  const known = new Set<string>()
  const series = one.series.map((written): Series => {
    const items = expand(written.values)
    const last = nthPeriod(from, items.length)
    const keys = growthPeriods(from, lastMonth(last)).map((period) => entryOf(period).key)
    const quantities = written.quantities ? expand(written.quantities) : []
    const others = written.others ? expand(written.others) : []
    const points = new Map<string, Point>()
    keys.forEach((key, index) => {
      const item = items[index] ?? '_'
      if (item === '?') missing.add(key)
      else known.add(key)
      if (item === '?' || item === '_') return
      const more = { unit: written.unit ?? null, other: others[index] ?? null }
      points.set(key, pointOf(item, quantities[index] ?? null, more))
    })
    return { labels: written.labels, points, remedied: written.remedied ?? false }
  })
  return { from, series, loaded: new Set([...known].filter((key) => !missing.has(key))) }
}

/** The period of the n-th item. */
function nthPeriod(from: Month, count: number) {
  let last = growthPeriodOf(from)
  for (let index = 1; index < count; index++) {
    const { year, month } = lastMonth(last)
    last = growthPeriodOf(
      month === 12 ? { year: year + 1, month: 1, months: 1 } : { year, month: month + 1, months: 1 },
    )
  }
  return last
}

/** `100 90x3 _ 70` as single items. */
function expand(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((item) => {
      const parts = /^(_|\?|-?\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?(?:x(\d{1,3}))?$/.exec(item)
      if (!parts) throw invalid('tests.series.values', item, 'a number, 90x3, 100+10x3, _ or ?')
      const [, first = '', slope, times = '1'] = parts
      return Array.from({ length: Number(times) }, (_, index) =>
        slope === undefined ? first : String(Number(first) + Number(slope) * index),
      )
    })
}

function alertsOf(
  rule: Rule,
  { from, series, loaded }: Prepared,
  at: { period: string; alerts: readonly Expected[] },
): string[] {
  const month = parseMonth(at.period)
  const period = month ? growthPeriodOf(month) : parsePeriod(at.period)
  if (!period || period.months === 12)
    throw invalid('tests.checks.period', at.period, 'YYYY-MM or YYYY-01/02')
  const calendar = calendarOf(from, period, loaded)
  const { outcomes, error } = evaluateRule({
    rule,
    calendar,
    series,
    stored: new Map(),
    evaluatedThrough: null,
    ruleChanged: false,
  })
  if (error) return [`${rule.id}: ${error.kind}`]
  const looked = new Set<string | undefined>(['firing', 'no-data', ...at.alerts.map(({ state }) => state)])
  return outcomes.flatMap(({ labels, state, key }) => {
    if (!isOpen(state) && !(looked.has(state.state) && state.resumes === null)) return []
    // only what the expectation says about an alert is compared
    const asked = at.alerts.find((alert) => labelKey(alert.labels) === key)
    const since = asked?.since === undefined ? {} : { since: state.activeSince ?? '' }
    const told = asked?.state === undefined ? {} : { state: state.state }
    return [lineOf(rule.id, { labels, ...since, ...told })]
  })
}

function withRule(alert: Expected, tested: readonly Rule[]): string {
  const [only, second] = tested
  if (alert.rule !== undefined) return alert.rule
  if (only && !second) return only.id
  throw invalid('tests.checks.alerts.rule', '', `the id of one of ${tested.map(({ id }) => id).join(', ')}`)
}

function lineOf(
  rule: string,
  { labels, since, state }: { labels: Readonly<Record<string, string>>; since?: string; state?: string },
): string {
  return [`${rule}{${labelKey(labels)}}`, since && `since ${since}`, state].filter(Boolean).join(' ')
}

function differences(wanted: readonly string[], got: readonly string[]): string[] {
  return [
    ...wanted.filter((line) => !got.includes(line)).map((line) => `- ${line}`),
    ...got.filter((line) => !wanted.includes(line)).map((line) => `+ ${line}`),
  ]
}
