import type { FastifyReply, FastifyRequest } from 'fastify'
import Papa from 'papaparse'
import { Type } from 'typebox'
import { plainText } from './plain-text.ts'

/** A table for people who go on working with it in a spreadsheet. */
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

const formats = ['json', 'csv', 'xlsx'] as const
export type SheetFormat = (typeof formats)[number]

/** The query parameter of every route that answers with a table. */
export const FormatQuery = Type.Optional(
  Type.Enum([...formats], { description: 'json unless said, or as the Accept header asks' }),
)

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The format a caller wants: the parameter, or else the Accept header when it names a table and no JSON. */
export function formatWanted(asked: SheetFormat | undefined, accept: string | undefined): SheetFormat {
  if (asked) return asked
  const types = accept?.split(',').map((part) => part.split(';')[0]?.trim()) ?? []
  if (types.includes('application/json')) return 'json'
  if (types.includes('text/csv')) return 'csv'
  return types.includes(contentTypes.xlsx) ? 'xlsx' : 'json'
}

/** Sends a table as a file of that name where the caller wants one, else the answer itself. */
export async function inFormat<Answer>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { answer, sheet, name }: { answer: Answer; sheet: () => Sheet; name: string },
): Promise<Answer> {
  const { format: asked } = request.query as { format?: SheetFormat }
  const format = formatWanted(asked, request.headers.accept)
  reply.header('vary', 'accept')
  if (format === 'json') return answer
  const content = format === 'csv' ? csvOf(sheet()) : await xlsxOf(sheet())
  reply
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .type(contentTypes[format])
    .send(content)
  return reply as unknown as Answer
}

/** CSV in UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180), the notes below an empty line. */
export function csvOf({ headings, rows, notes }: Sheet): string {
  const table = [headings, ...rows, [], ...notes.map((note) => [note])]
  return `\uFEFF${Papa.unparse(
    table.map((row) => row.map(csvCell)),
    { newline: '\r\n' },
  )}\r\n`
}

/** The same as a workbook; figures of up to fifteen digits are numbers, longer ones text, so that no digit is lost. */
export async function xlsxOf({ title, headings, rows, notes }: Sheet): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const table = [headings, ...rows, [], ...notes.map((note) => [note])]
  const page = utils.aoa_to_sheet(table.map((row) => row.map(workbookCell)))
  const book = utils.book_new()
  utils.book_append_sheet(book, page, title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31))
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

function csvCell(cell: Cell | null): string | number | null {
  if (cell === null || typeof cell === 'number') return cell
  return typeof cell === 'object' ? cell.figure : plainText(cell)
}

/** A workbook states which cells are text, so nothing there becomes a formula. */
function workbookCell(cell: Cell | null): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell
  const digits = cell.figure.replaceAll(/[^0-9]/g, '').replace(/^0+/, '')
  return digits.length <= 15 ? Number(cell.figure) : cell.figure
}
