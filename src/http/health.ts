import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Connection } from '../db/connect.ts'
import { pendingMigrations } from '../db/migrate.ts'
import type { Api } from './schema.ts'

const Ready = Type.Object({
  status: Type.Enum(['ready', 'not-ready']),
  database: Type.String(),
  migrations: Type.String(),
  reference: Type.String(),
})

/** Liveness (the process answers) and readiness (database, migrations and reference facts are there). */
export function healthRoutes(api: Api, deps: { connection: Connection }): void {
  api.get(
    '/health',
    {
      config: { access: 'public' },
      schema: { tags: ['operation'], response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  )

  api.get(
    '/ready',
    { config: { access: 'public' }, schema: { tags: ['operation'], response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const state = await readiness(deps.connection)
      return reply.status(state.status === 'ready' ? 200 : 503).send(state)
    },
  )
}

async function readiness(connection: Connection): Promise<Type.Static<typeof Ready>> {
  try {
    const pending = await pendingMigrations(connection.pool)
    if (pending.length > 0) {
      return {
        status: 'not-ready',
        database: 'ok',
        migrations: `pending: ${pending.join(', ')}`,
        reference: 'unknown',
      }
    }
    const loaded = await sql<{ countries: boolean; tariffs: boolean }>`
      select exists (select from country) as countries, exists (select from tariff_pack) as tariffs
    `.execute(connection.db)
    const missing = Object.entries(loaded.rows[0] ?? {}).filter(([, exists]) => !exists)
    const reference = missing.length === 0 ? 'ok' : `not loaded: ${missing.map(([name]) => name).join(', ')}`
    return {
      status: missing.length === 0 ? 'ready' : 'not-ready',
      database: 'ok',
      migrations: 'ok',
      reference,
    }
  } catch {
    return { status: 'not-ready', database: 'not answering', migrations: 'unknown', reference: 'unknown' }
  }
}
