import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccount } from '../../src/enterprises/queries.ts'
import { serviceLog } from '../../src/http/log.ts'
import { clock, firm, startTestService, type TestService } from './service.ts'

let service: TestService
let logged = ''
const password = 'correct horse battery'
const email = 'officer@example.cn'

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  })
  service = await startTestService({ log: serviceLog('debug', sink) })
  const account = { email, name: 'Officer', role: 'officer' as const, enterpriseId: null, password }
  await addAccount(service.owner.db, account, clock.now())
})
afterAll(() => service.close())

const signIn = (headers: Record<string, string> = {}, secret = password) =>
  service.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email, password: secret },
    headers,
  })

describe('a page of another site', () => {
  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'null', 'sec-fetch-site': 'none' }, 403],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 200],
    [{ origin: 'http://trade.example:8080', host: 'trade.example:8080' }, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
  ])('sending %j is answered %i', async (headers: Record<string, string>, status) => {
    expect((await signIn(headers)).statusCode).toBe(status)
  })

  test('reads nothing either: no answer allows another origin', async () => {
    const reply = await service.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/session',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    expect(reply.statusCode).toBe(403)
  })
})

test('pages run no script that is not a file of the service', async () => {
  const policy = String((await service.app.inject('/api/v1/health')).headers['content-security-policy'])
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("script-src-attr 'none'")
  expect(policy).toContain("object-src 'none'")
})

test('neither passwords nor tokens reach the log, which names each request', async () => {
  const cookie = (await signIn()).cookies[0]?.value ?? ''
  await signIn({}, 'a wrong password')
  const headers = {
    authorization: `Bearer ${service.tokens.enterprise}`,
    cookie: `tradewind_session=${cookie}`,
  }
  const reply = await service.app.inject({ url: `/api/v1/enterprises/${firm}`, headers })
  expect(reply.statusCode).toBe(200)
  await service.app.inject({
    method: 'PUT',
    url: '/api/v1/password',
    payload: { token: 'twl_guessed', password },
  })
  const refused = await service.app.inject({
    method: 'PUT',
    url: '/api/v1/password',
    payload: { token: 'twl_guessed', password: ['secret in a list'] },
  })
  for (const secret of [
    password,
    'a wrong password',
    cookie,
    'twl_guessed',
    ...Object.values(service.tokens),
  ]) {
    expect(secret.length).toBeGreaterThan(8)
    expect(logged).not.toContain(secret)
  }
  expect(logged).toContain(`"url":"/api/v1/enterprises/${firm}"`)
  expect(logged).toContain(refused.json().requestId)
})

test('a failure inside is logged under the request id and told to nobody', async () => {
  await service.owner.pool.query('alter table supplier rename to supplier_away')
  const headers = { authorization: `Bearer ${service.tokens.officer}` }
  const reply = await service.app.inject({ url: `/api/v1/enterprises/${firm}/suppliers`, headers })
  await service.owner.pool.query('alter table supplier_away rename to supplier')
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toMatch(/supplier|relation|select/)
  expect(logged).toMatch(new RegExp(`${reply.json().requestId}.*relation \\\\"supplier\\\\" does not exist`))
})

test('one address may send so many requests a minute, another is not held back by it', async () => {
  const limited = await startTestService({ env: { REQUESTS_PER_MINUTE: '3' } })
  const ask = (remoteAddress: string) => limited.app.inject({ url: '/api/v1/health', remoteAddress })
  const codes: number[] = []
  for (let sent = 0; sent < 4; sent += 1) codes.push((await ask('10.0.0.1')).statusCode)
  expect(codes).toEqual([200, 200, 200, 429])
  expect((await ask('10.0.0.2')).statusCode).toBe(200)
  await limited.close()
})

test('the metrics count requests by route, never by the address asked', async () => {
  await service.app.inject(`/api/v1/enterprises/${firm}`)
  const reply = await service.app.inject('/api/v1/metrics')
  expect(reply.headers['content-type']).toMatch(/^text\/plain; version=0.0.4/)
  expect(reply.body).toMatch(
    /tradewind_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/enterprises\/:enterprise",status="401"\} \d/,
  )
  expect(reply.body).toMatch(/^tradewind_database_bytes \d+/m)
  expect(reply.body).toMatch(/^tradewind_database_connections\{state="waiting"\} 0/m)
  expect(reply.body).not.toContain(firm)
})

describe('the metrics are told', () => {
  const token = 'a-secret-of-the-operator'
  const from = (app: TestService['app'], remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: '/api/v1/metrics', remoteAddress, headers }).then(({ statusCode }) => statusCode)

  test.each([
    ['127.0.0.1', {}, 200],
    ['127.8.9.1', {}, 200],
    ['::1', {}, 200],
    ['::ffff:127.0.0.1', {}, 200],
    ['10.0.0.5', {}, 403],
    ['::ffff:10.0.0.5', {}, 403],
    ['fe80::1', {}, 403],
    ['10.0.0.5', { 'x-forwarded-for': '127.0.0.1' }, 403],
    ['127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, 403],
    ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, 403],
    ['127.0.0.1', { 'x-forwarded-for': '' }, 403],
    ['127.0.0.1', { 'x-real-ip': '127.0.0.1' }, 403],
    ['127.0.0.1', { forwarded: 'for=127.0.0.1' }, 403],
    ['127.0.0.1', { via: '1.1 proxy' }, 403],
    ['10.0.0.5', { authorization: `Bearer ${token}` }, 403],
  ])('to a program on this machine alone: from %s with %j %i', async (address, headers, status) => {
    expect(await from(service.app, address, headers as Record<string, string>)).toBe(status)
  })

  test('where there is a token to whoever sends it, from wherever, and to nobody else', async () => {
    const guarded = await startTestService({ env: { METRICS_TOKEN: token } })
    const bearer = (text: string) => ({ authorization: `Bearer ${text}` })
    expect(await from(guarded.app, '10.0.0.5', bearer(token))).toBe(200)
    expect(await from(guarded.app, '127.0.0.1', { ...bearer(token), 'x-forwarded-for': '1.2.3.4' })).toBe(200)
    for (const given of [{}, bearer(''), bearer('x'), bearer(`${token}x`), bearer(guarded.tokens.admin)])
      expect(await from(guarded.app, '127.0.0.1', given)).toBe(401)
    const head = await guarded.app.inject({ method: 'HEAD', url: '/api/v1/metrics' })
    expect(head.statusCode).toBe(401)
    await guarded.close()
  })
})

/** As long as a machine that is busy with other tests may take. */
const patience = { timeout: 30_000 }

test('a stop answers what is being asked, takes nothing new, and ends', async () => {
  const stopping = await startTestService()
  const url = await stopping.app.listen({ host: '127.0.0.1', port: 0 })
  const lock = await stopping.owner.pool.connect()
  await lock.query('begin')
  await lock.query('lock table enterprise in access exclusive mode')
  const headers = { authorization: `Bearer ${stopping.tokens.officer}` }
  const asked = fetch(`${url}/api/v1/enterprises`, { headers })
  await expect
    .poll(async () => {
      const { rows } = await stopping.owner.pool.query(
        `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      return rows[0].waiting
    }, patience)
    .toBeGreaterThan(0)
  const closed = stopping.app.close()
  await expect
    .poll(
      () =>
        fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(500) }).then(
          (reply) => reply.status,
          (error) => error.name,
        ),
      patience,
    )
    .toBe('TypeError') // nobody listens
  await lock.query('rollback')
  lock.release()
  expect((await asked).status).toBe(200)
  await closed
  await stopping.close()
})
