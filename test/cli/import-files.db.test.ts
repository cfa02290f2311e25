import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { run } from '../../src/cli/import.ts'
import type { ImportReport } from '../../src/ingest/schema.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const home = mkdtempSync(join(tmpdir(), 'tradewind-cli-'))

beforeAll(async () => {
  database = await freshDatabase()
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('TRADEWIND_HOME', home)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('truncate source_file, slice, trade_flow, reject, enterprise cascade')
})

function file(name: string, text: string): string {
  const path = join(home, name)
  writeFileSync(path, text)
  return path
}

const month = (value: number, rows = 1) =>
  `数据年月,商品编码,贸易伙伴编码,美元\n${`202603,09021010,116,${value}\n`.repeat(rows)}`

async function imported(...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = {
    stdout: (text: string) => void out.push(text),
    stderr: (text: string) => void err.push(text),
  }
  const code = await run(argv, io)
  return { code, stdout: out.join(''), stderr: err.join('') }
}

test('several files each have a report, in the order given, and the worst decides the exit code', async () => {
  const paths = [
    file('出口1.csv', month(7)),
    file('bad.csv', 'a,b\n1,2\n'),
    join(home, 'nowhere.csv'),
    file('出口2.csv', month(9)),
    file('出口3.csv', month(7)),
  ]
  const { code, stdout, stderr } = await imported(...paths)
  expect(code).toBe(3)
  expect(stdout.match(/^\S+\.csv: \w+/gm)).toEqual([
    '出口1.csv: loaded',
    'bad.csv: refused',
    '出口2.csv: loaded',
    '出口3.csv: duplicate',
  ])
  expect(stderr).toBe(`${paths[2]}\nerror: file: ${paths[2]}: a readable file (ENOENT)\n`)
})

test('of files with the same month the later one given holds, however long the earlier one takes', async () => {
  const long = file('出口1.csv', month(1, 30_000))
  const short = file('出口2.csv', month(9))
  const { code, stdout } = await imported(long, short, '--json')
  expect(code).toBe(0)
  const reports = JSON.parse(stdout) as ImportReport[]
  expect(
    reports.map(({ file: { name }, slices }) => [name, slices[0]?.action, slices[0]?.before?.rows]),
  ).toEqual([
    ['出口1.csv', 'new', undefined],
    ['出口2.csv', 'replaced', 30_000],
  ])
  const { rows } = await database.pool.query('select rows from slice where superseded_at is null')
  expect(rows).toEqual([{ rows: 1 }])
})

test.each([
  [['出口.csv'], 0],
  [['出口.csv', 'nowhere.csv'], 2],
  [['nowhere.csv', 'bad.csv'], 3],
])('%j ends with %i', async (names, code) => {
  file('出口.csv', month(5))
  file('bad.csv', 'a,b\n1,2\n')
  expect((await imported(...names.map((name) => join(home, name)))).code).toBe(code)
})
