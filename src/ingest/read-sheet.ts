import { readFile, writeFile } from 'node:fs/promises'
import { read, SSF, utils } from '@e965/xlsx'
import { say } from './messages.ts'

/** Which sheet of which workbook, as plain data: it is sent to another process. */
export interface SheetJob {
  path: string
  csvPath: string
  /** Null: the first one with data. */
  sheet: string | null
  mostCells: number
}

export type SheetResult =
  | { sheet: string; sheets: string[]; warnings: string[] }
  | { unknownSheet: string[] }
  | { refused: { reason: string; hint: string } }

/** Writes one sheet as UTF-8 CSV. The workbook is held in memory whole. */
export async function readSheet({ path, csvPath, sheet, mostCells }: SheetJob): Promise<SheetResult> {
  const book = readBook(await readFile(path))
  if ('reason' in book) return { refused: book }
  const names = book.SheetNames
  if (sheet !== null && !names.includes(sheet)) return { unknownSheet: names }
  const name = sheet ?? names.find((one) => book.Sheets[one]?.['!ref'] !== undefined) ?? names[0] ?? ''
  const cells = book.Sheets[name]
  const range = cells?.['!ref'] === undefined ? null : utils.decode_range(cells['!ref'])
  if (cells === undefined || range === null) {
    return { refused: { reason: say('sheet-empty', { sheet: name }), hint: say('mend-sheet') } }
  }
  const size = (range.e.r - range.s.r + 1) * (range.e.c - range.s.c + 1)
  if (size > mostCells) {
    const reason = say('sheet-large', { sheet: name, cells: size, most: mostCells })
    return { refused: { reason, hint: say('mend-csv') } }
  }
  writeOut(cells)
  const text = utils.sheet_to_csv(cells, { blankrows: true, rawNumbers: true })
  await writeFile(csvPath, text.endsWith('\n') ? text : `${text}\n`)
  return { sheet: name, sheets: names, warnings: mergedRows(cells) }
}

type Book = ReturnType<typeof read>
type Cells = Book['Sheets'][string]

/** Days and codes that are numbers with a format become what the reader of the sheet sees: 2026-03, 09021010. */
function writeOut(cells: Cells): void {
  for (const row of cells['!data'] ?? []) {
    for (const cell of row ?? []) {
      if (cell?.t !== 'n' || typeof cell.v !== 'number') continue
      const text = formatted(cell.v, String(cell.z ?? ''))
      if (text !== null) Object.assign(cell, { t: 's', v: text, w: text })
    }
  }
}

function formatted(value: number, format: string): string | null {
  if (/^0{2,}$/.test(format) && Number.isSafeInteger(value) && value >= 0)
    return String(value).padStart(format.length, '0')
  if (!SSF.is_date(format) || !/[ym]/i.test(format)) return null
  const { y = 0, m = 0, d = 0 } = SSF.parse_date_code(value) ?? {}
  if (y < 1900 || m < 1) return null
  const month = `${y}-${String(m).padStart(2, '0')}`
  return /d/i.test(format.replaceAll(/"[^"]*"|\[[^\]]*\]/g, ''))
    ? `${month}-${String(d).padStart(2, '0')}`
    : month
}

/** Cells merged over rows have their value in the first row only; nobody can tell whether it holds for the others. */
function mergedRows(cells: Cells): string[] {
  const tall = (cells['!merges'] ?? []).filter(({ s, e }) => e.r > s.r && s.r > 0)
  const [first] = tall
  if (first === undefined) return []
  return [say('check-merged-cells', { ranges: tall.length, first: utils.encode_range(first) })]
}

function readBook(bytes: Buffer): Book | { reason: string; hint: string } {
  try {
    return read(bytes, { dense: true, cellFormula: false, cellHTML: false, cellDates: false, cellNF: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    if (/password|encrypt/i.test(why)) return { reason: say('file-locked'), hint: say('mend-locked') }
    if (/unsupported zip/i.test(why)) return { reason: say('file-zip'), hint: say('mend-zip') }
    return { reason: say('book-broken'), hint: say('mend-csv') }
  }
}
