import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import { exposures } from '../../src/warnings/exposure-queries.ts'
import { evaluateWarnings, flushOutbox } from '../../src/warnings/job.ts'
import { findWarning, listWarnings } from '../../src/warnings/list-queries.ts'
import { loadDefaultRules } from '../../src/warnings/load.ts'
import { addRule, changeRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

let database: TestDatabase
let server: TestMailServer
let config: Config

beforeAll(async () => {
  database = await freshDatabase()
  server = await startMailServer()
  config = {
    ...readConfig({}),
    publicUrl: 'https://trade.example.cn',
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
  }
})
afterAll(async () => {
  await server.stop()
  await database.close()
})

const first = '2026-04-18T03:00:00Z'
const later = '2026-05-18T03:00:00Z'
const before = yearOf(
  { 'US/1': 600, 'US/2': 400, 'JP/1': 1000 },
  {
    '2026-01': { 'US/1': 600, 'US/2': 400, 'JP/1': 1000 },
    '2026-02': { 'US/1': 600, 'US/2': 400, 'JP/1': 1000 },
    '2026-03': { 'US/1': 100, 'US/2': 400, 'JP/1': 900 },
  },
)

beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, digest, mail, slice, trade_rollup, trade_flow, account cascade',
  )
  server.received.length = 0
  await database.pool.query(
    `insert into account (email, name, role, password_hash, created_at) values ('officer@example.cn', '王科', 'officer', '-', $1)`,
    [first],
  )
  await addRule(database.db, ruleWith(), new Date(first))
  await loadMonths(database, before, first)
})

const worldAt = (at: string, changes: Partial<Config> = {}) => ({
  connection: database,
  clock: fixedClock(at),
  config: { ...config, ...changes },
})
const subjects = () => server.received.map(({ subject }) => subject)
const reasonsOf = async (at: string) =>
  (await evaluateWarnings(worldAt(at))).mails.map(({ reason }) => reason)

describe('an evaluation', () => {
  test('stores what fires and mails it once, with the enterprises behind it', async () => {
    const report = await evaluateWarnings(worldAt(first))
    expect(report).toEqual({
      period: '2026-03',
      stored: true,
      rules: [
        {
          rule: 'fall-by-partner',
          series: 2,
          open: 1,
          pending: 0,
          noData: 0,
          transitions: { new: 1, worse: 0, revised: 0, resolved: 0 },
          error: null,
        },
      ],
      open: [
        {
          rule: 'fall-by-partner',
          labels: 'partner=US',
          since: '2026-03',
          period: '2026-03',
          value: '500',
          base: '1000',
          change: '-0.500000',
        },
      ],
      mails: [
        {
          to: 'officer@example.cn',
          reason: 'first',
          subject: '[外贸预警] 2026年3月：1 条预警触发中，新增 1 条',
        },
      ],
    })
    expect(await flushOutbox(worldAt(first))).toEqual({
      sent: 1,
      deferred: 0,
      failed: 0,
      waiting: 0,
      error: null,
    })
    const [mail] = server.received
    expect(mail?.subject).toBe('[外贸预警] 2026年3月：1 条预警触发中，新增 1 条')
    expect(mail?.text).toContain('- 1 0.0 万美元 ← 0.1 万美元')
    expect(mail?.html).toContain('<h1')
  })

  test('repeated changes nothing and mails nothing', async () => {
    await evaluateWarnings(worldAt(first))
    const state = await database.pool.query('select * from warning order by id')
    expect(await reasonsOf('2026-04-19T03:00:00Z')).toEqual([])
    expect((await database.pool.query('select * from warning order by id')).rows).toEqual(state.rows)
    await flushOutbox(worldAt(first))
    await flushOutbox(worldAt(first))
    expect(subjects()).toHaveLength(1)
  })

  test('by two instances at once mails once', async () => {
    const other = connect(database.url, { max: 3 })
    try {
      const reports = await Promise.all([
        evaluateWarnings(worldAt(first)),
        evaluateWarnings({ ...worldAt(first), connection: other }),
      ])
      expect(reports.flatMap(({ mails }) => mails)).toHaveLength(1)
      const sent = await Promise.all([
        flushOutbox(worldAt(first)),
        flushOutbox({ ...worldAt(first), connection: other }),
      ])
      expect(sent.reduce((sum, report) => sum + report.sent, 0)).toBe(1)
      expect(subjects()).toHaveLength(1)
    } finally {
      await other.close()
    }
  })

  test('of a period that is not loaded is refused, of one evaluated before it only shows', async () => {
    await expect(evaluateWarnings(worldAt(first), { asOfPeriod: '2026-04' })).rejects.toThrow(
      'as-of-period: 2026-04: a month up to 2026-03, the latest loaded',
    )
    await evaluateWarnings(worldAt(first))
    expect(await evaluateWarnings(worldAt(first), { asOfPeriod: '2026-02' })).toMatchObject({
      period: '2026-01/02',
      stored: false,
      open: [],
      mails: [],
    })
    expect(await listWarnings(database.db, { state: 'open' })).toHaveLength(1)
  })

  test('waits for February: a lone January is no period', async () => {
    await database.pool.query(
      `delete from trade_rollup where slice_id in (select id from slice where period >= '2026-02-01')`,
    )
    await database.pool.query(`delete from slice where period >= '2026-02-01'`)
    expect((await evaluateWarnings(worldAt(first))).period).toBe('2025-12')
  })
})

