import fastify, { type InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestReset, setPasswordByLink } from '../../src/enterprises/link-queries.ts'
import { openSession, signIn as trySignIn } from '../../src/enterprises/queries.ts'
import { newTotpSecret, totpCode } from '../../src/enterprises/totp.ts'
import type { AppError } from '../../src/errors.ts'
import { auditRequests } from '../../src/http/audit.ts'
import type { Principal } from '../../src/http/schema.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { clock, firm, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
let mails: TestMailServer
const password = 'correct horse battery'

beforeAll(async () => {
  mails = await startMailServer()
  service = await startTestService({ env: { SMTP_URL: `smtp://127.0.0.1:${mails.port}` } })
})
afterAll(async () => {
  await service.close()
  await mails.stop()
})

const asAdmin = (options: InjectOptions) =>
  service.app.inject({ ...options, headers: { authorization: `Bearer ${service.tokens.admin}` } })
let visitors = 0
/** From an address of its own, so that the limits of one test do not meet another's. */
const visit = (options: InjectOptions) => {
  visitors += 1
  return service.app.inject({ ...options, remoteAddress: `10.0.0.${visitors}` })
}
const signIn = (payload: object) => visit({ method: 'POST', url: '/api/v1/session', payload })
const setPassword = (token: string, to = password) =>
  visit({ method: 'PUT', url: '/api/v1/password', payload: { token, password: to } })

async function invite(email: string, role = 'officer', enterpriseId: string | null = null): Promise<string> {
  const payload = { email, name: email, role, enterpriseId }
  const reply = await asAdmin({ method: 'POST', url: '/api/v1/accounts', payload })
  expect(reply.statusCode).toBe(201)
  return reply.json().data.link.split('#')[1]
}

/** An invited person who set the password, and the cookie of a session. */
async function person(email: string, role = 'officer', enterpriseId: string | null = null) {
  await setPassword(await invite(email, role, enterpriseId))
  const value = (await signIn({ email, password })).cookies[0]?.value ?? ''
  return { cookies: { tradewind_session: value } }
}

describe('an invitation', () => {
  test('is mailed, sets a password once, and opens the door', async () => {
    const token = await invite('Li@example.cn')
    expect(mails.received.at(-1)?.text).toContain(`/set-password#${token}`)
    expect((await signIn({ email: 'li@example.cn', password })).statusCode).toBe(401)
    expect((await setPassword(token, 'short')).json()).toMatchObject({
      field: 'password',
      value: '(not shown)',
    })
    expect((await setPassword(token)).statusCode).toBe(204)
    expect((await setPassword(token)).statusCode).toBe(401)
    expect((await signIn({ email: 'li@example.cn', password })).statusCode).toBe(200)
  })

  test('is over after three days, and its token is stored as a hash only', async () => {
    const token = await invite('late@example.cn')
    const { rows } = await service.owner.pool.query(
      `select string_agg(x, ' ') as stored from (
        select account_link::text as x from account_link union all select mail::text from mail
        union all select audit_entry::text from audit_entry) rows`,
    )
    expect(rows[0].stored).not.toContain(token)
    await service.owner.pool.query(
      `update account_link set expires_at = $1 where account_id = (select id from account where email = 'late@example.cn')`,
      [clock.now()],
    )
    expect((await setPassword(token)).statusCode).toBe(401)
  })

  test('of an address that is there already, or a firm that is not, is refused', async () => {
    await invite('twice@example.cn')
    const again = { email: 'TWICE@example.cn', name: 'x', role: 'officer' }
    expect((await asAdmin({ method: 'POST', url: '/api/v1/accounts', payload: again })).statusCode).toBe(409)
    const nowhere = { email: 'a@b.cn', name: 'x', role: 'enterprise', enterpriseId: '9999999999' }
    expect((await asAdmin({ method: 'POST', url: '/api/v1/accounts', payload: nowhere })).statusCode).toBe(
      400,
    )
  })
})

test('a reset answers the same for everybody, mails a link, and ends every session', async () => {
  const { cookies } = await person('reset@example.cn')
  const ask = (email: string) => visit({ method: 'POST', url: '/api/v1/password-resets', payload: { email } })
  const [known, unknown] = [await ask('Reset@example.cn'), await ask('nobody@example.cn')]
  expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body])
  await expect.poll(() => mails.received.at(-1)?.subject).toContain('Password reset')
  const token = /set-password#(\S+)/.exec(mails.received.at(-1)?.text ?? '')?.[1] ?? ''
  expect((await setPassword(token, 'another good one')).statusCode).toBe(204)
  expect((await service.app.inject({ url: '/api/v1/session', cookies })).statusCode).toBe(401)
  expect((await signIn({ email: 'reset@example.cn', password })).statusCode).toBe(401)
  expect((await signIn({ email: 'reset@example.cn', password: 'another good one' })).statusCode).toBe(200)
})

