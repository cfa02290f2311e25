import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { likelyPlan, type Named, planFor, readingJob } from './load-plan.ts'
import { allocateSliceIds } from './load-queries.ts'
import {
  type ImportDeps,
  type ImportOutcome,
  type ImportRequest,
  loadTable,
  refusal,
  sourceFileOf,
} from './load-table.ts'
import { type ReadingThread, readingThread } from './load-thread.ts'
import { say } from './messages.ts'
import { recordOutcome, storedImport } from './queries.ts'
import { type FileFacts, inspectFile, withEncoding } from './read.ts'
import { removeSheet, sheetAsCsv } from './read-workbook.ts'
import { invalid } from './refusals.ts'
import { baseReport, duplicateReport } from './report.ts'
import type { ImportReport } from './schema.ts'
import { rejectsPath, sheetFolder, unfinishedRejectsPath } from './uploads.ts'

/**
 * Imports one file in one transaction, or with `dryRun` says what that would do. The report's status tells the outcome;
 * what is refused leaves no trade row behind, only a record of the attempt. Throws AppError when the file cannot be
 * read or the user must say more.
 */
export async function importFile(deps: ImportDeps, request: ImportRequest): Promise<ImportOutcome> {
  const thread = readingThread(await unlessUnreadable(request, sizeOf), {
    allocate: (count) => allocateSliceIds(deps.connection.pool, count),
    onProgress: request.onProgress ?? (() => {}),
  })
  const unfinished = unfinishedRejectsPath(deps.config.home)
  try {
    const named = { ...request, name: request.name ?? basename(request.path) }
    return await importWith(deps, named, { thread, rejectsPath: unfinished })
  } finally {
    await thread.close()
    await rm(unfinished, { force: true })
  }
}

/** Where a file is read, and the list of its rejects until it is whole. */
interface Reading {
  thread: ReadingThread
  rejectsPath: string
}

async function importWith(deps: ImportDeps, request: Named, reading: Reading): Promise<ImportOutcome> {
  const { name, options } = request
  const looked = unlessUnreadable(request, (path) => inspectFile(path, request.signal)).then((found) => {
    const facts = withEncoding(found, options.encoding)
    return { facts, base: baseReport(name, facts, options) }
  })
  const likely = await importLikely(deps, request, { ...reading, looked })
  const { base, facts } = await looked
  const outcome = likely ?? (await importLooked(deps, request, { base, facts, ...reading }))
  const { status, rejectsFile } = outcome.report
  // refused before any row was read: a list from another attempt is none of this one's
  if (status === 'refused' && rejectsFile === null)
    await rm(rejectsPath(deps.config.home, facts.sha256), { force: true })
  if (status === 'refused' && !options.dryRun) {
    const file = sourceFileOf(request, facts)
    await recordOutcome(deps.connection.pool, file, { ...outcome, state: 'refused', at: deps.clock.now() })
  }
  return outcome
}

/**
 * Loads a large file in the way its beginning makes likely, while the whole is looked at. Null where that finds otherwise, or
 * where the beginning tells nothing: nothing was loaded then.
 */
async function importLikely(
  deps: ImportDeps,
  request: Named,
  { thread, rejectsPath, looked }: Reading & { looked: Promise<Pick<Looked, 'base' | 'facts'>> },
): Promise<ImportOutcome | null> {
  const otherwise = new AbortController()
  looked.catch(() => otherwise.abort())
  const likely = await likelyPlan(deps, request)
  if (likely === null) return null
  const job = readingJob(request, { ...likely, rejectsPath })
  const planned = looked.then(async ({ base, facts }) => {
    const found = await planFor(deps, request, facts)
    if ('refused' in found || (await storedImport(deps.connection.pool, facts.sha256))) throw otherwise
    if (!isDeepStrictEqual(readingJob(request, { facts, ...found, rejectsPath }), job)) throw otherwise
    return { base, facts, plan: found.plan }
  })
  planned.catch(() => otherwise.abort())
  const signal = AbortSignal.any([otherwise.signal, ...(request.signal ? [request.signal] : [])])
  try {
    return await inTransaction(deps, (client) =>
      loadTable(client, deps, { ...request, signal }, { job, thread, planned }),
    )
  } catch (error) {
    await planned.catch(() => {})
    if (otherwise.signal.aborted) return null
    throw error
  }
}

