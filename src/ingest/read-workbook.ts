import { once } from 'node:events'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { invalid } from '../errors.ts'
import { measureArchive } from './read-archive.ts'
import { type SheetJob, type SheetResult, writeSheet } from './read-sheet.ts'

/** Bounds of a workbook: a sheet is held in memory whole, so that beyond these it must come as CSV. */
const most = { fileBytes: 30_000_000, unpackedBytes: 200_000_000, cells: 4_000_000 }

export type Sheet =
  | { csvPath: string; sheet: string; others: string[] }
  | { refused: { reason: string; hint: string } }

const asCsv = 'save the sheet as CSV UTF-8 and import that file'

/**
 * Writes one sheet of a workbook (the first with data, or the one named) as UTF-8 CSV below `folder`; the caller removes
 * it. What the archive unpacks to is measured before any of it is kept. Throws AppError for a sheet it has not.
 */
export async function sheetAsCsv(
  path: string,
  { sheet, folder, id }: { sheet: string | null; folder: string; id: string },
): Promise<Sheet> {
  const { size } = await stat(path)
  if (size > most.fileBytes) return refused(`a workbook of ${size} bytes, more than ${most.fileBytes}`)
  const unpacked = await measureArchive(path, most.unpackedBytes)
  if (unpacked === null) return refused('not a workbook that can be read')
  if (unpacked.bytes === null)
    return refused(`a workbook of ${size} bytes that unpacks to more than ${most.unpackedBytes}`)
  await mkdir(folder, { recursive: true })
  const csvPath = join(folder, `${id}.csv`)
  const job = { path, sheet, csvPath, mostCells: most.cells }
  const result = unpacked.bytes < threadBytes ? await writeSheet(job) : await writeAside(job)
  if ('unknownSheet' in result) throw invalid('sheet', sheet, `one of ${result.unknownSheet.join(', ')}`)
  return 'refused' in result ? result : { csvPath, ...result }
}

function refused(reason: string): Sheet {
  return { refused: { reason, hint: asCsv } }
}

/** Smaller workbooks are read before a thread would have started. */
const threadBytes = 2_000_000
/** A workbook that needs more ends its thread, not the service. */
const resourceLimits = { maxOldGenerationSizeMb: 1500 }

async function writeAside(job: SheetJob): Promise<SheetResult> {
  const worker = new Worker(new URL('./read-sheet-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits,
  })
  try {
    const [result] = await once(worker, 'message')
    return result as SheetResult
  } catch (error) {
    await rm(job.csvPath, { force: true })
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    return { refused: { reason: 'a workbook too large to be held in memory', hint: asCsv } }
  } finally {
    await worker.terminate()
  }
}

export async function removeSheet(csvPath: string): Promise<void> {
  await rm(csvPath, { force: true })
}