test('a person lists the own sessions and ends one; nobody else’s', async () => {
  const first = await person('sessions@example.cn')
  const other = await person('stranger@example.cn')
  await signIn({ email: 'sessions@example.cn', password })
  const listed = (await service.app.inject({ url: '/api/v1/sessions', ...first })).json().data
  expect(listed.map((session: { current: boolean }) => session.current)).toEqual([false, true])
  const end = (who: object) =>
    service.app.inject({ method: 'DELETE', url: `/api/v1/sessions/${listed[1].id}`, ...who })
  expect((await end(other)).statusCode).toBe(404)
  expect((await end(first)).statusCode).toBe(204)
  expect((await service.app.inject({ url: '/api/v1/sessions', ...first })).statusCode).toBe(401)
})

test('a disabled person is out at once', async () => {
  const { cookies } = await person('leaver@example.cn')
  const accounts = (await asAdmin({ url: '/api/v1/accounts' })).json().data
  const { id } = accounts.find((account: { email: string }) => account.email === 'leaver@example.cn')
  expect((await asAdmin({ method: 'DELETE', url: `/api/v1/accounts/${id}` })).statusCode).toBe(204)
  expect((await service.app.inject({ url: '/api/v1/session', cookies })).statusCode).toBe(401)
  expect((await signIn({ email: 'leaver@example.cn', password })).statusCode).toBe(401)
})

describe('tokens', () => {
  const make = async (options: object) =>
    (
      await asAdmin({
        method: 'POST',
        url: '/api/v1/tokens',
        payload: { name: 'erp', role: 'enterprise', enterpriseId: firm, ...options },
      })
    ).json().data.token
  const use = (token: string, options: InjectOptions) =>
    service.app.inject({ ...options, headers: { authorization: `Bearer ${token}` } })
  const products = `/api/v1/enterprises/${firm}/products`

  test('one that may read does not change anything', async () => {
    const token = await make({})
    expect((await use(token, { url: products })).statusCode).toBe(200)
    const payload = { code: 'T1', name: 'tea', hs: '090210' }
    expect((await use(token, { method: 'POST', url: products, payload })).statusCode).toBe(403)
    const writing = await make({ scope: 'write' })
    expect((await use(writing, { method: 'POST', url: products, payload })).statusCode).toBe(201)
  })

  test('are listed without their secret and stop working when revoked or over', async () => {
    const token = await make({ days: 1 })
    const listed = (await asAdmin({ url: '/api/v1/tokens' })).json().data
    expect(JSON.stringify(listed)).not.toContain(token)
    const { id, expiresAt } = listed.at(-1)
    expect(expiresAt).toBe('2026-11-24T01:00:00.000Z')
    expect((await asAdmin({ method: 'DELETE', url: `/api/v1/tokens/${id}` })).statusCode).toBe(204)
    expect((await use(token, { url: products })).statusCode).toBe(401)
    const over = await make({ days: 1 })
    await service.owner.pool.query('update api_token set expires_at = $1 where id > $2', [clock.now(), id])
    expect((await use(over, { url: products })).statusCode).toBe(401)
  })

  test('are made by an administrator who gives the password once more, and by a program that may change', async () => {
    const { cookies } = await person('tokens@example.cn', 'admin')
    const payload = { name: 'erp', role: 'enterprise', enterpriseId: firm }
    const attempt = (secret: object) =>
      visit({ method: 'POST', url: '/api/v1/tokens', cookies, payload: { ...payload, ...secret } })
    const before = (await asAdmin({ url: '/api/v1/tokens' })).json().meta.rows
    for (const secret of [{}, { password: '' }, { password: 'wrong password' }])
      expect((await attempt(secret)).json()).toMatchObject({ status: 403, field: 'password' })
    expect((await asAdmin({ url: '/api/v1/tokens' })).json().meta.rows).toBe(before)
    expect((await attempt({ password })).statusCode).toBe(201)
    const programs = { role: 'admin', enterpriseId: null }
    const [reads, writes] = [
      await make({ ...programs, scope: 'read' }),
      await make({ ...programs, scope: 'write' }),
    ]
    const byProgram = (token: string) => use(token, { method: 'POST', url: '/api/v1/tokens', payload })
    expect([(await byProgram(reads)).statusCode, (await byProgram(writes)).statusCode]).toEqual([403, 201])
  })

  test('are neither seen, made nor revoked by a firm, and none is somebody’s second factor', async () => {
    const token = await make({ scope: 'write' })
    const { id } = (await asAdmin({ url: '/api/v1/tokens' })).json().data.at(-1)
    const { cookies } = await person('firm-tokens@example.cn', 'enterprise', otherFirm)
    const payload = { name: 'x', role: 'enterprise', enterpriseId: otherFirm, password }
    const tries: InjectOptions[] = [
      { url: '/api/v1/tokens' },
      { method: 'POST', url: '/api/v1/tokens', payload },
      { method: 'DELETE', url: `/api/v1/tokens/${id}` },
    ]
    for (const asked of tries)
      expect([(await visit({ ...asked, cookies })).statusCode, (await use(token, asked)).statusCode]).toEqual(
        [403, 403],
      )
    expect((await use(token, { url: products })).statusCode).toBe(200)
    expect((await use(token, { url: '/api/v1/second-factor' })).statusCode).toBe(409)
  })

  test('few passwords can be tried for one from an address, as at the sign-in', async () => {
    const { cookies } = await person('guesser@example.cn', 'admin')
    const payload = { name: 'erp', role: 'officer', password: 'wrong password' }
    const attempt = (secret: object) => ({
      ...({ method: 'POST', url: '/api/v1/tokens', cookies, remoteAddress: '10.4.0.1' } as const),
      payload: { ...payload, ...secret },
    })
    for (let tried = 0; tried < 10; tried += 1)
      expect((await service.app.inject(attempt({}))).statusCode).toBe(403)
    expect((await service.app.inject(attempt({ password }))).statusCode).toBe(429)
  })
})

