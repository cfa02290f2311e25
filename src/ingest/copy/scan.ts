/** Where the cells of a row lie in the bytes of a file: without their quotes. */
export interface RowScan {
  delimiter: number
  cells: number
  starts: Int32Array
  ends: Int32Array
  /** Whether no cell has doubled quotes or line ends inside. */
  plain: boolean
  /** Where the next row begins. */
  next: number
  /** Physical lines it takes. */
  lines: number
  /** The bytes of the file at hand, and what reads several of them at once. */
  bytes: Uint8Array
  view: DataView
}

const quote = 34
const lineFeed = 10
const carriageReturn = 13
const comma = 44

/** Of rows with more than `mostCells` cells the further ones are only counted. */
export function rowScan(delimiter: string, mostCells: number): RowScan {
  const starts = new Int32Array(mostCells)
  const ends = new Int32Array(mostCells)
  const bytes = new Uint8Array(0)
  const view = new DataView(bytes.buffer)
  return {
    delimiter: delimiter.charCodeAt(0),
    cells: 0,
    starts,
    ends,
    plain: true,
    next: 0,
    lines: 1,
    bytes,
    view,
  }
}

/**
 * Finds the cells of the row that begins at `from`. `cut`: the row may go on beyond the end. `odd`: quotes are not where
 * they belong, which is for the general parser to judge. A carriage return before the line feed stays with an unquoted cell.
 */
export function scanRow(scan: RowScan, bytes: Uint8Array, from: number): 'row' | 'cut' | 'odd' {
  if (scan.bytes !== bytes) {
    scan.bytes = bytes
    scan.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  const { delimiter } = scan
  const end = bytes.length
  let at = from
  let cells = 0
  scan.plain = true
  scan.lines = 1
  for (;;) {
    const quoted = at < end && bytes[at] === quote
    const start = quoted ? at + 1 : at
    const stop = quoted ? closingQuote(scan, bytes, start, end) : cellEnd(bytes, start, end, delimiter)
    if (stop === -1) return 'cut'
    at = quoted ? afterQuote(bytes, stop + 1) : stop
    if (at >= end) return 'cut'
    if (cells < scan.starts.length) {
      scan.starts[cells] = start
      scan.ends[cells] = stop
    }
    cells += 1
    const byte = bytes[at]
    at += 1
    if (byte === delimiter) continue
    if (byte !== lineFeed) return 'odd'
    scan.cells = cells
    scan.next = at
    return 'row'
  }
}

/** Past the carriage return that may stand between the last quote of a row and its line feed. */
function afterQuote(bytes: Uint8Array, at: number): number {
  return bytes[at] === carriageReturn && (at + 1 >= bytes.length || bytes[at + 1] === lineFeed) ? at + 1 : at
}

/** The quote that ends a cell, with a byte after it; -1 when the end comes before. */
function closingQuote(scan: RowScan, bytes: Uint8Array, start: number, end: number): number {
  let at = start
  for (;;) {
    // reading beyond the end would cost more than the comparison
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte === quote) break
      if (byte === lineFeed) {
        scan.lines += 1
        scan.plain = false
      }
    }
    if (at + 1 >= end) return -1
    if (bytes[at + 1] !== quote) return at
    scan.plain = false
    at += 2
  }
}

/** The delimiter or line feed that ends a cell without quotes; -1 when the end comes before. */
function cellEnd(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === delimiter || byte === lineFeed) return at
  }
  return -1
}

/** More digits before the point than any amount in thousandths that a double holds exactly. */
const mostDigits = 12

/**
 * Reads an amount as whole thousandths, with the same outcome as readDecimal: digits, commas between thousands, up to
 * three decimals, a minus. NaN for anything else, which is for readDecimal to judge.
 */
export function scanThousandths(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  let end = to
  while (at < end && isBlank(bytes[at])) at += 1
  while (end > at && isBlank(bytes[end - 1])) end -= 1
  const negative = at < end && bytes[at] === 45
  const first = negative ? at + 1 : at
  const point = wholeEnd(bytes, first, end)
  if (point === -1) return Number.NaN
  let whole = 0
  for (at = first; at < point; at++) {
    const byte = bytes[at] ?? 0
    if (byte !== comma) whole = whole * 10 + byte - 48
  }
  const size = whole * 1000 + (point < end ? scanFraction(bytes, point, end) : 0)
  return negative && size !== 0 ? -size : size
}

/** Where the digits and the commas between thousands end; -1 when there are none, too many, or commas elsewhere. */
function wholeEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  let digits = 0
  let group = 0
  let commas = 0
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (isDigit(byte)) group += 1
    else if (byte === comma && isGroup(group, commas)) {
      commas += 1
      digits += group
      group = 0
    } else break
  }
  digits += group
  return digits === 0 || digits > mostDigits || (commas > 0 && group !== 3) ? -1 : at
}

/** The digits before the first comma are one to three, between two commas three. */
function isGroup(digits: number, commas: number): boolean {
  return commas > 0 ? digits === 3 : digits > 0 && digits < 4
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

/** A point and at most three digits as thousandths. */
function scanFraction(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== 46 || to - from > 4) return Number.NaN
  let fraction = 0
  for (let place = 1; place <= 3; place++) {
    const byte = from + place < to ? (bytes[from + place] ?? 0) : 48
    if (!isDigit(byte)) return Number.NaN
    fraction = fraction * 10 + byte - 48
  }
  return fraction
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === carriageReturn
}
