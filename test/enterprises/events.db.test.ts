import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createToken } from '../../src/enterprises/queries.ts'
import type { Role } from '../../src/http/schema.ts'
import { clock, firm, otherFirm, startTestService, type TestService } from '../http/service.ts'

let service: TestService
let otherToken: string

beforeAll(async () => {
  service = await startTestService()
  const { db, pool } = service.owner
  const other = { name: 'other', role: 'enterprise' as const, enterpriseId: otherFirm }
  otherToken = await createToken(db, other, clock.now())
  await pool.query(`insert into district (code, name_zh) values ('99012', '青杉区'), ('99013', '云溪县')`)
  await pool.query(
    `with s as (insert into hs_section values ('II', '06', '97', 'x', 'x') returning code)
     insert into hs_chapter (code, section, name_zh, name_en)
       select c, s.code, c, c from s, unnest(array['09', '44', '94']) c`,
  )
})
afterAll(() => service.close())

type Caller = Role | 'other'

async function call(
  caller: Caller,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
) {
  const token = caller === 'other' ? otherToken : service.tokens[caller]
  const reply = await service.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  })
  const json = String(reply.headers['content-type']).includes('json')
  return { status: reply.statusCode, body: json ? reply.json() : reply.body }
}

const titles = async (caller: Caller, path: string) =>
  (await call(caller, 'GET', path)).body.data.map(({ title }: { title: string }) => title)

const everybody = { districts: [], chapters: [] }
const notice = { title: 'n', body: 'text', ...everybody, endsOn: null }

describe('notices', () => {
  test('reach the firms they are for, by district and by what a firm makes or trades, until they end', async () => {
    await call('enterprise', 'POST', `/enterprises/${firm}/products`, {
      code: 'T',
      name: 'tea',
      hs: '090210',
    })
    const slice = await service.owner.pool.query(
      `insert into source_file (sha256, name, bytes, state, imported_by, received_at)
         values (repeat('0', 64), 'f', 1, 'loaded', 'x', now()) returning id`,
    )
    await service.owner.pool.query(
      `with s as (insert into slice (dataset, flow, period, months, hs_edition, source_file_id, rows, loaded_at)
         values ('customs-cn', 'export', '2026-09-01', 1, '2022', $1, 1, now()) returning id)
       insert into trade_rollup (slice_id, dims, hs, enterprise, rows)
         select id, 'enterprise+hs8', '94036000', $2, 1 from s union all select id, 'enterprise+hs8', '44123900', $3, 1 from s`,
      [slice.rows[0].id, firm, otherFirm],
    )
    const published: [string, object][] = [
      ['all', {}],
      ['district of both', { districts: ['99012'] }],
      ['other district', { districts: ['99013'] }],
      ['tea', { chapters: ['09'] }],
      ['furniture', { chapters: ['94'] }],
      ['wood', { chapters: ['44'] }],
      ['wood elsewhere', { chapters: ['44'], districts: ['99013'] }],
      ['last day', { endsOn: '2026-11-23' }],
      ['over', { endsOn: '2026-11-22' }],
    ]
    for (const [title, rest] of published) {
      expect((await call('officer', 'POST', '/notices', { ...notice, title, ...rest })).status).toBe(201)
    }
    expect(await titles('enterprise', '/notices')).toEqual(
      ['all', 'district of both', 'tea', 'furniture', 'last day'].toReversed(),
    )
    expect(await titles('other', '/notices')).toEqual(
      ['all', 'district of both', 'wood', 'last day'].toReversed(),
    )
    expect(await titles('officer', '/notices')).toEqual(published.map(([title]) => title).toReversed())
  })

  test('name districts and chapters that exist, and can be changed and taken back', async () => {
    const wrong = await call('officer', 'POST', '/notices', { ...notice, districts: ['00000'] })
    expect([wrong.status, wrong.body.field]).toEqual([400, 'districts'])
    const { id } = (await call('officer', 'POST', '/notices', notice)).body.data
    const changed = await call('officer', 'PUT', `/notices/${id}`, { ...notice, title: 'changed' })
    expect(changed.body.data).toMatchObject({ id, title: 'changed', author: 'officer' })
    expect((await call('officer', 'DELETE', `/notices/${id}`)).status).toBe(204)
    expect((await call('officer', 'PUT', `/notices/${id}`, notice)).status).toBe(404)
  })
})

