import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import { askInTurn } from '../../aside.ts'
import { AppError, invalid } from '../../errors.ts'

/** A workbook of a kilobyte may take hours to open: it is opened aside, within limits. */
const readSheet = askInTurn<Buffer, unknown[][]>(
  { module: new URL('./sheet.ts', import.meta.url), name: 'sheetRows' },
  { atOnce: 1, mostWaiting: 10 },
)

/** The first sheet or the table of a file (.xlsx, .xlsb, .csv in UTF-8 or GB18030) as rows of cells. */
export async function readTable(path: string): Promise<unknown[][]> {
  const bytes = await readFile(path).catch(() => {
    throw invalid('file', path, 'a file that can be read')
  })
  return await tableOf(bytes)
}

/** The same from the file's bytes. Throws `refused` for what only looks like a workbook. */
export async function tableOf(bytes: Buffer): Promise<unknown[][]> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return csvRows(bytes)
  // ten times what the longest list takes
  const read = await readSheet(bytes, { timeoutMs: 5_000, memoryMb: 512 }).catch(() => null)
  if (read && 'value' in read) return read.value
  if (read && 'busy' in read)
    throw new AppError('unavailable', 'file: too many workbooks at once; try again soon')
  throw new AppError('refused', 'file: a workbook that can be opened, or a table as CSV', { field: 'file' })
}

function csvRows(bytes: Buffer): unknown[][] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data
}
