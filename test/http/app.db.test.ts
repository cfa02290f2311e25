import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { addAccount, createToken } from '../../src/enterprises/queries.ts'
import { buildApp } from '../../src/http/app.ts'
import type { Role } from '../../src/http/schema.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { patient } from './service.ts'

const clock = fixedClock('2026-11-23T01:00:00Z')
const password = 'correct horse battery'
let database: TestDatabase
let app: FastifyInstance
const tokens: Partial<Record<Role, string>> = {}

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await db.insertInto('enterprise').values({ id: '9901260222', name: '样本' }).execute()
  await addAccount(
    db,
    { email: 'Officer@Example.cn', name: 'Officer', role: 'officer', enterpriseId: null, password },
    clock.now(),
  )
  for (const role of ['officer', 'admin', 'enterprise'] as const) {
    const enterpriseId = role === 'enterprise' ? '9901260222' : null
    tokens[role] = await createToken(db, { name: role, role, enterpriseId }, clock.now())
  }
  app = await buildApp({
    connection: database,
    clock,
    config: readConfig({}),
    inbox: null,
    lateness: patient,
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const signIn = (credentials: object) =>
  app.inject({ method: 'POST', url: '/api/v1/session', payload: credentials })

describe('sign-in', () => {
  test('opens a session in a cookie that scripts and other sites cannot use', async () => {
    const reply = await signIn({ email: 'officer@example.CN', password })
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toEqual({
      data: { name: 'Officer', role: 'officer', enterpriseId: null, accountId: 1 },
      meta: {},
    })
    expect(reply.cookies[0]).toMatchObject({
      name: 'tradewind_session',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    })
  })

  test('the session ends with sign-out', async () => {
    const [cookie] = (await signIn({ email: 'officer@example.cn', password })).cookies
    const cookies = { tradewind_session: cookie?.value ?? '' }
    expect((await app.inject({ url: '/api/v1/session', cookies })).statusCode).toBe(200)
    await app.inject({ method: 'DELETE', url: '/api/v1/session', cookies })
    expect((await app.inject({ url: '/api/v1/session', cookies })).statusCode).toBe(401)
  })

  test('the session is over after its fourteen days', async () => {
    const [cookie] = (await signIn({ email: 'officer@example.cn', password })).cookies
    const later = await buildApp({
      connection: database,
      clock: fixedClock('2026-12-07T01:00:01Z'),
      config: readConfig({}),
      inbox: null,
      lateness: patient,
    })
    const reply = await later.inject({
      url: '/api/v1/session',
      cookies: { tradewind_session: cookie?.value ?? '' },
    })
    expect(reply.statusCode).toBe(401)
    await later.close()
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await signIn({ email: 'officer@example.cn', password: 'wrong password' })
    const unknown = await signIn({ email: 'nobody@example.cn', password })
    expect(wrong.statusCode).toBe(401)
    const withoutId = (body: { requestId: string }) => ({ ...body, requestId: '' })
    expect(withoutId(wrong.json())).toEqual(withoutId(unknown.json()))
  })

  test('neither passwords nor tokens are stored', async () => {
    const { rows } = await database.pool.query(`
      select string_agg(x, ' ') as stored from (
        select account::text as x from account union all select session::text from session union all select api_token::text from api_token
      ) all_rows`)
    const [{ stored }] = rows
    expect(stored).not.toContain(password)
    for (const token of Object.values(tokens)) expect(stored).not.toContain(token)
  })

  test('is refused after ten tries in a minute', async () => {
    const limited = await buildApp({
      connection: database,
      clock,
      config: readConfig({}),
      inbox: null,
      lateness: patient,
    })
    const attempt = () =>
      limited.inject({ method: 'POST', url: '/api/v1/session', payload: { email: 'x@y.cn', password: 'z' } })
    const codes: number[] = []
    for (let tries = 0; tries < 11; tries += 1) codes.push((await attempt()).statusCode)
    expect(codes).toEqual([...Array(10).fill(401), 429])
    await limited.close()
  })
})

describe('access', () => {
  test('a revoked token is a 401', async () => {
    const token = await createToken(
      database.db,
      { name: 'old', role: 'officer', enterpriseId: null },
      clock.now(),
    )
    await database.db
      .updateTable('apiToken')
      .set({ revokedAt: clock.now() })
      .where('name', '=', 'old')
      .execute()
    const reply = await app.inject({ url: '/api/v1/session', headers: { authorization: `Bearer ${token}` } })
    expect(reply.statusCode).toBe(401)
  })
})

describe('errors', () => {
  test('an unknown parameter is a 400 that names it', async () => {
    const headers = { authorization: `Bearer ${tokens.officer}` }
    const reply = await app.inject({ url: '/api/v1/indicators/growth?flow=export&hss=09', headers })
    expect(reply.statusCode).toBe(400)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(reply.json()).toMatchObject({
      status: 400,
      code: 'invalid-input',
      field: 'hss',
      allowed: 'no such field here',
    })
  })

  test('a parameter with another value than there may be is a 400 that names both', async () => {
    const headers = { authorization: `Bearer ${tokens.officer}` }
    const reply = await app.inject({ url: '/api/v1/indicators/growth?flow=EXPORT', headers })
    expect(reply.json()).toMatchObject({
      status: 400,
      field: 'flow',
      value: 'EXPORT',
      detail: expect.stringMatching(/^flow: EXPORT: one of export, import/),
    })
  })

  test('a refused secret is not said again', async () => {
    const payload = { email: 'a@example.cn', password: 'p'.repeat(5000) }
    const reply = await app.inject({ method: 'POST', url: '/api/v1/session', payload })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ field: 'password', value: '(not shown)' })
    expect(reply.body).not.toContain('ppp')
  })

  test('an unknown address is a 404 problem', async () => {
    const reply = await app.inject('/api/v1/nothing')
    expect(reply.json()).toMatchObject({
      status: 404,
      code: 'not-found',
      detail: 'GET /api/v1/nothing: no such address',
    })
  })

  test('a body that is no JSON is a 400', async () => {
    const headers = { 'content-type': 'application/json' }
    const reply = await app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: '{"email":' })
    expect(reply.statusCode).toBe(400)
  })
})

describe('state of the service', () => {
  test('it is alive, and not ready before the reference facts are loaded', async () => {
    expect((await app.inject('/api/v1/health')).json()).toEqual({ status: 'ok' })
    const ready = await app.inject('/api/v1/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toEqual({
      status: 'not-ready',
      database: 'ok',
      migrations: 'ok',
      reference: 'not loaded: countries, tariffs',
    })
  })

  test('the OpenAPI document describes every route', async () => {
    const document = (await app.inject('/api/v1/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/api/v1/indicators/structure')
  })
})
