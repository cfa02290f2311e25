import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { AppError, invalid } from '../errors.ts'
import type { Backtest } from '../warnings/backtest.ts'
import { backtestRule } from '../warnings/backtest-queries.ts'
import { loadDefaultRules } from '../warnings/load.ts'
import { addRule, changeRule, listRules } from '../warnings/queries.ts'
import { parseRule, type Rule } from '../warnings/rule.ts'
import { runRuleTests } from '../warnings/rule-test.ts'
import { labelKey } from '../warnings/series.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

/** `warnings test FILE`: needs no database. */
export async function test(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const report = runRuleTests(readYaml(onlyFile(positionals)))
  if (values.json) io.stdout(`${JSON.stringify(report)}\n`)
  else {
    for (const { test: name, period, lines } of report.failures) {
      io.stdout(`${name}, ${period}: expected - but not there, there but not expected +\n`)
      io.stdout(lines.map((line) => `  ${line}\n`).join(''))
    }
    io.stdout(`${report.checks - report.failures.length} of ${report.checks} checks as expected\n`)
  }
  return report.failures.length > 0 ? 3 : 0
}

/** `warnings backtest RULE`: stores nothing. */
export async function backtest(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      periods: { type: 'string', default: '11' },
      budget: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const periods = Number(values.periods)
  if (!/^\d+$/.test(values.periods) || periods < 1 || periods > 120)
    throw invalid('periods', values.periods, 'a whole number from 1 to 120')
  const budget = values.budget === undefined ? null : Number(values.budget)
  if (budget !== null && !(budget >= 0 && budget <= 100_000))
    throw invalid('budget', values.budget, 'alerts a period, 0 to 100000')
  const name = onlyFile(positionals)
  const found = await withDatabase('warnings backtest', async ({ db }) => {
    await loadDefaultRules(db, systemClock.now())
    const rule = await ruleNamed(db, name)
    return backtestRule(db, rule, { periods, budget, now: systemClock.now() })
  })
  io.stdout(values.json ? `${JSON.stringify(found)}\n` : readable(found))
  return 0
}

/** `warnings rules`: all of them as YAML, or those of a file into the database, all or none. */
export async function rules(argv: string[], io: Io): Promise<number> {
  const [action = 'export', file] = argv
  if (action !== 'export' && action !== 'import') throw invalid('warnings rules', action, 'export or import')
  if (action === 'import') return importRules(onlyFile(argv.slice(1)), io)
  const text = await withDatabase('warnings rules', async ({ db }) => {
    await loadDefaultRules(db, systemClock.now())
    return stringify({ rules: (await listRules(db)).map(({ rule }) => rule) })
  })
  if (file === undefined) io.stdout(text)
  else writeFileSync(file, text)
  return 0
}

async function importRules(file: string, io: Io): Promise<number> {
  const value = readYaml(file) as { rules?: unknown } | null
  const given = value?.rules
  if (!Array.isArray(given)) throw invalid('rules', String(given), 'a list of rules')
  const parsed = given.map(parseRule)
  const added = await withDatabase('warnings rules', async ({ db }) =>
    db.transaction().execute(async (tx) => {
      const known = new Set((await listRules(tx)).map(({ rule }) => rule.id))
      const now = systemClock.now()
      for (const rule of parsed)
        await (known.has(rule.id) ? changeRule(tx, rule, now) : addRule(tx, rule, now))
      return parsed.filter(({ id }) => !known.has(id)).length
    }),
  )
  io.stdout(`rules added ${added}, replaced ${parsed.length - added}\n`)
  return 0
}

async function ruleNamed(db: Database, name: string): Promise<Rule> {
  if (/\.(ya?ml|json)$/.test(name)) {
    const value = readYaml(name) as { rules?: unknown[] } | null
    return parseRule(Array.isArray(value?.rules) ? value.rules[0] : value)
  }
  const known = (await listRules(db)).map(({ rule }) => rule)
  const rule = known.find(({ id }) => id === name)
  if (!rule)
    throw invalid('rule', name, `a file ending in .yaml, or one of ${known.map(({ id }) => id).join(', ')}`)
  return rule
}

function onlyFile(positionals: readonly string[]): string {
  const [file, more] = positionals
  if (file === undefined || more !== undefined) throw invalid('argument', positionals.join(' '), 'one name')
  return file
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw invalid(
      'file',
      file,
      `readable YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    )
  }
}

const noThresholdText = {
  'no-earlier-year': 'no period before the tested ones can be compared with a year earlier',
  'nothing-measured':
    'in the year before the tested periods no series met the other conditions and moved that way',
}

function readable({ periods, perPeriod, alerts, moreAlerts, budget }: Backtest): string {
  const lines = [
    ...periods.map(
      ({ period, fired, open }) =>
        `${period.padEnd(10)} ${String(fired).padStart(5)} new ${String(open).padStart(5)} open`,
    ),
    `${perPeriod.toFixed(2)} new alerts a period`,
    ...alerts.map(
      ({ labels, firedPeriod, resolvedPeriod, value, base, change }) =>
        `  ${firedPeriod}  ${labelKey(labels) || 'total'}  ${value ?? '-'} against ${base ?? '-'}  ${change ?? '-'}${resolvedPeriod ? `  until ${resolvedPeriod}` : ''}`,
    ),
    ...(moreAlerts > 0 ? [`  and ${moreAlerts} more`] : []),
  ]
  if (budget) {
    const { wanted, threshold, noThreshold, calibratedOn, calibratedPerPeriod, realisedPerPeriod } = budget
    lines.push(
      noThreshold
        ? `no threshold for ${wanted} a period: ${noThresholdText[noThreshold]}`
        : `for ${wanted} a period: threshold ${threshold}, found on ${calibratedOn[0]} to ${calibratedOn.at(-1)} (${calibratedPerPeriod.toFixed(2)} a period); in the tested periods ${realisedPerPeriod.toFixed(2)}`,
    )
  }
  return `${lines.join('\n')}\n`
}
