import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import type { MailCatcher } from '../../src/mail-catcher.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { warningRoutes } from '../../src/warnings/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { ruleWith } from './rules.ts'
import { loadMonths, yearOf } from './trade.ts'

const at = '2026-04-18T03:00:00Z'
const clock = fixedClock(at)
let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await freshDatabase()
  await database.pool.query(
    `insert into country (partner, code, iso2, iso3, name_zh, name_en, kind, region, aliases)
     values ('US', '502', 'US', 'USA', '美国', 'United States', 'country', 'north-america', '{}')`,
  )
  await database.pool.query(
    `insert into account (email, name, role, password_hash, created_at) values ('o@example.cn', 'o', 'officer', '-', $1)`,
    [at],
  )
  await addRule(database.db, ruleWith(), new Date(at))
  await loadMonths(
    database,
    yearOf(
      { 'US/1': 1000 },
      { '2026-01': { 'US/1': 1000 }, '2026-02': { 'US/1': 1000 }, '2026-03': { 'US/1': 500 } },
    ),
    at,
  )
  await evaluateWarnings({ connection: database, clock, config: readConfig({}) })
  app = await appWith(null)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

async function appWith(inbox: MailCatcher | null): Promise<FastifyInstance> {
  const made = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
  })
  handleErrors(made)
  made.decorateRequest('principal', null)
  made.addHook('onRequest', async (request) => {
    request.principal = { name: '王科', role: 'officer', enterpriseId: null }
  })
  warningRoutes(made.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock,
    config: readConfig({}),
    inbox,
  })
  await made.ready()
  return made
}

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const reply = await app.inject({ method, url, ...(payload ? { payload } : {}) })
  return { status: reply.statusCode, body: reply.body === '' ? null : reply.json() }
}

describe('warnings', () => {
  test('are listed open ones first of all, with names and counts', async () => {
    const { status, body } = await ask('GET', '/warnings')
    expect(status).toBe(200)
    expect(body.meta).toEqual({ rows: 1, counts: { open: 1, firing: 1 } })
    expect(body.data).toEqual([
      {
        id: expect.any(Number),
        rule: {
          id: 'fall-by-partner',
          nameZh: '出口下降',
          nameEn: 'Exports fall',
          topic: 'fall',
          severity: 'warning',
        },
        flow: 'export',
        currency: 'USD',
        labels: [
          {
            name: 'partner',
            code: 'US',
            nameZh: '美国',
            nameEn: 'United States',
            chapterZh: null,
            chapterEn: null,
          },
        ],
        state: 'firing',
        open: true,
        period: '2026-03',
        activeSince: '2026-03',
        firedPeriod: '2026-03',
        resolvedPeriod: null,
        value: '500',
        base: '1000',
        change: '-0.500000',
        measured: [{ measure: 'yoy', current: '500', base: '1000', change: '-0.500000' }],
        acknowledged: null,
        updatedAt: '2026-04-18T03:00:00.000Z',
      },
    ])
    expect((await ask('GET', '/warnings?state=resolved')).body.data).toEqual([])
  })

  test('are asked for by known states only', async () => {
    expect(await ask('GET', '/warnings?state=closed')).toMatchObject({
      status: 400,
      body: { field: 'state' },
    })
    expect(await ask('GET', '/warnings?colour=red')).toMatchObject({ status: 400, body: { field: 'colour' } })
  })

  test('name the enterprises behind them', async () => {
    const id = (await ask('GET', '/warnings')).body.data[0].id
    expect((await ask('GET', `/warnings/${id}/exposed-enterprises`)).body).toEqual({
      data: [{ id: '1', name: '1', value: '500', base: '1000', districts: ['1'] }],
      meta: { rows: 1, period: '2026-03', currency: 'USD' },
    })
    expect((await ask('GET', '/warnings/999999/exposed-enterprises')).status).toBe(404)
  })

  test('are taken on by whoever is signed in, with a note', async () => {
    const id = (await ask('GET', '/warnings')).body.data[0].id
    const { status, body } = await ask('POST', `/warnings/${id}/acknowledge`, { note: '已电话联系企业' })
    expect(status).toBe(200)
    const taken = { at: '2026-04-18T03:00:00.000Z', by: '王科', owner: '王科', note: '已电话联系企业' }
    expect(body.data.acknowledged).toEqual(taken)
    expect((await ask('GET', '/warnings')).body.data[0].acknowledged).toEqual(taken)
    expect((await ask('POST', '/warnings/999999/acknowledge', {})).status).toBe(404)
  })
})

describe('rules', () => {
  test('are added, changed and deleted', async () => {
    const rule = ruleWith({ id: 'surge' })
    expect(await ask('POST', '/warnings/rules', rule)).toEqual({
      status: 201,
      body: { data: rule, meta: {} },
    })
    expect((await ask('POST', '/warnings/rules', rule)).status).toBe(409)
    expect((await ask('PUT', '/warnings/rules/surge', { ...rule, enabled: false })).status).toBe(200)
    const listed = (await ask('GET', '/warnings/rules')).body.data
    expect(listed).toEqual([
      { ...ruleWith(), evaluatedThrough: '2026-03' },
      { ...rule, enabled: false, evaluatedThrough: null },
    ])
    expect((await ask('DELETE', '/warnings/rules/surge')).status).toBe(204)
    expect((await ask('DELETE', '/warnings/rules/surge')).status).toBe(404)
  })

  test('that say something unknown or twofold are refused by field', async () => {
    const rule = ruleWith({ id: 'odd' })
    expect(
      await ask('POST', '/warnings/rules', { ...rule, floor: { on: 'both', monthlyAmount: '1' } }),
    ).toMatchObject({
      status: 400,
      body: { field: 'floor.on' },
    })
    expect(await ask('POST', '/warnings/rules', { ...rule, colour: 'red' })).toMatchObject({
      status: 400,
      body: { field: 'colour' },
    })
    expect(await ask('PUT', '/warnings/rules/other', rule)).toMatchObject({
      status: 400,
      body: { field: 'id' },
    })
  })
})

test('the outbox is shown with what became of each mail', async () => {
  const { body } = await ask('GET', '/warnings/mails')
  expect(body).toMatchObject({
    data: [
      {
        recipient: 'o@example.cn',
        reason: 'first',
        subject: '[外贸预警] 2026年3月：1 条预警触发中，新增 1 条',
        state: 'queued',
        attempts: 0,
        sentAt: null,
        html: expect.stringContaining('<!DOCTYPE html>'),
      },
    ],
    meta: { rows: 1 },
  })
})

test('the inbox is there in the demo only', async () => {
  expect((await ask('GET', '/demo/inbox')).status).toBe(404)
  const mail = { id: '1', from: 'a', to: 'b', subject: 'c', date: null, text: 'd', html: null }
  const demo = await appWith({ url: '', list: async () => [mail], stop: async () => {} })
  expect((await demo.inject('/demo/inbox')).json()).toEqual({ data: [mail], meta: { rows: 1 } })
  await demo.close()
})
