import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import type { Matchers } from './silence.ts'

export interface NewSilence {
  matchers: Matchers
  endsAt: Date
  note: string
  by: string
}

/** Silences that last at an instant. */
export async function activeSilences(db: Database, now: Date): Promise<Matchers[]> {
  const rows = await db
    .selectFrom('silence')
    .select('matchers')
    .where('startsAt', '<=', now)
    .where('endsAt', '>', now)
    .execute()
  return rows.map(({ matchers }) => matchers as Record<string, string>)
}

/** Silences, those that end last first; ended ones stay as a record. */
export async function listSilences(db: Database, now: Date) {
  const rows = await db.selectFrom('silence').selectAll().orderBy('endsAt', 'desc').limit(500).execute()
  return rows.map(({ id, matchers, startsAt, endsAt, note, createdBy }) => ({
    id,
    matchers: matchers as Record<string, string>,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    note,
    createdBy,
    active: startsAt <= now && endsAt > now,
  }))
}

export async function addSilence(db: Database, silence: NewSilence, now: Date): Promise<number> {
  const { matchers, endsAt, note, by } = silence
  const row = await db
    .insertInto('silence')
    .values({
      matchers: JSON.stringify(matchers),
      startsAt: now,
      endsAt,
      note,
      createdBy: by,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Ends a silence now; it stays as a record. One that is over already is not found. */
export async function endSilence(db: Database, id: number, now: Date): Promise<void> {
  const ended = await db
    .updateTable('silence')
    .set({ endsAt: now })
    .where('id', '=', id)
    .where('endsAt', '>', now)
    .where('startsAt', '<', now)
    .executeTakeFirst()
  if (!ended.numUpdatedRows) throw new AppError('not-found', `silence: ${id}: the id of a silence that lasts`)
}

/** Open warnings nobody has taken on or been told of higher up, with the working days their rules allow, by id. */
export async function openedAt(
  db: Database,
): Promise<Map<number, { openedAt: Date; escalateAfter: number }>> {
  const { rows } = await sql<{ id: number; openedAt: Date; escalateAfter: number }>`
    select w.id, w.opened_at as "openedAt", (r.definition->>'escalateAfter')::integer as "escalateAfter"
    from warning w join warning_rule r on r.id = w.rule_id
    where (w.state = 'firing' or w.resumes = 'firing') and w.opened_at is not null
      and w.acknowledged_at is null and w.escalated_at is null and r.definition ? 'escalateAfter'`.execute(db)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

export interface FollowUp {
  kind: 'acknowledged' | 'escalated'
  by?: string
  owner?: string
  note?: string
  now: Date
}

/** Keeps on record what was done about warnings; the warning itself knows the last of its present spell only. */
export async function noteFollowUp(db: Database, ids: readonly number[], done: FollowUp): Promise<void> {
  const { kind, by: byName = null, owner = null, note = '', now: createdAt } = done
  if (ids.length === 0) return
  await db
    .insertInto('warningFollowUp')
    .values(ids.map((warningId) => ({ warningId, kind, byName, owner, note, createdAt })))
    .execute()
}

export async function markEscalated(db: Database, ids: readonly number[], now: Date): Promise<void> {
  await noteFollowUp(db, ids, { kind: 'escalated', now })
  await db
    .updateTable('warning')
    .set({ escalatedAt: now })
    .where('id', 'in', [...ids])
    .execute()
}

export interface AssessmentRow {
  topic: string
  severity: string
  fired: number
  resolved: number
  revised: number
  acknowledged: number
  escalated: number
}

/** A year's work by topic and severity, for the yearly assessment of a warning station; the year is that of `timeZone`. */
export async function assessment(
  db: Database,
  year: number,
  timeZone: string,
): Promise<{ rows: AssessmentRow[]; mailsSent: number }> {
  const within = (column: string) =>
    sql<boolean>`extract(year from ${sql.ref(column)} at time zone ${timeZone}) = ${year}`
  const { rows } = await sql<AssessmentRow>`
    with happened as (
      select w.rule_id, e.reason as what, 1 as count from warning_event e join warning w on w.id = e.warning_id where ${within('e.created_at')}
      union all select w.rule_id, d.kind, 1 from warning_follow_up d join warning w on w.id = d.warning_id where ${within('d.created_at')}
    )
    select r.definition->>'topic' as topic, r.definition->>'severity' as severity,
      count(*) filter (where what = 'new') as fired, count(*) filter (where what = 'resolved') as resolved,
      count(*) filter (where what = 'revised') as revised, count(*) filter (where what = 'acknowledged') as acknowledged,
      count(*) filter (where what = 'escalated') as escalated
    from happened h join warning_rule r on r.id = h.rule_id
    group by 1, 2 order by 1, 2`.execute(db)
  const mails = await db
    .selectFrom('mail')
    .select(sql<number>`count(*)`.as('count'))
    .where(within('sent_at'))
    .executeTakeFirstOrThrow()
  return { rows, mailsSent: mails.count }
}
