import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import type { Principal } from '../../src/http/schema.ts'
import { backtestRule } from '../../src/warnings/backtest-queries.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { saveRemedies } from '../../src/warnings/remedies/queries.ts'
import { warningRoutes } from '../../src/warnings/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const first = '2026-04-20T03:00:00Z' // a Monday
let database: TestDatabase
let app: FastifyInstance
let now = first
let principal: Principal

beforeAll(async () => {
  database = await freshDatabase()
  app = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
  })
  handleErrors(app)
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = principal
  })
  const clock = { now: () => new Date(now) }
  warningRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock,
    config: readConfig({}),
    inbox: null,
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const fall = yearOf(
  { 'US/1': 1000, 'JP/2': 1000 },
  {
    '2026-01': { 'US/1': 1000, 'JP/2': 1000 },
    '2026-02': { 'US/1': 1000, 'JP/2': 1000 },
    '2026-03': { 'US/1': 500, 'JP/2': 400 },
  },
)

beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, digest, mail, silence, remedy_case, slice, trade_rollup, trade_flow, account, enterprise cascade',
  )
  const { rows } = await database.pool.query(
    `insert into account (email, name, role, password_hash, created_at) values ('chief@example.cn', '李局', 'admin', '-', $1) returning id`,
    [first],
  )
  now = first
  principal = { name: '李局', role: 'admin', enterpriseId: null, accountId: rows[0].id }
  await addRule(database.db, ruleWith({ escalateAfter: 3 }), new Date(first))
  await loadMonths(database, fall, first)
})

const evaluate = async (at: string) =>
  (await evaluateWarnings({ connection: database, clock: fixedClock(at), config: readConfig({}) })).mails.map(
    ({ reason }) => reason,
  )

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const reply = await app.inject({ method, url, ...(payload ? { payload } : {}) })
  const isJson = reply.headers['content-type']?.toString().includes('json')
  return { status: reply.statusCode, body: isJson ? reply.json() : reply.body }
}

describe('silences', () => {
  test('hold mails back until they end, and are told of then', async () => {
    const { status } = await ask('POST', '/warnings/silences', {
      matchers: { topic: 'fall' },
      endsAt: '2026-05-01T00:00:00Z',
    })
    expect(status).toBe(201)
    expect(await evaluate(first)).toEqual([])
    expect((await ask('GET', '/warnings')).body.data).toHaveLength(2)
    expect(await evaluate('2026-05-02T03:00:00Z')).toEqual(['first', 'escalation'])
  })

  test('are listed, ended by id and kept', async () => {
    const body = { matchers: { partner: 'US' }, endsAt: '2026-05-01T00:00:00Z', note: '已知' }
    const { id } = (await ask('POST', '/warnings/silences', body)).body.data
    now = '2026-04-21T03:00:00Z'
    expect((await ask('DELETE', `/warnings/silences/${id}`)).status).toBe(204)
    expect((await ask('DELETE', `/warnings/silences/${id}`)).status).toBe(404)
    expect((await ask('GET', '/warnings/silences')).body.data).toEqual([
      {
        id,
        matchers: { partner: 'US' },
        startsAt: '2026-04-20T03:00:00.000Z',
        endsAt: '2026-04-21T03:00:00.000Z',
        note: '已知',
        createdBy: '李局',
        active: false,
      },
    ])
  })

  test.each([
    [{ matchers: {}, endsAt: '2026-05-01T00:00:00Z' }],
    [{ matchers: { colour: 'red' }, endsAt: '2026-05-01T00:00:00Z' }],
    [{ matchers: { partner: 'US' }, endsAt: '2026-04-01T00:00:00Z' }],
    [{ matchers: { partner: 'US' }, endsAt: '2030-05-01T00:00:00Z' }],
  ])('like %j are refused', async (body) => {
    expect((await ask('POST', '/warnings/silences', body)).status).toBe(400)
  })
})

