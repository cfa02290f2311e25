import { parseArgs } from 'node:util'
import type pg from 'pg'
import { migrate, pendingMigrations } from '../db/migrate.ts'
import { invalid } from '../errors.ts'
import { rollupsEqualFacts } from '../indicators/consistency-queries.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `db migrate            apply what the database lacks
db status             server, migrations, rows, and whether rollups equal facts`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [action = ''] = positionals
  if (!['migrate', 'status'].includes(action)) throw invalid('db', action, 'migrate or status')
  const result = await withUnmigratedDatabase(`db ${action}`, async ({ pool }) =>
    action === 'migrate' ? { applied: await migrate(pool) } : status(pool),
  )
  io.stdout(values.json ? `${JSON.stringify(result)}\n` : readable(result))
  return 0
}

async function status(pool: pg.Pool): Promise<Record<string, unknown>> {
  const server = await pool.query(
    `select version() as version, pg_database_size(current_database()) as bytes`,
  )
  const pending = await pendingMigrations(pool)
  if (pending.length > 0) return { ...server.rows[0], pending }
  const counts = await pool.query(`
    select (select count(*) from source_file where state in ('loaded', 'partial')) as files,
      (select count(*) from slice where superseded_at is null) as "currentSlices",
      (select count(*) from slice where superseded_at is not null) as "olderSlices",
      (select coalesce(sum(rows), 0) from slice where superseded_at is null) as "currentFacts",
      (select count(*) from trade_rollup) as "rollupRows"`)
  const rollups = await rollupsEqualFacts(pool)
  const checked = `${rollups.checked} of ${rollups.slices} slices compared with their facts, ${rollups.differences.length} differ`
  return { ...server.rows[0], pending, ...counts.rows[0], rollups: checked }
}

function readable(result: Record<string, unknown>): string {
  const lines = Object.entries(result).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') || 'none' : String(value)
    return `${name.padEnd(14)} ${text}\n`
  })
  return lines.join('')
}
