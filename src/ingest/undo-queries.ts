import type pg from 'pg'
import type { Connection } from '../db/connect.ts'
import { inTransaction } from '../db/transaction.ts'
import { periodLabel } from './codes.ts'
import { lockDataset } from './load-queries.ts'
import { say } from './messages.ts'
import { refusal } from './refusals.ts'
import type { UndoEffect, Undone } from './schema.ts'

/**
 * Takes an import back: from now on each of its slices that is current gives way to the newest older one that was not
 * taken back itself. Asked as of a time in which it was current, it is still answered. The same bytes can be loaded
 * again; undoing twice changes nothing. Throws AppError when there is no such load, or a later one was built on it.
 */
export async function undoImport(
  { pool }: Pick<Connection, 'pool'>,
  id: number,
  { by, at }: { by: string; at: Date },
): Promise<Undone> {
  return inTransaction(pool, async (client) => {
    await undo(client, id, { by, at })
    return undoneImport(client, id)
  })
}

/** The newest older slice of the same kind whose load was not taken back; null when there is none. */
const predecessor = `
  select o.id from slice o join source_file f on f.id = o.source_file_id
  where (o.dataset, o.flow, o.period, o.months, o.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
    and (o.loaded_at, o.id) < (n.loaded_at, n.id) and f.state in ('loaded', 'partial')
  order by o.loaded_at desc, o.id desc limit 1`

async function undo(client: pg.PoolClient, id: number, { by, at }: { by: string; at: Date }): Promise<void> {
  const datasets = await client.query<{ dataset: string }>(
    'select distinct dataset from slice where source_file_id = $1 order by dataset',
    [id],
  )
  for (const { dataset } of datasets.rows) await lockDataset(client, dataset)
  await refuseWhenBuiltOn(client, id)
  const { rowCount } = await client.query(
    `update source_file set state = 'undone', undone_by = $2, undone_at = $3
     where id = $1 and state in ('loaded', 'partial')`,
    [id, by, at],
  )
  if (rowCount === 0) return
  await client.query(
    `create temp table undone on commit drop as
     select n.id, (${predecessor}) as older from slice n where n.source_file_id = $1 and n.superseded_at is null`,
    [id],
  )
  await client.query('update slice set superseded_at = $1 where id in (select id from undone)', [at])
  await client.query(
    `insert into slice_gap (slice_id, from_at, until_at, source_file_id)
     select s.id, least(s.superseded_at, $1), $1, $2 from slice s join undone u on s.id = u.older`,
    [at, id],
  )
  await client.query('update slice s set superseded_at = null from undone u where s.id = u.older')
}

/** Lines of declarations are carried over into the vintages after them: the later load must be taken back first. */
async function refuseWhenBuiltOn(client: pg.PoolClient, id: number): Promise<void> {
  const { rows } = await client.query<{ id: number; name: string }>(
    `select f.id, f.name from slice n join slice l
       on (l.dataset, l.flow, l.period, l.months, l.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
       and (l.loaded_at, l.id) > (n.loaded_at, n.id)
     join source_file f on f.id = l.source_file_id and f.state in ('loaded', 'partial')
     where n.source_file_id = $1 and n.dataset = 'declaration-cn' order by f.id desc limit 1`,
    [id],
  )
  const [later] = rows
  if (!later) return
  const { id: number, name } = later
  const detail = { field: 'id', value: String(id), allowed: say('undo-first', { later: number }) }
  throw refusal('conflict', 'import-built-on', { id, later: number, name }, detail)
}

async function undoneImport(client: pg.ClientBase, id: number): Promise<Undone> {
  const { rows } = await client.query<{ name: string; state: string; by: string; at: Date }>(
    'select name, state, undone_by as by, undone_at as at from source_file where id = $1',
    [id],
  )
  const [file] = rows
  const detail = { field: 'id', value: String(id) }
  if (!file) throw refusal('not-found', 'import-unknown', { id }, detail)
  if (file.state !== 'undone')
    throw refusal('conflict', 'import-not-loaded', { id, state: file.state }, detail)
  const counts = await client.query<{ slices: number; restored: number }>(
    `select (select count(*)::int from slice where source_file_id = $1) as slices,
       (select count(*)::int from slice_gap where source_file_id = $1) as restored`,
    [id],
  )
  const { slices = 0, restored = 0 } = counts.rows[0] ?? {}
  return { id, name: file.name, slices, restored, undoneBy: file.by, undoneAt: file.at.toISOString() }
}

/** What undoing a load would change now: its current slices against those that would hold in their place. */
export async function undoEffects(pool: pg.Pool, id: number): Promise<UndoEffect[]> {
  const { rows } = await pool.query(
    `select n.dataset, n.flow, n.period::text as period, n.months,
       sum(t.rows)::bigint as rows, trim_scale(sum(t.value_cny)) as cny, trim_scale(sum(t.value_usd)) as usd,
       count(o.id)::int as restored, sum(b.rows)::bigint as old_rows,
       trim_scale(sum(b.value_cny)) as old_cny, trim_scale(sum(b.value_usd)) as old_usd
     from slice n
     left join lateral (${predecessor}) o on true
     left join trade_rollup t on t.slice_id = n.id and t.dims = 'total'
     left join trade_rollup b on b.slice_id = o.id and b.dims = 'total'
     where n.source_file_id = $1 and n.superseded_at is null
     group by 1, 2, 3, 4 order by 1, 3, 4, 2`,
    [id],
  )
  return rows.map((row) => ({
    dataset: row.dataset,
    flow: row.flow,
    period: periodLabel(row.period, row.months),
    now: { rows: row.rows ?? 0, valueCny: row.cny, valueUsd: row.usd },
    after:
      row.restored === 0 ? null : { rows: row.old_rows ?? 0, valueCny: row.old_cny, valueUsd: row.old_usd },
  }))
}
