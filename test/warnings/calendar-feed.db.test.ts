import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { asker, type Caller, warningApp } from './app.ts'

const first = '2026-04-20T03:00:00Z'
const caller: Caller = { principal: { name: '王科', role: 'officer', enterpriseId: null }, now: first }
let database: TestDatabase
let app: FastifyInstance
const ask = asker(() => app)

beforeAll(async () => {
  database = await freshDatabase()
  app = await warningApp(database, caller)
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('truncate account cascade')
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into account (email, name, role, password_hash, created_at) values ('officer@example.cn', '王科', 'officer', '-', $1) returning id`,
    [first],
  )
  caller.principal = { name: '王科', role: 'officer', enterpriseId: null, accountId: rows[0]?.id ?? 0 }
  caller.now = first
})

async function newFeed(): Promise<string> {
  const { status, body } = await ask('POST', '/warnings/calendar-feed')
  expect(status).toBe(201)
  expect(body.data.address).toMatch(
    /^http:\/\/127\.0\.0\.1:3000\/api\/v1\/warnings\/feeds\/[\w-]{32}\/calendar\.ics$/,
  )
  return body.data.address.replace('http://127.0.0.1:3000/api/v1', '')
}

test('a calendar program reads the dates at an address that was shown once, and the person sees that it does', async () => {
  expect((await ask('GET', '/warnings/calendar-feed')).body.data).toBeNull()
  const feed = await newFeed()
  const read = await ask('GET', feed)
  expect(read.status).toBe(200)
  expect(read.body).toBe((await ask('GET', '/warnings/calendar.ics')).body)
  caller.now = '2026-04-20T03:30:00Z'
  expect((await ask('GET', feed)).status).toBe(200)
  expect((await ask('GET', '/warnings/calendar-feed')).body.data).toEqual({
    createdAt: '2026-04-20T03:00:00.000Z',
    lastUsedAt: '2026-04-20T03:00:00.000Z',
  })
  const { rows } = await database.pool.query<{ whole: string }>(
    'select to_jsonb(f)::text as whole from calendar_feed f',
  )
  expect(rows[0]?.whole).not.toContain(feed.split('/')[3])
})

test('a new address ends the one before, and a feed can be ended', async () => {
  const [before, feed] = [await newFeed(), await newFeed()]
  expect([(await ask('GET', before)).status, (await ask('GET', feed)).status]).toEqual([404, 200])
  expect((await ask('DELETE', '/warnings/calendar-feed')).status).toBe(204)
  expect((await ask('GET', feed)).status).toBe(404)
  expect((await ask('DELETE', '/warnings/calendar-feed')).status).toBe(204)
})

test.each([
  ['is disabled', `update account set disabled_at = now()`],
  ['is gone', 'delete from account'],
])('a feed ends with an account that %s', async (_, change) => {
  const feed = await newFeed()
  await database.pool.query(change)
  expect((await ask('GET', feed)).status).toBe(404)
})

test('a feed ends with a person who leaves the bureau for a firm', async () => {
  const feed = await newFeed()
  await database.pool.query(
    `insert into enterprise (id, name) values ('9901000001', '北方') on conflict do nothing`,
  )
  await database.pool.query(`update account set role = 'enterprise', enterprise_id = '9901000001'`)
  expect((await ask('GET', feed)).status).toBe(404)
})

test('a program with a token of its own has no feed, and a made-up feed says nothing of what it was asked for', async () => {
  caller.principal = { name: 'robot', role: 'officer', enterpriseId: null }
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    expect((await ask(method, '/warnings/calendar-feed')).status).toBe(403)
  const { status, body } = await ask('GET', '/warnings/feeds/made-up/calendar.ics')
  expect(status).toBe(404)
  expect(JSON.stringify(body)).not.toContain('calendar-feed')
})
