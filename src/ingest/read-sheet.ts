import { readFile, rm, writeFile } from 'node:fs/promises'
import { read, utils } from '@e965/xlsx'

/** Which sheet of which workbook to write where, as plain data: it may be sent to another thread. */
export interface SheetJob {
  path: string
  /** Null: the first one with data. */
  sheet: string | null
  csvPath: string
  mostCells: number
}

export type SheetResult =
  | { sheet: string; others: string[] }
  | { unknownSheet: string[] }
  | { refused: { reason: string; hint: string } }

const asCsv = 'save the sheet as CSV UTF-8 and import that file'

/** Writes one sheet as UTF-8 CSV. The workbook is held in memory whole. */
export async function writeSheet({ path, sheet, csvPath, mostCells }: SheetJob): Promise<SheetResult> {
  const book = readBook(await readFile(path))
  if (book === null) return { refused: { reason: 'not a workbook that can be read', hint: asCsv } }
  const names = book.SheetNames
  if (sheet !== null && !names.includes(sheet)) return { unknownSheet: names }
  const name = sheet ?? names.find((one) => book.Sheets[one]?.['!ref'] !== undefined) ?? names[0] ?? ''
  const cells = book.Sheets[name]
  const range = cells?.['!ref'] === undefined ? null : utils.decode_range(cells['!ref'])
  if (cells === undefined || range === null) {
    return { refused: { reason: `the sheet ${name} is empty`, hint: 'name another with --sheet' } }
  }
  const size = (range.e.r - range.s.r + 1) * (range.e.c - range.s.c + 1)
  if (size > mostCells) {
    return { refused: { reason: `the sheet ${name} has ${size} cells, more than ${mostCells}`, hint: asCsv } }
  }
  const text = utils.sheet_to_csv(cells, { blankrows: true, rawNumbers: true, dateNF: 'yyyy-mm-dd' })
  try {
    await writeFile(csvPath, text)
  } catch (error) {
    await rm(csvPath, { force: true })
    throw error
  }
  return { sheet: name, others: names.filter((one) => one !== name) }
}

function readBook(bytes: Buffer): ReturnType<typeof read> | null {
  try {
    return read(bytes, { dense: true, cellFormula: false, cellHTML: false, cellDates: false })
  } catch {
    return null
  }
}
