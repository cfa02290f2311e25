import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeRole } from '../../src/enterprises/admin-queries.ts'
import { disableAccount } from '../../src/enterprises/people-queries.ts'
import { insertAccount } from '../../src/enterprises/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const now = new Date('2026-11-23T01:00:00Z')
/** Holds every change of an account up, so that two transactions are under way at once. */
const gate = 7_429_001

beforeAll(async () => {
  database = await freshDatabase()
  await database.pool.query(`
    create function wait_at_gate() returns trigger language plpgsql as
      $$ begin perform pg_advisory_lock_shared(${gate}); perform pg_advisory_unlock_shared(${gate}); return new; end $$;
    create trigger gate before update on account for each row execute function wait_at_gate()`)
})
afterAll(() => database.close())

async function addAdministrator(name: string): Promise<number> {
  const person = { email: `${name}@bureau.cn`, name, role: 'admin' as const, enterpriseId: null }
  return (await insertAccount(database.db, { ...person, passwordHash: null }, now)).id
}

const demote = (id: number) => changeRole(database.db, id, { role: 'officer' })
const disable = (id: number) => disableAccount(database.db, id, now)

/** Lets both changes begin, on connections of their own, and end only after each has come as far as it can. */
async function atOnce(changes: (() => Promise<void>)[]): Promise<(string | null)[]> {
  const keeper = await database.pool.connect()
  await keeper.query('select pg_advisory_lock($1)', [gate])
  const ends = changes.map((change) =>
    change().then(
      () => null,
      (error: Error) => error.message,
    ),
  )
  await expect
    .poll(async () => {
      const { rows } = await keeper.query(
        `select count(*)::int as held from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      return rows[0].held
    })
    .toBe(changes.length)
  await keeper.query('select pg_advisory_unlock($1)', [gate])
  keeper.release()
  return await Promise.all(ends)
}

test.each([
  ['take the role from each other', demote, demote],
  ['disable each other', disable, disable],
  ['take the role and disable', demote, disable],
])('of two administrators who %s at the same moment one stays', async (_what, first, second) => {
  await database.pool.query('delete from account')
  const [one, other] = [await addAdministrator('one'), await addAdministrator('other')]
  const ends = await atOnce([() => first(other), () => second(one)])
  expect(ends.toSorted()).toEqual([null, 'role: the last administrator stays one'])
  const { rows } = await database.pool.query(
    `select count(*)::int as left from account where role = 'admin' and disabled_at is null`,
  )
  expect(rows).toEqual([{ left: 1 }])
})

test('the last one can be disabled by nobody, a program included; where there is none others still can', async () => {
  await database.pool.query('delete from account')
  const last = await addAdministrator('last')
  await expect(disable(last)).rejects.toThrow('role: the last administrator stays one')
  await database.pool.query(`update account set role = 'officer'`)
  await disable(last)
})
