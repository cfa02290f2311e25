import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import type { Outcome, StoredSeries } from './evaluate.ts'
import { parseRule, type Rule, ruleHash } from './rule.ts'
import { labelKey } from './series.ts'

export interface StoredRule {
  rule: Rule
  evaluatedThrough: string | null
  /** Hash of the definition that was last evaluated. */
  evaluatedDefinition: string | null
}

/** All rules in the order of their ids. */
export async function listRules(db: Database): Promise<StoredRule[]> {
  const rows = await db.selectFrom('warningRule').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    rule: parseRule(row.definition),
    evaluatedThrough: row.evaluatedThrough,
    evaluatedDefinition: row.evaluatedDefinition,
  }))
}

/** One rule; throws not-found. */
export async function findRule(db: Database, id: string): Promise<Rule> {
  const row = await db.selectFrom('warningRule').select('definition').where('id', '=', id).executeTakeFirst()
  if (!row) throw noSuchRule(id)
  return parseRule(row.definition)
}

/** Adds a rule; an id that is taken is a conflict. */
export async function addRule(db: Database, rule: Rule, now: Date): Promise<void> {
  const added = await db
    .insertInto('warningRule')
    .values({ id: rule.id, definition: JSON.stringify(rule), createdAt: now, updatedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!added.numInsertedOrUpdatedRows) {
    throw new AppError('conflict', `id: ${rule.id}: an id no other rule has`, {
      field: 'id',
      value: rule.id,
      allowed: 'an id no other rule has',
    })
  }
}

/** Replaces a rule's definition; its states stay and the next evaluation says what changed by it. */
export async function changeRule(db: Database, rule: Rule, now: Date): Promise<void> {
  const changed = await db
    .updateTable('warningRule')
    .set({ definition: JSON.stringify(rule), updatedAt: now })
    .where('id', '=', rule.id)
    .executeTakeFirst()
  if (!changed.numUpdatedRows) throw noSuchRule(rule.id)
}

/** Deletes a rule with its states and their history. */
export async function deleteRule(db: Database, id: string): Promise<void> {
  const deleted = await db.deleteFrom('warningRule').where('id', '=', id).executeTakeFirst()
  if (!deleted.numDeletedRows) throw noSuchRule(id)
}

/** What the last evaluation left for a rule's series, by label key. */
export async function storedSeries(db: Database, ruleId: string): Promise<Map<string, StoredSeries>> {
  const rows = await db.selectFrom('warning').selectAll().where('ruleId', '=', ruleId).execute()
  return new Map(
    rows.map((row) => [
      labelKey(row.labels as Record<string, string>),
      {
        state: row.state as StoredSeries['state'],
        resumes: row.resumes as StoredSeries['resumes'],
        spells: row.spells as unknown as StoredSeries['spells'],
        figures: {
          period: row.period,
          value: row.value,
          base: row.base,
          change: row.change,
          measured: row.measured as unknown as StoredSeries['figures']['measured'],
        },
      },
    ]),
  )
}

/** Stores a rule's outcomes and what there is to tell. Rows that stay the same are not touched. */
export async function saveOutcomes(
  tx: Tx,
  rule: Rule,
  saved: { outcomes: readonly Outcome[]; through: string | null; now: Date },
): Promise<void> {
  for (let start = 0; start < saved.outcomes.length; start += batchSize) {
    await saveStates(tx, rule, { outcomes: saved.outcomes.slice(start, start + batchSize), now: saved.now })
  }
  await saveEvents(tx, rule, saved)
  await dropForgotten(tx, rule)
  await tx
    .updateTable('warningRule')
    .set({ evaluatedThrough: saved.through, evaluatedDefinition: ruleHash(rule) })
    .where('id', '=', rule.id)
    .execute()
}

const batchSize = 5000

async function saveStates(
  tx: Tx,
  rule: Rule,
  saved: { outcomes: readonly Outcome[]; now: Date },
): Promise<void> {
  const states = saved.outcomes.map(({ labels, state, spells, figures }) => ({
    labels,
    state: state.state,
    resumes: state.resumes,
    active_since: state.activeSince,
    fired_period: state.firedPeriod,
    resolved_period: state.resolvedPeriod,
    spells,
    ...figures,
  }))
  await sql`
    insert into warning as w (rule_id, labels, state, resumes, period, active_since, fired_period, resolved_period,
      value, base, change, measured, spells, updated_at, opened_at)
    select ${rule.id}, labels, state, resumes, period, active_since, fired_period, resolved_period,
      value, base, change, measured, spells, ${saved.now}, case when fired_period is not null then ${saved.now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as s(labels jsonb, state text, resumes text, period text,
      active_since text, fired_period text, resolved_period text, value numeric, base numeric, change numeric,
      measured jsonb, spells jsonb)
    on conflict (rule_id, labels) do update set state = excluded.state, resumes = excluded.resumes,
      period = excluded.period, active_since = excluded.active_since, fired_period = excluded.fired_period,
      resolved_period = excluded.resolved_period, value = excluded.value, base = excluded.base,
      change = excluded.change, measured = excluded.measured, spells = excluded.spells, updated_at = excluded.updated_at,
      opened_at = case when excluded.fired_period is null then null
        when w.fired_period = excluded.fired_period then w.opened_at else ${saved.now} end,
      escalated_at = case when w.fired_period = excluded.fired_period then w.escalated_at end,
      owner = case when w.fired_period = excluded.fired_period then w.owner end,
      -- an acknowledgement is of one spell: a warning that fires anew asks again
      acknowledged_at = case when w.fired_period = excluded.fired_period then w.acknowledged_at end,
      acknowledged_by = case when w.fired_period = excluded.fired_period then w.acknowledged_by end,
      acknowledged_note = case when w.fired_period = excluded.fired_period then w.acknowledged_note end
    where (w.state, w.resumes, w.period, w.fired_period, w.resolved_period, w.value, w.base, w.measured, w.spells)
      is distinct from (excluded.state, excluded.resumes, excluded.period, excluded.fired_period,
        excluded.resolved_period, excluded.value, excluded.base, excluded.measured, excluded.spells)`.execute(
    tx,
  )
}

/** Series that were only ever pending and are so no more: nobody was told of them. */
async function dropForgotten(tx: Tx, rule: Rule): Promise<void> {
  await sql`
    delete from warning w where rule_id = ${rule.id} and state = 'inactive' and spells = '[]'
      and not exists (select from warning_event e where e.warning_id = w.id)`.execute(tx)
}

async function saveEvents(
  tx: Tx,
  rule: Rule,
  saved: { outcomes: readonly Outcome[]; now: Date },
): Promise<void> {
  const events = saved.outcomes.flatMap(({ labels, transitions }) =>
    transitions.map(({ measured: _, ...transition }) => ({ labels, ...transition })),
  )
  if (events.length === 0) return
  await sql`
    insert into warning_event (warning_id, reason, cause, period, value, base, change, created_at)
    select w.id, e.reason, e.cause, e.period, e.value, e.base, e.change, ${saved.now}
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as (labels jsonb, reason text, cause text, period text, value numeric, base numeric, change numeric))
      with ordinality e
    join warning w on w.rule_id = ${rule.id} and w.labels = e.labels
    order by e.ordinality`.execute(tx)
}

function noSuchRule(id: string): AppError {
  return new AppError('not-found', `rule: ${id}: the id of a rule`, {
    field: 'rule',
    value: id,
    allowed: 'the id of a rule',
  })
}