async function importLooked(deps: ImportDeps, request: Named, looked: Looked): Promise<ImportOutcome> {
  const { base, facts } = looked
  const stored = await storedImport(deps.connection.pool, facts.sha256)
  return stored ? { report: duplicateReport(base, stored), rejects: [] } : importTable(deps, request, looked)
}

/** Imports the table of a file: of a workbook that of one sheet, by way of a CSV file. */
async function importTable(deps: ImportDeps, request: Named, looked: Looked): Promise<ImportOutcome> {
  const { base, facts } = looked
  if (facts.container !== 'xlsx' && facts.container !== 'xls') return importText(deps, request, looked)
  const sheet = await sheetAsCsv(request.path, {
    container: facts.container,
    sheet: request.options.sheet,
    folder: sheetFolder(deps.config.home),
    id: `${facts.sha256.slice(0, 16)}-${randomUUID()}`,
    signal: request.signal,
  })
  if ('refused' in sheet) return refusal(base, { line: 1, column: '', value: '', ...sheet.refused })
  try {
    const { sha256, sizeBytes } = facts
    const table = { ...(await inspectFile(sheet.csvPath)), sha256, sizeBytes }
    const others = sheet.sheets.filter((one) => one !== sheet.sheet)
    const named = { sheet: sheet.sheet, others: others.join(', ') }
    const evidence = [others.length > 0 ? say('sheet-of-some', named) : say('sheet-only', named)]
    const csv = { ...looked, facts: { ...table, evidence, warnings: sheet.warnings } }
    return await importText(deps, { ...request, path: sheet.csvPath }, csv)
  } finally {
    await removeSheet(sheet.csvPath)
  }
}

/** A file that was looked at, and where it is to be read. */
interface Looked extends Reading {
  base: ImportReport
  facts: FileFacts
}

async function importText(deps: ImportDeps, request: Named, looked: Looked): Promise<ImportOutcome> {
  const { base, facts, thread, rejectsPath } = looked
  const found = await planFor(deps, request, facts)
  if ('refused' in found) return refusal(base, found.refused)
  const job = readingJob(request, { facts, ...found, rejectsPath })
  const planned = Promise.resolve({ base, facts, plan: found.plan })
  return inTransaction(deps, (client) => loadTable(client, deps, request, { job, thread, planned }))
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size
}

async function unlessUnreadable<T>(
  { path, name = path }: Pick<ImportRequest, 'path' | 'name'>,
  look: (path: string) => Promise<T>,
): Promise<T> {
  try {
    return await look(path)
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code) // a number where it was aborted
    if (code.startsWith('Z_')) throw invalid('file', name, say('say-gzip'))
    if (/^E(NOENT|ACCES|ISDIR|PERM|NOTDIR)$/.test(code))
      throw invalid('file', name, say('say-readable', { reason: code }))
    throw error
  }
}

/** Commits what was loaded and nothing else. */
async function inTransaction(
  deps: ImportDeps,
  work: (client: pg.PoolClient) => Promise<ImportOutcome>,
): Promise<ImportOutcome> {
  const client = await deps.connection.pool.connect()
  try {
    await client.query('begin')
    const outcome = await work(client)
    const { status, dryRun } = outcome.report
    const keep = !dryRun && (status === 'loaded' || status === 'partial')
    await client.query(keep ? 'commit' : 'rollback')
    client.release()
    return outcome
  } catch (error) {
    await client.query('rollback').catch(() => {})
    client.release(true)
    throw error
  }
}
