import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { type CodeNames, hsNames } from '../reference/queries.ts'
import { noteFollowUp } from './follow-up-queries.ts'
import { parseRule, type Rule, severities } from './rule.ts'
import type { Warning } from './schema.ts'
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
  await noteFollowUp(db, [id], { kind: 'acknowledged', ...taken })
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
