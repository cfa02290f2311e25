import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listImports } from '../../src/ingest/queries.ts'
import { undoEffects, undoImport } from '../../src/ingest/undo-queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

const file = (value: number, months = ['202603']) =>
  `数据年月,商品编码,贸易伙伴编码,美元\n${months.map((month) => `${month},09021010,116,${value}\n`).join('')}`

async function store(value: number, months?: string[]): Promise<number> {
  await load.content('出口.csv', file(value, months))
  const { rows } = await database.pool.query<{ id: number }>('select max(id) as id from source_file')
  return rows[0]?.id ?? 0
}

async function valueAsOf(at: Date): Promise<string | null> {
  const { rows } = await database.pool.query<{ value: string | null }>(
    `select trim_scale(sum(r.value_usd)) as value from slices_as_of($1) s
     join trade_rollup r on r.slice_id = s.id and r.dims = 'total'`,
    [at],
  )
  return rows[0]?.value ?? null
}

const later = (minutes: number) => new Date(load.at().getTime() + minutes * 60_000)
const take = (id: number, minutes: number) => undoImport(database, id, { by: '李', at: later(minutes) })

test('what was taken back is answered for the time in which it was current, and the older figure from then on', async () => {
  await store(7)
  const first = load.at()
  const second = await store(9)
  const during = load.at()
  const undone = await take(second, 10)
  expect(undone).toEqual({
    id: second,
    name: '出口.csv',
    slices: 1,
    restored: 1,
    undoneBy: '李',
    undoneAt: later(10).toISOString(),
  })
  const figures = await Promise.all([first, during, later(9), later(10), later(1000)].map(valueAsOf))
  expect(figures).toEqual(['7', '9', '9', '7', '7'])
})

test('a first load that is taken back leaves nothing from then on', async () => {
  const only = await store(7)
  const loaded = load.at()
  await take(only, 10)
  expect(await Promise.all([loaded, later(9), later(10)].map(valueAsOf))).toEqual(['7', '7', null])
})

test('undoing twice changes nothing and says the same', async () => {
  await store(7)
  const second = await store(9)
  const once = await take(second, 10)
  expect(await take(second, 20)).toEqual(once)
  expect(await valueAsOf(later(30))).toBe('7')
})

test('a load already replaced is taken back without changing the figures, and is not restored later', async () => {
  await store(7)
  const second = await store(8)
  const third = await store(9)
  expect(await take(second, 10)).toMatchObject({ slices: 1, restored: 0 })
  expect(await valueAsOf(later(11))).toBe('9')
  expect(await take(third, 20)).toMatchObject({ slices: 1, restored: 1 })
  expect(await Promise.all([load.at(), later(15), later(20)].map(valueAsOf))).toEqual(['9', '9', '7'])
})

test('after an undo the same bytes load again, and every time keeps its answer', async () => {
  await store(7)
  const second = await store(9)
  await take(second, 0.5)
  const third = await store(9)
  expect(third).not.toBe(second)
  const reloaded = load.at()
  await take(third, 5)
  expect(await Promise.all([later(-1), later(-0.4), reloaded, later(5)].map(valueAsOf))).toEqual([
    '9',
    '7',
    '9',
    '7',
  ])
})

test('what undoing would change is said before', async () => {
  await store(7, ['202603'])
  const second = await store(9, ['202603', '202604'])
  const expected = { dataset: 'customs-cn', flow: 'export' }
  expect(await undoEffects(database.pool, second)).toEqual([
    {
      ...expected,
      period: '2026-03',
      now: { rows: 1, valueCny: null, valueUsd: '9' },
      after: { rows: 1, valueCny: null, valueUsd: '7' },
    },
    { ...expected, period: '2026-04', now: { rows: 1, valueCny: null, valueUsd: '9' }, after: null },
  ])
  await take(second, 10)
  expect(await undoEffects(database.pool, second)).toEqual([])
})

test('the list says who took a load back, and when', async () => {
  const only = await store(7)
  await take(only, 10)
  const [entry] = await listImports(database.pool, 1)
  expect(entry).toMatchObject({
    id: only,
    state: 'undone',
    undoneBy: '李',
    undoneAt: later(10).toISOString(),
  })
})

test('declarations on which a later load was built are not taken back before it', async () => {
  const header = '海关编号,进出口标志,出口日期,项号,商品编号,总价,币制,最终目的国\n'
  const line = (number: number, total: number) =>
    `42272026000000012${number},E,2026-03-05,1,8708999900,${total},USD,116\n`
  await load.content('a.csv', header + line(1, 100))
  await load.content('b.csv', header + line(2, 200))
  const { rows } = await database.pool.query<{ id: number }>('select id from source_file order by id')
  const [one = 0, two = 0] = rows.map((row) => row.id)
  await expect(take(one, 10)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`import ${two} (b.csv) was built on its declarations`),
  })
  expect(await take(two, 10)).toMatchObject({ restored: 1 })
  expect(await take(one, 11)).toMatchObject({ restored: 0 })
})

test('a preview cannot be undone, and what was never imported is not found', async () => {
  await load.content('a.csv', 'a,b\n1,2\n')
  const { rows } = await database.pool.query<{ id: number }>('select id from source_file')
  await expect(take(rows[0]?.id ?? 0, 1)).rejects.toMatchObject({ code: 'conflict' })
  await expect(take(999, 1)).rejects.toMatchObject({ code: 'not-found' })
})
