import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { importFile } from '../../src/ingest/load.ts'
import { threadBytes } from '../../src/ingest/load-thread.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { gb18030 } from './encode.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

const header = '数据年月,商品编码,商品名称,贸易伙伴编码,计量单位,第一数量,美元\n'
const padding = '茶'.repeat(70)
const line = (row: number, value: string = '3') =>
  `2026${String(1 + (row % 3)).padStart(2, '0')},0902${1000 + (row % 90)},${padding},116,千克,2,${value}\n`
const rows = 24_000
/** One row that is rejected near the beginning, one near the end. */
const table = Array.from({ length: rows }, (_, row) => line(row, row === 5 || row === rows - 5 ? 'x' : '3'))

/** What a load of the table leaves, in whatever encoding it came. */
async function stored() {
  const { rows: found } = await database.pool.query(
    `select count(*)::int as facts, sum(value_usd)::int as usd, array_agg(distinct unit1) as units,
       count(distinct slice_id)::int as slices from trade_flow`,
  )
  return found[0]
}
const whole = { facts: rows - 2, usd: (rows - 2) * 3, units: ['千克'], slices: 3 }

async function loadWhole(bytes: Uint8Array) {
  expect(bytes.length).toBeGreaterThan(threadBytes)
  const report = await load.content('出口.csv', bytes, { flow: 'export', acceptPartial: true })
  expect(report).toMatchObject({ status: 'partial', rows: { read: rows, rejected: 2 } })
  expect(report.rejects.map((reject) => reject.line)).toEqual([7, rows - 3])
  const listed = readFileSync(report.rejectsFile ?? '', 'utf8')
    .trim()
    .split('\r\n')
  expect(listed).toHaveLength(3)
  expect(readdirSync(join(load.home, 'rejects')).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(await stored()).toEqual(whole)
  return report
}

test('a file that is what its beginning says is read once', async () => {
  const report = await loadWhole(gb18030(`${header}${table.join('')}`))
  expect(report.file.encoding).toBe('gb18030')
})

test('a file that has zero bytes after its beginning is read anew, with them in mind', async () => {
  const late = table.with(rows - 5, line(rows - 5).replace('茶', '茶\0'))
  const report = await loadWhole(new TextEncoder().encode(`${header}${late.join('')}`))
  expect(report.rejects[1]?.reason).toMatch(/NUL|zero/)
})

test('a file whose end is in another encoding than its beginning is refused as it would be in one look', async () => {
  const bytes = Buffer.concat([gb18030(`${header}${table.join('')}`), Uint8Array.of(0xff, 0xff, 10)])
  const report = await load.content('出口.csv', bytes, { flow: 'export', acceptPartial: true })
  expect(report.status).toBe('refused')
  expect(report.file.encoding).toBe('windows-1252')
  expect(await stored()).toMatchObject({ facts: 0 })
  expect(readdirSync(join(load.home, 'rejects')).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a large file is stored once, and another of its size beside it', async () => {
  const bytes = gb18030(`${header}${table.join('')}`)
  await loadWhole(bytes)
  const given = { flow: 'export', acceptPartial: true } as const
  expect((await load.content('出口-又.csv', bytes, given)).status).toBe('duplicate')
  const other = gb18030(`${header}${table.with(1, line(1, '4')).join('')}`)
  expect(other.length).toBe(bytes.length)
  expect(await load.content('出口-改.csv', other, given)).toMatchObject({ status: 'partial' })
  const { rows: vintages } = await database.pool.query(
    'select count(*)::int as all, count(superseded_at)::int as superseded from slice',
  )
  expect(vintages).toEqual([{ all: 6, superseded: 3 }])
})

test.each([10, rows])(
  'an import of %i rows that nobody wants any more ends while the file is looked at',
  async (count) => {
    const path = join(load.home, '出口-stopped.csv')
    writeFileSync(path, `${header}${table.slice(0, count).join('')}`)
    const stopped = importFile(
      {
        connection: database,
        clock: fixedClock('2026-07-01T00:00:00Z'),
        config: { home: load.home, timeZone: 'Asia/Shanghai' },
      },
      {
        path,
        importedBy: 'test',
        options: readOptions({ flow: 'export' }, { acceptPartial: true, dryRun: false }),
        signal: AbortSignal.abort(),
      },
    )
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(await stored()).toMatchObject({ facts: 0 })
  },
)
