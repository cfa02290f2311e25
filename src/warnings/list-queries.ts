import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { parsePeriod } from '../reference/period.ts'
import { type CodeNames, hsNames } from '../reference/queries.ts'
import { usableSlices, valueColumn } from './load.ts'
import { leadWindow } from './measure.ts'
import { parseRule, type Rule, severities } from './rule.ts'
import type { ExposedEnterprise, Warning } from './schema.ts'
import { entryOf } from './series.ts'
import type { State } from './state.ts'

export interface ListFilter {
  state?: State | 'open'
  ids?: readonly number[]
  limit?: number
}

/** Warnings of enabled rules (any rule when asked by id), gravest first, then by the amount that moved; names resolved. */
export async function listWarnings(db: Database, filter: ListFilter): Promise<Warning[]> {
  const { state, ids, limit = 1000 } = filter
  const rows = await db
    .selectFrom('warning as w')
    .innerJoin('warningRule as r', 'r.id', 'w.ruleId')
    .selectAll('w')
    .select('r.definition')
    .$if(state === 'open', (query) => query.where(isOpen))
    .$if(state !== undefined && state !== 'open', (query) => query.where('w.state', '=', state ?? ''))
    .$if(ids !== undefined, (query) => query.where('w.id', 'in', [...(ids ?? []), -1]))
    .$if(ids === undefined, (query) => query.where(sql<boolean>`(r.definition->>'enabled')::boolean`))
    .orderBy(sql`array_position(${[...severities]}::text[], r.definition->>'severity')`)
    .orderBy(sql`abs(coalesce(w.value - w.base, 0))`, 'desc')
    .orderBy('w.id')
    .limit(limit)
    .execute()
  const names = await labelNames(
    db,
    rows.map((row) => row.labels as Record<string, string>),
  )
  return rows.map((row) => warningOf(row, parseRule(row.definition), names))
}

const isOpen = sql<boolean>`(w.state = 'firing' or w.resumes = 'firing')`

/** How many warnings of enabled rules are in each state. */
export async function countWarnings(db: Database): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('warning as w')
    .innerJoin('warningRule as r', 'r.id', 'w.ruleId')
    .select([
      'w.state',
      sql<number>`count(*)`.as('count'),
      sql<number>`count(*) filter (where ${isOpen})`.as('open'),
    ])
    .where(sql<boolean>`(r.definition->>'enabled')::boolean`)
    .groupBy('w.state')
    .execute()
  const open = rows.reduce((sum, row) => sum + row.open, 0)
  return { open, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) }
}

/** Notes who looks after a warning; only one that is open can be taken on. */
export async function acknowledge(
  db: Database,
  id: number,
  taken: { by: string; owner: string; note: string; now: Date },
): Promise<Warning> {
  const [warning] = await listWarnings(db, { ids: [id] })
  if (!warning) throw noSuchWarning(id)
  if (!warning.open)
    throw new AppError('conflict', `warning: ${id}: is ${warning.state}: only an open one is taken on`)
  await db
    .updateTable('warning')
    .set({
      acknowledgedAt: taken.now,
      acknowledgedBy: taken.by,
      acknowledgedNote: taken.note,
      owner: taken.owner,
    })
    .where('id', '=', id)
    .execute()
  const { by, owner, note } = taken
  return { ...warning, acknowledged: { at: taken.now.toISOString(), by, owner, note } }
}

/** One warning with its rule; throws not-found. */
export async function findWarning(db: Database, id: number): Promise<{ warning: Warning; rule: Rule }> {
  const [warning] = await listWarnings(db, { ids: [id] })
  if (!warning) throw noSuchWarning(id)
  const row = await db
    .selectFrom('warningRule')
    .select('definition')
    .where('id', '=', warning.rule.id)
    .executeTakeFirstOrThrow()
  return { warning, rule: parseRule(row.definition) }
}

/**
 * The enterprises behind each warning with their amounts in the window the rule looks at and a year earlier, largest
 * change first, from the declarations (facts): one query a rule. Empty where the source names no enterprises.
 */
export async function exposedEnterprises(
  db: Database,
  rule: Rule,
  options: { warnings: readonly Pick<Warning, 'id' | 'period' | 'labels'>[]; asOf: Date },
): Promise<Map<number, ExposedEnterprise[]>> {
  const wanted = options.warnings.flatMap(({ id, period, labels }) => {
    const parsed = parsePeriod(period)
    if (!parsed) return []
    const spans = leadWindow(rule, entryOf(parsed))
    const now = spans.flatMap(({ key }) => monthStarts(key))
    const before = spans.flatMap(({ baseKey }) => monthStarts(baseKey))
    return [{ id, now, before, ...Object.fromEntries(labels.map(({ name, code }) => [name, code])) }]
  })
  const value = sql.ref(`f.${valueColumn(rule)}`)
  const { rows } = await sql<ExposedEnterprise & { warningId: number }>`
    with ${usableSlices(rule, options.asOf)}, wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id bigint, now date[], before date[],
        hs text, partner text, mode text, ownership text, transport text, district text, enterprise text)
    ), part as (
      select w.id, f.enterprise,
        coalesce(sum(${value}) filter (where s.period = any(w.now)), 0) as value,
        coalesce(sum(${value}) filter (where s.period = any(w.before)), 0) as base
      from wanted w
      join usable s on s.period = any(w.now || w.before)
      join trade_flow f on f.slice_id = s.id and f.period = s.period and f.counted and f.enterprise is not null
        and (w.hs is null or f.hs like w.hs || '%')
        and (w.partner is null or f.partner = w.partner)
        and (w.mode is null or coalesce(f.supervision_mode, f.trade_mode) = w.mode)
        and (w.ownership is null or f.ownership = w.ownership)
        and (w.transport is null or f.transport = w.transport)
        and (w.district is null or f.district = w.district)
        and (w.enterprise is null or f.enterprise = w.enterprise)
      group by w.id, f.enterprise
    )
    select p.id as "warningId", p.enterprise as id, coalesce(e.name, p.enterprise) as name,
      p.value::text as value, p.base::text as base
    from part p left join enterprise e on e.id = p.enterprise
    where p.value <> 0 or p.base <> 0
    order by p.id, abs(p.value - p.base) desc, p.enterprise`.execute(db)
  const found = new Map<number, ExposedEnterprise[]>()
  for (const { warningId, ...enterprise } of rows) {
    const known = found.get(warningId)
    if (known) known.push(enterprise)
    else found.set(warningId, [enterprise])
  }
  return found
}

