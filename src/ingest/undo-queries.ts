import type pg from 'pg'
import type { Connection } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { lockDataset } from './load-queries.ts'

/** What an undo did: slices taken away, and how many older ones are current again. */
export interface Undone {
  id: number
  name: string
  slices: number
  restored: number
}

/**
 * Takes an import back as if it had never been made: its slices go, and each older one holds from then on as long as
 * the one taken away did. The same bytes can be loaded again. Throws AppError when there is no such load.
 */
export async function undoImport(
  { pool }: Pick<Connection, 'pool'>,
  id: number,
  { by, at }: { by: string; at: Date },
): Promise<Undone> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const undone = await undo(client, id, { by, at })
    await client.query('commit')
    return undone
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function undo(
  client: pg.PoolClient,
  id: number,
  { by, at }: { by: string; at: Date },
): Promise<Undone> {
  const datasets = await client.query<{ dataset: string }>(
    'select distinct dataset from slice where source_file_id = $1 order by dataset',
    [id],
  )
  for (const { dataset } of datasets.rows) await lockDataset(client, dataset)
  const file = await client.query<{ name: string }>(
    `update source_file set state = 'undone', undone_by = $2, undone_at = $3
     where id = $1 and state in ('loaded', 'partial') returning name`,
    [id, by, at],
  )
  const [found] = file.rows
  if (!found) throw await notLoaded(client, id)
  await client.query(
    `create temp table undone on commit drop as
     select n.id, n.superseded_at, (
         select max(o.id) from slice o
         where (o.dataset, o.flow, o.period, o.months, o.scope) = (n.dataset, n.flow, n.period, n.months, n.scope)
           and o.superseded_at = n.loaded_at and o.id < n.id
       ) as older
     from slice n where n.source_file_id = $1`,
    [id],
  )
  await client.query('delete from trade_rollup where slice_id in (select id from undone)')
  await client.query('delete from trade_flow where slice_id in (select id from undone)')
  const { rowCount: slices } = await client.query('delete from slice where id in (select id from undone)')
  const { rowCount: restored } = await client.query(
    'update slice s set superseded_at = u.superseded_at from undone u where s.id = u.older',
  )
  return { id, name: found.name, slices: slices ?? 0, restored: restored ?? 0 }
}

async function notLoaded(client: pg.PoolClient, id: number): Promise<AppError> {
  const { rows } = await client.query<{ state: string }>('select state from source_file where id = $1', [id])
  const detail = { field: 'id', value: String(id) }
  if (!rows[0]) return new AppError('not-found', `import ${id}: no such import`, detail)
  return new AppError('conflict', `import ${id}: ${rows[0].state}: only a loaded file can be undone`, detail)
}
