import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { invite } from '../../src/enterprises/link-queries.ts'
import { disableAccount } from '../../src/enterprises/people-queries.ts'
import { hashPassword } from '../../src/enterprises/secrets.ts'
import { newTotpSecret, totpCode } from '../../src/enterprises/totp.ts'
import { startProvider, type TestProvider } from '../helpers/oidc-provider.ts'
import { clock, firm, startTestService, type TestService } from '../http/service.ts'

let provider: TestProvider
let service: TestService
const person = { email: 'wang@example.cn', email_verified: true }

beforeAll(async () => {
  provider = await startProvider()
  service = await startTestService({
    env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'tradewind', OIDC_CLIENT_SECRET: 'secret' },
  })
  const { db } = service.owner
  await invite(
    db,
    { email: 'wang@example.cn', name: 'Wang', role: 'enterprise', enterpriseId: firm },
    clock.now(),
  )
  await invite(
    db,
    { email: 'gone@example.cn', name: 'Gone', role: 'officer', enterpriseId: null },
    clock.now(),
  )
  const gone = await db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'gone@example.cn')
    .executeTakeFirstOrThrow()
  await disableAccount(db, gone.id, clock.now())
})
afterAll(async () => {
  await service.close()
  await provider.close()
})
beforeEach(() => {
  provider.script = { claims: person }
})

async function start(next?: string) {
  const reply = await service.app.inject({
    url: '/api/v1/auth/oidc/start',
    query: next === undefined ? {} : { next },
    remoteAddress: nextAddress(),
  })
  const cookie = reply.cookies.find(({ name }) => name === 'tradewind_oidc')
  return { reply, cookie, location: String(reply.headers.location) }
}
/** Sign-ins are limited by address. */
let asked = 0
function nextAddress(): string {
  asked += 1
  return `10.0.0.${asked}`
}

async function callback(url: string, state: string | undefined) {
  const reply = await service.app.inject({
    url,
    cookies: state === undefined ? {} : { tradewind_oidc: state },
    remoteAddress: nextAddress(),
  })
  const session = reply.cookies.find(({ name, value }) => name === 'tradewind_session' && value !== '')
  return { status: reply.statusCode, location: reply.headers.location, session }
}

async function roundTrip(next?: string) {
  const { location, cookie } = await start(next)
  return await callback(provider.authorize(location), cookie?.value)
}

const refused = (failure: string) => ({
  status: 302,
  location: `/sign-in?failed=${failure}`,
  session: undefined,
})

