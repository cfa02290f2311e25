import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { asker, type Caller, warningApp } from './app.ts'
import { ruleWith } from './rules.ts'
import { loadMonths } from './trade.ts'

const first = '2026-04-20T03:00:00Z'
const later = '2026-05-20T03:00:00Z'
const caller: Caller = { principal: { name: '王科', role: 'officer', enterpriseId: null }, now: later }
let database: TestDatabase
let app: FastifyInstance
let id: number
const ask = asker(() => app)

beforeAll(async () => {
  database = await freshDatabase()
  app = await warningApp(database, caller)
  await database.pool.query(
    `insert into subscription (email, name, created_at) values ('a@example.cn', 'a', $1)`,
    [first],
  )
  await addRule(database.db, ruleWith(), new Date(first))
  // growth of 10 % and 20 % by turns before the fall: the band is known from its second year on
  const year = (factor: number, from: number) =>
    Object.fromEntries(
      Array.from({ length: 12 }, (_, month) => [
        `${from}-${String(month + 1).padStart(2, '0')}`,
        { 'US/1': Math.round(1000 * factor * (from > 2024 && month % 2 ? 1.1 : 1)) },
      ]),
    )
  await loadMonths(database, { ...year(1, 2024), ...year(1.1, 2025) }, first)
  await loadMonths(
    database,
    { '2026-01': { 'US/1': 1200 }, '2026-02': { 'US/1': 1300 }, '2026-03': { 'US/1': 500 } },
    first,
  )
  await evaluateWarnings({ connection: database, clock: fixedClock(first), config: readConfig({}) })
  id = (await ask('GET', '/warnings')).body.data[0].id
  await ask('POST', `/warnings/${id}/acknowledge`, { note: '已联系', owner: '李明' })
})
afterAll(async () => {
  await app.close()
  await database.close()
})

describe('a warning’s page', () => {
  test('has the warning itself, and whether it is silenced', async () => {
    const { body } = await ask('GET', `/warnings/${id}`)
    expect(body.data).toMatchObject({ id, state: 'firing', period: '2026-03' })
    expect(body.meta).toEqual({ evaluatedThrough: '2026-03', silenced: false })
    await ask('POST', '/warnings/silences', { matchers: { partner: 'US' }, endsAt: '2026-06-01T00:00:00Z' })
    expect((await ask('GET', `/warnings/${id}`)).body.meta.silenced).toBe(true)
    expect((await ask('GET', '/warnings/999999')).status).toBe(404)
  })

  test('has its series with state, events and a band of stated coverage', async () => {
    const { body } = await ask('GET', `/warnings/${id}/series`)
    expect(body.data).toHaveLength(11 + 11 + 2)
    const [before, last] = body.data.slice(-2)
    expect(last).toEqual({
      period: '2026-03',
      value: '500',
      base: '1100',
      change: '-0.545454',
      outcome: 'met',
      state: 'firing',
      event: 'new',
      forecast: 1100,
      lower: expect.any(Number),
      upper: expect.any(Number),
    })
    expect([before.state, before.event, before.value]).toEqual(['inactive', null, '2500'])
    expect(last.lower).toBeGreaterThan(500)
    expect(last.lower * last.upper).toBeCloseTo(1100 ** 2, 3)
    expect(body.meta).toMatchObject({
      rows: 24,
      currency: 'USD',
      measure: 'yoy',
      comparison: 'below',
      threshold: '-0.3',
      floor: { on: 'base', monthlyAmount: '100' },
      band: { method: 'naive', coverage: 0.8, observed: 0.5, points: 2 },
    })
  })

  test('has the smoothed band when asked: its forecast grows as the series did', async () => {
    const { body } = await ask('GET', `/warnings/${id}/series?band=smoothed`)
    expect(body.meta.band.method).toBe('smoothed')
    expect(body.data.at(-1).forecast).toBeGreaterThan(1150)
    expect((await ask('GET', `/warnings/${id}/series?band=wide`)).status).toBe(400)
  })

  test('has what happened to it, newest first, with the mails that told of it', async () => {
    const { body } = await ask('GET', `/warnings/${id}/history`)
    const nothing = {
      cause: null,
      period: null,
      value: null,
      base: null,
      change: null,
      by: null,
      owner: null,
      note: null,
      mail: null,
    }
    const at = '2026-04-20T03:00:00.000Z'
    expect(body.data).toEqual([
      {
        ...nothing,
        at: '2026-05-20T03:00:00.000Z',
        kind: 'acknowledged',
        by: '王科',
        owner: '李明',
        note: '已联系',
      },
      {
        ...nothing,
        at,
        kind: 'mailed',
        mail: { id: expect.any(Number), recipient: 'a@example.cn', reason: 'first', state: 'queued' },
      },
      {
        ...nothing,
        at,
        kind: 'new',
        cause: 'data',
        period: '2026-03',
        value: '500',
        base: '1100',
        change: '-0.545454',
      },
    ])
  })
})

test('an acknowledgement stays on record and in the year’s count when the warning fires anew', async () => {
  const months = { '2026-04': { 'US/1': 1210 }, '2026-05': { 'US/1': 400 } }
  await loadMonths(database, months, later)
  await evaluateWarnings({
    connection: database,
    clock: fixedClock('2026-06-20T03:00:00Z'),
    config: readConfig({}),
  })
  const { body } = await ask('GET', `/warnings/${id}`)
  expect([body.data.firedPeriod, body.data.acknowledged]).toEqual(['2026-05', null])
  const kinds = (await ask('GET', `/warnings/${id}/history`)).body.data.map(
    ({ kind }: { kind: string }) => kind,
  )
  expect(kinds).toContain('acknowledged')
  expect((await ask('GET', '/warnings/assessment?year=2026')).body.data).toMatchObject([
    { topic: 'fall', fired: 2, acknowledged: 1 },
  ])
})

test('a rule is read by its id', async () => {
  expect((await ask('GET', '/warnings/rules/fall-by-partner')).body.data).toEqual(ruleWith())
  expect((await ask('GET', '/warnings/rules/none')).status).toBe(404)
})

test('the schedule says when digests are due, and which years’ holidays are known', async () => {
  expect((await ask('GET', '/warnings/schedule')).body.data).toEqual({
    schedule: 'working-days 09:00',
    timeZone: 'Asia/Shanghai',
    next: '2026-05-21T01:00:00.000Z',
    lastRun: null,
    workingDays: [
      { year: 2026, known: true },
      { year: 2027, known: false },
    ],
  })
})
