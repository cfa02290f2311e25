import { type CellObject, read, utils, type WorkSheet } from '@e965/xlsx'
import Big from 'big.js'
import { AppError } from '../../errors.ts'
import { parseRate } from './rate.ts'
import { type StagedLine, stepsOf } from './schedule.ts'

/** A Party's schedule as published: every national line with its base rate and yearly rates. */
export interface AnnexSchedule {
  sheet: string
  /** Number of yearly columns; the last goes on for all later years. */
  years: number
  lines: StagedLine[]
}

interface Table {
  sheet: string
  cells: WorkSheet
  headerRow: number
  lastRow: number
  codeColumn: number
  baseColumn: number
  years: number
}

/**
 * Reads a schedule of tariff commitments (Annex I of RCEP, .xls or .xlsx): a heading row with "HS Code", "Base Rate" and "Year 1" …,
 * then headings without rates and lines with all of them. Anything else refuses the whole file, naming sheet, cell and value.
 */
export function readAnnexSchedule(bytes: Uint8Array, options: { sheet?: string } = {}): AnnexSchedule {
  const table = findTable(bytes, options.sheet)
  const lines = new Map<string, StagedLine>()
  const headings: { code: string; row: number }[] = []
  for (let row = table.headerRow + 1; row <= table.lastRow; row += 1) {
    const code = codeIn(table, row)
    const line = lineIn(table, row, code)
    if (line && lines.has(line.line)) throw refusal(table, row, table.codeColumn, 'each line only once')
    if (line) lines.set(line.line, line)
    else if (code !== '') headings.push({ code, row })
  }
  if (lines.size === 0) throw refusedSheet(table.sheet, 'at least one line with rates below the heading row')
  refuseBareHeadings(table, headings, [...lines.keys()])
  return { sheet: table.sheet, years: table.years, lines: [...lines.values()] }
}

function findTable(bytes: Uint8Array, wanted: string | undefined): Table {
  const book = open(bytes)
  const names = wanted === undefined ? book.SheetNames : book.SheetNames.filter((name) => name === wanted)
  const tables = names.flatMap((name) => {
    const cells = book.Sheets[name]
    const table = cells && tableIn(name, cells)
    return table ? [table] : []
  })
  const [table, another] = tables
  if (!table)
    throw refusedSheet(
      wanted ?? book.SheetNames.join(', '),
      'a sheet with a row of headings "HS Code", "Base Rate", "Year 1", "Year 2" …',
    )
  if (another)
    throw refusedSheet(tables.map((found) => found.sheet).join(', '), 'one schedule: name it with --sheet')
  return table
}

function open(bytes: Uint8Array) {
  try {
    return read(bytes, { type: 'array', cellNF: true, cellText: false, cellHTML: false, cellFormula: false })
  } catch {
    throw new AppError(
      'refused',
      'file: damaged or no workbook: expected an Excel file (.xls or .xlsx); nothing was stored',
    )
  }
}

function tableIn(sheet: string, cells: WorkSheet): Table | null {
  const used = utils.decode_range(cells['!ref'] ?? 'A1')
  for (let row = used.s.r; row <= Math.min(used.e.r, used.s.r + 50); row += 1) {
    const titles = new Map<string, number>()
    for (let column = used.s.c; column <= used.e.c; column += 1) {
      const title = textOf(cellAt(cells, row, column)).toLowerCase()
      if (title) titles.set(/^year \d+/.exec(title)?.[0] ?? title, column)
    }
    const [codeColumn, baseColumn, first] = ['hs code', 'base rate', 'year 1'].map((name) => titles.get(name))
    if (codeColumn === undefined || baseColumn === undefined || first === undefined) continue
    let years = 0
    while (titles.get(`year ${years + 1}`) === first + years) years += 1
    if (
      baseColumn !== first - 1 ||
      [...titles.keys()].filter((title) => title.startsWith('year ')).length !== years
    )
      throw refusedSheet(sheet, `the base rate and years 1, 2, 3 … side by side in row ${row + 1}`)
    return { sheet, cells, headerRow: row, lastRow: used.e.r, codeColumn, baseColumn, years }
  }
  return null
}

/** Digits of the code cell; empty where the row has none. A number lost its dots and perhaps a zero, so a line must be text. */
function codeIn(table: Table, row: number): string {
  return textOf(cellAt(table.cells, row, table.codeColumn)).replaceAll(/[.\s]/g, '')
}

function lineIn(table: Table, row: number, code: string): StagedLine | null {
  const columns = Array.from({ length: table.years + 1 }, (_, index) => table.baseColumn + index)
  const filled = columns.filter((column) => textOf(cellAt(table.cells, row, column)) !== '')
  if (filled.length === 0) {
    if (code.length >= 8) throw refusal(table, row, table.baseColumn, 'a rate in every year of a tariff line')
    return null
  }
  const isText = cellAt(table.cells, row, table.codeColumn)?.t === 's'
  if (!isText || !/^\d{8}(\d{2})?$/.test(code))
    throw refusal(table, row, table.codeColumn, 'a tariff line of 8 or 10 digits, as text')
  const [base = '', ...yearly] = columns.map((column) => rateAt(table, row, column))
  return { line: code, base, steps: stepsOf(yearly) }
}

/** The rate as text: a percentage cell by its exact figure ("8.4%"), words as they stand with single spaces. */
function rateAt(table: Table, row: number, column: number): string {
  const cell = cellAt(table.cells, row, column)
  if (cell?.t === 'n' && typeof cell.v === 'number') {
    if (!String(cell.z).includes('%') && cell.v > 0 && cell.v < 1)
      throw refusal(table, row, column, 'a number formatted as a percentage, or a rate as text')
    const figure = new Big(cell.v.toPrecision(12))
    return `${(String(cell.z).includes('%') ? figure.times(100) : figure).toFixed()}%`
  }
  const text = textOf(cell)
  if (parseRate(text).kind === 'unparsed')
    throw refusal(table, row, column, 'a rate of duty, such as 5%, Free, U')
  return text
}

/** A heading that no line stands under means lines were lost. */
function refuseBareHeadings(table: Table, headings: { code: string; row: number }[], lines: string[]): void {
  const prefixes = new Set(lines.flatMap((line) => Array.from(line, (_, index) => line.slice(0, index + 1))))
  const bare = headings.find(
    ({ code }) => code.length > 2 && !prefixes.has(code) && !prefixes.has(code.padStart(4, '0')),
  )
  if (bare)
    throw refusal(table, bare.row, table.codeColumn, 'a heading with at least one tariff line below it')
}

function cellAt(cells: WorkSheet, row: number, column: number): CellObject | undefined {
  return cells[utils.encode_cell({ r: row, c: column })]
}

function textOf(cell: CellObject | undefined): string {
  if (cell?.t === 'e') return '#ERROR'
  return cell?.v === undefined ? '' : String(cell.v).replaceAll(/\s+/g, ' ').trim()
}

function refusal(table: Table, row: number, column: number, allowed: string): AppError {
  const address = utils.encode_cell({ r: row, c: column })
  const value = textOf(cellAt(table.cells, row, column)).slice(0, 200)
  const field = `sheet "${table.sheet}", row ${row + 1}, cell ${address}`
  return new AppError(
    'refused',
    `${field}: ${value === '' ? 'empty' : value}: expected ${allowed}; nothing was stored`,
    {
      field,
      value,
      allowed,
    },
  )
}

function refusedSheet(sheet: string, allowed: string): AppError {
  return new AppError('refused', `sheet: ${sheet}: expected ${allowed}; nothing was stored`, {
    field: 'sheet',
    value: sheet,
    allowed,
  })
}