describe('with an identity provider', () => {
  test('the page learns of it, and people are sent there with PKCE, state and nonce', async () => {
    const methods = await service.app.inject('/api/v1/auth/methods')
    expect(methods.json()).toEqual({ data: { password: true, oidc: true }, meta: {} })
    const { location, cookie } = await start()
    const asked = new URL(location)
    expect(asked.origin).toBe(provider.issuer)
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: 'tradewind',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:3000/api/v1/auth/oidc/callback',
      scope: 'openid email',
      state: cookie?.value,
      nonce: expect.stringMatching(/^.{43}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
    })
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api/v1/auth/oidc/callback' })
  })

  test('an invited person with a verified address gets a session, which is noted and ends like any other', async () => {
    const { status, location, session } = await roundTrip('/questions?state=open')
    expect([status, location]).toEqual([302, '/questions?state=open'])
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    const cookies = { tradewind_session: session?.value ?? '' }
    const who = await service.app.inject({ url: '/api/v1/session', cookies })
    expect(who.json().data).toMatchObject({ name: 'Wang', role: 'enterprise', enterpriseId: firm })
    const noted = await service.owner.db
      .selectFrom('auditEntry')
      .select(['actor', 'role', 'enterpriseId', 'action', 'subject'])
      .orderBy('id', 'desc')
      .executeTakeFirst()
    const path = '/api/v1/auth/oidc/callback'
    const role = 'enterprise'
    expect(noted).toEqual({ actor: 'Wang', role, enterpriseId: firm, action: `GET ${path}`, subject: path })
    await service.app.inject({ method: 'DELETE', url: '/api/v1/session', cookies })
    expect((await service.app.inject({ url: '/api/v1/session', cookies })).statusCode).toBe(401)
  })

  test('who has no password sets up a second factor within ten minutes of signing in, and later after signing in again', async () => {
    const { session } = await roundTrip()
    const cookies = { tradewind_session: session?.value ?? '' }
    const { pool } = service.owner
    const signedIn = (minutes: number) =>
      pool.query('update session set created_at = $1 where id = (select max(id) from session)', [
        new Date(clock.now().getTime() - minutes * 60_000),
      ])
    const factor = (method: 'POST' | 'PUT' | 'DELETE', payload?: object) =>
      service.app.inject({
        ...{ method, url: '/api/v1/second-factor', cookies, remoteAddress: nextAddress() },
        ...(payload && { payload }),
      })
    const { secret } = (await factor('POST')).json().data
    const code = (offset: number) => totpCode(secret, Math.floor(clock.now().getTime() / 30_000) + offset)
    for (const minutes of [11, 60 * 24, -11]) {
      await signedIn(minutes)
      for (const given of [{}, { password: '' }, { password: 'anything at all' }])
        expect((await factor('PUT', { secret, code: code(0), ...given })).json()).toMatchObject({
          ...{ status: 403, field: 'password' },
          allowed: 'a sign-in within the last 10 minutes: sign in again',
        })
    }
    await signedIn(10)
    expect((await factor('PUT', { secret, code: code(0) })).statusCode).toBe(204)
    await signedIn(11)
    expect((await factor('DELETE', { code: code(1) })).statusCode).toBe(403)
    await signedIn(0)
    expect((await factor('DELETE', { code: code(1) })).statusCode).toBe(204)
  })

  test('a sign-in at the provider stands for no password of a person who has one', async () => {
    const { db, pool } = service.owner
    const { session } = await roundTrip()
    const cookies = { tradewind_session: session?.value ?? '' }
    await pool.query('update account set password_hash = $1 where email = $2', [
      await hashPassword('correct horse battery'),
      person.email,
    ])
    const { accountId } = await db
      .selectFrom('session')
      .select('accountId')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const secret = newTotpSecret()
    const code = totpCode(secret, Math.floor(clock.now().getTime() / 30_000))
    const reply = await service.app.inject({
      ...{ method: 'PUT', url: '/api/v1/second-factor', cookies, remoteAddress: nextAddress() },
      payload: { secret, code },
    })
    expect(reply.json()).toMatchObject({ status: 403, allowed: 'the password you sign in with' })
    await pool.query('update account set password_hash = null where id = $1', [accountId])
  })

  test('the address may come from the user information', async () => {
    provider.script = { claims: {}, userInfo: person }
    expect((await roundTrip()).session).toBeDefined()
  })

  test.each([
    [
      'an address the provider has not verified',
      { claims: { ...person, email_verified: false } },
      'unverified',
    ],
    ['an address it says nothing about', { claims: { email: person.email } }, 'unverified'],
    ['verified in words only', { claims: { ...person, email_verified: 'true' } }, 'unverified'],
    ['an unknown person', { claims: { ...person, email: 'stranger@example.cn' } }, 'unknown-person'],
    ['a disabled person', { claims: { ...person, email: 'gone@example.cn' } }, 'unknown-person'],
    ['no address at all', { claims: {} }, 'provider'],
    ['another nonce', { claims: person, nonce: 'another' }, 'provider'],
    ['another issuer', { claims: person, issuer: 'https://evil.example' }, 'provider'],
    ['a token for another client', { claims: person, audience: 'another' }, 'provider'],
    ['a token that is over', { claims: { ...person, exp: 1_000_000_000 } }, 'provider'],
    ['a forged signature', { claims: person, forged: true }, 'provider'],
  ])('%s opens no session', async (_name, script, failure) => {
    provider.script = script
    expect(await roundTrip()).toEqual(refused(failure))
  })

  test('nobody is added', async () => {
    provider.script = { claims: { ...person, email: 'stranger@example.cn' } }
    await roundTrip()
    const found = await service.owner.db.selectFrom('account').select('email').orderBy('email').execute()
    expect(found.map(({ email }) => email)).toEqual(['gone@example.cn', 'wang@example.cn'])
  })

  test('an answer counts once, in the browser that asked, and not later', async () => {
    const one = await start()
    const back = provider.authorize(one.location)
    expect(await callback(back, undefined)).toEqual(refused('expired'))
    expect(await callback(back, (await start()).cookie?.value)).toEqual(refused('expired'))
    expect((await callback(back, one.cookie?.value)).session).toBeDefined()
    expect(await callback(back, one.cookie?.value)).toEqual(refused('expired'))
    const late = await start()
    await service.owner.pool.query(`update oidc_attempt set expires_at = $1`, [clock.now()])
    expect(await callback(provider.authorize(late.location), late.cookie?.value)).toEqual(refused('expired'))
  })

  test.each([
    '//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
  ])('afterwards nobody is sent to %s', async (next) => expect((await roundTrip(next)).location).toBe('/'))
})

test('a provider that does not answer is said to be the reason, and asked again next time', async () => {
  const env = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }
  const away = await startTestService({ env })
  const reply = await away.app.inject('/api/v1/auth/oidc/start')
  expect([reply.statusCode, reply.headers.location]).toEqual([302, '/sign-in?failed=provider'])
  await away.close()
})

test('without one there is nothing to start, and the page learns that too', async () => {
  const plain = await startTestService()
  expect((await plain.app.inject('/api/v1/auth/methods')).json().data).toEqual({
    password: true,
    oidc: false,
  })
  expect((await plain.app.inject('/api/v1/auth/oidc/start')).statusCode).toBe(404)
  const back = await plain.app.inject('/api/v1/auth/oidc/callback?code=x&state=y')
  expect([back.statusCode, back.headers.location]).toEqual([302, '/sign-in?failed=expired'])
  await plain.close()
})
