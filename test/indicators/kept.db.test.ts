import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keptAnswers } from '../../src/indicators/kept-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { loadMonths } from '../warnings/trade.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.pool.query('truncate source_file, slice, trade_rollup, trade_flow cascade'))

/** Counts how often an answer is computed. */
function counted() {
  const kept = keptAnswers(database.db)
  let computed = 0
  const ask = async (iso: string, question = 'q') => {
    const now = new Date(iso)
    return await kept.answer(question, now, async () => {
      computed += 1
      return { data: computed, meta: { asOf: now.toISOString() } }
    })
  }
  return { ask, kept }
}

test('the same question is computed once and answered as of when it was asked', async () => {
  const { ask } = counted()
  expect(await Promise.all([ask('2026-11-23T01:00:00Z'), ask('2026-11-23T01:00:00Z')])).toMatchObject([
    { data: 1 },
    { data: 1 },
  ])
  expect(await ask('2026-11-23T01:00:30Z')).toEqual({ data: 1, meta: { asOf: '2026-11-23T01:00:30.000Z' } })
  expect(await ask('2026-11-23T01:00:30Z', 'another')).toMatchObject({ data: 2 })
})

test('it is computed again after a load, after a minute, and when a load comes into sight', async () => {
  const { ask } = counted()
  await ask('2026-11-23T01:00:00Z')
  await loadMonths(database, { '2026-10': { US: 1 } }, '2026-11-23T00:59:00Z')
  expect(await ask('2026-11-23T01:00:01Z')).toMatchObject({ data: 2 })
  expect(await ask('2026-11-23T01:01:01Z')).toMatchObject({ data: 3 })
  await loadMonths(database, { '2026-09': { US: 1 } }, '2026-11-23T01:01:30Z')
  expect(await ask('2026-11-23T01:01:02Z')).toMatchObject({ data: 4 })
  expect(await ask('2026-11-23T01:01:31Z')).toMatchObject({ data: 5 })
  expect(await ask('2026-11-23T01:01:32Z')).toMatchObject({ data: 5 })
})

test('a failure is not kept, and a clock set back keeps nothing of the future', async () => {
  const { ask, kept } = counted()
  const now = new Date('2026-11-23T01:00:00Z')
  const failing = kept.answer('q', now, () => Promise.reject(new Error('broken')))
  await expect(failing).rejects.toThrow('broken')
  expect(await ask('2026-11-23T01:00:00Z')).toMatchObject({ data: 1 })
  expect(await ask('2026-11-22T01:00:00Z')).toMatchObject({ data: 2 })
})
