import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { firstMonth } from '../reference/period.ts'
import { type Detail, detailOf } from './detail.ts'
import type { HistoryRow } from './detail-schema.ts'
import { loadCoverage } from './load.ts'
import { loadSeries } from './load-series.ts'
import { remedyLookup } from './remedies/queries.ts'
import type { Rule } from './rule.ts'
import type { Warning } from './schema.ts'
import { calendarOf, labelKey, type Series } from './series.ts'
import type { BandMethod } from './statistics.ts'

/** The series behind a warning, over all loaded periods, judged by its rule; without any point where nothing is loaded. */
export async function warningDetail(
  db: Database,
  { warning, rule }: { warning: Warning; rule: Rule },
  { method, now }: { method: BandMethod; now: Date },
): Promise<Detail> {
  const labels = Object.fromEntries(warning.labels.map(({ name, code }) => [name, code]))
  return await db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const { from, latest, loaded } = await loadCoverage(tx, rule, now)
      if (!latest) return { points: [], inside: 0, banded: 0 }
      const remedied = await remedyLookup(tx, rule, now)
      const key = labelKey(labels)
      const calendar = calendarOf(from ?? firstMonth(latest), latest, loaded)
      let series: Series = { labels, points: new Map() }
      for await (const one of loadSeries(tx, rule, { asOf: now, keep: [key], only: labels }))
        series = remedied(one)
      return detailOf(rule, calendar, { series, method })
    })
}

/** Everything that happened to a warning, newest first: transitions, what people did, and the mails that told of it. */
export async function warningHistory(db: Database, id: number): Promise<HistoryRow[]> {
  const { rows } = await sql<Omit<HistoryRow, 'at'> & { at: Date }>`
    select created_at as at, reason as kind, cause, period, value::text, base::text, change::text,
      null as by, null as owner, null as note, null::jsonb as mail
    from warning_event where warning_id = ${id}
    union all
    select created_at, kind, null, null, null, null, null, by_name, owner, nullif(note, ''), null
    from warning_follow_up where warning_id = ${id}
    union all
    select m.created_at, 'mailed', null, null, null, null, null, null, null, null, jsonb_build_object(
      'id', m.id, 'recipient', m.recipient, 'reason', m.reason,
      'state', case when m.bounced_at is null then m.state else 'bounced' end)
    from digest d join mail m on m.id = d.mail_id
    where exists (select from unnest(d.firing || d.resolved) told where split_part(told, '@', 1) = ${String(id)})
    order by at desc, kind limit 500`.execute(db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The last period a rule was evaluated for; null before its first evaluation. */
export async function evaluatedThrough(db: Database, ruleId: string): Promise<string | null> {
  const row = await db
    .selectFrom('warningRule')
    .select('evaluatedThrough')
    .where('id', '=', ruleId)
    .executeTakeFirst()
  return row?.evaluatedThrough ?? null
}
