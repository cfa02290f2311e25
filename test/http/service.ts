import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Clock, fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { appRole, ensureAppRole } from '../../src/db/app-role.ts'
import { type Connection, connect } from '../../src/db/connect.ts'
import { createToken } from '../../src/enterprises/queries.ts'
import { type AppDeps, buildApp } from '../../src/http/app.ts'
import type { Role } from '../../src/http/schema.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

export const clock: Clock = fixedClock('2026-11-23T01:00:00Z')
/** A machine that is busy with other tests turns nothing away. */
export const patient = { maxEventLoopDelay: 120_000, sampleInterval: 1_000 }
export const firm = '9901260222'
export const otherFirm = '9901260333'

export interface TestService {
  app: FastifyInstance
  /** As the owner of the tables, whom nothing is hidden from. */
  owner: TestDatabase
  /** As the service itself works. */
  connection: Connection
  tokens: Record<Role, string>
  /** Folder of what it writes. */
  home: string
  close(): Promise<void>
}

/** The service in the role it works in, with two firms and a token of each role; the firm's is of `firm`. */
export async function startTestService(
  options: { env?: Record<string, string>; log?: AppDeps['log']; questionTimeoutMs?: number } = {},
): Promise<TestService> {
  const owner = await freshDatabase()
  await ensureAppRole(owner.pool)
  await owner.db.insertInto('hsSubheading').values({ edition: '2022', code: '090210' }).execute()
  const firms = [firm, otherFirm].map((id) => ({ id, name: `firm ${id}` }))
  await owner.db.insertInto('enterprise').values(firms).execute()
  const loads = connect(owner.url, { max: 6, role: appRole })
  const statementTimeoutMs = options.questionTimeoutMs ?? 0
  const connection = connect(owner.url, { max: 6, role: appRole, statementTimeoutMs })
  const tokens = {
    admin: await createToken(owner.db, { name: 'admin', role: 'admin', enterpriseId: null }, clock.now()),
    officer: await createToken(
      owner.db,
      { name: 'officer', role: 'officer', enterpriseId: null },
      clock.now(),
    ),
    enterprise: await createToken(
      owner.db,
      { name: 'firm', role: 'enterprise', enterpriseId: firm },
      clock.now(),
    ),
  }
  const home = mkdtempSync(join(tmpdir(), 'tradewind-http-'))
  const config = readConfig({
    ...{ REQUESTS_PER_MINUTE: '1000000', COSTLY_REQUESTS_PER_MINUTE: '1000000', TRADEWIND_HOME: home },
    ...options.env,
  })
  const app = await buildApp({
    connection,
    loads,
    clock,
    config,
    inbox: null,
    lateness: patient,
    ...(options.log === undefined ? {} : { log: options.log }),
  })
  await app.ready()
  return {
    app,
    owner,
    connection,
    tokens,
    home,
    async close() {
      await app.close()
      await connection.close()
      await loads.close()
      await owner.close()
      rmSync(home, { recursive: true })
    },
  }
}

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As the document writes it, with {names}. */
  path: string
  access: string
  parameters: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[]
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>
}

/** Every operation of the OpenAPI document. */
export function operationsOf(app: FastifyInstance): Operation[] {
  const { paths } = app.swagger() as unknown as {
    paths: Record<
      string,
      Record<string, Omit<Operation, 'method' | 'path' | 'access'> & { 'x-access': string }>
    >
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      parameters: operation.parameters ?? [],
      access: operation['x-access'],
      method: method.toUpperCase() as Operation['method'],
      path,
    })),
  )
}
