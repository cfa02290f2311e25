import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { changeRole } from '../../src/enterprises/admin-queries.ts'
import { disableAccount } from '../../src/enterprises/people-queries.ts'
import { insertAccount } from '../../src/enterprises/queries.ts'
import type { Mailer } from '../../src/mail.ts'
import { flushOutbox } from '../../src/warnings/job.ts'
import { clock, firm, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
const now = clock.now()

beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service.close())
beforeEach(() => service.owner.pool.query('truncate mail, subscription, account cascade'))

function addPerson(name: string, enterpriseId: string | null): Promise<{ id: number }> {
  const role = enterpriseId === null ? ('officer' as const) : ('enterprise' as const)
  const person = { email: `${name}@example.cn`, name, role, enterpriseId, passwordHash: null }
  return insertAccount(service.owner.db, person, now)
}

/** A digest that waits for the subscription of a person. */
async function queueDigest(accountId: number, enterpriseId: string | null): Promise<void> {
  await service.owner.pool.query(
    `with asked as (insert into subscription (email, account_id, enterprise_id, created_at)
       select email, id, $2::text, $3 from account where id = $1 returning id, email)
     insert into mail (subscription_id, dedup_key, recipient, reason, subject, body_text, body_html, next_attempt_at, message_id, created_at)
     select id, 'digest', email, 'new', 'Digest', 'text', 'text', $3, '<digest@t>', $3 from asked`,
    [accountId, enterpriseId, now],
  )
}

/** Mails that wait because a firm asked or the bureau answered; of the former only where the latter is not asked for. */
async function queueAboutQuestion(byBureau: boolean): Promise<void> {
  const post = (role: 'enterprise' | 'officer', path: string, payload: object) =>
    service.app.inject({
      method: 'POST',
      url: `/api/v1/enterprises/${firm}/questions${path}`,
      headers: { authorization: `Bearer ${service.tokens[role]}` },
      payload,
    })
  const question = { topic: 'origin', title: '原产地标准', body: '能否满足？' }
  const { data } = (await post('enterprise', '', question)).json()
  if (byBureau) await post('officer', `/${data.id}/entries`, { body: '可以。' })
}

/** What was sent to whom, and what the outbox keeps about each mail. */
async function flush() {
  const sent: string[] = []
  const mailer: Mailer = {
    send: async ({ to }) => {
      sent.push(to)
      return { ok: true, response: '250 ok' }
    },
    close: () => {},
  }
  const world = { connection: service.connection, clock, config: readConfig({}) }
  const { failed, waiting, error } = await flushOutbox(world, { mailer })
  const { rows } = await service.owner.pool.query(
    'select recipient, state, last_error as why, attempts from mail order by id',
  )
  return { sent, report: { failed, waiting, error }, kept: rows }
}

const withheld = (recipient: string, why: string) => ({ recipient, state: 'failed', why, attempts: 0 })
const elsewhere = 'not sent: its recipient is no longer of whom it was written for'

test('what waits for a person who was disabled meanwhile is not sent, and kept with the reason', async () => {
  const { id } = await addPerson('leaving', null)
  await addPerson('staying', null)
  await queueDigest(id, null)
  await queueAboutQuestion(false)
  await disableAccount(service.owner.db, id, now)
  const disabled = 'not sent: the account of its recipient is disabled'
  expect(await flush()).toEqual({
    sent: ['staying@example.cn'],
    report: { failed: 2, waiting: 0, error: null },
    kept: [
      withheld('leaving@example.cn', disabled),
      withheld('leaving@example.cn', disabled),
      { recipient: 'staying@example.cn', state: 'sent', why: null, attempts: 1 },
    ],
  })
})

test('what waits for a person of the bureau is not sent to one of a firm, and a digest not without its subscription', async () => {
  const { id } = await addPerson('moving', null)
  await queueDigest(id, null)
  await queueAboutQuestion(false)
  await changeRole(service.owner.db, id, { role: 'enterprise', enterpriseId: firm })
  expect(await flush()).toEqual({
    sent: [],
    report: { failed: 2, waiting: 0, error: null },
    kept: [
      withheld('moving@example.cn', 'not sent: its recipient is subscribed no more'),
      withheld('moving@example.cn', elsewhere),
    ],
  })
})

test('what waits for a person of a firm is not sent to one of another', async () => {
  const { id } = await addPerson('moving', firm)
  await addPerson('staying', firm)
  await queueAboutQuestion(true)
  await changeRole(service.owner.db, id, { role: 'enterprise', enterpriseId: otherFirm })
  const { sent, kept } = await flush()
  expect(sent).toEqual(['staying@example.cn'])
  expect(kept[0]).toEqual(withheld('moving@example.cn', elsewhere))
})

test('what waits for who unsubscribed meanwhile is not sent', async () => {
  const { id } = await addPerson('tired', null)
  await queueDigest(id, null)
  await service.owner.pool.query('update subscription set active = false')
  expect((await flush()).kept).toEqual([
    withheld('tired@example.cn', 'not sent: its recipient is subscribed no more'),
  ])
})

test('who becomes an administrator, or stays what they were, gets what waited', async () => {
  const { id } = await addPerson('rising', null)
  await queueDigest(id, null)
  await queueAboutQuestion(false)
  await changeRole(service.owner.db, id, { role: 'admin' })
  expect((await flush()).sent).toEqual(['rising@example.cn', 'rising@example.cn'])
})
