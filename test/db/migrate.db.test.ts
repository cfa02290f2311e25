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

test('mails about questions that wait while the service is brought up to date are still sent to whom they are for', async () => {
  const old = await freshDatabase('template0')
  const { pool } = old
  const first = migrations().filter(({ name }) => name < '0024')
  await migrate(pool, first)
  await pool.query(`
    insert into enterprise (id, name) values ('9901260222', 'F');
    insert into account (email, name, role, enterprise_id, created_at) values
      ('o@b.cn', 'O', 'officer', null, now()), ('f@f.cn', 'F', 'enterprise', '9901260222', now());
    insert into question (enterprise_id, topic, title, asked_by, asked_at, updated_at) values ('9901260222', 'data', 't', 'F', now(), now());
    insert into question_entry (enterprise_id, question_id, kind, author, of_bureau, at)
      select '9901260222', id, unnest(array['asked', 'answered']), 'x', unnest(array[false, true]), now() from question;
    insert into mail (dedup_key, recipient, reason, subject, body_text, body_html, next_attempt_at, message_id, created_at)
      select 'question:' || e.id || ':' || a.id, a.email, 'question', '', '', '', now(), e.id::text, now()
      from question_entry e join account a on (a.role = 'enterprise') = e.of_bureau`)
  await migrate(pool)
  const { rows } = await pool.query(
    'select recipient, account_id = a.id as theirs, m.enterprise_id as firm from mail m join account a on a.email = recipient order by 1',
  )
  await old.close()
  expect(rows).toEqual([
    { recipient: 'f@f.cn', theirs: true, firm: '9901260222' },
    { recipient: 'o@b.cn', theirs: true, firm: null },
  ])
})

test('a migration that fails leaves nothing of itself behind', async () => {
  const broken = { name: '9999-break.sql', sql: 'create table half (x int); select 1 / 0', sha256: 'x' }
  await expect(migrate(database.pool, [...migrations(), broken])).rejects.toThrow(
    'migration 9999-break.sql failed',
  )
  const { rows } = await database.pool.query(`select to_regclass('half') as half`)
  expect(rows).toEqual([{ half: null }])
})
