/** A table for people who go on working with it in a spreadsheet. Depends on nothing here: every feature may export through it. */
export interface Sheet {
  /** At most 31 characters are shown as the sheet's name. */
  title: string
  /** With units, in Chinese. */
  headings: string[]
  /** Codes are text, figures are decimal text or numbers; null is an empty cell. */
  rows: (Cell | null)[][]
  /** How the figures came about, below the table. */
  notes: string[]
}

/** `figure` is exact decimal text that may be shown as a number. */
export type Cell = string | number | { figure: string }

export const exportFormats = ['json', 'csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const contentTypes: Readonly<Record<Exclude<ExportFormat, 'json'>, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The format a caller wants: the parameter, or else the Accept header when it names a table and no JSON. */
export function formatWanted(asked: ExportFormat | undefined, accept: string | undefined): ExportFormat {
  if (asked) return asked
  const types = accept?.split(',').map((part) => part.split(';')[0]?.trim()) ?? []
  if (types.includes('application/json')) return 'json'
  if (types.includes('text/csv')) return 'csv'
  return types.includes(contentTypes.xlsx) ? 'xlsx' : 'json'
}

/** CSV in UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180), the notes below an empty line. */
export function csvOf(sheet: Sheet): string {
  const lines = [
    sheet.headings.map(quoted),
    ...sheet.rows.map((row) => row.map(csvCell)),
    [],
    ...noteRows(sheet),
  ]
  return `\uFEFF${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

/** The same as a workbook; figures of up to fifteen digits are numbers, longer ones text, so that no digit is lost. */
export async function xlsxOf(sheet: Sheet): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const rows = sheet.rows.map((row) => row.map(workbookCell))
  const notes = sheet.notes.map((note) => [note])
  const page = utils.aoa_to_sheet([sheet.headings, ...rows, [], ...notes])
  const book = utils.book_new()
  utils.book_append_sheet(book, page, sheet.title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31))
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

function noteRows(sheet: Sheet): string[][] {
  return sheet.notes.map((note) => [quoted(note)])
}

function csvCell(cell: Cell | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  return typeof cell === 'object' ? cell.figure : quoted(cell)
}

/** Text that a spreadsheet would take for a formula is kept text by an apostrophe. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A workbook states which cells are text, so nothing there becomes a formula. */
function workbookCell(cell: Cell | null): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell
  const digits = cell.figure.replaceAll(/[^0-9]/g, '').replace(/^0+/, '')
  return digits.length <= 15 ? Number(cell.figure) : cell.figure
}
