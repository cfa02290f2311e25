import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { scheduleState } from '../../src/warnings/mail/schedule-queries.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

// a Monday noon in Shanghai; digests are due on working days at nine
const start = '2026-04-20T04:00:00Z'
const dueAt = '2026-04-21T01:00:00Z'
const config = readConfig({ WARNING_SCHEDULE: 'working-days 09:00' })
let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, digest, mail, schedule_run, slice, trade_rollup, trade_flow, account cascade',
  )
  await database.pool.query(
    `insert into subscription (email, name, created_at) values ('a@example.cn', 'a', $1)`,
    [start],
  )
  await addRule(database.db, ruleWith(), new Date(start))
  await loadMonths(
    database,
    yearOf(
      { 'US/1': 1000 },
      { '2026-01': { 'US/1': 1000 }, '2026-02': { 'US/1': 1000 }, '2026-03': { 'US/1': 500 } },
    ),
    start,
  )
})

const judgeAt = async (at: string, connection = database as Pick<TestDatabase, 'db' | 'pool' | 'close'>) => {
  const { mails } = await evaluateWarnings(
    { connection, clock: fixedClock(at), config },
    { tell: 'when-due' },
  )
  return mails.map(({ reason }) => reason)
}

describe('digests that wait for their time', () => {
  test('are made when it has come, of what was stored since', async () => {
    expect(await judgeAt(start)).toEqual([])
    expect(await judgeAt('2026-04-21T00:59:00Z')).toEqual([])
    expect(await judgeAt(dueAt)).toEqual(['first'])
    expect(await judgeAt(dueAt)).toEqual([])
  })

  test('that were missed while the service was down are made up for once', async () => {
    await judgeAt(start)
    await loadMonths(database, { '2026-04': { 'US/1': 300 } }, '2026-04-28T00:00:00Z')
    expect(await judgeAt('2026-04-29T07:00:00Z')).toEqual(['first'])
    expect(await judgeAt('2026-04-29T07:01:00Z')).toEqual([])
    expect(await scheduleState(database.db, config, new Date('2026-04-29T07:02:00Z'))).toEqual({
      lastRun: new Date('2026-04-29T07:00:00Z'),
      next: new Date('2026-04-30T01:00:00Z'),
    })
  })

  test('are made by one of two instances', async () => {
    await judgeAt(start)
    const other = connect(database.url, { max: 2 })
    try {
      const reasons = await Promise.all([judgeAt(dueAt), judgeAt(dueAt, other)])
      expect(reasons.flat()).toEqual(['first'])
    } finally {
      await other.close()
    }
  })
})
