import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { buildApp } from '../../src/http/app.ts'
import { evaluateWarnings, flushOutbox } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { patient } from '../http/service.ts'
import { asker, type Caller, warningApp } from './app.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const first = '2026-04-20T03:00:00Z'
const later = '2026-06-30T03:00:00Z'
const admin: Caller['principal'] = { name: '李局', role: 'admin', enterpriseId: null }
const caller: Caller = { principal: admin, now: first }
const [hall, other] = ['hall@county.example.cn', 'club@county.example.cn']
let database: TestDatabase
let server: TestMailServer
let app: FastifyInstance
const ask = asker(() => app)

beforeAll(async () => {
  database = await freshDatabase()
  app = await warningApp(database, caller)
  await addRule(database.db, ruleWith(), new Date(first))
  await loadMonths(
    database,
    yearOf(
      { 'US/1': 1000 },
      { '2026-01': { 'US/1': 1000 }, '2026-02': { 'US/1': 1000 }, '2026-03': { 'US/1': 500 } },
    ),
    first,
  )
})
afterAll(async () => {
  await app.close()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('truncate warning, warning_event, subscription, digest, mail, account cascade')
  await database.pool.query('update warning_rule set evaluated_through = null, evaluated_definition = null')
  await database.pool.query(
    `insert into account (email, name, role, password_hash, created_at) values ('chief@example.cn', '李局', 'admin', '-', $1)`,
    [first],
  )
  await database.pool.query(
    `insert into subscription (email, name, language, created_at) values ($1, '北县商务局', 'zh', $3), ($2, 'Club', 'en', $3)`,
    [hall, other, first],
  )
  server = await startMailServer()
})
afterEach(() => server.stop())

const config = (publicUrl: string) => ({
  ...readConfig({ PUBLIC_URL: publicUrl }),
  smtpUrl: `smtp://127.0.0.1:${server.port}`,
})

/** What each address got, after an evaluation at an instant. */
async function delivered(at = first, publicUrl = 'https://trade.example.cn') {
  const world = { connection: database, clock: fixedClock(at), config: config(publicUrl) }
  await evaluateWarnings(world)
  await flushOutbox(world)
  return new Map(server.received.map((mail) => [[mail.to ?? []].flat()[0]?.text ?? '', mail]))
}

/** The path of the link in a mail. */
function linkIn(text: string | undefined): string {
  const path = /https?:\/\/[^/\s]+\/api\/v1(\/warnings\/unsubscribe\/\S+)/.exec(text ?? '')?.[1]
  if (!path) throw new Error(`no link in ${text}`)
  return path
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const oneClick = Buffer.from('List-Unsubscribe=One-Click')
const rowOf = async (email: string) =>
  (await ask('GET', '/warnings/subscriptions')).body.data.find(
    (row: { email: string }) => row.email === email,
  )

describe('an address without an account', () => {
  test('has in its mail the link and the headers of one-click unsubscribing, and nobody else has them', async () => {
    const mails = await delivered()
    const mail = mails.get(hall)
    const link = `https://trade.example.cn/api/v1${linkIn(mail?.text)}`
    expect(mail?.text).toContain(`退订：${link}`)
    expect(mail?.html).toContain(`href="${link}"`)
    const [header] = mail?.headerLines.filter(({ key }) => key === 'list-unsubscribe') ?? []
    expect(header?.line.replace(/\s+/, ' ')).toBe(`List-Unsubscribe: <${link}>`)
    expect(mail?.headers.get('list')).toMatchObject({
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    })
    const chief = mails.get('chief@example.cn')
    expect(chief?.headers.get('list')).toBeUndefined()
    expect(chief?.text).not.toContain('/unsubscribe/')
  })

  test('is not asked to post without TLS', async () => {
    const mail = (await delivered(first, 'http://10.0.0.5:3000')).get(hall)
    expect(mail?.headers.get('list')).toEqual({
      unsubscribe: { url: `http://10.0.0.5:3000/api/v1${linkIn(mail?.text)}` },
    })
  })

  test('is asked before it is unsubscribed, as programs that look into mails open links', async () => {
    const link = linkIn((await delivered()).get(hall)?.text)
    for (const _ of [1, 2]) {
      const page = await ask('GET', link)
      expect(page.status).toBe(200)
      expect(page.body).toContain('<form method="post">')
      expect(page.body).toContain(hall)
    }
    const { headers } = await app.inject(link)
    expect(headers['cache-control']).toBe('no-store')
    expect(await rowOf(hall)).toMatchObject({ active: true, unsubscribedAt: null })
  })

  test('gets no mail any more after the click, neither what waits nor what comes, and the bureau sees it', async () => {
    const link = linkIn((await delivered()).get(hall)?.text)
    server.received.length = 0
    await database.pool.query(`update mail set state = 'queued', sent_at = null where recipient = $1`, [hall])
    caller.now = '2026-04-21T03:00:00Z'
    const answer = await ask('POST', link, oneClick, form)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('已退订')
    expect(await rowOf(hall)).toMatchObject({ active: false, unsubscribedAt: '2026-04-21T03:00:00.000Z' })
    expect(await rowOf(other)).toMatchObject({ active: true, unsubscribedAt: null })
    caller.now = '2026-04-22T03:00:00Z'
    expect((await ask('POST', link, oneClick, form)).status).toBe(200)
    expect(await rowOf(hall)).toMatchObject({ unsubscribedAt: '2026-04-21T03:00:00.000Z' })
    expect((await ask('GET', link)).body).not.toContain('<form')
    expect([...(await delivered(later)).keys()].sort()).toEqual(['chief@example.cn', other])
    const { rows } = await database.pool.query('select state, last_error from mail where recipient = $1', [
      hall,
    ])
    expect(rows).toEqual([{ state: 'failed', last_error: 'not sent: its recipient is subscribed no more' }])
  })

  test('may click in a program that sends a multipart form', async () => {
    const link = linkIn((await delivered()).get(other)?.text)
    const body =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await ask('POST', link, Buffer.from(body), headers)).body).toContain('Unsubscribed')
  })

  test('is written to again when an administrator switches its mails on', async () => {
    const link = linkIn((await delivered()).get(hall)?.text)
    await ask('POST', link, oneClick, form)
    const { id } = await rowOf(hall)
    const wanted = { language: 'zh', severities: ['warning'], topics: [], remindAfterDays: 30, active: false }
    await ask('PUT', `/warnings/subscriptions/${id}`, wanted)
    expect((await rowOf(hall)).unsubscribedAt).not.toBeNull()
    await ask('PUT', `/warnings/subscriptions/${id}`, { ...wanted, active: true })
    expect(await rowOf(hall)).toMatchObject({ active: true, unsubscribedAt: null })
  })
})

