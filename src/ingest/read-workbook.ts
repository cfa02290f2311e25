import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { askAside } from '../aside.ts'
import { say } from './messages.ts'
import type { Container } from './read.ts'
import { measureArchive } from './read-archive.ts'
import type { SheetJob, SheetResult } from './read-sheet.ts'
import { invalid } from './refusals.ts'

/** Bounds of a workbook: a sheet is held in memory whole, so that beyond these it must come as CSV. */
const most = { fileBytes: 30_000_000, unpackedBytes: 200_000_000, cells: 4_000_000 }

export type Sheet =
  | { csvPath: string; sheet: string; sheets: string[]; warnings: string[] }
  | { refused: { reason: string; hint: string } }

interface SheetWanted {
  container: Container
  sheet: string | null
  folder: string
  id: string
  /** Ends the reading. */
  signal?: AbortSignal | undefined
}

/**
 * Writes one sheet of a workbook (the first with data, or the one named) as UTF-8 CSV below `folder`; the caller removes
 * it. What an archive unpacks to is measured before any of it is kept; a workbook of the old kind (.xls) is none. Throws
 * AppError for a sheet it has not.
 */
export async function sheetAsCsv(
  path: string,
  { container, sheet, folder, id, signal }: SheetWanted,
): Promise<Sheet> {
  const { size } = await stat(path)
  if (size > most.fileBytes) return refused(say('book-large', { bytes: size, most: most.fileBytes }))
  const unpacked = container === 'xls' ? { bytes: size } : await measureArchive(path, most.unpackedBytes)
  if (unpacked === null) return refused(say('book-broken'))
  if (unpacked.bytes === null) return refused(say('book-unpacks', { bytes: size, most: most.unpackedBytes }))
  await mkdir(folder, { recursive: true })
  const csvPath = join(folder, `${id}.csv`)
  try {
    const result = await readAside({ path, csvPath, sheet, mostCells: most.cells }, signal)
    if ('sheets' in result) return { csvPath, ...result }
    if ('refused' in result) return result
    throw invalid('sheet', sheet, say('say-one-of', { values: result.unknownSheet.join(', ') }))
  } catch (error) {
    await rm(csvPath, { force: true })
    throw error
  }
}

function refused(reason: string): Sheet {
  return { refused: { reason, hint: say('mend-csv') } }
}

/** A workbook that needs more ends its process and not the service: a small one can name a billion cells. */
const limits = { timeoutMs: 180_000, memoryMb: 1500 }

async function readAside(job: SheetJob, signal: AbortSignal | undefined): Promise<SheetResult> {
  const program = { module: new URL('./read-sheet.ts', import.meta.url), name: 'readSheet' }
  const answer = await askAside<SheetResult>(program, job, { ...limits, signal })
  if ('value' in answer) return answer.value
  await removeSheet(job.csvPath)
  const reason = answer.exceeded === 'time' ? say('book-slow') : say('book-memory')
  return { refused: { reason, hint: say('mend-csv') } }
}

export async function removeSheet(csvPath: string): Promise<void> {
  await rm(csvPath, { force: true })
}
