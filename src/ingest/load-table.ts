import type pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import type { Tally } from './copy/row-store.ts'
import { copyFacts, keepRejects, settleFacts } from './load-facts.ts'
import type { ParseJob, ParseResult } from './load-parse.ts'
import type { Named } from './load-plan.ts'
import {
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
import type { ReadingThread } from './load-thread.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { controlTotal, listsUsed, missingPeriods, missingShares, unknownCodes } from './quality.ts'
import { findOddities, sumDeclared } from './quality-queries.ts'
import { finishSourceFile, type SourceFile, startSourceFile, storedImport } from './queries.ts'
import type { FileFacts } from './read.ts'
import type { Reject } from './record.ts'
import { buildReport, duplicateReport, type Findings, refusedReport, totalsIn } from './report.ts'
import { rollupsFor } from './rollup.ts'
import type { ImportReport, Progress } from './schema.ts'
import { rejectsPath } from './uploads.ts'

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

/** A file, how it is to be read, and what was found out about it. */
export interface Planned {
  base: ImportReport
  facts: FileFacts
  plan: Plan
}

interface Copying {
  job: ParseJob
  thread: ReadingThread
  /** Of a file that is still looked at: the rows are copied meanwhile. */
  planned: Promise<Planned>
}

/**
 * Reads the rows of a table into the database, compares with what is there and, unless it is a preview, replaces it. In the
 * transaction of the client, which is the caller's to end.
 */
export async function loadTable(
  client: pg.PoolClient,
  deps: ImportDeps,
  request: Named,
  { job, thread, planned }: Copying,
): Promise<ImportOutcome> {
  const { dryRun, acceptPartial } = request.options
  const tables = await makeTables(client, dryRun)
  const read = await copyFacts(client, request, { job, thread, tables })
  const { base, facts, plan } = await planned
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

export function refusal(base: ImportReport, reject: Reject): ImportOutcome {
  return { report: refusedReport(base, reject), rejects: [reject] }
}

export function sourceFileOf(request: Named, facts: FileFacts): SourceFile {
  const { name, options, importedBy, sourceFileId } = request
  return { id: sourceFileId, name, sha256: facts.sha256, sizeBytes: facts.sizeBytes, options, importedBy }
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