/** The second factor of whoever has these cookies. */
const factorOf = (cookies: Record<string, string>) => (method: Method, payload?: object) =>
  visit({ method, url: '/api/v1/second-factor', cookies, ...(payload ? { payload } : {}) })
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

test('a second factor is asked for, and a code works once', async () => {
  const { cookies } = await person('careful@example.cn')
  const send = factorOf(cookies)
  const factor = (method: Method, payload?: object) => send(method, payload && { ...payload, password })
  const { secret } = (await factor('POST')).json().data
  const code = (offset: number) => totpCode(secret, Math.floor(clock.now().getTime() / 30_000) + offset)
  expect((await factor('PUT', { secret: newTotpSecret(), code: code(-1) })).statusCode).toBe(400)
  expect((await factor('PUT', { secret, code: code(-1) })).statusCode).toBe(204)
  const credentials = { email: 'careful@example.cn', password }
  expect((await signIn(credentials)).json()).toMatchObject({ status: 401, field: 'code' })
  expect((await signIn({ ...credentials, code: code(-1) })).statusCode).toBe(401)
  expect(
    (await signIn({ ...credentials, password: 'wrong password', code: code(0) })).json().field,
  ).toBeUndefined()
  const both = await Promise.all([0, 0].map(() => signIn({ ...credentials, code: code(0) })))
  expect(both.map((reply) => reply.statusCode).sort()).toEqual([200, 401])
  expect((await factor('DELETE', { code: code(1) })).statusCode).toBe(204)
  expect((await signIn(credentials)).statusCode).toBe(200)
})

test('a session that was left open neither sets up a second factor nor takes it away: the password is asked for', async () => {
  const { cookies } = await person('open-desk@example.cn')
  const factor = factorOf(cookies)
  const state = async () => (await factor('GET')).json()
  expect(await state()).toEqual({ data: { on: false }, meta: {} })
  const { secret } = (await factor('POST')).json().data
  const code = (offset: number) => totpCode(secret, Math.floor(clock.now().getTime() / 30_000) + offset)
  const refused = { status: 403, field: 'password' }
  for (const wrong of [{}, { password: '' }, { password: 'wrong password' }])
    expect((await factor('PUT', { secret, code: code(0), ...wrong })).json()).toMatchObject(refused)
  expect(await state()).toEqual({ data: { on: false }, meta: {} })
  expect((await factor('PUT', { secret, code: code(0), password })).statusCode).toBe(204)
  expect(await state()).toEqual({ data: { on: true }, meta: {} })
  for (const wrong of [{}, { password: 'wrong password' }])
    expect((await factor('DELETE', { code: code(1), ...wrong })).json()).toMatchObject(refused)
  expect(await state()).toEqual({ data: { on: true }, meta: {} })
  expect((await factor('DELETE', { code: code(1), password })).statusCode).toBe(204)
})

