import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobOf, type ParseJob, type ParseResult, parseInto } from '../../src/ingest/load-parse.ts'
import { type OptionTexts, readOptions } from '../../src/ingest/options.ts'
import { planImport } from '../../src/ingest/plan.ts'
import { inspectFile, readHead } from '../../src/ingest/read.ts'

/** All that reading a file gives: the COPY text and what is said about it. */
export interface ReadFile extends Omit<ParseResult, 'rejectsFile'> {
  facts: string
  rollups: string
  rejectsText: string
}

/** The same file read from its bytes and read the general way; null when it is refused as a whole. */
export async function readBoth(
  name: string,
  bytes: Uint8Array,
  given: OptionTexts = {},
): Promise<{ quick: ReadFile; general: ReadFile } | null> {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-both-'))
  try {
    const path = join(folder, 'file.csv')
    writeFileSync(path, bytes)
    const facts = await inspectFile(path)
    const options = readOptions(given, { acceptPartial: true, dryRun: false })
    const head = await readHead(path, facts)
    const today = '2026-07-01'
    const plan = planImport({ name, facts, head, options, mapping: null, today })
    if ('refused' in plan) return null
    const rejectsPath = join(folder, 'rejects.csv')
    const job = jobOf(plan, { path, facts, today, rejectsPath, sums: true })
    return { quick: await read(job), general: await read({ ...job, plain: true }) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function read(job: ParseJob): Promise<ReadFile> {
  let ids = 0
  const allocate = async (count: number) => Array.from({ length: count }, () => ++ids)
  const parsing = parseInto(job, { allocate, onProgress: () => {} })
  const text = { facts: '', rollups: '' }
  for (;;) {
    const step = await parsing.next()
    if (step.done) {
      const { rejectsFile, ...result } = step.value
      return {
        ...result,
        ...text,
        rejectsText: rejectsFile === null ? '' : readFileSync(rejectsFile, 'utf8'),
      }
    }
    text[step.value.into] += new TextDecoder().decode(step.value.bytes)
  }
}
