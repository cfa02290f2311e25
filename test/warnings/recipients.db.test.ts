import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { asker, type Caller, warningApp } from './app.ts'
import { bounceMessage } from './bounces.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const first = '2026-04-20T03:00:00Z'
const admin: Caller['principal'] = { name: '李局', role: 'admin', enterpriseId: null }
const caller: Caller = { principal: admin, now: first }
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

// the first five digits of an enterprise's code are its district
const [north, south] = ['9901000001', '9902000002']
beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, subscription_default, bounced_address, digest, mail, slice, trade_rollup, trade_flow, account, enterprise cascade',
  )
  await database.pool.query(`insert into enterprise (id, name) values ($1, '北方'), ($2, '南方')`, [
    north,
    south,
  ])
  await database.pool.query(
    `insert into account (email, name, role, enterprise_id, password_hash, created_at) values
     ('chief@example.cn', '李局', 'admin', null, '-', $1), ('left@example.cn', '王科', 'officer', null, '-', $1), ('firm@example.cn', '南方', 'enterprise', $2, '-', $1)`,
    [first, south],
  )
  await database.pool.query(`update account set disabled_at = $1 where email = 'left@example.cn'`, [first])
  caller.principal = admin
  await addRule(database.db, ruleWith(), new Date(first))
  const usual = { [`US/${north}`]: 1000, [`JP/${south}`]: 1000 }
  await loadMonths(
    database,
    yearOf(usual, {
      '2026-01': usual,
      '2026-02': usual,
      '2026-03': { [`US/${north}`]: 500, [`JP/${south}`]: 400 },
    }),
    first,
  )
})

const wanted = { language: 'zh', severities: ['warning'], topics: [], remindAfterDays: 30, active: true }
const association = { ...wanted, email: 'Hall@county.example.cn', name: '北县商务局', districts: ['99010'] }

async function mails(): Promise<Record<string, string>> {
  await evaluateWarnings({ connection: database, clock: fixedClock(first), config: readConfig({}) })
  const { rows } = await database.pool.query<{ recipient: string; body_text: string }>(
    'select recipient, body_text from mail order by id',
  )
  return Object.fromEntries(rows.map((row) => [row.recipient, row.body_text]))
}

