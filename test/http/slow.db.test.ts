import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { appRole, firmRole } from '../../src/db/app-role.ts'
import { startTestService, type TestService } from './service.ts'

let service: TestService

beforeAll(async () => {
  service = await startTestService({ questionTimeoutMs: 150 })
  await sleepOnReading('notice', '0.6')
  await sleepOnReading('source_file', '0.6')
})
afterAll(() => service.close())

/** A view in the table's place, of whose every reading the server takes so many seconds. */
async function sleepOnReading(table: string, seconds: string): Promise<void> {
  await service.owner.pool.query(`
    alter table ${table} rename to ${table}_kept;
    create view ${table} as
      with slowly as materialized (select pg_sleep(${seconds})) select * from ${table}_kept where exists (select from slowly);
    grant select on ${table} to ${appRole}, ${firmRole}`)
}

const ask = (url: string) =>
  service.app.inject({ url, headers: { authorization: `Bearer ${service.tokens.officer}` } })

test('a statement that works longer than a question may is a 504 that says why, and the next question is answered', async () => {
  const reply = await ask('/api/v1/notices')
  expect(reply.statusCode).toBe(504)
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(reply.json()).toEqual({
    type: 'about:blank',
    title: 'Took too long',
    status: 504,
    code: 'too-slow',
    detail:
      'the database worked on it longer than a question may take and stopped; nothing was stored; ask for fewer periods or products, or ask later',
    requestId: expect.any(String),
  })
  expect((await ask('/api/v1/events')).statusCode).toBe(200)
})

test('imports may take their time', async () => {
  expect((await ask('/api/v1/imports')).statusCode).toBe(200)
})

test('the time is a setting; nothing limits who connects without one', async () => {
  expect(readConfig({}).questionTimeoutMs).toBe(30_000)
  expect(readConfig({ QUESTION_TIMEOUT_SECONDS: '0' }).questionTimeoutMs).toBe(0)
  expect(() => readConfig({ QUESTION_TIMEOUT_SECONDS: 'soon' })).toThrow('QUESTION_TIMEOUT_SECONDS: soon: ')
  const shown = 'show statement_timeout'
  expect((await service.connection.pool.query(shown)).rows).toEqual([{ statement_timeout: '150ms' }])
  expect((await service.owner.pool.query(shown)).rows).toEqual([{ statement_timeout: '0' }])
})