describe('what nobody takes on', () => {
  test('is told higher up once after the rule’s working days', async () => {
    expect(await evaluate(first)).toEqual(['first'])
    expect(await evaluate('2026-04-22T03:00:00Z')).toEqual([])
    expect(await evaluate('2026-04-23T03:00:00Z')).toEqual(['escalation'])
    expect(await evaluate('2026-04-24T03:00:00Z')).toEqual([])
  })

  test('and concerns nobody who hears of that waits for someone whom it concerns', async () => {
    await evaluate(first)
    await database.pool.query(`update subscription set escalations = false`)
    await database.pool.query(
      `insert into subscription (email, name, districts, escalations, created_at) values ('hall@example.cn', '县', '{1}', true, $1)`,
      [first],
    )
    const escalated = async () =>
      (await database.pool.query('select count(*)::int as count from warning where escalated_at is not null'))
        .rows
    expect(await evaluate('2026-04-23T03:00:00Z')).toEqual(['first', 'escalation'])
    expect(await escalated()).toEqual([{ count: 1 }])
    await database.pool.query(`update subscription set escalations = true`)
    expect(await evaluate('2026-04-24T03:00:00Z')).toEqual(['escalation'])
    expect(await escalated()).toEqual([{ count: 2 }])
  })

  test('is not when it was taken on', async () => {
    await evaluate(first)
    for (const { id } of (await ask('GET', '/warnings')).body.data) {
      const taken = await ask('POST', `/warnings/${id}/acknowledge`, { note: '', owner: '王科' })
      expect(taken.body.data.acknowledged).toMatchObject({ by: '李局', owner: '王科' })
    }
    expect(await evaluate('2026-04-24T03:00:00Z')).toEqual([])
  })
})

describe('subscriptions', () => {
  const wanted = {
    language: 'en',
    severities: ['critical'],
    topics: ['friction'],
    remindAfterDays: 10,
    active: true,
    escalations: true,
  }

  test('are changed and ended by their own people', async () => {
    expect((await ask('PUT', '/warnings/subscriptions/own', wanted)).body.data).toMatchObject([
      { ...wanted, own: true, email: 'chief@example.cn' },
    ])
    expect(await evaluate(first)).toEqual([])
    expect((await ask('DELETE', '/warnings/subscriptions/own')).status).toBe(204)
    expect((await ask('GET', '/warnings/subscriptions')).body.data[0].active).toBe(false)
  })

  test('of an enterprise are about that enterprise alone', async () => {
    await database.pool.query(`insert into enterprise (id, name) values ('2', '乙'), ('1', '甲')`)
    const { rows } = await database.pool.query(
      `insert into account (email, name, role, enterprise_id, password_hash, created_at) values ('e@example.cn', '乙', 'enterprise', '2', '-', $1) returning id`,
      [first],
    )
    principal = { name: '乙', role: 'enterprise', enterpriseId: '2', accountId: rows[0].id }
    const everything = { ...wanted, severities: ['warning'], topics: [], language: 'zh' }
    const { body } = await ask('PUT', '/warnings/subscriptions/own', everything)
    expect(body.data).toMatchObject([{ enterpriseId: '2', escalations: false }])
    await evaluate(first)
    const mails = await database.pool.query(`select body_text from mail where recipient = 'e@example.cn'`)
    expect(mails.rows).toHaveLength(1)
    expect(mails.rows[0].body_text).toContain('乙')
    expect(mails.rows[0].body_text).not.toContain('甲')
    expect(mails.rows[0].body_text).not.toContain('US')
  })

  test('are of people: a token has none', async () => {
    principal = { name: 'robot', role: 'officer', enterpriseId: null }
    expect((await ask('PUT', '/warnings/subscriptions/own', wanted)).status).toBe(403)
  })
})

test('a year is counted by topic and severity', async () => {
  await evaluate(first)
  const { body } = await ask('GET', '/warnings/assessment?year=2026')
  expect(body).toEqual({
    data: [
      {
        topic: 'fall',
        severity: 'warning',
        fired: 2,
        resolved: 0,
        revised: 0,
        acknowledged: 0,
        escalated: 0,
      },
    ],
    meta: { rows: 1, year: 2026, mailsSent: 0 },
  })
  expect((await ask('GET', '/warnings/assessment?year=2025')).body.data).toEqual([])
})

