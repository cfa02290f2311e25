import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { columnsFor } from '../ingest/copy/fact-columns.ts'
import { rollupColumns } from '../ingest/copy/rollup-writer.ts'
import { rowScan, scanRow } from '../ingest/copy/scan.ts'
import { jobOf, type ParseJob, parseInto } from '../ingest/load-parse.ts'
import { readOptions } from '../ingest/options.ts'
import { planImport } from '../ingest/plan.ts'
import { inspectFile, readHead } from '../ingest/read.ts'

export interface Stage {
  stage: string
  ms: number
}

/** What each part of a load costs when it runs alone; in a load reading and writing run at the same time. */
export async function stagesOf(pool: pg.Pool, path: string, folder: string): Promise<Stage[]> {
  const readMs = await timed(() => passBytes(path, () => {}))
  const facts = await inspectFile(path)
  const inspectMs = await timed(() => inspectFile(path))
  const scanMs = await timed(() => tokenise(path))
  const { job, columns } = await jobFor(path, facts, folder)
  const parseMs = await timed(() => parse({ ...job, sums: false }, () => {}))
  const files = { facts: join(folder, 'facts.copy'), rollups: join(folder, 'rollups.copy') }
  const sumMs = await timed(() => parse({ ...job, sums: true }, () => {}))
  await spool(job, files)
  const copies = await copyStages(pool, files, columns)
  return [
    { stage: 'read', ms: readMs },
    { stage: 'hash, settle the encoding', ms: inspectMs - readMs },
    { stage: 'tokenise', ms: scanMs - readMs },
    { stage: 'decode, parse, validate, encode', ms: parseMs - scanMs },
    { stage: 'sum the rollups', ms: sumMs - parseMs },
    ...copies,
  ]
}

async function jobFor(path: string, facts: Awaited<ReturnType<typeof inspectFile>>, folder: string) {
  const options = readOptions({ flow: 'export' }, { acceptPartial: false, dryRun: false })
  const head = await readHead(path, facts)
  const today = '2026-12-31'
  const plan = planImport({ name: path, facts, head, options, mapping: null, today })
  if ('refused' in plan) throw new Error(plan.refused.reason)
  const rejectsPath = join(folder, 'rejects.csv')
  const job = jobOf(plan, { path, facts, today, rejectsPath, sums: true })
  return { job, columns: columnsFor(plan.match, plan.settings) }
}

async function parse(
  job: ParseJob,
  take: (into: 'facts' | 'rollups', bytes: Uint8Array) => unknown,
): Promise<void> {
  let ids = 0
  const allocate = async (count: number) => Array.from({ length: count }, () => ++ids)
  for await (const { into, bytes } of parseInto(job, { allocate, onProgress: () => {} }))
    await take(into, bytes)
}

/** Both kinds of COPY text in files of their own, so that writing them can be timed apart. */
async function spool(job: ParseJob, files: Record<'facts' | 'rollups', string>): Promise<void> {
  const out = { facts: createWriteStream(files.facts), rollups: createWriteStream(files.rollups) }
  await parse(job, (into, bytes) => {
    if (!out[into].write(bytes))
      return new Promise<void>((resolve) => out[into].once('drain', () => resolve()))
  })
  for (const stream of Object.values(out)) await finished(stream.end())
}

async function copyStages(
  pool: pg.Pool,
  files: Record<'facts' | 'rollups', string>,
  columns: readonly string[],
): Promise<Stage[]> {
  const client = await pool.connect()
  // all rows are of this year, see bench-ingest-file.ts
  const facts = () => copyInto(client, 'trade_flow_y2025', columns, createReadStream(files.facts))
  const rollups = () => copyInto(client, 'trade_rollup', rollupColumns, createReadStream(files.rollups))
  try {
    const bareMs = await rolledBack(
      client,
      rollups,
      'drop index trade_rollup_lookup, trade_rollup_enterprise',
    )
    await client.query('begin')
    const factsMs = await timed(facts)
    const rollupsMs = await timed(rollups)
    const commitMs = await timed(() => client.query('commit'))
    await client.query('truncate trade_flow, trade_rollup')
    return [
      { stage: 'COPY of the facts', ms: factsMs },
      { stage: 'COPY of the rollups', ms: bareMs },
      { stage: 'index of the rollups', ms: rollupsMs - bareMs },
      { stage: 'commit', ms: commitMs },
    ]
  } finally {
    client.release()
  }
}

async function rolledBack(
  client: pg.PoolClient,
  work: () => Promise<unknown>,
  before: string,
): Promise<number> {
  await client.query('begin')
  await client.query(before)
  const ms = await timed(work)
  await client.query('rollback')
  return ms
}

async function tokenise(path: string): Promise<void> {
  const scan = rowScan(',', 64)
  let rest = Buffer.alloc(0)
  await passBytes(path, (block) => {
    const bytes = Buffer.concat([rest, block])
    let from = 0
    while (scanRow(scan, bytes, from) === 'row') from = scan.next
    rest = bytes.subarray(from)
  })
}

async function passBytes(path: string, take: (block: Buffer) => void): Promise<void> {
  for await (const block of createReadStream(path, { highWaterMark: 128 * 1024 })) take(block)
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}
