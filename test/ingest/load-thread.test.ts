import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { jobOf, type ParseHelp, type ParseJob } from '../../src/ingest/load-parse.ts'
import { type ReadingThread, readingThread, threadBytes } from '../../src/ingest/load-thread.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { planImport } from '../../src/ingest/plan.ts'
import { inspectFile, readHead } from '../../src/ingest/read.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradewind-thread-'))
afterAll(() => rmSync(folder, { recursive: true }))

const help: ParseHelp = {
  allocate: async (count) => Array.from({ length: count }, (_, index) => index + 1),
  onProgress: () => {},
}
const header = '数据年月,商品编码,贸易伙伴编码,企业编码,企业名称,计量单位,第一数量,美元\n'

/** A file with that many rows, each of another firm, and how it is to be read. */
async function fileOf(rows: number): Promise<ParseJob> {
  const path = join(folder, `出口-${rows}.csv`)
  const line = (row: number) =>
    `202601,09021010,116,${3301000000 + row},第${row}号进出口有限公司${'茶'.repeat(20)},千克,2,3\n`
  writeFileSync(path, `${header}${Array.from({ length: rows }, (_, row) => line(row)).join('')}`)
  const facts = await inspectFile(path)
  expect(facts.sizeBytes).toBeGreaterThan(threadBytes)
  const options = readOptions({ flow: 'export' }, { acceptPartial: false, dryRun: false })
  const head = await readHead(path, facts)
  const plan = planImport({ name: path, facts, head, options, mapping: null, today: '2026-07-01' })
  if ('refused' in plan) throw new Error(plan.refused.reason)
  return jobOf(plan, { path, facts, today: '2026-07-01', rejectsPath: join(folder, 'rejects'), sums: true })
}

async function readWhole(thread: ReadingThread, job: ParseJob): Promise<number> {
  const chunks = thread.parse(job)
  for (;;) {
    const next = await chunks.next()
    if (next.done) return next.value.tally.read
  }
}

test('a thread that is asked anew drops what it had begun', async () => {
  const [large, small] = [await fileOf(60_000), await fileOf(40_000)]
  const thread = readingThread(large.facts.sizeBytes, help)
  try {
    const begun = thread.parse(large)
    expect((await begun.next()).done).toBe(false)
    expect(await readWhole(thread, small)).toBe(40_000)
  } finally {
    await thread.close()
  }
})

test('a file with more different firms than fit into memory is refused, and says what to do', async () => {
  const job = await fileOf(150_000)
  const thread = readingThread(job.facts.sizeBytes, help, { maxOldGenerationSizeMb: 24 })
  try {
    await expect(readWhole(thread, job)).rejects.toMatchObject({
      code: 'too-large',
      detail: { said: { code: 'too-many-different' } },
    })
  } finally {
    await thread.close()
  }
})

test('a reading thread starts without the schemas of requests, which double the time it takes', () => {
  const program = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
    await import(${JSON.stringify(import.meta.resolve('../../src/ingest/load-parse.ts'))})
    console.log(loaded.join('\\n'))`
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(loaded).toContain('src/ingest/load-parse.ts')
  expect(loaded.split('\n').filter((url) => url.includes('/node_modules/typebox/'))).toEqual([])
})
