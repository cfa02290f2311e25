import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { loadReference } from '../../src/reference/load.ts'
import { referenceRoutes } from '../../src/reference/routes.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

describe('look-ups over HTTP', () => {
  // As the server sets it: unknown parameters are refused.
  const app = fastify({ ajv: { customOptions: { removeAdditional: false } } })
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    await loadReference(database.pool)
    const clock = fixedClock('2026-11-23T02:00:00Z')
    referenceRoutes(app, { connection: database, clock, config: readConfig({}) })
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })
  const get = async (url: string) => {
    const reply = await app.inject(url)
    return { status: reply.statusCode, body: reply.json() }
  }

  test('codes are searched with a limit', async () => {
    const { status, body } = await get(`/reference/hs?limit=2&q=${encodeURIComponent('绿茶')}`)
    expect([status, body.meta, body.data.map((row: { code: string }) => row.code)]).toEqual([
      200,
      { rows: 2 },
      ['09021090', '09022090'],
    ])
  })

  test('an empty search, an unknown parameter or a limit out of range is refused', async () => {
    const urls = ['q=%20', 'q=09&page=2', 'q=09&limit=0', 'limit=5']
    const replies = await Promise.all(urls.map((query) => get(`/reference/hs?${query}`)))
    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400])
  })

  test('partners carry the groups of the date asked for, today by default', async () => {
    const groupsOf = (body: { data: { iso2: string | null; groups: string[] }[] }, iso2: string) =>
      body.data.find((row) => row.iso2 === iso2)?.groups
    const today = await get('/reference/countries')
    const past = await get('/reference/countries?on=2019-12-31')
    expect(today.body.meta).toEqual({ rows: 245, asOf: '2026-11-23' })
    expect([groupsOf(today.body, 'GB'), groupsOf(past.body, 'GB')]).toEqual([[], ['EU']])
  })
})
