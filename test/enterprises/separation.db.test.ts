import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { appRole, ensureAppRole } from '../../src/db/app-role.ts'
import { type Connection, connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { inScope } from '../../src/db/scope.ts'
import { addBill, addProduct, changeProduct, listProducts } from '../../src/enterprises/product-queries.ts'
import { addEvidence, addSupplier, listEvidence } from '../../src/enterprises/supplier-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { databaseUrl } from '../helpers/database-server.ts'

const now = new Date('2026-11-23T01:00:00Z')
const [firm, other] = ['9901260222', '9901260333'] as const
let owner: TestDatabase
let service: Connection

beforeAll(async () => {
  owner = await freshDatabase()
  await ensureAppRole(owner.pool)
  service = connect(owner.url, { max: 4, role: appRole })
  await owner.db.insertInto('hsSubheading').values({ edition: '2022', code: '090210' }).execute()
  for (const id of [firm, other]) {
    await owner.db.insertInto('enterprise').values({ id, name: id }).execute()
    await fill(service, id)
  }
})
afterAll(async () => {
  await service.close()
  await owner.close()
})

/** One row in each table of the enterprise. */
async function fill({ db }: Connection, id: string): Promise<void> {
  await inScope(db, id, async (tx) => {
    const product = await addProduct(tx, id, { code: 'T1', name: 'tea', hs: '090210' }, now)
    await addBill(tx, id, { name: 'tea', productId: product.id, document: {} }, now)
    const supplier = await addSupplier(tx, id, { name: 'garden', country: 'CN' }, now)
    const evidence = {
      supplierId: supplier.id,
      hs: '090210',
      party: 'CN',
      kind: 'declaration' as const,
      number: '17',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    }
    await addEvidence(tx, id, evidence, { now, on: '2026-11-23' })
  })
}

const ownedTables = ['billOfMaterials', 'originEvidence', 'product', 'supplier'] as const

/** Which firms a query without any filter sees. */
async function seen(connection: Connection, scope: string): Promise<string[][]> {
  return inScope(connection.db, scope, async (tx) => {
    const firms: string[][] = []
    for (const table of ownedTables) {
      const rows = await tx.selectFrom(table).select('enterpriseId').orderBy('enterpriseId').execute()
      firms.push(rows.map((row) => row.enterpriseId))
    }
    return firms
  })
}

describe('without the filter of the application', () => {
  test('a firm sees its own rows, the bureau all, and nobody any where none is named', async () => {
    expect(await seen(service, firm)).toEqual(ownedTables.map(() => [firm]))
    expect(await seen(service, other)).toEqual(ownedTables.map(() => [other]))
    expect(await seen(service, '*')).toEqual(ownedTables.map(() => [firm, other]))
    expect(await seen(service, '')).toEqual(ownedTables.map(() => []))
    for (const table of ownedTables) {
      expect(await service.db.selectFrom(table).select('enterpriseId').execute()).toEqual([])
    }
  })

  test('asking for another firm finds nothing and changes nothing', async () => {
    const [foreign] = await inScope(service.db, other, (tx) => listProducts(tx, other))
    const id = foreign?.id ?? 0
    await inScope(service.db, firm, async (tx) => {
      expect(await listProducts(tx, other)).toEqual([])
      expect(await listEvidence(tx, other, '2026-11-23')).toEqual([])
      expect((await tx.updateTable('product').set({ name: 'mine' }).execute())[0]?.numUpdatedRows).toBe(1n)
      expect((await tx.deleteFrom('product').where('id', '=', id).execute())[0]?.numDeletedRows).toBe(0n)
      const body = { code: 'T9', name: 'mine', hs: '090210' }
      await expect(changeProduct(tx, { enterpriseId: other, id }, body, now)).rejects.toThrow(
        /product of this/,
      )
    })
    expect(await inScope(service.db, other, (tx) => listProducts(tx, other))).toEqual([foreign])
  })

  test('a row cannot be written for another firm, nor a bill for its product', async () => {
    const body = { code: 'T2', name: 'tea', hs: '090210' }
    await expect(inScope(service.db, firm, (tx) => addProduct(tx, other, body, now))).rejects.toThrow(
      /row-level security/,
    )
    const [foreign] = await inScope(service.db, other, (tx) => listProducts(tx, other))
    const bill = { name: 'stolen', productId: foreign?.id ?? 0, document: {} }
    await expect(inScope(service.db, firm, (tx) => addBill(tx, firm, bill, now))).rejects.toThrow(
      'the id of a product of this enterprise',
    )
  })

  test('a scope ends with its transaction, also on a connection that is used again', async () => {
    const single = connect(owner.url, { max: 1, role: appRole })
    await inScope(single.db, firm, async (tx) => tx.selectFrom('product').selectAll().execute())
    expect(await single.db.selectFrom('product').selectAll().execute()).toEqual([])
    await single.close()
  })
})

describe('the role of the service', () => {
  test('owns nothing and cannot change structure, policies, or what was noted', async () => {
    const { rows } = await owner.pool.query(
      `select count(*)::int as owned from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1`,
      [appRole],
    )
    expect(rows).toEqual([{ owned: 0 }])
    const refused = [
      'alter table product disable row level security',
      'drop policy own_rows on product',
      'create table extra (x int)',
      'drop table product',
      `delete from audit_entry`,
      `update migration set sha256 = ''`,
    ]
    for (const statement of refused) {
      await expect(service.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('every table that names an owning enterprise is protected, or out of a firm’s reach', async () => {
    const { rows } = await owner.pool.query<{ name: string; forced: boolean }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'enterprise_id'
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`)
    const outOfReach = ['account', 'api_token', 'audit_entry', 'mail', 'subscription']
    const open = rows.filter(({ forced }) => !forced).map(({ name }) => name)
    expect(open.filter((name) => !outOfReach.includes(name))).toEqual([])
    expect(rows.filter(({ forced }) => forced).length).toBeGreaterThanOrEqual(ownedTables.length)
  })

  test('taking it twice at once is no conflict', async () => {
    const both = await Promise.all([ensureAppRole(owner.pool), ensureAppRole(owner.pool)])
    expect(both).toEqual([
      { role: appRole, note: null },
      { role: appRole, note: null },
    ])
  })
})

test('a user who may not make roles runs as the owner, is told so, and the policies hold for it too', async () => {
  const serverUrl = inject('databaseServerUrl')
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`drop database if exists tradewind_plain with (force)`)
  await admin.query(`drop role if exists tradewind_plain`)
  await admin.query(`create role tradewind_plain login password 'plain'`)
  await admin.query(`create database tradewind_plain owner tradewind_plain`)
  const url = new URL(databaseUrl(serverUrl, 'tradewind_plain'))
  url.username = 'tradewind_plain'
  url.password = 'plain'
  const plain = connect(url.href, { max: 3 })
  try {
    await migrate(plain.pool)
    const { role, note } = await ensureAppRole(plain.pool)
    expect(role).toBeNull()
    expect(note).toMatch(
      /tradewind_plain: may not use role tradewind_app .* row-level security is forced on it/,
    )
    await sql`insert into hs_subheading values ('2022', '090210')`.execute(plain.db)
    for (const id of [firm, other]) {
      await plain.db.insertInto('enterprise').values({ id, name: id }).execute()
      await fill(plain, id)
    }
    expect(await seen(plain, firm)).toEqual(ownedTables.map(() => [firm]))
    expect(await seen(plain, '')).toEqual(ownedTables.map(() => []))
  } finally {
    await plain.close()
    await admin.query(`drop database tradewind_plain with (force)`)
    await admin.query(`drop role tradewind_plain`)
    await admin.end()
  }
})
