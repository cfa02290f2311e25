import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { appRole, ensureAppRole } from '../../src/db/app-role.ts'
import { type Connection, connect } from '../../src/db/connect.ts'
import { inScope } from '../../src/db/scope.ts'
import { addAttachment } from '../../src/enterprises/attachment-queries.ts'
import { publishEvent } from '../../src/enterprises/event-queries.ts'
import { invite } from '../../src/enterprises/link-queries.ts'
import { addBill, addProduct } from '../../src/enterprises/product-queries.ts'
import { createToken, openSession } from '../../src/enterprises/queries.ts'
import { ask } from '../../src/enterprises/question-queries.ts'
import { signUp } from '../../src/enterprises/sign-up-queries.ts'
import { addEvidence, addSupplier } from '../../src/enterprises/supplier-queries.ts'
import { tellAbout } from '../../src/enterprises/tell-queries.ts'
import { loadGrowth } from '../../src/indicators/load-answers.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

const clock = fixedClock('2026-11-23T01:00:00Z')
const now = clock.now()
let owner: TestDatabase
let service: Connection
/** Two firms of the sample city with exports. */
let firm = ''
let other = ''

beforeAll(async () => {
  owner = await freshDatabase()
  await loadReference(owner.pool)
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  const world = { connection: owner, clock, config: readConfig({}), progress: () => {} }
  const path = 'data/samples/qingshan-export-2025.csv'
  await importFile(world, { path, options, importedBy: 'test' })
  await ensureAppRole(owner.pool)
  service = connect(owner.url, { max: 4, role: appRole })
  const { rows } = await owner.pool.query(
    `select enterprise from trade_rollup where dims = 'enterprise' and enterprise <> ''
     group by 1 order by sum(value_usd) desc limit 2`,
  )
  ;[firm, other] = rows.map((row) => row.enterprise)
  for (const id of [firm, other]) await fill(id)
}, 60_000)
afterAll(async () => {
  await service.close()
  await owner.close()
})

/** A row in every table that names a firm. */
async function fill(id: string): Promise<void> {
  const { db } = service
  const person = { email: `${id}@example.cn`, name: id, role: 'enterprise' as const, enterpriseId: id }
  await invite(db, person, now)
  const account = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', person.email)
    .executeTakeFirstOrThrow()
  await openSession(db, account, now)
  await createToken(db, { name: id, role: 'enterprise', enterpriseId: id }, now)
  await db
    .insertInto('subscription')
    .values({ email: person.email, accountId: account.id, enterpriseId: id, createdAt: now })
    .execute()
  const everybody = { districts: [], chapters: [], capacity: 9 }
  const times = { startsAt: '2026-12-01T01:00:00Z', deadline: '2026-11-30T01:00:00Z' }
  const event = { title: 'training', body: 'rules', place: 'here', ...everybody, ...times }
  const published = await publishEvent(db, event, { author: 'officer', now })
  const question = await inScope(db, id, async (tx) => {
    const product = await addProduct(tx, id, { code: 'T1', name: 'tea', hs: '090210' }, now)
    await addBill(tx, id, { name: 'tea', productId: product.id, document: {} }, now)
    const supplier = await addSupplier(tx, id, { name: 'garden', country: 'CN' }, now)
    const validity = { validFrom: '2026-01-01', validTo: '2026-12-31' }
    const evidence = { hs: '090210', party: 'CN', kind: 'declaration' as const, number: '17', ...validity }
    await addEvidence(tx, id, { ...evidence, supplierId: supplier.id }, { now, on: '2026-11-23' })
    const body = { topic: 'origin' as const, title: 'q', body: 'q' }
    const asked = await ask(tx, id, body, { name: id, ofBureau: false, now })
    const file = { name: 'a', type: 'text/plain', content: Buffer.from('a') }
    await addAttachment(tx, { enterpriseId: id, id: asked.id }, file, { name: id, now })
    await signUp(
      tx,
      { enterpriseId: id, id: published.id },
      { people: 1, contact: 'Li', phone: '12345' },
      now,
    )
    return asked
  })
  const told = { question, entryId: question.entries[0]?.id ?? 0, byBureau: true }
  await tellAbout(db, told, { publicUrl: 'http://here', now })
}

/** What a table of schema public shows in the firm's scope: its columns that name a firm, or the error's code. */
async function seenIn(table: string): Promise<{ refused: string } | { rows: number; firms: string[] }> {
  try {
    return await inScope(service.db, firm, async (tx) => {
      const { rows } = await sql<
        Record<string, unknown>
      >`select * from ${sql.id('public', table)} limit 5000`.execute(tx)
      const firms = rows.flatMap((row) =>
        [row.enterpriseId, row.enterprise].filter((name) => typeof name === 'string'),
      )
      return { rows: rows.length, firms: [...new Set(firms as string[])] }
    })
  } catch (error) {
    return { refused: (error as { code: string }).code }
  }
}