test('a token is of one address: changed, cut, of another or of one taken away it does nothing', async () => {
  const mails = await delivered()
  const link = linkIn(mails.get(hall)?.text)
  const [id = '', mac = ''] = link.split('/').at(-1)?.split('.') ?? []
  const [otherId = ''] = linkIn(mails.get(other)?.text).split('/').at(-1)?.split('.') ?? []
  const wrong = [
    `${otherId}.${mac}`,
    `${id}.${mac.slice(1)}`,
    `${id}.`,
    id,
    '-',
    `1e999.${mac}`,
    `99999999999999999999.${mac}`,
  ]
  for (const token of wrong)
    for (const method of ['GET', 'POST'] as const)
      expect((await ask(method, `/warnings/unsubscribe/${token}`)).status, token).toBe(404)
  expect((await ask('POST', `/warnings/unsubscribe/${'x'.repeat(81)}`)).status).toBe(400)
  await database.pool.query('update subscription set email = $1 where email = $2', [
    'new@county.example.cn',
    hall,
  ])
  expect((await ask('POST', link, oneClick, form)).status).toBe(404)
  await database.pool.query('delete from subscription where id = $1', [otherId])
  expect((await ask('POST', linkIn(mails.get(other)?.text), oneClick, form)).status).toBe(404)
  expect(await rowOf('new@county.example.cn')).toMatchObject({ active: true })
})

test('the button of a mail program on the web comes from its own site, and nothing else may', async () => {
  const link = linkIn((await delivered()).get(hall)?.text)
  const whole = await buildApp({
    connection: database,
    clock: fixedClock(first),
    config: config('https://trade.example.cn'),
    inbox: null,
    lateness: patient,
  })
  const webmail = { origin: 'https://webmail.example', 'sec-fetch-site': 'cross-site' }
  const post = (path: string, payload: Buffer | object, headers: Record<string, string>) =>
    whole.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...webmail, ...headers }, payload })
  expect((await post('/warnings/unsubscribe/1.x', oneClick, form)).statusCode).toBe(404)
  const clicked = await post(link, oneClick, form)
  expect([clicked.statusCode, clicked.headers['referrer-policy']]).toEqual([200, 'no-referrer'])
  expect(clicked.headers['access-control-allow-origin']).toBeUndefined()
  expect(await rowOf(hall)).toMatchObject({ active: false })
  const credentials = { email: 'chief@example.cn', password: 'x' }
  for (const path of ['/session', '/password-resets', '/warnings/subscriptions'])
    expect((await post(path, credentials, {})).json(), path).toMatchObject({ status: 403, code: 'forbidden' })
  const removed = await whole.inject({ method: 'DELETE', url: '/api/v1/session', headers: webmail })
  expect(removed.statusCode).toBe(403)
  await whole.close()
})

test('no token is kept in the database or shown with the mails that were sent', async () => {
  const token =
    linkIn((await delivered()).get(hall)?.text)
      .split('/')
      .at(-1) ?? ''
  const { rows } = await database.pool.query<{ whole: string }>(
    'select to_jsonb(mail)::text as whole from mail',
  )
  expect(rows).toHaveLength(3)
  expect(rows.map(({ whole }) => whole).join()).not.toContain(token.split('.')[1])
  expect(JSON.stringify((await ask('GET', '/warnings/mails')).body)).not.toContain(token.split('.')[1])
})
