import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import type { Mailer } from '../../src/mail.ts'
import { evaluateWarnings, flushOutbox } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, type Month, yearOf } from './trade.ts'

const first = '2026-04-20T03:00:00Z'
const people = Array.from({ length: 12 }, (_, index) => `person${index}@example.cn`)
const markets = Array.from({ length: 30 }, (_, index) => `${String.fromCharCode(65 + (index % 26))}${index}`)

let database: TestDatabase
let server: TestMailServer
let config: Config
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await freshDatabase()
  await addRule(database.db, ruleWith(), new Date(first))
  const each = (amount: number): Month => Object.fromEntries(markets.map((market) => [`${market}/1`, amount]))
  await loadMonths(
    database,
    yearOf(each(1000), { '2026-01': each(1000), '2026-02': each(1000), '2026-03': each(500) }),
    first,
  )
  return () => database.close()
})
beforeEach(async () => {
  await database.pool.query(
    'truncate warning, warning_event, subscription, digest, mail, bounced_address cascade',
  )
  await database.pool.query('update warning_rule set evaluated_through = null, evaluated_definition = null')
  await database.pool.query(
    `insert into subscription (email, name, created_at) select address, address, $2 from unnest($1::text[]) address`,
    [people, first],
  )
  server = await startMailServer()
  config = { ...readConfig({}), smtpUrl: `smtp://127.0.0.1:${server.port}` }
})
afterEach(async () => {
  await server.stop()
  for (const stop of stops.splice(0)) await stop()
})

/** An instance of the service: connections of its own. */
function instance() {
  const connection = connect(database.url, { max: 3 })
  stops.push(() => connection.close())
  return (at: string) => ({ connection, clock: fixedClock(at), config })
}

const arrived = () =>
  server.received.map(({ to, messageId }) => ({ to: [to ?? []].flat().map(({ text }) => text), messageId }))

test('two instances and a mail server that is away for a while: each digest arrives exactly once', async () => {
  const [one, two] = [instance(), instance()]
  await Promise.all([evaluateWarnings(one(first)), evaluateWarnings(two(first))])
  const { port } = server
  await server.stop()
  await Promise.all([flushOutbox(one(first)), flushOutbox(two(first))])
  server = await startMailServer({ port })
  for (const at of ['2026-04-20T03:01:00Z', '2026-04-20T03:10:00Z', '2026-04-20T04:10:00Z']) {
    await Promise.all([flushOutbox(one(at)), flushOutbox(two(at)), evaluateWarnings(one(at))])
  }
  expect(
    arrived()
      .flatMap(({ to }) => to)
      .sort(),
  ).toEqual([...people].sort())
  expect(new Set(arrived().map(({ messageId }) => messageId)).size).toBe(people.length)
})

test('an instance that dies between its decision and the sending loses no digest', async () => {
  const dying = connect(database.url, { max: 3 })
  await evaluateWarnings({ connection: dying, clock: fixedClock(first), config })
  await dying.close()
  expect(arrived()).toEqual([])
  expect(await flushOutbox(instance()(first))).toMatchObject({ sent: people.length, waiting: 0 })
  expect(arrived()).toHaveLength(people.length)
})

test('an instance that dies between the server’s yes and its own note sends the mail again under the same Message-ID', async () => {
  const one = instance()
  await evaluateWarnings(one(first))
  const sent: string[] = []
  const mailer = (dies: boolean): Mailer => ({
    close: () => {},
    async send({ messageId }) {
      sent.push(messageId)
      if (dies)
        await database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
        )
      return { ok: true, response: '250 taken' }
    },
  })
  await expect(flushOutbox(one(first), { mailer: mailer(true) })).rejects.toThrow()
  expect(sent).toHaveLength(1)
  await flushOutbox(instance()(first), { mailer: mailer(false) })
  expect(sent).toHaveLength(people.length + 1)
  expect(new Set(sent).size).toBe(people.length)
})

test('past the longest list the rest arrives as a CSV attachment', async () => {
  await evaluateWarnings(instance()(first))
  await flushOutbox(instance()(first))
  const [mail] = server.received
  const [attachment, more] = mail?.attachments ?? []
  expect(more).toBeUndefined()
  expect({ name: attachment?.filename, type: attachment?.contentType }).toEqual({
    name: 'warnings.csv',
    type: 'text/csv',
  })
  const lines = attachment?.content.toString('utf8').trimEnd().split('\r\n') ?? []
  expect(lines).toHaveLength(31)
  expect(lines[0]).toBe('\ufeff状态,级别,规则,对象,期间,本期,上年同期,币种,变化')
  expect(
    lines
      .slice(1)
      .every((line) => /^新增,警告,出口下降,贸易伙伴 \w+,2026-03,500,1000,USD,-0\.500000$/.test(line)),
  ).toBe(true)
  expect(mail?.text).toContain('另有 10 条，见附件。')
})
