import Papa from 'papaparse'
import { type Cut, cutPlainRows } from './tokenizer.ts'

/**
 * One row of the file. `quotes`: 'unpaired' when the cells are not to be trusted; 'unclosed' when no row after it can be
 * told either, and reading stops.
 */
export interface RawRow {
  cells: string[]
  /** Physical line it starts on, 1 is the first. */
  line: number
  quotes: 'good' | 'unpaired' | 'unclosed'
}

export interface Dialect {
  delimiter: string
  newline: '\n' | '\r'
}

/** A row longer than this means a quote that never closes. */
export const longestRow = 1_000_000

interface Parsed {
  data: string[][]
  errors: { row?: number; type: string }[]
  meta: { cursor: number }
}

/** The complete rows at the start of a text; `line` is the one it begins on, `last` that nothing comes after it. */
export function cutRows(
  text: string,
  dialect: Dialect,
  { line, last }: { line: number; last: boolean },
): { rows: RawRow[]; end: number; line: number } {
  const plain = last ? null : cutPlainRows(text, dialect)
  const found = plain ?? cutAnyRows(text, dialect, last)
  let at = line
  const rows = found.rows.map((cells, index) => {
    const row: RawRow = { cells, line: at, quotes: found.unpaired.has(index) ? 'unpaired' : 'good' }
    at += 1 + (plain === null ? newlinesIn(cells, dialect.newline) : (found.inner.get(index) ?? 0))
    return row
  })
  return { rows, end: last ? text.length : found.end, line: at }
}

/** What stands for a row of which no end is found. */
export function unclosedRow(text: string, line: number): RawRow {
  return { cells: [text.slice(0, 200)], line, quotes: 'unclosed' }
}

/**
 * Cuts streamed text into rows, a batch for each chunk; memory is bounded by a chunk and the longest row. Lines are
 * counted as an editor counts them, also inside quoted cells. Chunks whose quotes are all where they belong are cut by
 * a plain scan, which is several times faster; the others, and their repair, are left to the general parser.
 */
export async function* readRows(
  chunks: AsyncIterable<string> | Iterable<string>,
  dialect: Dialect,
): AsyncGenerator<RawRow[]> {
  let rest = ''
  let line = 1
  for await (const chunk of chunks) {
    const text = rest === '' ? chunk : rest + chunk
    const cut = cutRows(text, dialect, { line, last: false })
    if (cut.rows.length > 0) yield cut.rows
    rest = text.slice(cut.end)
    line = cut.line
    if (rest.length > longestRow) {
      yield [unclosedRow(rest, line)]
      return
    }
  }
  const rows = rest === '' ? [] : cutRows(rest, dialect, { line, last: true }).rows
  if (rows.length > 0) yield rows
}

function cutAnyRows(text: string, { delimiter, newline }: Dialect, last: boolean): Cut {
  const parsed: Parsed = new Papa.Parser({ delimiter, newline }).parse(text, 0, !last)
  const unpaired = new Set(parsed.errors.flatMap((error) => (error.row === undefined ? [] : [error.row])))
  return { rows: parsed.data, end: parsed.meta.cursor, unpaired, inner: new Map() }
}

/** The first rows of a text that may be cut anywhere. */
export function firstRows(text: string, dialect: Dialect, most: number): string[][] {
  const parser = new Papa.Parser({ ...dialect, preview: most })
  const parsed: Parsed = parser.parse(text, 0, false)
  return parsed.data.slice(0, most)
}

function newlinesIn(cells: readonly string[], newline: string): number {
  let found = 0
  for (const cell of cells) {
    for (let at = cell.indexOf(newline); at !== -1; at = cell.indexOf(newline, at + 1)) found += 1
  }
  return found
}
