import { billHeadings, billWords } from './text.ts'

/** Columns of the template for a bill of materials, in its order. */
export const billColumns = [
  'id',
  'hs',
  'description',
  'value',
  'weightKg',
  'origin',
  'country',
  'evidence',
  'role',
] as const
type Column = (typeof billColumns)[number]

/** A material in the shape of an origin case. */
export interface TableMaterial {
  id: string
  hs: string
  description?: string
  value: string
  weightKg?: string
  origin: { status: string; party?: string; country?: string; evidence?: string }
  role?: string
}

export interface CellError {
  /** Line of the table, 1 for the header. */
  row: number
  /** Where a spreadsheet shows it, such as B3; empty for a column that is not there. */
  cell: string
  column: string
  value: string
  allowed: string
}

const decimal = /^\d{1,18}(\.\d{1,12})?$/
const roles = ['material', 'indirect', 'accessory', 'retail-packaging', 'transport-packing']
const statuses = ['originating', 'non-originating', 'unknown']

const rules: Partial<Record<Column, { test: (value: string) => boolean; allowed: string }>> = {
  id: { test: (value) => value !== '', allowed: 'a name of the line, used once' },
  hs: { test: (value) => /^\d{6,12}$/.test(value), allowed: '6 to 12 digits, leading zeros kept' },
  value: { test: (value) => decimal.test(value), allowed: 'an amount such as 12.50' },
  weightKg: {
    test: (value) => value === '' || decimal.test(value),
    allowed: 'kilograms such as 0.35, or nothing',
  },
  origin: { test: (value) => statuses.includes(value), allowed: `one of ${statuses.join(', ')}` },
  country: {
    test: (value) => value === '' || /^[A-Z]{2}$/.test(value),
    allowed: 'two capital letters such as CN, or nothing',
  },
  role: {
    test: (value) => value === '' || roles.includes(value),
    allowed: `one of ${roles.join(', ')}, or nothing`,
  },
}

/** Most lines a bill may have, as its judgement allows. */
export const mostLines = 2000
/** Columns a table may have, known or not. */
export const mostColumns = 50

/**
 * Materials of a table whose first line names the columns, by their names or the template's Chinese headings; empty lines are left out.
 * Errors name row, column and cell. Never throws.
 */
export function readBillTable(rows: readonly (readonly string[])[]): {
  materials: TableMaterial[]
  errors: CellError[]
} {
  const [header = [], ...rest] = rows
  if (header.length > mostColumns) return { materials: [], errors: [tooWide(header.length)] }
  const names = header.map((name) => nameOf(name.trim()))
  const headerErrors = checkHeader(names)
  if (headerErrors.length > 0) return { materials: [], errors: headerErrors }
  const lines = rest
    .map((cells, index) => ({ cells, row: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (lines.length > mostLines) {
    const allowed = `at most ${mostLines} lines`
    const error = { row: mostLines + 2, cell: '', column: 'id', value: `${lines.length} lines`, allowed }
    return { materials: [], errors: [error] }
  }
  const seen = new Set<string>()
  const read = lines.map(({ cells: line, row }) => {
    const cells = Object.fromEntries(
      billColumns.map((name) => [name, wordOf(unquote((line[names.indexOf(name)] ?? '').trim()), name)]),
    ) as Record<Column, string>
    const errors = [...checkCells(cells), ...checkTogether(cells, seen)]
    seen.add(cells.id)
    return {
      cells,
      errors: errors.map((error) => ({ ...error, row, cell: cellAt(names.indexOf(error.column), row) })),
    }
  })
  return {
    materials: read.filter(({ errors }) => errors.length === 0).map(({ cells }) => materialOf(cells)),
    errors: read.flatMap(({ errors }) => errors),
  }
}

function tooWide(columns: number): CellError {
  const allowed = `at most ${mostColumns} columns`
  return { row: 1, cell: '', column: '', value: `${columns} columns`, allowed }
}

/** The name of a column as a spreadsheet shows it with its row: A1; nine columns never reach AA. */
function cellAt(column: number, row: number): string {
  return column < 0 ? '' : `${String.fromCharCode(65 + column)}${row}`
}

function nameOf(heading: string): string {
  const bare = heading.replace(/^\uFEFF/, '')
  return billColumns.find((name) => billHeadings[name].zh === bare) ?? bare
}

function wordOf(value: string, column: Column): string {
  return column === 'origin' || column === 'role' ? (billWords[value] ?? value) : value
}

type Finding = Omit<CellError, 'row' | 'cell'>

function checkHeader(names: string[]): CellError[] {
  const required: Column[] = ['id', 'hs', 'value', 'origin']
  const missing = required.filter((name) => !names.includes(name))
  const unknown = names.filter((name) => !billColumns.some((column) => column === name))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  const columns = `the columns ${billColumns.join(', ')}`
  const at = (value: string) => cellAt(names.lastIndexOf(value), 1)
  return [
    ...missing.map((column) => ({ row: 1, cell: '', column, value: '', allowed: 'this column is needed' })),
    ...unknown.map((value) => ({
      row: 1,
      cell: at(value),
      column: value.slice(0, 200),
      value: value.slice(0, 200),
      allowed: columns,
    })),
    ...twice.map((value) => ({
      row: 1,
      cell: at(value),
      column: value.slice(0, 200),
      value: value.slice(0, 200),
      allowed: 'each column once',
    })),
  ]
}

function checkCells(cells: Record<Column, string>): Finding[] {
  return billColumns.flatMap((column) => {
    const rule = rules[column]
    const value = cells[column]
    if (rule && !rule.test(value)) return [{ column, value: value.slice(0, 200), allowed: rule.allowed }]
    return value.length > 1000
      ? [{ column, value: value.slice(0, 200), allowed: 'at most 1000 characters' }]
      : []
  })
}

function checkTogether(cells: Record<Column, string>, seen: ReadonlySet<string>): Finding[] {
  const errors: Finding[] = []
  if (cells.id !== '' && seen.has(cells.id))
    errors.push({ column: 'id', value: cells.id, allowed: 'an id no other line has' })
  if (cells.origin === 'originating' && cells.country === '') {
    const allowed = 'the Party an originating material originates in'
    errors.push({ column: 'country', value: '', allowed })
  }
  return errors
}

function materialOf(cells: Record<Column, string>): TableMaterial {
  const { id, hs, value, description, weightKg, role, evidence, country } = cells
  const place = cells.origin === 'originating' ? 'party' : 'country'
  return {
    id,
    hs,
    value,
    ...(description ? { description } : {}),
    ...(weightKg ? { weightKg } : {}),
    ...(role ? { role } : {}),
    origin: {
      status: cells.origin,
      ...(country ? { [place]: country } : {}),
      ...(evidence ? { evidence } : {}),
    },
  }
}

/** A spreadsheet keeps leading zeros only behind an apostrophe. */
function unquote(cell: string): string {
  return cell.replace(/^['’‘]/, '')
}