describe('a list', () => {
  /** Every page of a list, by titles, until none is said to follow. */
  async function pages(caller: Caller, path: string, limit: number): Promise<string[][]> {
    const found: string[][] = []
    for (let after = ''; ; ) {
      const { data, meta } = (await call(caller, 'GET', `${path}?limit=${limit}${after}`)).body
      found.push(data.map(({ title }: { title: string }) => title))
      expect(meta.rows).toBe(data.length)
      if (meta.next === null) return found
      after = `&after=${encodeURIComponent(meta.next)}`
    }
  }

  test('shows a firm what is for it, however much newer is for others, and goes on where a page ended', async () => {
    await service.owner.pool.query('delete from notice')
    await service.owner.pool.query(
      `insert into notice (title, body, districts, chapters, published_at, author)
         select 'old ' || n, 'text', '{99012}', '{09}', timestamptz '2026-11-01T00:00:00Z', 'o' from generate_series(1, 5) n
         union all
         select 'elsewhere', 'text', case when n % 2 = 0 then '{99013}'::text[] else '{}' end,
           case when n % 2 = 0 then '{}'::text[] else '{44}' end, timestamptz '2026-11-02T00:00:00Z', 'o'
         from generate_series(1, 300) n`,
    )
    expect((await call('enterprise', 'GET', '/notices')).body.meta).toEqual({ rows: 5, total: 5, next: null })
    expect(await pages('enterprise', '/notices', 2)).toEqual([
      ['old 5', 'old 4'],
      ['old 3', 'old 2'],
      ['old 1'],
    ])
    expect((await call('officer', 'GET', '/notices')).body.meta).toMatchObject({ rows: 50, total: 305 })
    expect((await pages('officer', '/notices', 200)).map(({ length }) => length)).toEqual([200, 105])
  })

  test('of events is the same, by their start, and counts what is open on all pages', async () => {
    await service.owner.pool.query('delete from event_sign_up')
    await service.owner.pool.query('delete from training_event')
    await service.owner.pool.query(
      `insert into training_event (title, body, place, districts, starts_at, deadline, capacity, published_at, author)
         select 'here ' || n, 'text', 'p', '{}'::text[], timestamptz '2026-12-01T00:00:00Z', timestamptz '2026-11-30T00:00:00Z', 1, now(), 'o'
         from generate_series(1, 3) n
         union all
         select 'elsewhere', 'text', 'p', '{99013}', timestamptz '2026-12-02T00:00:00Z', timestamptz '2026-11-30T00:00:00Z', 1, now(), 'o'
         from generate_series(1, 250) n`,
    )
    expect((await call('enterprise', 'GET', '/events?limit=1')).body.meta).toMatchObject({ rows: 1, open: 3 })
    expect(await pages('enterprise', '/events', 2)).toEqual([['here 3', 'here 2'], ['here 1']])
    const { rows } = await service.owner.pool.query(`select id from training_event where title = 'here 1'`)
    const path = `/enterprises/${firm}/sign-ups/${rows[0].id}`
    const signedUp = await call('enterprise', 'PUT', path, { ...visitors, people: 1 })
    expect(signedUp.body.data).toMatchObject({ title: 'here 1', own: { people: 1 } })
    expect((await call('enterprise', 'GET', '/events')).body.meta).toMatchObject({ rows: 3, open: 2 })
    await service.owner.pool.query('delete from event_sign_up')
    await service.owner.pool.query('delete from training_event')
  })

  test.each(['yesterday', '2026-13-01T00:00:00.000Z_1', '2026-11-01T00:00:00.000Z', '_1'])(
    'goes on at no place like %s',
    async (after) => {
      const { status, body } = await call('officer', 'GET', `/notices?after=${after}`)
      expect([status, body.field]).toEqual([400, 'after'])
    },
  )
})

const event = {
  ...{ title: 'RCEP 培训', body: '原产地规则', place: '政务中心 3 楼', ...everybody },
  ...{ startsAt: '2026-12-01T01:00:00Z', deadline: '2026-11-30T09:00:00Z', capacity: 5 },
}
const visitors = { people: 3, contact: '王', phone: '0571-12345678' }