/** First days of the months a period text covers. */
function monthStarts(period: string): string[] {
  const year = period.slice(0, 4)
  return period.endsWith('/02') ? [`${year}-01-01`, `${year}-02-01`] : [`${period}-01`]
}

interface WarningRow {
  id: number
  labels: unknown
  state: string
  resumes: string | null
  period: string
  activeSince: string | null
  firedPeriod: string | null
  resolvedPeriod: string | null
  value: string | null
  base: string | null
  change: string | null
  measured: unknown
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  acknowledgedNote: string | null
  owner: string | null
  updatedAt: Date
}

function warningOf(row: WarningRow, rule: Rule, names: ReadonlyMap<string, CodeNames>): Warning {
  const labels = Object.entries(row.labels as Record<string, string>)
  const { id, period, activeSince, firedPeriod, resolvedPeriod, value, base, change } = row
  return {
    id,
    rule: {
      id: rule.id,
      nameZh: rule.name.zh,
      nameEn: rule.name.en,
      topic: rule.topic,
      severity: rule.severity,
    },
    flow: rule.selector.flow,
    currency: rule.selector.currency,
    labels: labels
      .sort(([a], [b]) => (a > b ? -1 : 1)) // partner before hs: who, then what
      .map(([name, code]) => {
        const known = names.get(`${name}=${code}`)
        const chapter = name === 'hs' && !known ? (names.get(`hs=${code.slice(0, 2)}`) ?? null) : null
        return {
          name,
          code,
          nameZh: known?.nameZh ?? null,
          nameEn: known?.nameEn ?? null,
          chapterZh: chapter?.nameZh ?? null,
          chapterEn: chapter?.nameEn ?? null,
        }
      }),
    state: row.state as State,
    open: row.state === 'firing' || row.resumes === 'firing',
    period,
    activeSince,
    firedPeriod,
    resolvedPeriod,
    value,
    base,
    change,
    measured: row.measured as Warning['measured'],
    acknowledged:
      row.acknowledgedAt && row.acknowledgedBy
        ? {
            at: row.acknowledgedAt.toISOString(),
            by: row.acknowledgedBy,
            owner: row.owner ?? row.acknowledgedBy,
            note: row.acknowledgedNote ?? '',
          }
        : null,
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** Names of labels by `name=code`; an HS code of 4 or 6 digits takes the name of its only line; its chapter is named beside. */
async function labelNames(
  db: Database,
  labels: readonly Record<string, string>[],
): Promise<ReadonlyMap<string, CodeNames>> {
  const codes = (name: string) => [...new Set(labels.flatMap((label) => label[name] ?? []))]
  const hs = codes('hs')
  const found = await hsNames(
    db,
    hs.flatMap((code) => [code, code.padEnd(8, '0'), code.slice(0, 2)]),
  )
  const names = new Map<string, CodeNames>()
  for (const code of hs) {
    const name = found.get(code) ?? found.get(code.padEnd(8, '0'))
    if (name) names.set(`hs=${code}`, name)
    const chapter = found.get(code.slice(0, 2))
    if (chapter) names.set(`hs=${code.slice(0, 2)}`, chapter)
  }
  for (const [name, table, key] of namedLabels) {
    const rows = await namesFrom(db, table, { key, codes: codes(name) })
    for (const row of rows) names.set(`${name}=${row.code}`, { nameZh: row.nameZh, nameEn: row.nameEn })
  }
  return names
}

const namedLabels = [
  ['partner', 'country', 'partner'],
  ['mode', 'supervision_mode', 'code'],
  ['mode', 'trade_mode', 'code'],
  ['ownership', 'ownership', 'code'],
  ['transport', 'transport_mode', 'code'],
  ['district', 'district', 'code'],
  ['enterprise', 'enterprise', 'id'],
] as const

const englishNames = new Set<string>(['country', 'trade_mode', 'ownership'])

async function namesFrom(
  db: Database,
  table: string,
  wanted: { key: string; codes: readonly string[] },
): Promise<{ code: string; nameZh: string; nameEn: string | null }[]> {
  if (wanted.codes.length === 0) return []
  const zh = table === 'enterprise' ? 'name' : 'name_zh'
  const en = englishNames.has(table) ? sql`${sql.ref('name_en')}` : sql`null::text`
  const key = sql.ref(wanted.key)
  const { rows } = await sql<{ code: string; nameZh: string; nameEn: string | null }>`
    select ${key} as code, ${sql.ref(zh)} as "nameZh", ${en} as "nameEn"
    from ${sql.table(table)} where ${key} = any(${[...wanted.codes]}::text[])`.execute(db)
  return rows
}

function noSuchWarning(id: number): AppError {
  return new AppError('not-found', `warning: ${id}: the id of a warning`, {
    field: 'warning',
    value: String(id),
    allowed: 'the id of a warning',
  })
}
