import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError, isDatabaseAway, isDiskFull } from '../errors.ts'
import { type JobTools, type Running, runJob, settlesWithin } from './jobs.ts'
import { importFile } from './load.ts'
import { readOptions } from './options.ts'
import { completeQuality } from './quality-queries.ts'
import {
  dropPreview,
  failUpload,
  findImport,
  finishPreview,
  forgetUpload,
  registerUpload,
  tellUnloaded,
  underLock,
} from './queries.ts'
import type { ImportEntry } from './schema.ts'
import { discardUpload, findUpload, keepUpload, removeUpload, type Upload } from './uploads.ts'

export interface PreviewDeps {
  connection: Connection
  clock: Clock
  config: Config
  /** How long the answer to an upload or a confirmation waits for what comes of it. */
  answerWithinMs?: number
}

/** Whoever sends a small file is answered with its preview; a large one goes on being read after the answer. */
const answerWithinMs = 2000

/** Reads the file as an import would and keeps it for the confirmation; a file with nothing to load is not kept. */
export async function previewUpload(
  deps: PreviewDeps,
  running: Running,
  upload: Upload,
  by: string,
): Promise<ImportEntry> {
  const { pool } = deps.connection
  let id = 0
  try {
    const options = readOptions(upload.fields, { acceptPartial: false, dryRun: true })
    const { name, sha256, bytes } = upload
    const file = { name, sha256, sizeBytes: bytes, options, importedBy: by }
    id = await registerUpload(pool, file, deps.clock.now())
    await keepUpload(deps.config.home, id, upload.path)
  } catch (error) {
    await discardUpload(upload)
    throw error
  }
  let answered = false
  const failed = async (error: unknown) => {
    await removeUpload(deps.config.home, id)
    if (answered || isAbort(error)) await failUpload(pool, id, failureOf(error, deps.clock.now()))
    else await forgetUpload(pool, id)
  }
  const job = { id, kind: 'preview', totalBytes: upload.bytes, failed } as const
  const work = runJob(running, job, (tools) => readPreview(deps, id, tools))
  try {
    await settlesWithin(work, deps.answerWithinMs ?? answerWithinMs)
  } catch (error) {
    if (!isAbort(error)) throw error
  } finally {
    answered = true
  }
  work.catch(() => {}) // written down with the import
  return shown((await known(deps, id)).entry, running)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

/** What a person is told of an upload that could not be read after its sender was answered. */
function failureOf(error: unknown, at: Date): Parameters<typeof failUpload>[2] {
  if (isAbort(error)) return { state: 'dropped', error: 'cancelled', problem: null, at }
  if (!(error instanceof AppError))
    return { state: 'failed', error: outsideReason(error as Error), problem: null, at }
  const { field, value = '', allowed = '' } = error.detail
  return { state: 'failed', error: error.message, problem: field ? { field, value, allowed } : null, at }
}

function outsideReason(error: Error & { code?: string }): string {
  if (isDiskFull(error)) return 'the disk of the service is full; nothing was stored'
  if (isDatabaseAway(error)) return 'the database broke off; send the file again'
  return 'the file could not be read'
}

async function readPreview(deps: PreviewDeps, id: number, tools: JobTools): Promise<void> {
  const { entry, options } = await known(deps, id)
  const path = findUpload(deps.config.home, id)
  if (path === null) throw new AppError('conflict', `import ${id}: its file is gone`)
  const read = async () => {
    const request = { path, name: entry.name, options, importedBy: entry.importedBy, ...tools }
    const outcome = await importFile(deps, request)
    const { report } = outcome
    const loadable = report.status !== 'duplicate' && report.rows.read > report.rows.rejected
    const state = report.status === 'duplicate' ? 'dropped' : loadable ? 'previewed' : 'refused'
    await finishPreview(deps.connection.pool, id, { ...outcome, state, at: deps.clock.now() })
    if (!loadable) await removeUpload(deps.config.home, id)
  }
  if (!(await underLock(deps.connection.pool, id, read))) throw busy(id)
}

/** Loads a previewed file. Throws AppError when it is none, or has rejects nobody accepted. */
export async function confirmImport(
  deps: PreviewDeps,
  running: Running,
  id: number,
  { acceptPartial, by }: { acceptPartial: boolean; by: string },
): Promise<ImportEntry> {
  const { entry } = await known(deps, id)
  if (entry.state !== 'previewed' || running.has(id) || findUpload(deps.config.home, id) === null)
    throw notAPreview(entry, running)
  const rejected = entry.report?.rows.rejected ?? 0
  if (rejected > 0 && !acceptPartial) {
    const detail = {
      field: 'acceptPartial',
      value: 'false',
      allowed: 'true, to load the rows that are not rejected',
    }
    const message = `acceptPartial: false: ${rejected} rows are rejected; true loads the others`
    throw new AppError('refused', message, detail)
  }
  const work = runJob(running, { id, kind: 'load', totalBytes: entry.bytes }, (tools) =>
    loadPreview(deps, id, { acceptPartial, by }, tools),
  )
  // Its preview stays, to be confirmed again.
  work.catch(async (error: unknown) => {
    if (!(error instanceof Error && isDatabaseAway(error))) return
    const reason = 'the database broke off; nothing was stored: confirm it again'
    await tellUnloaded(deps.connection.pool, id, reason)
  })
  await settlesWithin(work, deps.answerWithinMs ?? answerWithinMs)
  return shown((await known(deps, id)).entry, running)
}

async function loadPreview(
  deps: PreviewDeps,
  id: number,
  { acceptPartial, by }: { acceptPartial: boolean; by: string },
  tools: JobTools,
): Promise<void> {
  const { entry, options } = await known(deps, id)
  const path = findUpload(deps.config.home, id)
  if (path === null) throw new AppError('conflict', `import ${id}: its file is gone`)
  const load = async () => {
    const outcome = await importFile(deps, {
      path,
      name: entry.name,
      options: { ...options, acceptPartial, dryRun: false },
      importedBy: by,
      sourceFileId: id,
      ...tools,
    })
    const { report } = outcome
    if (report.status === 'duplicate')
      await finishPreview(deps.connection.pool, id, { ...outcome, state: 'dropped', at: deps.clock.now() })
    await removeUpload(deps.config.home, id)
    await completeQuality(deps.connection.pool, report)
  }
  if (!(await underLock(deps.connection.pool, id, load))) throw busy(id)
}

/** The import of an id. Throws AppError not-found. */
export async function known(deps: PreviewDeps, id: number) {
  const found = await findImport(deps.connection.pool, id)
  if (found === null)
    throw new AppError('not-found', `import ${id}: no such import`, { field: 'id', value: String(id) })
  return found
}

/** Drops a preview and its file, or stops an import being read. Throws AppError when it is neither. */
export async function dropImport(deps: PreviewDeps, running: Running, id: number): Promise<ImportEntry> {
  const { entry } = await known(deps, id)
  const job = running.get(id)
  if (job !== undefined) {
    job.controller.abort()
    await job.ended
  } else if (!(await dropPreview(deps.connection.pool, id, deps.clock.now()))) {
    throw notAPreview(entry, running)
  } else {
    await removeUpload(deps.config.home, id)
  }
  return shown((await known(deps, id)).entry, running)
}

function busy(id: number): AppError {
  return new AppError('conflict', `import ${id}: loading: another instance of the service reads it`)
}

function notAPreview(entry: ImportEntry, running: Running): AppError {
  const state = running.has(entry.id) ? 'loading' : entry.state
  return new AppError('conflict', `import ${entry.id}: ${state}: only a preview can be confirmed or dropped`)
}

/** An import as it is answered: with its progress, and addresses in place of paths. */
export function shown(entry: ImportEntry, running: Running): ImportEntry {
  const progress = running.get(entry.id)?.progress ?? null
  const state = progress === null ? entry.state : 'loading'
  return { ...entry, state, progress, report: entry.report && linked(entry.id, entry.report) }
}

/** Over HTTP the rejects are an address, not a path of the server. */
function linked(id: number, report: NonNullable<ImportEntry['report']>): NonNullable<ImportEntry['report']> {
  return { ...report, rejectsFile: report.rejectsFile && `/api/v1/imports/${id}/rejects?format=csv` }
}
