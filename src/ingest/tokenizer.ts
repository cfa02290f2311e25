import type { Dialect } from './rows.ts'

/** Rows cut from a text, and where the first incomplete one begins. */
export interface Cut {
  rows: string[][]
  end: number
  /** Rows whose quotes do not pair up. */
  unpaired: ReadonlySet<number>
  /** Line ends inside the quoted cells of a row, by its index; rows without are absent. */
  inner: ReadonlyMap<number, number>
}

const quote = 34
const none: ReadonlySet<number> = new Set()

/**
 * Cuts the complete rows of a text in which every quote opens a cell, closes one or is doubled inside one; null when
 * that is not so, for the general parser to judge. The line feed after a carriage return ends a row; the carriage
 * return stays with an unquoted cell.
 */
export function cutPlainRows(text: string, dialect: Dialect): Cut | null {
  const inner = new Map<number, number>()
  const rows: string[][] = []
  const scan: Scan = { text, dialect, end: text.indexOf(dialect.newline), crossed: 0 }
  let start = 0
  while (scan.end !== -1) {
    const cells: string[] = []
    const found = cutRow(scan, start, cells)
    if (found === 'odd') return null
    if (found === 'cut') break
    if (scan.crossed > 0) inner.set(rows.length, scan.crossed)
    rows.push(cells)
    start = scan.end + 1
    scan.crossed = 0
    scan.end = text.indexOf(dialect.newline, start)
  }
  return { rows, end: start, unpaired: none, inner }
}

interface Scan {
  text: string
  dialect: Dialect
  /** The line end that closes the row, as far as is known. */
  end: number
  /** Line ends found inside quoted cells of the row. */
  crossed: number
}

/** Cuts one row into `cells`: whole, `cut` off by the end of the text, or `odd`. */
function cutRow(scan: Scan, start: number, cells: string[]): 'whole' | 'cut' | 'odd' {
  const { text, dialect } = scan
  const separator = dialect.delimiter.charCodeAt(0)
  let at = start
  for (;;) {
    if (text.charCodeAt(at) !== quote) {
      const end = text.indexOf(dialect.delimiter, at)
      const last = end === -1 || end > scan.end
      cells.push(text.slice(at, last ? scan.end : end))
      if (last) return 'whole'
      at = end + 1
      continue
    }
    const close = closingQuote(text, at)
    if (close === -1) return 'cut'
    cells.push(quotedCell(text, at, close))
    passLineEnds(scan, close)
    if (scan.end === -1) return 'cut'
    if (text.charCodeAt(close + 1) === separator) at = close + 2
    else return afterLastQuote(scan, close)
  }
}

/** What stands between the last quote of a row and its line end: nothing, or a carriage return. */
function afterLastQuote({ text, end }: Scan, close: number): 'whole' | 'cut' | 'odd' {
  const whole = close + 1 === end || (close + 2 === end && text.charCodeAt(close + 1) === 13)
  if (whole) return 'whole'
  return close + 2 >= text.length ? 'cut' : 'odd'
}

function passLineEnds(scan: Scan, close: number): void {
  while (scan.end !== -1 && scan.end < close) {
    scan.crossed += 1
    scan.end = scan.text.indexOf(scan.dialect.newline, scan.end + 1)
  }
}

/** The quote that ends a cell: the first that is not doubled; -1 when the text ends before it. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2)
  return at
}

function quotedCell(text: string, open: number, close: number): string {
  const cell = text.slice(open + 1, close)
  return cell.includes('"') ? cell.replaceAll('""', '"') : cell
}
