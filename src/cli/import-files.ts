import { stat } from 'node:fs/promises'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError, isDatabaseAway } from '../errors.ts'
import { importFile } from '../ingest/load.ts'
import type { ImportOptions } from '../ingest/options.ts'
import { completeQuality } from '../ingest/quality-queries.ts'
import type { ImportReport } from '../ingest/schema.ts'
import { withDatabase } from './database.ts'
import { type ProgressOf, progressLine } from './import-progress.ts'
import { importTable } from './import-table.ts'
import type { Io } from './io.ts'

const atOnce = 2

/** What became of one file: its report, or why there is none. */
type Outcome = { path: string; code: number } & ({ report: ImportReport } | { error: string })

/** How to import: the same for every file of a command. */
export interface HowToImport {
  options: ImportOptions
  importedBy: string
  json: boolean
}

/**
 * Imports files two at a time and reports them in the order given; figures that several of them state are those of the
 * last. Returns the worst exit code: 0 loaded or known, 2 more must be said, 3 refused, 1 a bug.
 */
export async function importAll(paths: readonly string[], how: HowToImport, io: Io): Promise<number> {
  const outcomes = await withDatabase('import', async (connection, config) => {
    const progress = progressLine(io, await Promise.all(paths.map(sizeOf)))
    const done: Promise<Outcome>[] = []
    let shown: Promise<void> = Promise.resolve()
    for (const [index, path] of paths.entries()) {
      const before = done.slice(0, index)
      const free = Promise.all(done.slice(0, Math.max(0, index + 1 - atOnce)))
      const turn = Promise.all(before)
      const one = free.then(() =>
        importOne({ connection, config }, path, { ...how, turn, progress: progress(index) }),
      )
      done.push(one)
      shown = shown.then(async () => show(await one, how, io))
    }
    await shown
    return Promise.all(done)
  })
  const reports = outcomes.flatMap((outcome) => ('report' in outcome ? [outcome.report] : []))
  if (how.json && reports.length > 0)
    io.stdout(`${JSON.stringify(paths.length === 1 ? reports[0] : reports, null, 2)}\n`)
  return worst(outcomes.map(({ code }) => code))
}

const byBadness = [0, 2, 3, 1]

function worst(codes: readonly number[]): number {
  return codes.reduce((bad, code) => (byBadness.indexOf(code) > byBadness.indexOf(bad) ? code : bad), 0)
}

/** A missing file has no size; importing it says so. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}

async function importOne(
  { connection, config }: { connection: Connection; config: Config },
  path: string,
  { options, importedBy, turn, progress }: HowToImport & { turn: Promise<unknown>; progress: ProgressOf },
): Promise<Outcome> {
  try {
    const deps = { connection, clock: systemClock, config }
    const { report } = await importFile(deps, { path, options, importedBy, turn, onProgress: progress })
    const whole = await completeQuality(connection.pool, report)
    return { path, report: whole, code: report.status === 'refused' ? 3 : 0 }
  } catch (error) {
    if (error instanceof AppError) return { path, error: error.message, code: 2 }
    if (error instanceof Error && isDatabaseAway(error)) throw error
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { path, error: `bug: ${stack}`, code: 1 }
  }
}

function show(outcome: Outcome, { json }: HowToImport, io: Io): void {
  if ('error' in outcome) io.stderr(`${outcome.path}\nerror: ${outcome.error}\n`)
  else if (!json) io.stdout(importTable(outcome.report))
}
