import { parseArgs } from 'node:util'
import type pg from 'pg'
import { migrate, pendingMigrations } from '../db/migrate.ts'
import { databaseStatus } from '../db/status.ts'
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
  const pending = await pendingMigrations(pool)
  if (pending.length > 0) return { pending }
  const rollups = await rollupsEqualFacts(pool)
  const checked = `${rollups.checked} of ${rollups.slices} slices compared with their facts, ${rollups.differences.length} differ`
  return { ...(await databaseStatus(pool)), pending, rollups: checked }
}

function readable(result: Record<string, unknown>): string {
  const lines = Object.entries(result).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') || 'none' : String(value)
    return `${name.padEnd(14)} ${text}\n`
  })
  return lines.join('')
}
