import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadReference } from '../../src/reference/load.ts'
import { exposures } from '../../src/warnings/exposure-queries.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { findWarning, listWarnings } from '../../src/warnings/list-queries.ts'
import { loadDefaultRules } from '../../src/warnings/load.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const folder = 'data/samples'
const loadedAt = '2026-11-19T00:00:00Z'
const lastDay = '2026-12-31T01:00:00Z'

beforeAll(async () => {
  database = await freshDatabase()
  await loadReference(database.pool)
  await loadDefaultRules(database.db, new Date(loadedAt))
  await database.pool.query(
    `insert into account (email, name, role, password_hash, created_at) values ('o@example.cn', 'o', 'officer', '-', $1)`,
    [loadedAt],
  )
  await load((name) => !name.includes('revised'))
}, 180_000)
afterAll(() => database.close())

const worldAt = (at: string) => ({ connection: database, clock: fixedClock(at), config: readConfig({}) })

async function load(wanted: (name: string) => boolean, at = loadedAt): Promise<void> {
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.csv') && wanted(file))
    .sort()) {
    const world = { ...worldAt(at), progress: () => {} }
    await importFile(world, { path: `${folder}/${name}`, options, importedBy: 'test' })
  }
}

interface Told {
  id: number
  rule: string
  series: string
  period: string
  reason: string
}

async function told(): Promise<Told[]> {
  const { rows } = await database.pool.query<Told>(
    `select w.id, w.rule_id as rule, concat_ws(' ', w.labels->>'partner', w.labels->>'hs') as series, e.period, e.reason
     from warning_event e join warning w on w.id = e.warning_id order by e.id`,
  )
  return rows
}

const months = ['2026-01/02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08']

test('judged month by month, the city’s year is told as it was planted', async () => {
  const reasons: Record<string, string[]> = {}
  const judge = async (period: string, at: string) => {
    const { mails } = await evaluateWarnings(worldAt(at), { asOfPeriod: period })
    return mails.map(({ reason }) => reason)
  }
  let day = 1
  const nextDay = () => `2026-12-${String(day++).padStart(2, '0')}T01:00:00Z`
  await judge('2025-12', nextDay())
  for (const period of months) reasons[period] = await judge(period, nextDay())

  // the Spring Festival was in February 2026, a year earlier in January
  const festival = (await told()).filter(({ period }) => period === '2026-01/02')
  expect(festival.filter(({ reason }) => reason !== 'resolved')).toEqual([])

  // the surge was planted from May; the rule asks for two periods
  const friction = (await told()).filter(({ rule }) => rule === 'export-friction-market-product')
  expect(friction.map(({ series, period, reason }) => ({ series, period, reason }))).toEqual([
    { series: 'US 940360', period: '2026-06', reason: 'new' },
    { series: 'US 940360', period: '2026-07', reason: 'worse' },
  ])
  expect(reasons['2026-06']).toEqual(['new'])

  await load((name) => name.includes('revised'), nextDay())
  expect([await judge('2026-08', nextDay()), await judge('2026-08', nextDay())]).toEqual([['revised'], []])
  await judge('2026-09', nextDay())
  await judge('2026-10', nextDay())
  for (const [id, events] of Map.groupBy(await told(), (event) => event.id)) {
    // only what has fired since can resolve again
    const ends = events
      .map(({ reason }) => reason)
      .filter((reason) => reason === 'new' || reason === 'resolved')
    expect({ id, twice: ends.some((reason, index) => reason === ends[index - 1]) }).toEqual({
      id,
      twice: false,
    })
  }
}, 180_000)

test('the firms behind the planted surge are the ones it was planted in', async () => {
  const open = await listWarnings(database.db, { state: 'open' })
  const surge = open.find(({ rule }) => rule.id === 'export-friction-market-product')
  const { warning, rule } = await findWarning(database.db, surge?.id ?? 0)
  const found = await exposures(database.db, rule, { warnings: [warning], asOf: new Date(lastDay) })
  const grown = found.get(warning.id)?.enterprises.slice(0, 3)
  const planted = JSON.parse(readFileSync(`${folder}/events.json`, 'utf8')).find(
    ({ id }: { id: string }) => id === 'surge',
  )
  expect(grown?.map(({ id }) => id).sort()).toEqual(
    planted.enterprises.map(({ code }: { code: string }) => code).sort(),
  )
  expect(grown?.every(({ value, base }) => Number(value) > Number(base))).toBe(true)
})
