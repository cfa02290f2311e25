import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handleErrors } from '../../src/http/errors.ts'
import { limitRequests } from '../../src/http/limits.ts'
import { operationsOf, startTestService, type TestService } from './service.ts'

let service: TestService

beforeAll(async () => {
  service = await startTestService({ env: { UPLOAD_LIMIT_MB: '1' } })
})
afterAll(() => service.close())

const officer = () => ({ authorization: `Bearer ${service.tokens.officer}` })

function form(bytes: number, fields = 0): { payload: Buffer; headers: Record<string, string> } {
  const part = (name: string, content: string) =>
    `--x\r\ncontent-disposition: form-data; ${name}\r\n\r\n${content}\r\n`
  const file = part('name="file"; filename="a.csv"', 'a'.repeat(bytes))
  const payload = Buffer.from(`${part('name="flow"', 'export').repeat(fields)}${file}--x--\r\n`)
  return { payload, headers: { ...officer(), 'content-type': 'multipart/form-data; boundary=x' } }
}

const post = (
  request: { payload: Buffer | string; headers: Record<string, string> },
  url = '/api/v1/imports',
) => service.app.inject({ method: 'POST', url, remoteAddress: '10.1.0.1', ...request })

test('a body beyond two megabytes is a 413 that says so', async () => {
  const headers = { ...officer(), 'content-type': 'application/json' }
  const payload = JSON.stringify({ good: { hs: '1'.repeat(2 * 1024 * 1024) } })
  const reply = await post({ payload, headers }, '/api/v1/rcep/origin/verdict')
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([
    413,
    'application/problem+json; charset=utf-8',
  ])
})

test('a file beyond the limit is a 413 that names it, and so are too many fields', async () => {
  expect((await post(form(1024 * 1024 + 1))).json()).toMatchObject({
    status: 413,
    code: 'too-large',
    field: 'file',
  })
  expect((await post(form(10, 11))).statusCode).toBe(413)
})

test('a request has two minutes to arrive and its head one, so that slow senders hold no connection for long', () => {
  const { requestTimeout, headersTimeout, maxRequestsPerSocket } = service.app.server
  expect({ requestTimeout, headersTimeout, maxRequestsPerSocket }).toEqual({
    requestTimeout: 120_000,
    headersTimeout: 60_000,
    maxRequestsPerSocket: 0,
  })
})

test('every number in an address has an upper end that a number carries exactly', () => {
  const ids = operationsOf(service.app).flatMap(({ method, path, parameters }) =>
    parameters
      .filter((one) => one.in === 'path' && one.schema.type === 'integer')
      .map(({ schema }) => [`${method} ${path}`, Number.isSafeInteger(schema.maximum)]),
  )
  expect(ids.length).toBeGreaterThan(20)
  expect(ids.filter(([, bounded]) => !bounded)).toEqual([])
})

test('one address may send sixty uploads a minute, and is told when to go on', async () => {
  const send = () =>
    service.app.inject({
      method: 'POST',
      url: '/api/v1/imports',
      remoteAddress: '10.1.0.2',
      headers: officer(),
    })
  const codes: number[] = []
  for (let sent = 0; sent < 60; sent += 1) codes.push((await send()).statusCode)
  expect(new Set(codes)).toEqual(new Set([400]))
  const refused = await send()
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'too-many-requests'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})

test('callers who are refused are counted by their address as well', async () => {
  const limited = await startTestService({ env: { REQUESTS_PER_MINUTE: '3' } })
  const guess = (url: string) =>
    limited.app.inject({ url, headers: { authorization: 'Bearer twt_guessed' }, remoteAddress: '10.1.0.3' })
  const codes: number[] = []
  for (const url of ['/api/v1/accounts', '/api/v1/nothing', '/api/v1/accounts', '/api/v1/accounts'])
    codes.push((await guess(url)).statusCode)
  expect(codes).toEqual([401, 404, 401, 429])
  await limited.close()
})

test('what makes much work has a limit of its own for every account, over all its addresses and routes', async () => {
  const limited = await startTestService({ env: { COSTLY_REQUESTS_PER_MINUTE: '2' } })
  const ask = async (role: 'enterprise' | 'officer', path: string, remoteAddress: string) => {
    const headers = { authorization: `Bearer ${limited.tokens[role]}` }
    const [url, method] = [`/api/v1${path}`, path === '/bom-table' ? ('POST' as const) : ('GET' as const)]
    const reply = await limited.app.inject({ method, url, headers, remoteAddress })
    return [reply.statusCode, reply.json().code]
  }
  expect(await ask('enterprise', '/rcep/opportunities?top=wrong', '10.2.0.1')).toEqual([400, 'invalid-input'])
  expect(await ask('enterprise', '/bom-table', '10.2.0.2')).toEqual([400, 'invalid-input'])
  expect(await ask('enterprise', '/rcep/opportunities', '10.2.0.3')).toEqual([429, 'too-many-requests'])
  expect(await ask('enterprise', '/session', '10.2.0.3')).toEqual([200, undefined])
  expect(await ask('officer', '/rcep/opportunities?top=wrong', '10.2.0.1')).toEqual([400, 'invalid-input'])
  await limited.close()
})

test('a caller who leaves before being counted is no failure of the service', async () => {
  const failures: unknown[] = []
  const app = fastify({ logger: false })
  handleErrors(app)
  app.addHook('onRequest', async (request) => {
    Object.defineProperty(request, 'ip', { value: undefined })
    request.log.error = (...told: unknown[]) => void failures.push(told)
  })
  await limitRequests(app, { requestsPerMinute: 10, costlyPerMinute: 10 })
  app.get('/work', { config: { rateLimit: { max: 1, timeWindow: '1 minute' } } }, async () => 'done')
  expect((await app.inject('/work')).statusCode).toBe(200)
  expect(failures).toEqual([])
  await app.close()
})

test('a service that falls behind turns requests away with a time to come back, its health apart, and recovers', async () => {
  const app = fastify()
  handleErrors(app)
  await limitRequests(
    app,
    { requestsPerMinute: 1_000_000, costlyPerMinute: 1_000_000 },
    { maxEventLoopDelay: 50, sampleInterval: 20 },
  )
  app.get('/work', async () => 'done')
  app.get('/health', async () => 'ok')
  await app.ready()
  const fallBehind = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  await expect
    .poll(
      async () => {
        fallBehind()
        await new Promise(setImmediate)
        const [work, health] = await Promise.all([app.inject('/work'), app.inject('/health')])
        expect(health.statusCode).toBe(200)
        return [work.statusCode, work.headers['retry-after']]
      },
      { interval: 1, timeout: 20_000 },
    )
    .toEqual([503, '2'])
  await expect.poll(async () => (await app.inject('/work')).statusCode).toBe(200)
  await app.close()
})
