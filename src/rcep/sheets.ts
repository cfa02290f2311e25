import type { FastifyReply, FastifyRequest } from 'fastify'
import Papa from 'papaparse'
import { Type } from 'typebox'
import type { Cell } from './opportunities/cells.ts'

/** A table for a spreadsheet: headings, rows of text (null: empty), notes below. */
interface Sheet {
  title: string
  headings: string[]
  rows: (string | null)[][]
  notes: string[]
}

const formats = ['json', 'csv', 'xlsx'] as const
type Format = (typeof formats)[number]

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The query parameter every table of this feature takes. */
export const FormatQuery = Type.Optional(
  Type.Enum([...formats], { description: 'json unless said, or as the Accept header asks' }),
)

/** Sends a table as a file where the caller wants one, else the answer itself. */
export async function inFormat<Answer>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { answer, sheet, name }: { answer: Answer; sheet: () => Sheet; name: string },
): Promise<Answer> {
  const { format: asked } = request.query as { format?: Format }
  const format = asked ?? formatAccepted(request.headers.accept ?? '')
  reply.header('vary', 'accept')
  if (format === 'json') return answer
  const content = format === 'csv' ? csvOf(sheet()) : await xlsxOf(sheet())
  reply
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .type(contentTypes[format])
    .send(content)
  return reply as unknown as Answer
}

/** Opportunities or ledger as a sheet; both bounds of a saving, which differ where it depends on the tariff line. */
export function cellSheet(
  cells: readonly (Cell & { name: string | null; rule: string | null })[],
  { title, currency, notes }: { title: string; currency: string; notes: string[] },
): Sheet {
  return {
    title,
    headings: [
      '商品编码',
      '商品名称',
      '出口方',
      '进口方',
      `贸易额（${currency}）`,
      'RCEP 税率',
      '对照税率',
      '对照',
      '较优',
      '状态',
      `节省至少（${currency}）`,
      `节省至多（${currency}）`,
      '原产地规则',
    ],
    rows: cells.map((cell) => [
      cell.hs,
      cell.name,
      cell.exporter,
      cell.importer,
      cell.value,
      cell.rcep,
      cell.mfn,
      cell.against,
      cell.best,
      cell.state,
      cell.saving?.least ?? null,
      cell.saving?.most ?? null,
      cell.rule,
    ]),
    notes,
  }
}

/** The rates between two Parties as a sheet. */
export function rateSheet(
  rates: readonly {
    agreement: string
    rate: string
    lines: string[]
    duty: string | null
    validFrom: string
    validTo: string | null
    source: string
  }[],
  title: string,
): Sheet {
  return {
    title,
    headings: ['协定', '税率', '税号', '税额', '起', '止', '来源'],
    rows: rates.map(({ agreement, rate, lines, duty, validFrom, validTo, source }) => [
      agreement,
      rate,
      lines.join(' '),
      duty,
      validFrom,
      validTo,
      source,
    ]),
    notes: [],
  }
}

/** A table only where the caller does not take JSON as well. */
function formatAccepted(accept: string): Format {
  if (accept.includes('application/json')) return 'json'
  if (accept.includes('text/csv')) return 'csv'
  return accept.includes(contentTypes.xlsx) ? 'xlsx' : 'json'
}

/** UTF-8 with a byte order mark; text that a spreadsheet would take for a formula stays text. */
function csvOf({ headings, rows, notes }: Sheet): string {
  const table = [headings, ...rows, [], ...notes.map((note) => [note])]
  return `\uFEFF${Papa.unparse(table, { newline: '\r\n', escapeFormulae: true })}\r\n`
}

async function xlsxOf({ title, headings, rows, notes }: Sheet): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const page = utils.aoa_to_sheet([headings, ...rows, [], ...notes.map((note) => [note])])
  const book = utils.book_new()
  utils.book_append_sheet(book, page, title.slice(0, 31))
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}