test('few passwords can be tried at a second factor from an address', async () => {
  const { cookies } = await person('tried@example.cn')
  const attempt = () =>
    service.app.inject({
      ...{ method: 'DELETE', url: '/api/v1/second-factor', cookies, remoteAddress: '10.4.0.2' },
      payload: { code: '000000', password: 'wrong password' },
    })
  const ends: number[] = []
  for (let tried = 0; tried < 11; tried += 1) ends.push((await attempt()).statusCode)
  expect(ends).toEqual([...Array(10).fill(403), 429])
})

test('of the million codes of a second factor few can be tried, wherever from and at whatever moment', async () => {
  const { db, pool } = service.owner
  const { cookies } = await person('guessed@example.cn')
  const account = { email: 'guessed@example.cn' }
  const secret = newTotpSecret()
  await pool.query('update account set totp_secret = $1 where email = $2', [secret, account.email])
  const at = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)
  const right = (now: Date) => totpCode(secret, Math.floor(now.getTime() / 30_000))
  const wrong = String((Number(right(clock.now())) + 7) % 1_000_000).padStart(6, '0')
  const attempt = (code: string | undefined, now: Date) =>
    trySignIn(db, { ...account, password, ...(code !== undefined && { code }) }, now).then(
      (session) => (session ? 'in' : 'out'),
      (error: AppError) => error.code,
    )
  for (let asked = 0; asked < 12; asked += 1) expect(await attempt(undefined, at(0))).toBe('unauthenticated')
  const guesses = await Promise.all(Array.from({ length: 30 }, () => attempt(wrong, at(0))))
  expect(guesses.filter((end) => end === 'unauthenticated')).toHaveLength(10)
  expect(guesses.filter((end) => end === 'too-many-requests')).toHaveLength(20)
  expect(await attempt(right(at(14)), at(14))).toBe('too-many-requests')
  const removed = await service.app.inject({
    method: 'DELETE',
    url: '/api/v1/second-factor',
    cookies,
    payload: { code: right(at(0)), password },
  })
  expect([removed.statusCode, removed.json().code]).toEqual([429, 'too-many-requests'])
  expect(await attempt(right(at(16)), at(16))).toBe('in')
  for (const code of Array(9).fill(wrong)) expect(await attempt(code, at(16))).toBe('unauthenticated')
  expect(await attempt(right(at(17)), at(17))).toBe('in')
})

test('what ends every session ends one that is just being opened with the former password', async () => {
  const { db } = service.owner
  await person('hasty@example.cn')
  const before = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', 'hasty@example.cn')
    .executeTakeFirstOrThrow()
  const link = await requestReset(db, 'hasty@example.cn', clock.now())
  await setPasswordByLink(db, { token: link?.token ?? '', password: 'another good password' }, clock.now())
  expect(await openSession(db, before, clock.now())).toBeNull()
  const { passwordHash } = await db
    .selectFrom('account')
    .select('passwordHash')
    .where('id', '=', before.id)
    .executeTakeFirstOrThrow()
  expect(await openSession(db, { ...before, passwordHash }, clock.now())).not.toBeNull()
})

test('nobody’s inbox is filled with links: so many are open at a time, and a used one makes room', async () => {
  const { db } = service.owner
  await person('flooded@example.cn')
  const links: (string | undefined)[] = []
  for (let asked = 0; asked < 7; asked += 1)
    links.push((await requestReset(db, 'flooded@example.cn', clock.now()))?.token)
  expect(links.map((token) => token !== undefined)).toEqual([true, true, true, true, true, false, false])
  await setPasswordByLink(db, { token: links[0] ?? '', password }, clock.now())
  expect(await requestReset(db, 'flooded@example.cn', clock.now())).not.toBeNull()
})

test('a session that somebody else chose is none, and signing in makes another', async () => {
  await person('fixed@example.cn')
  const chosen = { tradewind_session: 'tws_chosen' }
  const reply = await service.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    cookies: chosen,
    payload: { email: 'fixed@example.cn', password },
    remoteAddress: '10.3.0.1',
  })
  expect(reply.cookies[0]?.value).toMatch(/^tws_.{32}$/)
  expect((await service.app.inject({ url: '/api/v1/session', cookies: chosen })).statusCode).toBe(401)
})

