import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { evaluateWarnings, flushOutbox } from '../../src/warnings/job.ts'
import { listBounced, takeBounce, unmarkBounced } from '../../src/warnings/mail/bounce-queries.ts'
import { readBounce } from '../../src/warnings/mail/bounce-read.ts'
import { findMail, listMails } from '../../src/warnings/mail/mail-queries.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { bounceMessage } from './bounces.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const first = '2026-04-20T03:00:00Z'
const later = '2026-05-20T03:00:00Z'
const gone = 'Gone@firm.example.cn'
let database: TestDatabase
let server: TestMailServer
let config: Config

beforeAll(async () => {
  database = await freshDatabase()
  server = await startMailServer({
    onRcptTo: ({ address }, _session, done) =>
      address === 'refused@example.cn'
        ? done(Object.assign(new Error('5.1.1 no such box'), { responseCode: 550 }))
        : done(),
  })
  config = { ...readConfig({}), smtpUrl: `smtp://127.0.0.1:${server.port}` }
})
afterAll(async () => {
  await server.stop()
  await database.close()
})

beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, digest, mail, bounced_address, slice, trade_rollup, trade_flow, account cascade',
  )
  server.received.length = 0
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

const subscribe = (...addresses: string[]) =>
  database.pool.query(
    `insert into subscription (email, name, created_at) select lower(address), address, $2 from unnest($1::text[]) address`,
    [addresses, first],
  )
const worldAt = (at: string) => ({ connection: database, clock: fixedClock(at), config })
const tellAt = async (at: string) => {
  await evaluateWarnings(worldAt(at))
  return await flushOutbox(worldAt(at))
}
const mails = () => listMails(database.db, { limit: 50 })
const recipients = () => server.received.flatMap(({ to }) => [to ?? []].flat().map(({ text }) => text))

describe('an address the server refuses for good', () => {
  test('is marked with what was said, its mail given up, and gets no later digest', async () => {
    await subscribe('refused@example.cn', 'fine@example.cn')
    expect(await tellAt(first)).toMatchObject({ sent: 1, failed: 1, waiting: 0 })
    expect(await listBounced(database.db)).toEqual([
      {
        address: 'refused@example.cn',
        status: '5.1.1',
        diagnostic: '550 5.1.1 no such box',
        source: 'reply',
        mailId: expect.any(Number),
        at: '2026-04-20T03:00:00.000Z',
      },
    ])
    await loadMonths(database, { '2026-04': { 'US/1': 100 } }, later)
    expect(await tellAt(later)).toMatchObject({ sent: 1, failed: 0 })
    expect(recipients()).toEqual(['fine@example.cn', 'fine@example.cn'])
    expect(await listMails(database.db, { state: 'bounced', limit: 5 })).toMatchObject([
      { recipient: 'refused@example.cn', state: 'failed', attempts: 1 },
    ])
  })
})

describe('a message that comes back later', () => {
  test('marks the address and the mail, which keeps the evidence of its delivery', async () => {
    await subscribe(gone)
    await tellAt(first)
    const [mail] = await mails()
    const report = await readBounce(bounceMessage({ address: gone, messageId: mail?.messageId ?? '' }))
    if (!report || !mail) throw new Error('no report')
    expect(await takeBounce(database.db, report, new Date(later))).toMatchObject({
      marked: [{ address: 'gone@firm.example.cn', status: '5.1.1' }],
      mails: [mail.id],
      unknown: [],
    })
    expect(await findMail(database.db, mail.id)).toMatchObject({
      state: 'sent',
      sentAt: '2026-04-20T03:00:00.000Z',
      smtpResponse: expect.stringMatching(/^250/),
      bounced: { at: '2026-05-20T03:00:00.000Z', status: '5.1.1' },
    })
    await loadMonths(database, { '2026-04': { 'US/1': 100 } }, later)
    expect(await tellAt(later)).toMatchObject({ sent: 0, failed: 0, waiting: 0 })
  })

  test('gives up what waits for the address, and what did not arrive is told when the mark is taken away', async () => {
    await subscribe(gone)
    await tellAt(first)
    await loadMonths(database, { '2026-04': { 'US/1': 100 } }, later)
    await evaluateWarnings(worldAt(later))
    const report = await readBounce(bounceMessage({ address: gone }))
    if (!report) throw new Error('no report')
    await takeBounce(database.db, report, new Date(later))
    expect(await mails()).toMatchObject([
      { state: 'failed', reason: 'worse' },
      { state: 'sent', reason: 'first' },
    ])
    await unmarkBounced(database.db, 'GONE@firm.example.cn')
    expect(await tellAt('2026-05-21T03:00:00Z')).toMatchObject({ sent: 1 })
    expect(await tellAt('2026-05-22T03:00:00Z')).toMatchObject({ sent: 0 })
    expect((await mails())[0]).toMatchObject({ state: 'sent', reason: 'first' })
    await expect(unmarkBounced(database.db, gone)).rejects.toThrow('an address that bounced')
  })

  test('about an address nothing was written to marks nobody', async () => {
    const report = await readBounce(bounceMessage({ address: 'stranger@example.cn' }))
    if (!report) throw new Error('no report')
    expect(await takeBounce(database.db, report, new Date(later))).toEqual({
      marked: [],
      mails: [],
      unknown: ['stranger@example.cn'],
    })
    expect(await listBounced(database.db)).toEqual([])
  })
})
