import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type RawBuilder, sql } from 'kysely'
import { checkoutRoot } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { comparePeriods, type Month, mergedPeriod, monthPeriod, type Period } from '../reference/period.ts'
import { listedBeside } from '../reference/rollups.ts'
import type { ScheduleFacts } from './mail/schedule.ts'
import { parseWorkingDays, type WorkingCalendar } from './mail/working-days.ts'
import { addRule, listRules } from './queries.ts'
import { contextOf, parseRule, type Rule } from './rule.ts'

/** Which growth periods of a rule's dataset and flow are loaded as of an instant. */
export interface Coverage {
  /** First month with data; null when nothing is loaded. */
  from: Month | null
  /** Latest complete growth period; null when there is none. */
  latest: Period | null
  loaded: ReadonlySet<string>
}

/**
 * The periods a rule can look at. A period counts as loaded only with amounts in the rule's currency and by the
 * rule's breakdown (a file may lack modes or districts); January and February only together; for a balance, in both
 * directions.
 */
export async function loadCoverage(db: Database, rule: Rule, asOf: Date): Promise<Coverage> {
  const own = await coverageOf(db, rule, asOf)
  if (contextOf(rule)?.measure !== 'balance') return own
  const other = await coverageOf(db, opposite(rule), asOf)
  const loaded = new Set([...own.loaded].filter((key) => other.loaded.has(key)))
  const latest = [own.latest, other.latest].flatMap((period) => period ?? []).sort(comparePeriods)
  return { from: own.from, loaded, latest: latest.length === 2 ? (latest[0] ?? null) : null }
}

async function coverageOf(db: Database, rule: Rule, asOf: Date): Promise<Coverage> {
  const value = sql.ref(valueColumn(rule))
  const { rows } = await sql<{ period: string; months: number }>`
    with ${usableSlices(rule, asOf)}
    select s.period, max(s.months) as months from usable s
    where s.rows = 0 or exists (
      select from trade_rollup t where t.slice_id = s.id and t.${value} is not null
        and (t.dims = ${rule.selector.by} or t.dims = ${listedBeside[rule.selector.by] ?? null} and t.line_dims >= ${rule.selector.by}))
    group by s.period order by s.period`.execute(db)
  const [first] = rows
  const from = first ? monthOf(first.period) : null
  const periods = rows.flatMap((row, index) => completePeriod(row, rows[index - 1]))
  return { from, latest: periods.at(-1)?.period ?? null, loaded: new Set(periods.map(({ key }) => key)) }
}

/** The labels a rule's series carry: one for each part of its breakdown, by column of the rollups. */
export function labelNames(rule: Rule): string[] {
  if (rule.selector.by === 'total') return []
  return rule.selector.by
    .split('+')
    .map((part) => (part.startsWith('hs') ? 'hs' : part))
    .sort()
}

export function valueColumn(rule: Rule): 'value_usd' | 'value_cny' {
  return rule.selector.currency === 'USD' ? 'value_usd' : 'value_cny'
}

/**
 * `usable`: monthly slices of a rule's dataset and flow with the growth period each belongs to; where January and
 * February were also delivered as one, that one.
 */
export function usableSlices(rule: Rule, asOf: Date): RawBuilder<unknown> {
  return sql`visible as (
      select * from slices_as_of(${asOf}) where dataset = ${rule.selector.dataset} and flow = ${rule.selector.flow} and months <= 2
    ), usable as (
      select s.*, case when extract(month from s.period) <= 2 then to_char(s.period, 'YYYY') || '-01/02' else to_char(s.period, 'YYYY-MM') end as key
      from visible s where s.months = 2 or extract(month from s.period) > 2 or not exists (
        select from visible m where m.months = 2 and m.period = date_trunc('year', s.period))
    )`
}

/** The rule with the flow it is balanced against. */
export function opposite(rule: Rule): Rule {
  const flow = facing[rule.selector.flow]
  return { ...rule, selector: { ...rule.selector, flow } }
}

const facing = {
  export: 'import',
  import: 'export',
  're-export': 're-import',
  're-import': 're-export',
} as const

function completePeriod(
  row: { period: string; months: number },
  before: { period: string } | undefined,
): { key: string; period: Period }[] {
  const month = monthOf(row.period)
  const january = before?.period === `${month.year}-01-01`
  if (month.month === 1 && row.months === 1) return []
  if (month.month === 2 && !january) return []
  const period = month.month <= 2 ? mergedPeriod(month.year) : month
  return [{ key: growthKey(row.period), period }]
}

function growthKey(date: string): string {
  return Number(date.slice(5, 7)) <= 2 ? `${date.slice(0, 4)}-01/02` : date.slice(0, 7)
}

function monthOf(date: string): Month {
  return monthPeriod(Number(date.slice(0, 4)), Number(date.slice(5, 7)))
}

/** Days off and days worked in exchange: those shipped, and files working-days-*.csv that the bureau put into its home folder. */
export function workingCalendar(home: string): WorkingCalendar {
  return parseWorkingDays(datedFacts(home, 'working-days'))
}

/** What the schedule of digests rests on; publication days are the first column of files publication-days-*.csv. */
export function scheduleFacts({ home, timeZone }: { home: string; timeZone: string }): ScheduleFacts {
  const announced = datedFacts(home, 'publication-days').matchAll(/^(\d{4}-\d{2}-\d{2})\b/gm)
  return {
    timeZone,
    working: workingCalendar(home),
    publications: new Set([...announced].map(([, day = '']) => day)),
  }
}

/** The shipped files of a name and those of the bureau's home folder, which come later and so stand over them. */
function datedFacts(home: string, name: string): string {
  const files = [`${checkoutRoot}data/warnings`, home].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.csv'))
          .sort()
          .map((file) => `${folder}/${file}`)
      : [],
  )
  return files.map((file) => readFileSync(file, 'utf8')).join('\n')
}

/** Puts the shipped rules into a database that has none; returns how many. An officer's deletions are not undone one by one. */
export async function loadDefaultRules(db: Database, now: Date): Promise<number> {
  if ((await listRules(db)).length > 0) return 0
  const rules = defaultRules()
  for (const rule of rules) await addRule(db, rule, now)
  return rules.length
}

/** The shipped rules, checked like any other. */
export function defaultRules(): Rule[] {
  const file: unknown = JSON.parse(readFileSync(`${checkoutRoot}data/warnings/default-rules.json`, 'utf8'))
  return (Array.isArray(file) ? file : []).map(parseRule)
}
