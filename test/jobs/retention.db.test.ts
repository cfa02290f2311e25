import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { appRole, ensureAppRole } from '../../src/db/app-role.ts'
import { type Connection, connect } from '../../src/db/connect.ts'
import { deleteExpired } from '../../src/jobs/retention.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

const home = mkdtempSync(join(tmpdir(), 'tradewind-retention-'))
const clock = fixedClock('2026-11-23T01:00:00Z')
const days = { AUDIT: '200', MAIL: '100', REJECT: '50', PREVIEW: '7', ATTACHMENT: '30' }
const config = readConfig({
  TRADEWIND_HOME: home,
  ...Object.fromEntries(Object.entries(days).map(([name, value]) => [`KEEP_${name}_DAYS`, value])),
})
let owner: TestDatabase
let service: Connection

beforeAll(async () => {
  owner = await freshDatabase()
  await ensureAppRole(owner.pool)
  service = connect(owner.url, { max: 2, role: appRole })
})
afterAll(async () => {
  await service.close()
  await owner.close()
  rmSync(home, { recursive: true })
})

const ago = (count: number) => new Date(clock.now().getTime() - count * 86_400_000)

async function idsOf(table: string, column = 'id'): Promise<unknown[]> {
  return (await owner.pool.query(`select ${column} as id from ${table} order by 1`)).rows.map(({ id }) => id)
}

test('what is over its time goes, in batches, and what is not stays', async () => {
  const { pool } = owner
  await pool.query(`insert into account (email, name, role, created_at) values ('a@b', 'a', 'officer', $1)`, [
    ago(900),
  ])
  for (const [token, at] of [
    ['over', ago(0.1)],
    ['open', ago(-1)],
  ] as const) {
    await pool.query(
      `insert into session (token_hash, account_id, created_at, expires_at) values ($1, 1, $2, $2)`,
      [token, at],
    )
    await pool.query(
      `insert into account_link (token_hash, account_id, purpose, created_at, expires_at) values ($1, 1, 'reset', $2, $2)`,
      [token, at],
    )
    await pool.query(`insert into oidc_attempt values ($1, 'n', 'v', '/', $2)`, [token, at])
  }
  await pool.query(
    `insert into audit_entry (at, actor, role, action, subject, status, request_id)
     select $1, 'a', 'officer', 'GET /', n::text, 200, '' from generate_series(1, 2500) n`,
    [ago(201)],
  )
  await pool.query(
    `insert into audit_entry (at, actor, role, action, subject, status, request_id) values ($1, 'a', 'officer', 'GET /', 'kept', 200, '')`,
    [ago(199)],
  )
  const mails = [
    ['sent', 101],
    ['sent', 99],
    ['queued', 101],
    ['sent', 150],
    ['failed', 120],
  ] as const
  for (const [index, [state, age]] of mails.entries()) {
    await pool.query(
      `insert into mail (dedup_key, recipient, reason, subject, body_text, body_html, state, next_attempt_at, message_id, created_at, sent_at)
       values ($1, 'a@b', 'digest', '', '', '', $2, $3, $1, $3, $4)`,
      [String(index + 1), state, ago(age), state === 'sent' ? ago(age) : null],
    )
  }
  await pool.query(`insert into subscription (email, created_at) values ('a@b', $1)`, [ago(900)])
  // The older of two digests goes with its mail; a last one stays, however old.
  for (const [mail, age] of [
    [5, 120],
    [4, 110],
  ]) {
    await pool.query(
      `insert into digest (subscription_id, mail_id, reason, firing, resolved, last_event_id, created_at) values (1, $1, '', '{}', '{}', 0, $2)`,
      [mail, ago(age ?? 0)],
    )
  }
  for (const [index, [state, age]] of (
    [
      ['previewed', 8],
      ['previewed', 6],
      ['loaded', 800],
    ] as const
  ).entries()) {
    await pool.query(
      `insert into source_file (sha256, name, bytes, state, imported_by, received_at) values (repeat($1, 64), 'f', 1, $2, 'a', $3)`,
      [String(index), state, ago(age)],
    )
  }
  await pool.query(`insert into enterprise values ('9901260222', 'firm')`)
  for (const [state, age] of [
    ['closed', 31],
    ['closed', 29],
    ['answered', 400],
  ] as const) {
    await pool.query(
      `with q as (insert into question (enterprise_id, topic, title, state, asked_by, asked_at, updated_at)
         values ('9901260222', 'other', 't', $1, 'a', $2, $2) returning id)
       insert into question_attachment (enterprise_id, question_id, name, type, bytes, content, added_by, added_at)
         select '9901260222', id, 'f', 'text/plain', 1, 'x', 'a', $2 from q`,
      [state, ago(age)],
    )
  }
  for (const [folder, name, age] of [
    ['uploads', 'old', 8],
    ['uploads', 'new', 6],
    ['rejects', 'old', 51],
    ['rejects', 'new', 49],
  ] as const) {
    mkdirSync(join(home, folder), { recursive: true })
    writeFileSync(join(home, folder, name), 'x')
    utimesSync(join(home, folder, name), ago(age), ago(age))
  }

  expect(await deleteExpired({ connection: service, clock, config })).toEqual({
    ...{ sessions: 1, links: 1, signIns: 1, audit: 2500, digests: 1, mails: 2 },
    ...{ previews: 1, attachments: 1, files: 2 },
  })
  expect(await idsOf('session', 'token_hash')).toEqual(['open'])
  expect(await idsOf('account_link', 'token_hash')).toEqual(['open'])
  expect(await idsOf('oidc_attempt', 'state_hash')).toEqual(['open'])
  expect(await idsOf('audit_entry', 'subject')).toEqual(['kept'])
  expect(await idsOf('mail')).toEqual([2, 3, 4])
  expect(await idsOf('source_file', 'state')).toEqual(['dropped', 'loaded', 'previewed'])
  expect(await idsOf('question_attachment', 'content is not null')).toEqual([false, true, true])
  expect(
    ['uploads/old', 'uploads/new', 'rejects/old', 'rejects/new'].map((name) => existsSync(join(home, name))),
  ).toEqual([...[false, true, false, true]])
  const again = await deleteExpired({ connection: service, clock, config })
  expect(Object.values(again).every((count) => count === 0)).toBe(true)
})

test('the record of accesses can be cut short by no setting and no statement of the service', async () => {
  expect(() => readConfig({ KEEP_AUDIT_DAYS: '30' })).toThrow('KEEP_AUDIT_DAYS: 30: a whole number from 183')
  await expect(service.pool.query('delete from audit_entry')).rejects.toMatchObject({ code: '42501' })
})
