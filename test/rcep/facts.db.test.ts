import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { answer } from '../../src/rcep/advice/answer.ts'
import { readQuestion } from '../../src/rcep/advice/question.ts'
import { knownFacts } from '../../src/rcep/facts-load.ts'
import { loadTariffs, storePack } from '../../src/rcep/load.ts'
import { recent } from '../../src/rcep/recent.ts'
import { storeConcordance } from '../../src/rcep/rules/load.ts'
import { readConcordance } from '../../src/rcep/rules/read-concordance.ts'
import { readPublished } from '../../src/rcep/tariff/read-published.ts'
import { mapCode } from '../../src/reference/concordance.ts'
import { readReference } from '../../src/reference/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const now = new Date('2026-06-01T08:00:00Z')
const reference = readReference()
const bytes = (text: string) => new TextEncoder().encode(text)

beforeAll(async () => {
  database = await freshDatabase()
  await loadTariffs(database.pool, now)
})
afterAll(() => database.close())

const mfnOf = async (hs: string) => {
  const question = readQuestion({ hs, from: 'VN', to: 'CN', on: '2026-06-01' }, reference)
  const facts = await knownFacts(database.db)
  const advice = await answer(database.db, facts, question, { bill: null, language: 'en' })
  return advice.rates.flatMap(({ agreement, rate }) => (agreement === 'MFN' ? [rate] : []))
}

test('facts stay in memory until something is loaded, and then are read again at once', async () => {
  const first = await knownFacts(database.db)
  expect(await mfnOf('610910')).toEqual([])
  expect(await knownFacts(database.db)).toBe(first)
  const options = { name: 'm.csv', importer: 'CN', partners: '', edition: '2022', year: '', agreement: '' }
  const asked = { ...options, from: '2026-01-01', to: '' }
  const { packs } = readPublished(
    'mfn-tariff',
    bytes('line,rate\n61091000,6%\n'),
    asked,
    reference.concordance,
  )
  // Another process has its own connections; only the database tells this one.
  const other = connect(database.url)
  for (const pack of packs) await storePack(other.pool, pack, { now, shipped: false })
  await other.close()
  expect(await mfnOf('610910')).toEqual(['6%'])
  expect(await knownFacts(database.db)).not.toBe(first)
})

test('whoever asks while facts are looked for gets the same ones', async () => {
  const found = await Promise.all(Array.from({ length: 5 }, () => knownFacts(database.db)))
  expect(new Set(found).size).toBe(1)
})

test("a user's correlation stands in place of the shipped one, for the codes it names", async () => {
  const before = mapCode((await knownFacts(database.db)).reference.concordance, '851712', '2012', '2022')
  expect(before.candidates.slice(0, 2)).toEqual(['851713', '851714'])
  const file = readConcordance(bytes('hs2022,hs2012\n851714,850440\n'), 'mine.csv', reference)
  await storeConcordance(database.pool, file, now)
  const facts = await knownFacts(database.db)
  const after = mapCode(facts.reference.concordance, '851712', '2012', '2022')
  expect(after.candidates).toEqual(before.candidates.filter((code) => code !== '851714'))
  const question = readQuestion({ hs: '610910', from: 'CN', to: 'JP', on: '2026-06-01' }, facts.reference)
  const advice = await answer(database.db, facts, question, { bill: null, language: 'en' })
  expect(advice.sources).toContainEqual({
    id: 'concordance-2022-2012',
    source: 'mine.csv',
    sha256: file.sha256,
  })
})

test('what was used last stays, what was not goes first', () => {
  const kept = recent<number>(2)
  kept.set('a', 1)
  kept.set('b', 2)
  expect(kept.get('a')).toBe(1)
  kept.set('c', 3)
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([1, undefined, 3])
})
