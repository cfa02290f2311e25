import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import type { Tally } from './copy/row-store.ts'
import { copyFacts, keepRejects, settleFacts } from './load-facts.ts'
import type { ParseResult } from './load-parse.ts'
import { type Named, planFor, readAhead, readingJob } from './load-plan.ts'
import {
  allocateSliceIds,
  compareSlices,
  insertRollups,
  type LoadTables,
  lockFile,
  makeTables,
  noteReplaced,
  replaceSlices,
  sumAggregates,
  sumCounted,
  upsertEnterprises,
} from './load-queries.ts'
import { type ReadingThread, readingThread } from './load-thread.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { controlTotal, listsUsed, missingPeriods, missingShares, unknownCodes } from './quality.ts'
import { findOddities, sumDeclared } from './quality-queries.ts'
import { finishSourceFile, recordOutcome, type SourceFile, startSourceFile, storedImport } from './queries.ts'
import { type FileFacts, inspectFile, withEncoding } from './read.ts'
import { removeSheet, sheetAsCsv } from './read-workbook.ts'
import type { Reject } from './record.ts'
import { invalid } from './refusals.ts'
import { baseReport, buildReport, duplicateReport, type Findings, refusedReport, totalsIn } from './report.ts'
import { rollupsFor } from './rollup.ts'
import type { ImportReport, Progress } from './schema.ts'
import { rejectsPath, sheetFolder, unfinishedRejectsPath } from './uploads.ts'

export interface ImportDeps {
  connection: Connection
  clock: Clock
  /** `home`: rejects are written to `rejects/` below it. `timeZone`: whose today ends the periods there can be. */
  config: { home: string; timeZone: string }
}

export interface ImportRequest {
  path: string
  /** Name the user knows the file by; it may tell the flow. The file's own by default. */
  name?: string
  options: ImportOptions
  importedBy: string
  /** A file already registered by its upload; otherwise it is registered with what is stored. */
  sourceFileId?: number
  onProgress?: (progress: Progress) => void
  /** What must have ended before figures are replaced: where files overlap, the one given later holds. */
  turn?: Promise<unknown>
  /** Ends the import; nothing is stored then. */
  signal?: AbortSignal
}

export interface ImportOutcome {
  report: ImportReport
  /** The first ten thousand; the report has the first hundred. */
  rejects: readonly Reject[]
}

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
  const rejectsPath = unfinishedRejectsPath(deps.config.home)
  try {
    const named = { ...request, name: request.name ?? basename(request.path) }
    return await importWith(deps, named, { thread, rejectsPath })
  } finally {
    await thread.close()
    await rm(rejectsPath, { force: true })
  }
}

/** Where a file is read, and the list of its rejects until it is whole. */
interface Reading {
  thread: ReadingThread
  rejectsPath: string
}

async function importWith(deps: ImportDeps, request: Named, reading: Reading): Promise<ImportOutcome> {
  const { name, options } = request
  const looking = unlessUnreadable(request, (path) => inspectFile(path, request.signal))
  const [found] = await Promise.all([looking, readAhead(deps, request, reading)])
  const facts = withEncoding(found, options.encoding)
  const base = baseReport(name, facts, options)
  const stored = await storedImport(deps.connection.pool, facts.sha256)
  if (stored) return { report: duplicateReport(base, stored), rejects: [] }
  const outcome = await importTable(deps, request, { base, facts, ...reading })
  if (outcome.report.status === 'refused' && !options.dryRun) {
    const file = sourceFileOf(request, facts)
    await recordOutcome(deps.connection.pool, file, { ...outcome, state: 'refused', at: deps.clock.now() })
  }
  return outcome
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
  const planned = await planFor(deps, request, looked.facts)
  if ('refused' in planned) return refusal(looked.base, planned.refused)
  return inTransaction(deps, (client) => load(client, deps, request, { ...looked, ...planned }))
}

function refusal(base: ImportReport, reject: Reject): ImportOutcome {
  return { report: refusedReport(base, reject), rejects: [reject] }
}

