import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { backUp, restore } from '../../src/db/backup.ts'
import { connect } from '../../src/db/connect.ts'
import { inScope } from '../../src/db/scope.ts'
import { addProduct } from '../../src/enterprises/product-queries.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { databaseUrl } from '../helpers/database-server.ts'
import { clock, firm } from '../http/service.ts'

let folder: string
let file: string
let source: TestDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tradewind-backup-'))
  file = join(folder, 'all.backup')
  source = await freshDatabase()
  await loadReference(source.pool)
  await fillSource()
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})

/** Real facts of the sample city, a firm's record, and text that is hard to carry. */
async function fillSource(): Promise<void> {
  const world = { connection: source, clock, config: readConfig({}), progress: () => {} }
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  const [sample] = readdirSync('data/samples').filter((name) => name.endsWith('.csv'))
  await importFile(world, { path: `data/samples/${sample}`, options, importedBy: 'test' })
  await source.db
    .insertInto('enterprise')
    .values({ id: firm, name: 'a\tb\\.\n"茶"' })
    .onConflict((c) => c.doNothing())
    .execute()
  await source.pool.query(`update signing_key set key = sha256('of this database')`)
  await inScope(source.db, firm, (tx) =>
    addProduct(tx, firm, { code: 'T1', name: '\\.', hs: '090210' }, clock.now()),
  )
}

/** Every table with its number of rows and a digest of what is in them. */
async function contents(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    if (name === 'migration') continue
    const digest = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(row_text, e'\\n' order by row_text)), '') as digest
       from (select t::text as row_text from "${name}" t) rows`,
    )
    found[name] = digest.rows[0].digest
  }
  return found
}

/** A database without a single table. */
async function bareDatabase(name: string) {
  const admin = new pg.Client({ connectionString: inject('databaseServerUrl') })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  const connection = connect(databaseUrl(inject('databaseServerUrl'), name), { max: 3 })
  return {
    ...connection,
    async drop() {
      await connection.close()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

test('a backup restored into an empty database is the same database, and goes on counting', async () => {
  const report = await backUp(source.pool, file)
  expect(report.rows).toBeGreaterThan(10_000)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const target = await bareDatabase('tradewind_restored')
  try {
    expect(await restore(target.pool, file)).toEqual(report)
    expect(await contents(target.pool)).toEqual(await contents(source.pool))
    const added = await inScope(target.db, firm, (tx) =>
      addProduct(tx, firm, { code: 'T2', name: 'next', hs: '090210' }, clock.now()),
    )
    expect(added.id).toBe(2)
    const forced = await target.pool.query(
      `select relforcerowsecurity as forced from pg_class where relname = 'product'`,
    )
    expect(forced.rows).toEqual([{ forced: true }])
    await expect(restore(target.pool, file)).rejects.toThrow(/holds rows/)
  } finally {
    await target.drop()
  }
})

test('an owner who is no superuser restores the protected tables too, and they stay protected', async () => {
  await backUp(source.pool, file)
  const admin = new pg.Client({ connectionString: inject('databaseServerUrl') })
  await admin.connect()
  const name = 'tradewind_restorer'
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`drop role if exists ${name}`)
  await admin.query(`create role ${name} login password 'plain'`)
  await admin.query(`create database ${name} owner ${name}`)
  const url = new URL(databaseUrl(inject('databaseServerUrl'), name))
  url.username = name
  url.password = 'plain'
  const plain = connect(url.href, { max: 3 })
  try {
    await restore(plain.pool, file)
    const seen = (scope: string) =>
      inScope(plain.db, scope, (tx) => tx.selectFrom('product').select('enterpriseId').execute())
    expect(await seen(firm)).toEqual([{ enterpriseId: firm }])
    expect(await seen('')).toEqual([])
    const again = join(folder, 'plain.backup')
    expect(await backUp(plain.pool, again)).toEqual(await backUp(source.pool, file))
  } finally {
    await plain.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.query(`drop role ${name}`)
    await admin.end()
  }
})

test('what is being written while a backup runs is in it whole or not at all', async () => {
  const writer = await source.pool.connect()
  await writer.query('begin')
  await writer.query(`insert into enterprise (id, name) values ('9901260999', 'half')`)
  await backUp(source.pool, file)
  await writer.query('rollback')
  writer.release()
  expect(gunzipSync(readFileSync(file)).includes('9901260999')).toBe(false)
})

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2)), /no complete backup/],
  ['something else', () => Buffer.from('hello'), /no complete backup/],
  [
    'cut off and packed again',
    (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, -20)),
    /no complete backup/,
  ],
  [
    'of another release',
    (bytes: Buffer) =>
      gzipSync(
        Buffer.from(
          gunzipSync(bytes).toString('latin1').replace('0001-create-trade', '0001-CREATE-trade'),
          'latin1',
        ),
      ),
    /made by another release/,
  ],
])('a file that is %s is refused and leaves the database as it was', async (_what, change, message) => {
  await backUp(source.pool, file)
  const broken = join(folder, 'broken.backup')
  writeFileSync(broken, change(readFileSync(file)))
  const target = await freshDatabase()
  try {
    const before = await contents(target.pool)
    await expect(restore(target.pool, broken)).rejects.toThrow(message)
    expect(await contents(target.pool)).toEqual(before)
  } finally {
    await target.close()
  }
})

test('a file that is not there is named', async () => {
  await expect(restore(source.pool, join(folder, 'none'))).rejects.toThrow(/none: a file that can be read/)
})
