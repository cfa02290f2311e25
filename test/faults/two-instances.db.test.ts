import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from '../../src/db/migrate.ts'
import { addAccount } from '../../src/enterprises/queries.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { type ServiceProcess, startServiceProcess, temporaryHome } from '../helpers/service-process.ts'
import { ruleWith } from '../warnings/rules.ts'
import { loadMonths, yearOf } from '../warnings/trade.ts'

const home = temporaryHome()
const password = 'correct horse battery'
let database: TestDatabase
let mails: TestMailServer
let both: [ServiceProcess, ServiceProcess]

/** Two services behind one address: one database and one folder of uploads, started in the same moment. */
function startBoth(): Promise<[ServiceProcess, ServiceProcess]> {
  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
    WARNING_SCHEDULE: 'on-load',
  }
  return Promise.all([startServiceProcess({ env, home }), startServiceProcess({ env, home })])
}

beforeAll(async () => {
  database = await freshDatabase('template0')
  mails = await startMailServer()
  both = await startBoth()
}, 180_000)
afterAll(async () => {
  for (const one of both) await one.stop()
  await mails.stop()
  await database.close()
  rmSync(home, { recursive: true })
})

test('both start on an empty database at once: it is migrated and filled once, and both are ready', async () => {
  const { rows } = await database.pool.query(
    `select (select count(*)::int from migration) as migrations,
       (select count(*)::int from (select code from country group by 1 having count(*) > 1) twice) as twice`,
  )
  expect(rows).toEqual([{ migrations: migrations().length, twice: 0 }])
  for (const one of both) expect((await one.ask('/ready')).body.status).toBe('ready')
})

test('a session made on one holds on the other and ends on both', async () => {
  const person = {
    email: 'officer@example.cn',
    name: 'Officer',
    role: 'officer' as const,
    enterpriseId: null,
  }
  await addAccount(database.db, { ...person, password }, new Date())
  const [one, other] = both
  const signedIn = await fetch(`${one.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password }),
  })
  const headers = { cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const session = (url: string, method = 'GET') => fetch(`${url}/api/v1/session`, { method, headers })
  expect((await session(other.url)).status).toBe(200)
  expect((await session(other.url, 'DELETE')).status).toBe(204)
  expect((await session(one.url)).status).toBe(401)
})

const header = '数据年月,商品编码,贸易伙伴编码,美元\n'

/** An import once it has been read: a busy machine answers an upload or a confirmation before. */
async function settled(one: ServiceProcess, id: number) {
  let found = (await one.ask(`/imports/${id}`)).body.data
  await expect
    .poll(
      async () => {
        found = (await one.ask(`/imports/${id}`)).body.data
        return found.state
      },
      { timeout: 60_000 },
    )
    .not.toBe('loading')
  return found
}

async function preview(one: ServiceProcess, text: string) {
  const form = new FormData()
  form.append('flow', 'export')
  form.append('file', new Blob([text]), 'same.csv')
  const { body } = await one.ask('/imports', form)
  return await settled(one, body.data.id)
}

test('the same file confirmed on both at once is stored once, and the other says it is a duplicate', async () => {
  const text = `${header}${'202603,09021010,116,7\n'.repeat(2000)}`
  const previews = await Promise.all(both.map((one) => preview(one, text)))
  expect(previews.map(({ state }) => state)).toEqual(['previewed', 'previewed'])
  await Promise.all(both.map((one, at) => one.ask(`/imports/${previews[at].id}/confirm`, {})))
  const loads = await Promise.all(both.map((one, at) => settled(one, previews[at].id)))
  expect(loads.map(({ state, report }) => [state, report.status]).sort()).toEqual([
    ['dropped', 'duplicate'],
    ['loaded', 'loaded'],
  ])
  const { rows } = await database.pool.query(
    `select count(*)::int as facts, count(distinct slice_id)::int as slices from trade_flow`,
  )
  expect(rows).toEqual([{ facts: 2000, slices: 1 }])
}, 120_000)

test('a preview made on one is confirmed on the other', async () => {
  const [one, other] = both
  const { id } = await preview(one, `${header}202604,09021010,116,7\n`)
  await other.ask(`/imports/${id}/confirm`, {})
  expect((await settled(other, id)).state).toBe('loaded')
}, 120_000)

test('both judge the same loads at once and the officer gets exactly one digest', async () => {
  for (const one of both) expect(await one.stop()).toBe(0)
  await database.pool.query('truncate warning_rule, slice, trade_rollup, trade_flow, source_file cascade')
  await addRule(database.db, ruleWith(), new Date())
  const usual = { 'US/1': 1000, 'JP/1': 1000 }
  const months = yearOf(usual, {
    '2026-01': usual,
    '2026-02': usual,
    '2026-03': { 'US/1': 100, 'JP/1': 1000 },
  })
  await loadMonths(database, months, '2026-04-18T03:00:00Z')
  both = await startBoth()
  await expect.poll(() => mails.received.length, { timeout: 60_000 }).toBe(1)
  for (const one of both) expect(await one.stop()).toBe(0)
  const { rows } = await database.pool.query('select state, attempts from mail')
  expect(rows).toEqual([{ state: 'sent', attempts: 1 }])
  expect(mails.received).toHaveLength(1)
}, 240_000)