describe('recipients', () => {
  test('are by role: officers and administrators unless their account is disabled, firms when the role says so', async () => {
    expect(Object.keys(await mails())).toEqual(['chief@example.cn'])
  })

  test('of a role that is switched on are subscribed, each firm to its own alone', async () => {
    const changed = {
      severities: ['warning'],
      topics: ['fall'],
      remindAfterDays: 10,
      escalations: true,
      active: true,
    }
    const { status, body } = await ask('PUT', '/warnings/subscription-defaults/enterprise', changed)
    expect(status).toBe(200)
    expect(body.data.at(-1)).toEqual({ ...changed, role: 'enterprise', escalations: false })
    const told = await mails()
    expect(Object.keys(told)).toEqual(['chief@example.cn', 'firm@example.cn'])
    expect(told['firm@example.cn']).toContain('南方')
    expect(told['firm@example.cn']).not.toContain('北方')
    expect(told['firm@example.cn']).not.toContain('tab=silences')
  })

  test('may be addresses without an account, for a region, with or without the names of firms', async () => {
    const { status, body } = await ask('POST', '/warnings/subscriptions', association)
    expect(status).toBe(201)
    expect(body.data).toMatchObject({
      email: 'hall@county.example.cn',
      name: '北县商务局',
      role: null,
      districts: ['99010'],
      namesEnterprises: false,
      own: false,
      bounced: null,
    })
    expect((await ask('POST', '/warnings/subscriptions', association)).status).toBe(409)
    const text = (await mails())['hall@county.example.cn'] ?? ''
    expect(text).toContain('贸易伙伴 US')
    expect(text).not.toContain('贸易伙伴 JP')
    expect(text).not.toContain('北方')
    expect(text).toContain('本邮箱由管理员登记')
    expect(text.match(/http\S+/g)).toEqual(['http://127.0.0.1:3000/api/v1/warnings/unsubscribe/-'])
  })

  test('are changed and taken away by an administrator; a person’s subscription is switched off', async () => {
    const { id } = (await ask('POST', '/warnings/subscriptions', association)).body.data
    const open = await ask('PUT', `/warnings/subscriptions/${id}`, { ...wanted, namesEnterprises: true })
    expect(open.body.data).toMatchObject({ districts: [], namesEnterprises: true, name: '北县商务局' })
    expect((await mails())['hall@county.example.cn']).toContain('北方')
    expect((await ask('DELETE', `/warnings/subscriptions/${id}`)).status).toBe(204)
    const [own] = (await ask('GET', '/warnings/subscriptions')).body.data
    expect((await ask('DELETE', `/warnings/subscriptions/${own.id}`)).status).toBe(204)
    expect((await ask('GET', '/warnings/subscriptions')).body.data).toMatchObject([
      { email: 'chief@example.cn', role: 'admin', active: false },
    ])
    expect((await ask('DELETE', '/warnings/subscriptions/999999')).status).toBe(404)
  })

  test.each([
    [{ ...association, email: 'no address' }, 400],
    [{ ...association, email: 'a@b.cn, c@d.cn' }, 400],
    [{ ...association, districts: ['north'] }, 400],
    [{ ...association, enterpriseId: '1234567890' }, 404],
  ])('like %j are refused', async (body, status) => {
    expect((await ask('POST', '/warnings/subscriptions', body)).status).toBe(status)
  })
})

describe('an address that bounced', () => {
  const report = { 'content-type': 'message/rfc822' }

  test('is marked by its report, shown on the subscription, and written to again when the mark is taken away', async () => {
    await ask('POST', '/warnings/subscriptions', association)
    await mails()
    await database.pool.query(`update mail set state = 'sent', sent_at = $1`, [first])
    const message = bounceMessage({ address: 'hall@county.example.cn' })
    const { status, body } = await ask('POST', '/warnings/mails/bounces', message, report)
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      marked: [{ address: 'hall@county.example.cn', status: '5.1.1' }],
      unknown: [],
    })
    expect((await ask('GET', '/warnings/subscriptions')).body.data).toContainEqual(
      expect.objectContaining({
        email: 'hall@county.example.cn',
        bounced: expect.objectContaining({ status: '5.1.1' }),
      }),
    )
    expect((await ask('GET', '/warnings/mails?state=bounced')).body.data).toMatchObject([
      { recipient: 'hall@county.example.cn', bounced: { status: '5.1.1' } },
    ])
    expect((await ask('GET', '/warnings/addresses')).body.data).toMatchObject([
      { address: 'hall@county.example.cn', source: 'report' },
    ])
    expect((await ask('DELETE', '/warnings/addresses/hall@county.example.cn')).status).toBe(204)
    expect((await ask('DELETE', '/warnings/addresses/hall@county.example.cn')).status).toBe(404)
  })

  test('is not found in a mail that is no report, nor in JSON', async () => {
    const ordinary = Buffer.from('From: a@b.cn\r\n\r\nhello')
    expect((await ask('POST', '/warnings/mails/bounces', ordinary, report)).status).toBe(422)
    expect((await ask('POST', '/warnings/mails/bounces', { message: 'x' })).status).toBe(400)
  })
})

test('one mail is shown with its attachment', async () => {
  await mails()
  const [{ id }] = (await ask('GET', '/warnings/mails')).body.data
  expect((await ask('GET', `/warnings/mails/${id}`)).body.data).toMatchObject({
    id,
    hasAttachment: false,
    attachment: null,
    bounced: null,
  })
  expect((await ask('GET', '/warnings/mails/999999')).status).toBe(404)
})
