import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateTypes } from '../../scripts/generate-schema.ts'
import { dumpSchema } from '../../src/db/dump.ts'
import { migrate, migrations, pendingMigrations } from '../../src/db/migrate.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('the migrated structure is the reviewed one', async () => {
  await expect(dumpSchema(database.pool)).resolves.toBe(readFileSync('test/golden/schema.sql', 'utf8'))
})

test('the table types are those of the migrated database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-types-'))
  try {
    generateTypes(database.url, join(folder, 'schema.ts'))
    expect(readFileSync(join(folder, 'schema.ts'), 'utf8')).toBe(readFileSync('src/db/schema.ts', 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('migrating a migrated database changes nothing, also from two instances at once', async () => {
  const both = await Promise.all([migrate(database.pool), migrate(database.pool)])
  expect(both).toEqual([[], []])
  await expect(pendingMigrations(database.pool)).resolves.toEqual([])
})

test('a database of a newer release is refused', async () => {
  await expect(migrate(database.pool, migrations().slice(0, -1))).rejects.toThrow(
    /belongs to a newer release/,
  )
})

test('an applied migration that was edited afterwards is refused', async () => {
  const edited = migrations().map((migration, index) =>
    index === 0 ? { ...migration, sha256: '0' } : migration,
  )
  await expect(migrate(database.pool, edited)).rejects.toThrow(
    '0001-create-trade.sql: differs from the file that was applied',
  )
})

test('a migration that fails leaves nothing of itself behind', async () => {
  const broken = { name: '9999-break.sql', sql: 'create table half (x int); select 1 / 0', sha256: 'x' }
  await expect(migrate(database.pool, [...migrations(), broken])).rejects.toThrow(
    'migration 9999-break.sql failed',
  )
  const { rows } = await database.pool.query(`select to_regclass('half') as half`)
  expect(rows).toEqual([{ half: null }])
})
