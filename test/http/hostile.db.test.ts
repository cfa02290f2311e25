import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccount } from '../../src/enterprises/queries.ts'
import { serviceLog } from '../../src/http/log.ts'
import { clock, firm, operationsOf, startTestService, type TestService } from './service.ts'

let service: TestService
let logged = ''
const password = 'correct horse battery'

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  })
  service = await startTestService({ log: serviceLog('info', sink) })
  const person = { email: 'officer@example.cn', name: 'O', role: 'officer' as const, enterpriseId: null }
  await addAccount(service.owner.db, { ...person, password }, clock.now())
})
afterAll(() => service.close())

const as = (role: keyof TestService['tokens']) => ({ authorization: `Bearer ${service.tokens[role]}` })

test('no answer of the API is kept by a browser or a proxy, unless the route says what may be', async () => {
  const kept: Record<string, string | undefined> = {}
  for (const path of [
    'session',
    'accounts',
    'enterprises',
    `enterprises/${firm}/products`,
    'nothing',
    'imports',
  ])
    kept[path] = (await service.app.inject({ url: `/api/v1/${path}`, headers: as('admin') })).headers[
      'cache-control'
    ]
  expect(new Set(Object.values(kept))).toEqual(new Set(['no-store']))
  const refused = await service.app.inject('/api/v1/accounts')
  expect([refused.statusCode, refused.headers['cache-control']]).toEqual([401, 'no-store'])
  const figures = await service.app.inject({ url: '/api/v1/indicators/datasets', headers: as('officer') })
  expect(figures.headers['cache-control']).toBe('private, no-cache')
})

test('over https no other host of the domain can set the cookie of a session', async () => {
  const secured = await startTestService({ env: { PUBLIC_URL: 'https://trade.example.cn' } })
  const person = { email: 'officer@example.cn', name: 'O', role: 'officer' as const, enterpriseId: null }
  await addAccount(secured.owner.db, { ...person, password }, clock.now())
  const payload = { email: person.email, password }
  const reply = await secured.app.inject({ method: 'POST', url: '/api/v1/session', payload })
  const [cookie] = reply.cookies
  expect(cookie).toMatchObject({
    ...{ name: '__Host-tradewind_session', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' },
  })
  expect(cookie?.domain).toBeUndefined()
  const ask = (name: string) =>
    secured.app.inject({ url: '/api/v1/session', cookies: { [name]: cookie?.value ?? '' } })
  expect((await ask('__Host-tradewind_session')).statusCode).toBe(200)
  expect((await ask('tradewind_session')).statusCode).toBe(401)
  await secured.close()
})

test('credentials that a browser adds by itself open no way around the check of the asking page', async () => {
  const signedIn = await service.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email: 'officer@example.cn', password },
  })
  const cookies = { tradewind_session: signedIn.cookies[0]?.value ?? '' }
  const write = (headers: Record<string, string>) =>
    service.app.inject({
      method: 'POST',
      url: '/api/v1/notices',
      cookies,
      headers: { origin: 'https://evil.example', ...headers },
      payload: { title: 'n', body: 'b', districts: [], chapters: [], endsOn: null },
    })
  for (const authorization of ['Basic dTpw', 'Digest username="u"', 'Negotiate abc'])
    expect((await write({ authorization })).statusCode).toBe(403)
  expect((await write({})).statusCode).toBe(403)
  expect((await write({ origin: 'http://127.0.0.1:3000' })).statusCode).toBe(201)
})

test('a failure of the database is logged without the row it names', async () => {
  await service.owner.pool.query(`alter table supplier add constraint refused check (name <> '机密供应商')`)
  const reply = await service.app.inject({
    method: 'POST',
    url: `/api/v1/enterprises/${firm}/suppliers`,
    headers: as('enterprise'),
    payload: { name: '机密供应商', country: 'JP' },
  })
  expect(reply.statusCode).toBe(500)
  expect(logged).toContain(reply.json().requestId)
  expect(logged).toContain('violates check constraint')
  expect(logged).not.toContain('机密供应商')
})

/** Cases of origin, whose engine names a field that is not its own, and the labels a silence is for. */
const readElsewhere = [
  'POST /api/v1/enterprises/{enterprise}/boms',
  'PUT /api/v1/enterprises/{enterprise}/boms/{id}',
  'POST /api/v1/warnings/silences',
]

test('every body of every operation is closed, at every depth: no field is taken that is not named', async () => {
  const open = operationsOf(service.app).flatMap(({ method, path, requestBody }) =>
    Object.values(requestBody?.content ?? {})
      .filter(({ schema }) => !isClosed(schema))
      .map(() => `${method} ${path}`),
  )
  expect(open).toEqual(readElsewhere)
})

function isClosed(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isClosed)
  if (typeof schema !== 'object' || schema === null) return true
  const { type, properties, additionalProperties, patternProperties } = schema as Record<string, unknown>
  if ((type === 'object' || properties) && additionalProperties !== false && !patternProperties) return false
  return Object.values(schema).every(isClosed)
}
