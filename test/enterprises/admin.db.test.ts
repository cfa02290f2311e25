import { read, utils } from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccount } from '../../src/enterprises/queries.ts'
import { newTotpSecret } from '../../src/enterprises/totp.ts'
import { recordRun } from '../../src/jobs/run-queries.ts'
import { clock, firm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
const password = 'correct horse battery'

beforeAll(async () => {
  service = await startTestService()
  for (const name of ['first', 'second'])
    await addAccount(
      service.owner.db,
      { email: `${name}@bureau.cn`, name, role: 'admin', enterpriseId: null, password },
      clock.now(),
    )
})
afterAll(() => service.close())

function ask(method: 'GET' | 'PUT' | 'DELETE', path: string, payload?: object) {
  const headers = { authorization: `Bearer ${service.tokens.admin}` }
  return service.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
}

async function person(name: string) {
  const { data } = (await ask('GET', '/accounts')).json()
  return data.find((one: { name: string }) => one.name === name)
}

test('a role is changed at once, with an enterprise exactly for that of one', async () => {
  const { id } = await person('second')
  expect((await ask('PUT', `/accounts/${id}`, { role: 'enterprise' })).json()).toMatchObject({ status: 400 })
  expect((await ask('PUT', `/accounts/${id}`, { role: 'enterprise', enterpriseId: firm })).statusCode).toBe(
    204,
  )
  expect(await person('second')).toMatchObject({ role: 'enterprise', enterpriseId: firm })
  expect((await ask('PUT', `/accounts/${id}`, { role: 'officer' })).statusCode).toBe(204)
  expect(await person('second')).toMatchObject({ role: 'officer', enterpriseId: null })
  expect((await ask('PUT', '/accounts/999999', { role: 'officer' })).statusCode).toBe(404)
})

test('who leaves the bureau for a firm, or a firm for another, hears no more of the former', async () => {
  const { id } = await person('second')
  const { db } = service.owner
  const enterpriseIds = async () => {
    const rows = await db
      .selectFrom('subscription')
      .select('enterpriseId')
      .where('accountId', '=', id)
      .execute()
    return rows.map(({ enterpriseId }) => enterpriseId)
  }
  const wanted = { language: 'zh', severities: ['critical'], topics: [], remindAfterDays: 30, active: true }
  await db
    .insertInto('subscription')
    .values({
      ...wanted,
      email: 'second@bureau.cn',
      accountId: id,
      escalations: true,
      createdAt: clock.now(),
    })
    .execute()
  await ask('PUT', `/accounts/${id}`, { role: 'admin' })
  expect(await enterpriseIds()).toEqual([null])
  await ask('PUT', `/accounts/${id}`, { role: 'enterprise', enterpriseId: firm })
  expect(await enterpriseIds()).toEqual([])
  await ask('PUT', `/accounts/${id}`, { role: 'officer' })
})

test('the last administrator stays one', async () => {
  const { id } = await person('first')
  const refused = await ask('PUT', `/accounts/${id}`, { role: 'officer' })
  expect(refused.json()).toMatchObject({ status: 409, code: 'conflict', field: 'role' })
  expect(await person('first')).toMatchObject({ role: 'admin' })
})

test('a lost second factor is taken away', async () => {
  const { id } = await person('second')
  await service.owner.db
    .updateTable('account')
    .set({ totpSecret: newTotpSecret() })
    .where('id', '=', id)
    .execute()
  expect(await person('second')).toMatchObject({ secondFactor: true })
  expect((await ask('DELETE', `/accounts/${id}/second-factor`)).statusCode).toBe(204)
  expect(await person('second')).toMatchObject({ secondFactor: false })
})

test('an enterprise known from declarations is registered by its first correction', async () => {
  const saved = await ask('PUT', `/enterprises/${firm}`, { name: '茶厂', uscc: '91350100M000100Y43' })
  expect(saved.json().data).toMatchObject({
    name: '茶厂',
    uscc: '91350100M000100Y43',
    registeredAt: clock.now().toISOString(),
  })
  const wrong = await ask('PUT', `/enterprises/${firm}`, { name: '茶厂', uscc: '91350100M000100Y44' })
  expect(wrong.json()).toMatchObject({ status: 400, field: 'uscc', value: '91350100M000100Y44' })
  expect((await ask('PUT', '/enterprises/9999999999', { name: 'x', uscc: null })).statusCode).toBe(404)
})

test('the record is searched by person, action, address and days, and leaves as a table without formulas', async () => {
  const entry = {
    role: 'officer',
    enterpriseId: null,
    subject: '/api/v1/tokens',
    status: 201,
    requestId: 'r',
  }
  const evil = {
    ...entry,
    at: clock.now(),
    actor: '=HYPERLINK("http://evil.example")',
    action: 'POST /tokens',
  }
  await service.owner.db.insertInto('auditEntry').values(evil).execute()
  await service.owner.db
    .insertInto('auditEntry')
    .values({ ...evil, actor: 'late', at: new Date('2027-01-01T00:00:00Z') })
    .execute()
  const actors = async (query: string) =>
    (await ask('GET', `/audit?${query}`)).json().data.map(({ actor }: { actor: string }) => actor)
  expect(await actors('actor=hyper')).toEqual([evil.actor])
  expect(await actors('action=post&subject=tokens&to=2026-12-31')).toEqual([evil.actor])
  expect(await actors('from=2027-01-01')).toEqual(['late'])
  expect(await actors('actor=%25')).toEqual([])
  const csv = await ask('GET', '/audit?actor=hyper&format=csv')
  expect(csv.headers['content-disposition']).toBe('attachment; filename="audit.csv"')
  expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  const book = read((await ask('GET', '/audit?actor=hyper&format=xlsx')).rawPayload)
  const [page = {}] = Object.values(book.Sheets)
  expect(Object.values(page).filter((cell) => typeof cell === 'object' && 'f' in cell && cell.f)).toEqual([])
  expect(utils.sheet_to_json<string[]>(page, { header: 1 })[1]?.[2]).toBe(evil.actor)
})

test('jobs tell their next run and how the last ones went; of those without work only the latest is kept', async () => {
  const world = { db: service.connection.db, clock }
  await recordRun(world, 'outbox', async () => ({ outcome: 'idle', detail: null }))
  await recordRun(world, 'outbox', async () => ({ outcome: 'done', detail: '3 sent' }))
  await recordRun(world, 'outbox', async () => ({ outcome: 'idle', detail: null }))
  await recordRun(world, 'outbox', async () => ({ outcome: 'idle', detail: null }))
  const broken = recordRun(world, 'evaluation', () => Promise.reject(new Error('no such table')))
  await expect(broken).rejects.toThrow('no such table')
  const { data, meta } = (await ask('GET', '/operation/jobs')).json()
  const runs = (job: string) =>
    data
      .find((one: { job: string }) => one.job === job)
      .runs.map(({ outcome, detail }: { outcome: string; detail: string | null }) => [outcome, detail])
  expect(runs('outbox')).toEqual([
    ['idle', null],
    ['done', '3 sent'],
  ])
  expect(runs('evaluation')).toEqual([['failed', 'no such table']])
  expect(meta).toEqual({ timeZone: 'Asia/Shanghai' })
  expect(data[0]).toMatchObject({ job: 'evaluation', nextRun: '2026-11-24T01:00:00.000Z' })
})

test('the state of the database and of the facts is told to administrators', async () => {
  expect((await ask('GET', '/operation/database')).json().data).toMatchObject({
    currentSlices: 0,
    rollups: { slices: 0, checked: 0, differ: 0 },
  })
  const { data } = (await ask('GET', '/operation/reference')).json()
  expect(data.packs).toEqual([])
  expect(data.missing).toContainEqual({
    importer: 'VN',
    group: 'CN',
    file: expect.objectContaining({ en: expect.stringContaining('Annex C') }),
  })
})
