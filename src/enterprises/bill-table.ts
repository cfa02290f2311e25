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

/** Materials of a table whose first line names the columns; errors name row and column. Never throws. */
export function readBillTable(rows: readonly (readonly string[])[]): {
  materials: TableMaterial[]
  errors: CellError[]
} {
  const [header = [], ...lines] = rows
  const names = header.map((name) => name.trim())
  const headerErrors = checkHeader(names)
  if (headerErrors.length > 0) return { materials: [], errors: headerErrors }
  if (lines.length > mostLines) {
    const error = {
      row: mostLines + 2,
      column: 'id',
      value: `${lines.length} lines`,
      allowed: `at most ${mostLines} lines`,
    }
    return { materials: [], errors: [error] }
  }
  const seen = new Set<string>()
  const read = lines.map((line, index) => {
    const cells = Object.fromEntries(
      billColumns.map((name) => [name, unquote((line[names.indexOf(name)] ?? '').trim())]),
    ) as Record<Column, string>
    const errors = [...checkCells(cells, index + 2), ...checkTogether(cells, index + 2, seen)]
    seen.add(cells.id)
    return { cells, errors }
  })
  return {
    materials: read.filter(({ errors }) => errors.length === 0).map(({ cells }) => materialOf(cells)),
    errors: read.flatMap(({ errors }) => errors),
  }
}

function checkHeader(names: string[]): CellError[] {
  const required: Column[] = ['id', 'hs', 'value', 'origin']
  const missing = required.filter((name) => !names.includes(name))
  const unknown = names.filter((name) => !billColumns.some((column) => column === name))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  const columns = `the columns ${billColumns.join(', ')}`
  return [
    ...missing.map((column) => ({ row: 1, column, value: '', allowed: 'this column is needed' })),
    ...unknown.map((value) => ({ row: 1, column: value, value, allowed: columns })),
    ...twice.map((value) => ({ row: 1, column: value, value, allowed: 'each column once' })),
  ]
}

function checkCells(cells: Record<Column, string>, row: number): CellError[] {
  return billColumns.flatMap((column) => {
    const rule = rules[column]
    const value = cells[column]
    if (rule && !rule.test(value)) return [{ row, column, value: value.slice(0, 200), allowed: rule.allowed }]
    return value.length > 1000
      ? [{ row, column, value: value.slice(0, 200), allowed: 'at most 1000 characters' }]
      : []
  })
}

function checkTogether(cells: Record<Column, string>, row: number, seen: ReadonlySet<string>): CellError[] {
  const errors: CellError[] = []
  if (cells.id !== '' && seen.has(cells.id)) {
    errors.push({ row, column: 'id', value: cells.id, allowed: 'an id no other line has' })
  }
  if (cells.origin === 'originating' && cells.country === '') {
    errors.push({
      row,
      column: 'country',
      value: '',
      allowed: 'the Party an originating material originates in',
    })
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