describe('from month to month', () => {
  test('a warning gets worse, then resolves, each said once', async () => {
    expect(await reasonsOf(first)).toEqual(['first'])
    await loadMonths(database, { '2026-04': { 'US/2': 100, 'JP/1': 1000 } }, later)
    expect(await reasonsOf(later)).toEqual(['worse'])
    await loadMonths(database, { '2026-05': { 'US/2': 1000, 'JP/1': 1000 } }, '2026-06-18T03:00:00Z')
    expect(await reasonsOf('2026-06-18T03:00:00Z')).toEqual(['all-resolved'])
    expect(await reasonsOf('2026-12-18T03:00:00Z')).toEqual([])
    const [warning] = await listWarnings(database.db, { state: 'resolved' })
    expect(warning).toMatchObject({ firedPeriod: '2026-03', resolvedPeriod: '2026-05', open: false })
  })

  test('a revision that takes a warning back sends one mail that says so', async () => {
    await evaluateWarnings(worldAt(first))
    await loadMonths(database, { '2026-03': { 'US/1': 900, 'JP/1': 900 } }, later)
    expect(await reasonsOf(later)).toEqual(['revised'])
    expect(await reasonsOf(later)).toEqual([])
    await flushOutbox(worldAt(later))
    expect(server.received.at(-1)?.text).toContain('数据修订后不再触发')
  })

  test('an import that is taken back takes back what it told, and tells it anew when it comes again', async () => {
    await loadMonths(database, { '2026-04': { 'US/1': 900, 'JP/1': 100 } }, later)
    expect(await reasonsOf(later)).toEqual(['first'])
    expect(await listWarnings(database.db, { state: 'open' })).toMatchObject([{ firedPeriod: '2026-04' }])
    const undone = '2026-05-19T03:00:00Z'
    await database.pool.query(`update slice set superseded_at = $1 where period = '2026-04-01'`, [undone])
    // March alone: the United States fall, as they did before, and Japan does not
    expect(await reasonsOf(undone)).toEqual(['revised'])
    expect(await listWarnings(database.db, { state: 'open' })).toMatchObject([
      { firedPeriod: '2026-03', state: 'no-data', value: null },
    ])
    expect(await reasonsOf(undone)).toEqual([])
    await flushOutbox(worldAt(undone))
    expect(server.received.at(-1)?.text).toContain('数据修订后不再触发')
    const again = '2026-05-20T03:00:00Z'
    await loadMonths(database, { '2026-04': { 'US/1': 900, 'JP/1': 100 } }, again)
    expect(await reasonsOf(again)).toEqual(['new'])
    expect(await listWarnings(database.db, { state: 'open' })).toMatchObject([{ firedPeriod: '2026-04' }])
  })

  test('all data taken back leave nothing firing for what is not there', async () => {
    await evaluateWarnings(worldAt(first))
    await database.pool.query('update slice set superseded_at = $1', [later])
    expect(await evaluateWarnings(worldAt(later))).toMatchObject({
      period: '2026-03',
      stored: true,
      open: [],
    })
    expect(await listWarnings(database.db, { state: 'open' })).toEqual([])
    expect(await reasonsOf(later)).toEqual([])
  })

  test('nothing changed for a month brings a reminder', async () => {
    await evaluateWarnings(worldAt(first))
    expect(await reasonsOf('2026-05-17T03:00:00Z')).toEqual([])
    expect(await reasonsOf('2026-05-18T03:00:00Z')).toEqual(['reminder'])
  })

  test('a changed rule is named as the cause', async () => {
    await evaluateWarnings(worldAt(first))
    await changeRule(database.db, ruleWith({ for: 2 }), new Date(later))
    expect(await reasonsOf(later)).toEqual(['revised'])
    await flushOutbox(worldAt(later))
    expect(server.received.at(-1)?.text).toContain('规则已修改，结论随之变化')
  })
})