async function publish(change: object = {}): Promise<number> {
  return (await call('officer', 'POST', '/events', { ...event, ...change })).body.data.id
}

describe('an event', () => {
  test('is signed up for as long as there are places, seen by each firm without the others', async () => {
    const id = await publish()
    const first = await call('enterprise', 'PUT', `/enterprises/${firm}/sign-ups/${id}`, visitors)
    expect(first.body.data).toMatchObject({
      ...{ free: 2, state: 'open' },
      own: { ...visitors, signedUpAt: '2026-11-23T01:00:00.000Z' },
    })
    const full = await call('other', 'PUT', `/enterprises/${otherFirm}/sign-ups/${id}`, visitors)
    expect([full.status, full.body.field]).toEqual([409, 'people'])
    await call('other', 'PUT', `/enterprises/${otherFirm}/sign-ups/${id}`, { ...visitors, people: 2 })
    const [seen] = (await call('other', 'GET', '/events')).body.data
    expect(seen).toMatchObject({ id, free: 0, state: 'full', own: { people: 2 } })
    await call('enterprise', 'PUT', `/enterprises/${firm}/sign-ups/${id}`, { ...visitors, people: 1 })
    const [after] = (await call('enterprise', 'GET', '/events')).body.data
    expect(after).toMatchObject({ free: 2, state: 'open', own: { people: 1 } })
    const list = (await call('officer', 'GET', `/events/${id}/sign-ups`)).body
    expect(list.meta).toEqual({ rows: 2, event: 'RCEP 培训', people: 3 })
    expect(list.data.map((row: { enterpriseId: string }) => row.enterpriseId)).toEqual([firm, otherFirm])
    const csv = (await call('officer', 'GET', `/events/${id}/sign-ups?format=csv`)).body
    expect(csv).toContain(`${firm},firm ${firm},1,王,0571-12345678,2026-11-23T01:00:00.000Z`)
    await call('enterprise', 'DELETE', `/enterprises/${firm}/sign-ups/${id}`)
    const [left] = (await call('enterprise', 'GET', '/events')).body.data
    expect(left).toMatchObject({ free: 3, own: null })
    expect((await call('enterprise', 'DELETE', `/enterprises/${firm}/sign-ups/${id}`)).status).toBe(404)
  })

  test('gives its last place to one of two who ask at the same moment', async () => {
    const id = await publish({ capacity: 1 })
    const one = { ...visitors, people: 1 }
    const both = await Promise.all([
      call('enterprise', 'PUT', `/enterprises/${firm}/sign-ups/${id}`, one),
      call('other', 'PUT', `/enterprises/${otherFirm}/sign-ups/${id}`, one),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('that is past its deadline, over, cancelled or for others cannot be signed up for', async () => {
    const closed = await publish({ deadline: '2026-11-22T00:00:00Z' })
    const past = await publish({ startsAt: '2026-11-22T00:00:00Z', deadline: '2026-11-21T00:00:00Z' })
    const cancelled = await publish()
    await call('officer', 'DELETE', `/events/${cancelled}`)
    const elsewhere = await publish({ districts: ['99013'] })
    const statuses: number[] = []
    for (const id of [closed, past, cancelled, elsewhere]) {
      statuses.push((await call('enterprise', 'PUT', `/enterprises/${firm}/sign-ups/${id}`, visitors)).status)
    }
    expect(statuses).toEqual([409, 409, 409, 404])
    expect((await call('officer', 'DELETE', `/events/${cancelled}`)).status).toBe(404)
  })

  test('keeps a deadline before its start and no fewer places than are taken', async () => {
    const late = await call('officer', 'POST', '/events', { ...event, deadline: '2026-12-02T00:00:00Z' })
    expect([late.status, late.body.field]).toEqual([400, 'deadline'])
    const id = await publish()
    await call('enterprise', 'PUT', `/enterprises/${firm}/sign-ups/${id}`, visitors)
    const small = await call('officer', 'PUT', `/events/${id}`, { ...event, capacity: 2 })
    expect([small.status, small.body.field]).toEqual([409, 'capacity'])
  })
})