/** The tables a firm's work may read whole: they name no firm and hold no figure. */
const shared = [
  ...['country', 'country_group', 'district', 'hs_chapter', 'hs_concordance', 'hs_line', 'hs_section'],
  ...['hs_subheading', 'notice', 'ownership', 'province', 'slice', 'slice_gap'],
  ...['supervision_mode', 'trade_mode'],
  ...['training_event', 'transport_mode', 'unit'],
]
const owned = [
  ...['bill_of_materials', 'event_sign_up', 'origin_evidence', 'product', 'question', 'question_attachment'],
  ...['question_entry', 'supplier'],
]

describe('in the scope of a firm, without any filter', () => {
  test('every table there is shows the firm’s own rows, or names nobody, or is out of reach', async () => {
    const { rows } = await owner.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1`,
    )
    expect(rows.length).toBeGreaterThan(90)
    const found: Record<string, unknown> = {}
    for (const { name } of rows) found[name] = await seenIn(name)
    const wanted = Object.fromEntries(
      rows.map(({ name }) => {
        if (owned.includes(name)) return [name, { rows: 1, firms: [firm] }]
        if (shared.includes(name)) return [name, { rows: expect.any(Number), firms: [] }]
        return [name, { refused: '42501' }]
      }),
    )
    expect(found).toEqual(wanted)
    for (const name of [
      ...owned,
      'account',
      'session',
      'api_token',
      'subscription',
      'mail',
      'trade_flow',
      'trade_rollup',
    ])
      expect((await owner.pool.query(`select from ${name}`)).rowCount, name).toBeGreaterThanOrEqual(2)
  })

  test.each(['trade_flow', 'trade_rollup', 'trade_sum', 'enterprise'])(
    'the name %s stands for its own rows, to be read only',
    async (table) => {
      const column = table === 'enterprise' ? 'id' : 'enterprise'
      const firms = await inScope(service.db, firm, (tx) =>
        sql<{ firm: string }>`select distinct ${sql.ref(column)} as firm from ${sql.table(table)}`.execute(
          tx,
        ),
      )
      expect(firms.rows).toEqual([{ firm }])
      await expect(
        inScope(service.db, firm, (tx) => sql`delete from ${sql.table(table)}`.execute(tx)),
      ).rejects.toThrow(/permission denied|cannot delete from view/)
    },
  )

  test('sums are its own: growth asked without naming a firm is that of the firm', async () => {
    const query = { flow: 'export', currency: 'USD' } as const
    const read = <T>(work: (db: Connection['db']) => Promise<T>) => inScope(service.db, firm, work)
    const expected = await loadGrowth(owner.db, { ...query, enterprise: firm }, now)
    const city = await loadGrowth(owner.db, query, now)
    // The filter decides which sums are read; taken out of the statement itself, the rows stay the firm's.
    const figures = await read(async (tx) => {
      const { rows } = await sql<{ total: string }>`
        select sum(value_usd)::text as total from trade_rollup where dims = 'enterprise'`.execute(tx)
      return rows[0]?.total
    })
    const all = await owner.pool.query(
      `select sum(value_usd)::text as total from trade_rollup where dims = 'enterprise' and enterprise = $1`,
      [firm],
    )
    expect(figures).toBe(all.rows[0].total)
    const own = await loadGrowth(service.db, { ...query, enterprise: firm }, now, read)
    expect(own.data).toEqual(expected.data)
    expect(own.data).not.toEqual(city.data)
    const foreign = await loadGrowth(service.db, { ...query, enterprise: other }, now, read)
    expect(foreign.data.every(({ value }) => value === '0')).toBe(true)
  })

  test('no role, name or row of another firm can be taken on inside of it', async () => {
    const refused = (statement: RawBuilder<unknown>) =>
      expect(inScope(service.db, firm, (tx) => statement.execute(tx))).rejects.toMatchObject({
        code: '42501',
      })
    await refused(sql`update training_event set capacity = 1000`)
    await refused(
      sql`insert into account (email, name, role, created_at) values ('a@b', 'x', 'admin', now())`,
    )
    await refused(
      sql`insert into event_sign_up values ((select max(id) from training_event), ${other}, 1, 'x', '12345', now())`,
    )
  })

  test('the scope ends with its transaction: the next one on the connection works as the service again', async () => {
    const single = connect(owner.url, { max: 1, role: appRole })
    await inScope(single.db, firm, async (tx) => sql`select 1`.execute(tx))
    const { rows } = await sql<{ role: string; path: string; firms: number }>`
      select current_user as role, current_setting('search_path') as path,
        (select count(distinct enterprise)::int from trade_rollup) as firms`.execute(single.db)
    await single.close()
    expect(rows).toEqual([{ role: appRole, path: '"$user", public', firms: expect.any(Number) }])
    expect(rows[0]?.firms).toBeGreaterThan(2)
  })
})
