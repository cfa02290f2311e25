import { spawn } from 'node:child_process'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { threadBytes } from '../../src/ingest/load-thread.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
const home = mkdtempSync(join(tmpdir(), 'tradewind-kill-'))
const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const rows = 21_000
/** As long as a name may be, so that a file of not too many rows is large enough to be read by a thread of its own. */
const name = '茶'.repeat(70)
/** Every row of a file has the same value, so that a slice shows which file it came from. */
function fileOf(value: number): string {
  const line = (row: number) =>
    `2026${String(1 + (row % 3)).padStart(2, '0')},0902${1000 + (row % 90)},${name},116,${value}\n`
  return `数据年月,商品编码,商品名称,贸易伙伴编码,美元\n${Array.from({ length: rows }, (_, row) => line(row)).join('')}`
}

/** Runs an import in a process of its own; killed after that many milliseconds, or never. */
function load(path: string, killAfterMs: number | null): Promise<number | null> {
  const env = { ...process.env, DATABASE_URL: database.url, TRADEWIND_HOME: home }
  const child = spawn(process.execPath, [program, 'import', path, '--flow', 'export'], {
    env,
    stdio: 'ignore',
  })
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}

/** The current slices with the rows and the values that their facts and their sums have. */
async function current() {
  const { rows: found } = await database.pool.query(
    `select s.period::text, s.rows, (select count(*) from trade_flow f where f.slice_id = s.id) as facts,
       (select array_agg(distinct f.value_usd::int) from trade_flow f where f.slice_id = s.id) as values,
       (select sum(r.rows)::int from trade_sum r where r.slice_id = s.id and r.dims = 'hs8') as summed
     from slice s where s.superseded_at is null order by s.period`,
  )
  return found
}

/** Sessions of the server beside this one: it may still be ending the commit of who was killed. */
async function othersAtWork(): Promise<number> {
  const { rows: found } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'`,
  )
  return found[0]?.n ?? 0
}

function complete(value: number) {
  return ['2026-01-01', '2026-02-01', '2026-03-01'].map((period) => ({
    period,
    rows: rows / 3,
    facts: rows / 3,
    values: [value],
    summed: rows / 3,
  }))
}

test('twenty loads killed at any moment leave whole files, and repeating the load completes it', async () => {
  const path = join(home, 'load.csv')
  writeFileSync(path, fileOf(1))
  expect(statSync(path).size).toBeGreaterThan(threadBytes)
  const started = performance.now()
  expect(await load(path, null)).toBe(0)
  const wholeMs = performance.now() - started
  let stored = 1
  for (let attempt = 2; attempt <= 21; attempt++) {
    writeFileSync(path, fileOf(attempt))
    const code = await load(path, wholeMs * (0.3 + 0.04 * ((attempt * 7) % 20)))
    await expect.poll(othersAtWork, { timeout: 20_000 }).toBe(0)
    const found = await current()
    const held: number = found[0]?.values[0] ?? 0
    expect([stored, attempt]).toContain(held)
    if (code === 0) expect(held).toBe(attempt)
    expect(found).toEqual(complete(held))
    stored = held
  }
  expect(await load(path, null)).toBe(0)
  expect(await current()).toEqual(complete(21))
  const { rows: left } = await database.pool.query(
    'select count(*)::int as n from trade_flow where slice_id not in (select id from slice)',
  )
  expect(left).toEqual([{ n: 0 }])
}, 240_000)