function sourceFileOf(request: Named, facts: FileFacts): SourceFile {
  const { name, options, importedBy, sourceFileId } = request
  return { id: sourceFileId, name, sha256: facts.sha256, sizeBytes: facts.sizeBytes, options, importedBy }
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

interface Prepared extends Looked {
  plan: Plan
  today: string
}

/** Reads the rows into the database, compares with what is there and, unless it is a preview, replaces it. */
async function load(
  client: pg.PoolClient,
  deps: ImportDeps,
  request: Named,
  prepared: Prepared,
): Promise<ImportOutcome> {
  const { base, facts, plan } = prepared
  const { dryRun, acceptPartial } = request.options
  const tables = await makeTables(client, dryRun)
  const job = readingJob(request, prepared)
  const read = await copyFacts(client, request, { ...prepared, job, tables })
  // The same bytes may have been stored meanwhile. Locked only now: what waits for its turn may hold up nobody.
  await lockFile(client, facts.sha256)
  const stored = await storedImport(client, facts.sha256)
  if (stored) return { report: duplicateReport(base, stored), rejects: [] }
  const result = await keepRejects(read, rejectsPath(deps.config.home, facts.sha256))
  const { tally, rejects } = result
  const status = statusOf(tally, acceptPartial)
  if (tally.read === 0) rejects.push(noRows(plan))
  await settleFacts(client, tables.facts, plan, tally)
  await noteReplaced(client)
  const at = deps.clock.now()
  const file = sourceFileOf(request, facts)
  const sourceFileId = dryRun ? 0 : await startSourceFile(client, file, 'loading', at)
  if (!dryRun) await replaceSlices(client, sourceFileId, at)
  const storing = !dryRun && status !== 'refused'
  const names = storing ? rollupsFor(tally.present, plan.match.layout.hsLevels) : (['total'] as const)
  if (!result.summed) await insertRollups(client, tables, names, tally)
  request.signal?.throwIfAborted()
  const found = await lookAt(client, tables, plan, result, request.options)
  const report = buildReport(base, plan, status, found)
  const mismatch = controlMismatch(found.quality)
  if (mismatch !== null && !dryRun) return refusal({ ...report, status: 'refused' }, mismatch)
  if (storing) {
    await upsertEnterprises(client, tally.enterprises)
    const state = status === 'partial' ? 'partial' : 'loaded'
    await finishSourceFile(client, sourceFileId, { state, report, rejects, at })
  }
  return { report, rejects }
}

/** Files up to this size are looked at whenever they are read, larger ones in previews only. */
const lookedAtRows = 200_000

async function lookAt(
  client: pg.PoolClient,
  tables: LoadTables,
  plan: Plan,
  { tally, slices, rejects, rejectsFile, warnings, notes }: ParseResult,
  { dryRun, controlTotal: stated }: ImportOptions,
): Promise<Findings> {
  const counted = await sumCounted(client, tables.rollups)
  const declared = plan.match.layout.declares ? await sumDeclared(client, tables.facts, tally) : []
  const complete = dryRun || tally.read <= lookedAtRows
  const odd = complete
    ? await findOddities(client, tables.facts, tally)
    : { unitChanges: [], outliers: [], controls: [] }
  const quality = {
    missing: missingShares(plan.match, tally),
    missingPeriods: missingPeriods(slices),
    unknown: unknownCodes(notes),
    codeLists: listsUsed(slices, plan.settings.lineLists),
    ...odd,
    controlTotal: controlTotal(stated, totalsIn({ counted, declared })),
    complete,
  }
  const aggregates = await sumAggregates(client, tables.facts, tally)
  const changes = await compareSlices(client, tables.rollups)
  return { tally, rejects, rejectsFile, warnings, counted, declared, aggregates, changes, quality }
}

function controlMismatch({ controlTotal: control }: Findings['quality']): Reject | null {
  if (control === null || control.difference === '0') return null
  const { found, currency, difference } = control
  return {
    line: 1,
    column: 'control total',
    value: control.stated,
    reason: say('sum-differs', { found, currency: currency ?? '', difference }),
    hint: say('mend-sum'),
  }
}

function statusOf(tally: Tally, acceptPartial: boolean): ImportReport['status'] {
  const good = tally.read - tally.rejected
  if (good === 0 || tally.fatal) return 'refused'
  if (tally.rejected === 0) return 'loaded'
  return acceptPartial ? 'partial' : 'refused'
}

function noRows(plan: Plan): Reject {
  return {
    line: plan.skip + 1,
    column: '',
    value: '',
    reason: say('no-rows'),
    hint: say('mend-download-table'),
  }
}