describe('the outbox', () => {
  const rows = () =>
    database.db
      .selectFrom('mail')
      .select(['state', 'attempts', 'lastError', 'smtpResponse', 'nextAttemptAt'])
      .execute()

  test('keeps mails while the server is away and delivers each once when it is back', async () => {
    await evaluateWarnings(worldAt(first))
    await server.stop()
    const away = await flushOutbox(worldAt(first))
    expect(away).toMatchObject({ sent: 0, deferred: 1, failed: 0, waiting: 1 })
    expect(await flushOutbox(worldAt(first))).toMatchObject({ sent: 0, deferred: 0, waiting: 1 })
    expect(await rows()).toEqual([
      {
        state: 'queued',
        attempts: 1,
        lastError: expect.stringContaining('ECONNREFUSED'),
        smtpResponse: null,
        nextAttemptAt: new Date('2026-04-18T03:01:00Z'),
      },
    ])
    server = await startMailServer({ port: server.port })
    expect(await flushOutbox(worldAt('2026-04-18T03:01:00Z'))).toMatchObject({ sent: 1, waiting: 0 })
    expect(await flushOutbox(worldAt('2026-04-19T03:01:00Z'))).toMatchObject({ sent: 0, waiting: 0 })
    expect(subjects()).toHaveLength(1)
    expect(await rows()).toMatchObject([
      { state: 'sent', attempts: 2, smtpResponse: expect.stringMatching(/^250/) },
    ])
  })

  test('gives up a mail the server will never take', async () => {
    const refusing = await startMailServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('no such box'), { responseCode: 550 })),
    })
    await evaluateWarnings(worldAt(first))
    expect(await flushOutbox(worldAt(first, { smtpUrl: `smtp://127.0.0.1:${refusing.port}` }))).toMatchObject(
      {
        failed: 1,
        waiting: 0,
      },
    )
    await refusing.stop()
    expect(await rows()).toMatchObject([{ state: 'failed', lastError: expect.stringContaining('550') }])
  })

  test('waits where no mail server is configured', async () => {
    await evaluateWarnings(worldAt(first))
    expect(await flushOutbox(worldAt(first, { smtpUrl: null }))).toMatchObject({ sent: 0, waiting: 1 })
  })
})

test('exposed enterprises are those behind the series, with both amounts', async () => {
  await evaluateWarnings(worldAt(first))
  const [{ id } = { id: 0 }] = await listWarnings(database.db, { state: 'open' })
  const { warning, rule } = await findWarning(database.db, id)
  const found = await exposures(database.db, rule, { warnings: [warning], asOf: new Date(first) })
  expect(found.get(id)).toEqual({
    enterprises: [
      { id: '1', name: '1', value: '100', base: '600', districts: ['1'] },
      { id: '2', name: '2', value: '400', base: '400', districts: ['2'] },
    ],
    districts: ['1', '2'],
  })
})

test('default rules are put into an empty database only', async () => {
  expect(await loadDefaultRules(database.db, new Date(first))).toBe(0)
  await database.pool.query('truncate warning_rule cascade')
  expect(await loadDefaultRules(database.db, new Date(first))).toBeGreaterThan(0)
  expect((await evaluateWarnings(worldAt(first))).rules.every(({ error }) => error === null)).toBe(true)
})
