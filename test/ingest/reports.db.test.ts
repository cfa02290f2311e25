import { basename } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import type { ImportReport } from '../../src/ingest/schema.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { encodeCase, type GoldenFile, goldenCases } from './golden-case.ts'
import { forgetImports, type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())
beforeEach(() => forgetImports(database))

/** The whole report but for what differs from machine to machine; or what the user must say first. */
async function reportOf({ name, options, ...file }: GoldenFile): Promise<unknown> {
  try {
    const report: ImportReport = await load.content(name, encodeCase(file), options)
    return { ...report, rejectsFile: report.rejectsFile && basename(report.rejectsFile) }
  } catch (error) {
    if (error instanceof AppError) return { error: error.detail }
    throw error
  }
}

async function stored(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select s.dataset, s.flow, s.period::text as period, s.scope, s.superseded_at is null as current,
       trim_scale(sum(f.value_usd))::text as usd, count(f.*)::int as facts
     from slice s left join trade_flow f on f.slice_id = s.id and f.counted
     group by s.id order by s.dataset, s.scope, s.flow, s.period, s.loaded_at`,
  )
  return rows
}

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

describe('the report of a file', () => {
  test.each([...goldenCases])('%s', async (name, golden) => {
    const report = await reportOf(golden)
    await expect(text({ report, stored: await stored() })).toMatchFileSnapshot(
      `../golden/ingest/reports/${name}.json`,
    )
  })
})

const month = (name: string, ...rows: string[]): GoldenFile => ({
  name,
  encoding: 'utf-8',
  options: {},
  text: ['数据年月,商品编码,贸易伙伴编码,美元\n', ...rows.map((row) => `${row}\n`)],
})
const march = month('出口1.csv', '202603,09021010,116,7', '202603,09021010,502,8')
const stories: [string, GoldenFile[]][] = [
  ['duplicate-file', [march, { ...march, name: '出口-copy.csv' }]],
  ['overlapping-periods', [march, month('出口2.csv', '202603,09021010,116,7.5', '202604,09021010,116,9')]],
  ['equal-rows', [month('出口1.csv', '202603,09021010,116,7', '202603,09021010,116,7')]],
]

describe('the reports of files after each other', () => {
  test.each(stories)('%s', async (name, files) => {
    const reports = []
    for (const file of files) reports.push(await reportOf(file))
    await expect(text({ reports, stored: await stored() })).toMatchFileSnapshot(
      `../golden/ingest/reports/${name}.json`,
    )
  })
})
