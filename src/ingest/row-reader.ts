import { type CodeCell, clean, isMissing } from './codes.ts'
import type { DecimalCell } from './decimal.ts'
import type { DecodeContext } from './formats/layout.ts'
import { normaliseHeader } from './header.ts'
import { say } from './messages.ts'
import type { Decoded, RowProblem, TradeRecord } from './record.ts'
import { namesGroup, namesTotal } from './totals.ts'

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
  /** Refuses a row whose name is that of a sum over others. */
  notTotal(field: string): void
  finish(make: () => TradeRecord): Decoded
}

/** What a row is whose cell no list has: a sum, a group of the others, or the header once more; null for none of these. */
function otherRow(field: string, cell: string, header: string): { reason: string; hint: string } | null {
  if (namesTotal(cell)) return { reason: say('total-row'), hint: say('mend-total-row') }
  if (field.startsWith('partner') && namesGroup(cell))
    return { reason: say('group-row'), hint: say('mend-group-row') }
  if (normaliseHeader(cell) === normaliseHeader(header))
    return { reason: say('header-again'), hint: say('mend-leave-out') }
  return null
}

/** A wide row with one cell filled is a title or a note below the table: said once, not for every cell it lacks. */
function withoutNote(cells: readonly string[], problems: RowProblem[]): RowProblem[] {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const [note] = filled
  if (note === undefined || filled.length > 1 || cells.length < 3) return problems
  return [{ column: '', value: note.slice(0, 200), reason: say('note-row'), hint: say('mend-leave-out') }]
}

export function rowReader({ columns, headers, notes }: DecodeContext): RowReader {
  let cells: readonly string[] = []
  let problems: RowProblem[] = []
  /** Why the row is none of the table's, whatever else is wrong with it. */
  let whole: RowProblem | null = null

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
    if (!('reason' in result) && result.unknown === undefined) return result.value
    const other = otherRow(field, cell, header(field))
    if (other !== null) {
      problem(field, other.reason, other.hint)
      whole = problems.at(-1) ?? null
      return null
    }
    if ('reason' in result) {
      problem(field, result.reason, result.hint)
      return null
    }
    if (result.unknown !== undefined) notes.add(header(field), result.unknown, cell)
    return result.value
  }
  const required = <T>(field: string, cell: string, decode: (text: string) => CodeCell<T>): T | null => {
    if (cell !== '') return decoded(field, cell, decode)
    problem(field, say('empty'), field.startsWith('partner') ? say('mend-partner') : say('mend-needed'))
    return null
  }

  return {
    start(row) {
      cells = row
      problems = []
      whole = null
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
        notes.add(header(field), say('differs-set'), cell)
      }
      return set
    },
    good: () => problems.length === 0,
    problem,
    notTotal(field) {
      if (!namesTotal(text(field))) return
      problem(field, say('total-row'), say('mend-total-row'))
      whole = problems.at(-1) ?? null
    },
    finish(make) {
      // what may be missing is decoded as the record is made, and may still refuse the row
      const record = problems.length === 0 ? make() : null
      if (record !== null && problems.length === 0) return { record }
      return { problems: whole === null ? withoutNote(cells, problems) : [whole] }
    },
  }
}