test('a rule is tried before it is saved, and a budget proposes its threshold', async () => {
  const { body } = await ask('POST', '/warnings/rules/backtest', { rule: ruleWith(), periods: 2, budget: 1 })
  expect(body.data).toMatchObject({
    periods: [
      { period: '2026-01/02', fired: 0, open: 0 },
      { period: '2026-03', fired: 2, open: 2 },
    ],
    perPeriod: 1,
    alerts: [
      { labels: { partner: 'JP' }, firedPeriod: '2026-03', value: '400', base: '1000', change: '-0.600000' },
      { labels: { partner: 'US' } },
    ],
    budget: {
      wanted: 1,
      threshold: null,
      noThreshold: 'no-earlier-year',
      calibratedOn: [],
      realisedPerPeriod: 1,
    },
  })
})

describe('measures beside a series’ own past', () => {
  const tried = async (conditions: Parameters<typeof ruleWith>[0], periods = 1) => {
    const rule = ruleWith({ floor: { on: 'current', monthlyAmount: '1' }, ...conditions })
    const found = await backtestRule(database.db, rule, { periods, budget: null, now: new Date(first) })
    return found.alerts.map(({ labels, change }) => `${labels.partner} ${change}`)
  }

  test('the share of all trade', async () => {
    const condition = { measure: 'share', comparison: 'above', threshold: '0.5' } as const
    expect(await tried({ conditions: [condition] })).toEqual(['US 0.555555'])
  })

  test('the share is of all trade although one partner is looked at', async () => {
    const condition = { measure: 'share', comparison: 'above', threshold: '0.5' } as const
    const selector = { ...ruleWith().selector, partner: ['US'] }
    expect(await tried({ conditions: [condition], selector })).toEqual(['US 0.555555'])
  })

  test('the concentration over partners', async () => {
    const condition = { measure: 'hhi', comparison: 'above', threshold: '0.5', over: 'partner' } as const
    const selector = { ...ruleWith().selector, by: 'total' as const }
    await database.pool.query(
      `insert into trade_rollup (slice_id, dims, value_usd, rows) select slice_id, 'total', sum(value_usd), 1 from trade_rollup group by 1`,
    )
    expect(await tried({ conditions: [condition], selector })).toEqual(['undefined 0.506172'])
  })

  test('the balance needs both directions', async () => {
    const condition = { measure: 'balance', comparison: 'above', threshold: '0' } as const
    expect(await tried({ conditions: [condition] })).toEqual([])
    await database.pool.query(`
      with added as (insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
        select dataset, 'import', period, months, hs_edition, source_file_id, 1, loaded_at from slice returning id)
      insert into trade_rollup (slice_id, dims, partner, value_usd, rows) select id, 'partner', 'US', 100, 1 from added`)
    expect((await tried({ conditions: [condition] }, 20)).sort()).toEqual(['JP 1.000000', 'US 0.818181'])
  })
})

test('a rule that asks for a case fires only where one stands', async () => {
  const rule = ruleWith({
    id: 'case',
    selector: { ...ruleWith().selector, by: 'partner+hs6' },
    remedy: { market: 'same', match: 'hs4' },
  })
  await database.pool.query(
    `insert into trade_rollup (slice_id, dims, hs, partner, value_usd, rows) select slice_id, 'partner+hs6', '940360', partner, value_usd, 1 from trade_rollup`,
  )
  const tried = () => backtestRule(database.db, rule, { periods: 1, budget: null, now: new Date(first) })
  expect((await tried()).alerts).toEqual([])
  const one = {
    reference: 'A-570-890',
    kind: 'anti-dumping',
    imposing: 'US',
    affected: 'CN',
    product: 'Wooden Bedroom Furniture',
    initiatedOn: null,
    inForceOn: '2005-01-04',
    sunsetOn: '2027-01-04',
    sunsetStated: true,
    withdrawnOn: null,
    hs6: ['940350'],
    hsEdition: null,
  } as const
  await saveRemedies(database.db, 'test', [one])
  expect((await tried()).alerts.map(({ labels }) => labels.partner)).toEqual(['US'])
  await saveRemedies(database.db, 'test', [{ ...one, withdrawnOn: '2026-01-01' }])
  expect((await tried()).alerts).toEqual([])
  await saveRemedies(database.db, 'test', [one])
  const { status, body } = await ask('GET', '/warnings/calendar.ics')
  expect(status).toBe(200)
  expect(body).toContain('DTSTART;VALUE=DATE:20270104')
})
