import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError, isDatabaseAway, isDiskFull } from '../errors.ts'
import type { Principal } from '../http/schema.ts'
import { codedEntry } from './coded.ts'
import { type JobTools, type Running, runJob, settlesWithin } from './jobs.ts'
import { importFile } from './load.ts'
import { say } from './messages.ts'
import { type OptionTexts, readOptions } from './options.ts'
import { completeQuality } from './quality-queries.ts'
import { dropPreview, findImport, finishPreview } from './queries.ts'
import { refusal } from './refusals.ts'
import type { ImportEntry } from './schema.ts'
import {
  failUpload,
  forgetUpload,
  registerUpload,
  restartUpload,
  tellUnloaded,
  underLock,
} from './upload-queries.ts'
import { discardUpload, findUpload, keepUpload, removeUpload, type Upload } from './uploads.ts'

export interface PreviewDeps {
  connection: Connection
  clock: Clock
  config: Config
  /** How long the answer to an upload or a confirmation waits for what comes of it. */
  answerWithinMs?: number
}

/** Who sends a file: the account, or null for an API token, which has a name only. */
export interface Sender {
  name: string
  accountId: number | null
}

export function senderOf(principal: Principal | null): Sender {
  return { name: principal?.name ?? '', accountId: principal?.accountId ?? null }
}

/** Whoever sends a small file is answered with its preview; a large one goes on being read after the answer. */
const answerWithinMs = 2000

/** Reads the file as an import would and keeps it: to be confirmed, or read again with other options. */
export async function previewUpload(
  deps: PreviewDeps,
  running: Running,
  upload: Upload,
  by: Sender,
): Promise<ImportEntry> {
  const { pool } = deps.connection
  let id = 0
  try {
    const options = readOptions(upload.fields, { acceptPartial: false, dryRun: true })
    const { name, sha256, bytes } = upload
    const file = { name, sha256, sizeBytes: bytes, options, importedBy: by.name, sentBy: by.accountId }
    id = await registerUpload(pool, file, deps.clock.now())
    await keepUpload(deps.config.home, id, upload.path)
  } catch (error) {
    await discardUpload(upload)
    throw error
  }
  return readUpload(deps, running, id, upload.bytes)
}

/** Reads a kept file once more, as the user says now. Throws AppError when it is another's, stored, or gone. */
export async function readAgain(
  deps: PreviewDeps,
  running: Running,
  id: number,
  { texts, by }: { texts: OptionTexts; by: Sender },
): Promise<ImportEntry> {
  const { entry } = await ownUpload(deps, id, by)
  const options = readOptions(texts, { acceptPartial: false, dryRun: true })
  if (findUpload(deps.config.home, id) === null) throw refusal('conflict', 'import-no-file', { id })
  if (running.has(id) || !(await restartUpload(deps.connection.pool, id, options))) {
    const state = running.has(id) ? 'loading' : entry.state
    throw refusal('conflict', 'import-not-again', { id, state })
  }
  return readUpload(deps, running, id, entry.bytes)
}

/**
 * Reads a registered upload. What the user must say first is written down with the import, whose file is kept for it; a
 * fault of ours is thrown to whoever waits, and leaves nothing behind.
 */