test.each([
  'victim@x.cn,thief@evil.example',
  'a,b@evil.example',
  '<thief@evil.example>',
  'thief@evil.example(wang',
  'wang@x.cn\r\nBcc: thief@evil.example',
  '"wang"@x.cn',
  'wang\u200b@x.cn',
])('no account has an address like %j, which mail servers read as another or as several', async (email) => {
  const payload = { email, name: 'W', role: 'officer' }
  const headers = { authorization: `Bearer ${service.tokens.admin}` }
  const reply = await service.app.inject({ method: 'POST', url: '/api/v1/accounts', headers, payload })
  expect([reply.statusCode, reply.json().field]).toEqual([400, 'email'])
})

test('the record names who changed what, who of the bureau saw a firm, and what was exported', async () => {
  await service.owner.pool.query('truncate audit_entry')
  const as = (role: 'officer' | 'enterprise', options: InjectOptions) =>
    service.app.inject({
      ...options,
      headers: { ...options.headers, authorization: `Bearer ${service.tokens[role]}` },
    })
  await as('officer', { url: `/api/v1/enterprises/${firm}/products` })
  await as('enterprise', { url: `/api/v1/enterprises/${firm}/products` })
  await as('enterprise', { url: `/api/v1/enterprises/${otherFirm}/products` })
  await as('enterprise', {
    method: 'POST',
    url: `/api/v1/enterprises/${firm}/suppliers`,
    payload: { name: 'garden', country: 'CN' },
  })
  await as('officer', { url: '/api/v1/reference/hs?q=09' })
  await as('officer', { url: '/api/v1/reference/hs?q=09', headers: { accept: 'text/csv' } })
  const entries = (await asAdmin({ url: '/api/v1/audit' })).json().data
  expect(
    entries.map((entry: Record<string, string>) => [entry.actor, entry.action, entry.subject].join(' ')),
  ).toEqual([
    'officer GET /api/v1/reference/hs /api/v1/reference/hs?q=09',
    `firm POST /api/v1/enterprises/:enterprise/suppliers /api/v1/enterprises/${firm}/suppliers`,
    `officer GET /api/v1/enterprises/:enterprise/products /api/v1/enterprises/${firm}/products`,
  ])
})

test('the record names people by their name, never by their address', async () => {
  const payload = { email: 'named@example.cn', name: '王科长', role: 'officer', enterpriseId: null }
  const { link } = (await asAdmin({ method: 'POST', url: '/api/v1/accounts', payload })).json().data
  await setPassword(link.split('#')[1])
  await service.owner.pool.query('truncate audit_entry')
  const value = (await signIn({ email: payload.email, password })).cookies[0]?.value ?? ''
  await visit({ url: `/api/v1/enterprises/${firm}/products`, cookies: { tradewind_session: value } })
  const { rows } = await service.owner.pool.query(
    'select actor, action, audit_entry::text as whole from audit_entry order by id',
  )
  expect(rows.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    '王科长 POST /api/v1/session',
    '王科长 GET /api/v1/enterprises/:enterprise/products',
  ])
  expect(rows.map(({ whole }) => whole).join()).not.toContain(payload.email)
})

test('a computed answer about a firm is on record as one that was looked up, and its export too', async () => {
  await service.owner.pool.query('truncate audit_entry')
  const app = fastify()
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    const { role = '' } = request.headers
    request.principal = { name: role, role, enterpriseId: role === 'enterprise' ? firm : null } as Principal
  })
  auditRequests(app, { connection: service.connection, clock })
  for (const path of ['/analysis/pivot', '/rcep/advice']) app.post(path, async () => ({}))
  app.get('/indicators/firms', async () => ({}))
  const post = (url: string, payload: object, role = 'officer') =>
    app.inject({ method: 'POST', url, payload, headers: { role } })
  await post('/analysis/pivot', { rows: 'partner' })
  await post('/analysis/pivot', { rows: 'partner', columns: 'enterprise' })
  await post('/analysis/pivot', { rows: 'hs2', enterprise: firm })
  await post('/analysis/pivot?format=csv', { rows: 'hs2' })
  await post('/rcep/advice', { enterprise: firm }, 'enterprise')
  await app.inject({ url: '/indicators/firms', headers: { role: 'officer' } })
  await app.close()
  const { rows } = await service.owner.pool.query('select actor, subject from audit_entry order by id')
  expect(rows.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual([
    'officer /analysis/pivot',
    `officer /analysis/pivot enterprise=${firm}`,
    'officer /analysis/pivot?format=csv',
    'officer /indicators/firms',
  ])
})
