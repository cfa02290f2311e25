import { type CodeCell, clean, isMissing } from './codes.ts'
import type { DecimalCell } from './decimal.ts'
import type { DecodeContext } from './formats/layout.ts'
import type { Decoded, RowProblem, TradeRecord } from './record.ts'

/**
 * Reads the cells of one row after another by field and gathers everything wrong with the row. Values of a row with
 * problems are never used: `finish` returns the problems instead of the record.
 */
export interface RowReader {
  start(cells: readonly string[]): void
  /** The cleaned cell; empty when missing or when the file has no such column. */
  text(field: string): string
  decimal(field: string | null, read: (text: string) => DecimalCell): string | null
  /** A code the row must have. */
  code<T>(field: string, decode: (text: string) => CodeCell<T>): T | null
  /** As code, by the first column or, where that is empty, the second. */
  codeOrName<T>(field: string, nameField: string, decode: (text: string) => CodeCell<T>): T | null
  /** The first of the fields that has a value; null when none has. */
  optional<T>(fields: readonly string[], decode: (text: string) => CodeCell<T>): T | null
  /** What the user set, noting rows whose column says otherwise; otherwise what the column says. */
  settled<T>(
    field: string,
    set: T | null,
    decode: (text: string) => CodeCell<T>,
    same?: (a: T, b: T) => boolean,
  ): T | null
  /** Whether nothing is wrong with the row so far. */
  good(): boolean
  problem(field: string, reason: string, hint: string): void
  finish(make: () => TradeRecord): Decoded
}

const needsPartner = 'every row needs this code; 701 stands for an unknown country or region'

export function rowReader({ columns, headers, notes }: DecodeContext): RowReader {
  let cells: readonly string[] = []
  let problems: RowProblem[] = []

  const header = (field: string): string => headers[columns.get(field) ?? -1] ?? field
  const text = (field: string): string => {
    const index = columns.get(field)
    if (index === undefined) return ''
    const cell = clean(cells[index] ?? '')
    return isMissing(cell) ? '' : cell
  }
  const problem = (field: string, reason: string, hint: string): void => {
    problems.push({ column: header(field), value: text(field).slice(0, 200), reason, hint })
  }
  const decoded = <T>(field: string, cell: string, decode: (text: string) => CodeCell<T>): T | null => {
    const result = decode(cell)
    if ('reason' in result) {
      problem(field, result.reason, result.hint)
      return null
    }
    if (result.unknown !== undefined) notes.add(header(field), result.unknown, cell)
    return result.value
  }
  const required = <T>(field: string, cell: string, decode: (text: string) => CodeCell<T>): T | null => {
    if (cell !== '') return decoded(field, cell, decode)
    problem(field, 'empty', field.startsWith('partner') ? needsPartner : 'every row needs this')
    return null
  }

  return {
    start(row) {
      cells = row
      problems = []
    },
    text,
    decimal(field, read) {
      const index = field === null ? undefined : columns.get(field)
      const cell = index === undefined ? '' : (cells[index] ?? '').trim()
      if (cell === '' || field === null) return null
      const result = read(cell)
      if ('value' in result) return result.value
      problem(field, result.reason, result.hint)
      return null
    },
    code: (field, decode) => required(field, text(field), decode),
    codeOrName(field, nameField, decode) {
      const cell = text(field)
      if (cell !== '' || !columns.has(nameField)) return required(field, cell, decode)
      return required(nameField, text(nameField), decode)
    },
    optional(fields, decode) {
      for (const field of fields) {
        const cell = text(field)
        if (cell !== '') return decoded(field, cell, decode)
      }
      return null
    },
    settled(field, set, decode, same = Object.is) {
      if (set === null) return required(field, text(field), decode)
      const cell = text(field)
      const said = cell === '' ? null : decode(cell)
      if (said !== null && !('value' in said && same(said.value, set))) {
        notes.add(header(field), 'differs from what you set, which was taken', cell)
      }
      return set
    },
    good: () => problems.length === 0,
    problem,
    finish: (make) => (problems.length > 0 ? { problems } : { record: make() }),
  }
}