async function readUpload(
  deps: PreviewDeps,
  running: Running,
  id: number,
  totalBytes: number,
): Promise<ImportEntry> {
  const { pool } = deps.connection
  let answered = false
  const failed = async (error: unknown) => {
    const asked = error instanceof AppError && error.detail.field !== undefined
    if (!asked) await removeUpload(deps.config.home, id)
    if (answered || asked || isAbort(error)) await failUpload(pool, id, failureOf(error, deps.clock.now()))
    else await forgetUpload(pool, id)
  }
  const job = { id, kind: 'preview', totalBytes, failed } as const
  const work = runJob(running, job, (tools) => readPreview(deps, id, tools))
  try {
    await settlesWithin(work, deps.answerWithinMs ?? answerWithinMs)
  } catch (error) {
    const written = await findImport(pool, id)
    if (written === null) throw error
  } finally {
    answered = true
  }
  work.catch(() => {}) // written down with the import
  return shown(deps, (await known(deps, id)).entry, running)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

/** What a person is told of an upload that could not be read after its sender was answered. */
function failureOf(error: unknown, at: Date): Parameters<typeof failUpload>[2] {
  if (isAbort(error)) return { state: 'dropped', error: say('cancelled'), problem: null, at }
  if (!(error instanceof AppError))
    return { state: 'failed', error: outsideReason(error as Error), problem: null, at }
  const { field, value = '', allowed = '' } = error.detail
  return { state: 'failed', error: error.message, problem: field ? { field, value, allowed } : null, at }
}

function outsideReason(error: Error & { code?: string }): string {
  if (isDiskFull(error)) return say('disk-full')
  if (isDatabaseAway(error)) return say('database-away-read')
  return say('unreadable')
}

async function readPreview(deps: PreviewDeps, id: number, tools: JobTools): Promise<void> {
  const { entry, options } = await known(deps, id)
  const path = findUpload(deps.config.home, id)
  if (path === null) throw refusal('conflict', 'import-no-file', { id })
  const read = async () => {
    const request = { path, name: entry.name, options, importedBy: entry.importedBy, ...tools }
    const outcome = await importFile(deps, request)
    const { report } = outcome
    const loadable = report.status !== 'duplicate' && report.rows.read > report.rows.rejected
    const state = report.status === 'duplicate' ? 'dropped' : loadable ? 'previewed' : 'refused'
    await finishPreview(deps.connection.pool, id, { ...outcome, state, at: deps.clock.now() })
    if (state === 'dropped') await removeUpload(deps.config.home, id)
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
    const detail = { field: 'acceptPartial', value: 'false', allowed: say('accept-partial') }
    throw refusal('refused', 'import-rejects', { rows: rejected }, detail)
  }
  const failed = async (error: unknown) => {
    if (isAbort(error)) await tellUnloaded(deps.connection.pool, id, say('load-cancelled')).catch(() => {})
  }
  const work = runJob(running, { id, kind: 'load', totalBytes: entry.bytes, failed }, (tools) =>
    loadPreview(deps, id, { acceptPartial, by }, tools),
  )
  // Its preview stays, to be confirmed again.
  work.catch(async (error: unknown) => {
    if (!(error instanceof Error && isDatabaseAway(error))) return
    await tellUnloaded(deps.connection.pool, id, say('database-away-load'))
  })
  await settlesWithin(work, deps.answerWithinMs ?? answerWithinMs)
  return shown(deps, (await known(deps, id)).entry, running)
}

async function loadPreview(
  deps: PreviewDeps,
  id: number,
  { acceptPartial, by }: { acceptPartial: boolean; by: string },
  tools: JobTools,
): Promise<void> {
  const { entry, options } = await known(deps, id)
  const path = findUpload(deps.config.home, id)
  if (path === null) throw refusal('conflict', 'import-no-file', { id })
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

/** An import of who asks. Throws AppError when it is another's. */
export async function ownUpload(deps: PreviewDeps, id: number, by: Sender): Promise<{ entry: ImportEntry }> {
  const { entry, sentBy } = await known(deps, id)
  const own =
    sentBy === null ? by.accountId === null && entry.importedBy === by.name : sentBy === by.accountId
  if (!own) throw refusal('forbidden', 'import-not-yours', { id })
  return { entry }
}

/** The import of an id. Throws AppError not-found. */
export async function known(deps: PreviewDeps, id: number) {
  const found = await findImport(deps.connection.pool, id)
  if (found === null) throw refusal('not-found', 'import-unknown', { id }, { field: 'id', value: String(id) })
  return found
}

/** Drops what is not stored and its file, or stops an import being read. Throws AppError when it is neither. */
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
  return shown(deps, (await known(deps, id)).entry, running)
}

function busy(id: number): AppError {
  return refusal('conflict', 'import-busy', { id })
}

function notAPreview(entry: ImportEntry, running: Running): AppError {
  const state = running.has(entry.id) ? 'loading' : entry.state
  return refusal('conflict', 'import-no-preview', { id: entry.id, state })
}

/** An import as it is answered: with its progress, codes beside sentences, and addresses in place of paths. */
export function shown(deps: PreviewDeps, entry: ImportEntry, running: Running): ImportEntry {
  const progress = running.get(entry.id)?.progress ?? null
  const state = progress === null ? entry.state : 'loading'
  const again = state === 'previewed' || state === 'refused' || state === 'failed'
  const kept = again && findUpload(deps.config.home, entry.id) !== null
  return codedEntry({
    ...entry,
    state,
    progress,
    kept,
    report: entry.report && linked(entry.id, entry.report),
  })
}

/** Over HTTP the rejects are an address, not a path of the server. */
function linked(id: number, report: NonNullable<ImportEntry['report']>): NonNullable<ImportEntry['report']> {
  return { ...report, rejectsFile: report.rejectsFile && `/api/v1/imports/${id}/rejects?format=csv` }
}
