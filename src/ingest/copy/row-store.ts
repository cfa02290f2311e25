import { copyRow } from '../../db/copy-text.ts'
import { isMissing, ownText } from '../codes.ts'
import type { HeaderMatch } from '../header.ts'
import type { RejectLog } from '../load-rejects.ts'
import { say } from '../messages.ts'
import type { Declared, Decoded, RowProblem, TradeRecord } from '../record.ts'
import type { OptionalDimension } from '../rollup.ts'
import type { RawRow } from '../rows.ts'
import type { LoadingSlice, SliceBook } from '../slices.ts'
import { type FactColumn, factValues, recordKeys, rowAmounts } from './fact-columns.ts'
import type { RollupSums } from './rollup-sums.ts'
import { type ByteSink, byteSink, chunkBytes, takeBytes, writeText } from './sink.ts'

/** Where a chunk belongs: facts are COPY text of StreamParts.columns, rollups of rollupColumns. */
export type Chunk = FactChunk | { into: 'rollups'; bytes: Uint8Array }

interface FactChunk {
  into: 'facts'
  bytes: Uint8Array
  /** The one in which all its rows lie; null where there are several. */
  year: number | null
}

/** What the stream saw, for the report and for the sums. */
export interface Tally {
  read: number
  rejected: number
  /** Different lengths of product codes; more than one, and some rows may be totals of others. */
  codeLengths: Set<number>
  brokenDown: boolean
  present: Set<OptionalDimension>
  firstPeriod: string
  lastPeriod: string
  /** Items of declarations taken back; no item means the whole declaration. */
  withdrawn: { number: string; item: string | null; line: number }[]
  /** Freight and insurance by declaration, to be shared among its lines. */
  charges: Map<string, string>
  /** Rows without a value, by index of the column. */
  missing: Map<number, number>
  enterprises: Map<string, string>
  /** Why no row after some point could be read. */
  fatal: boolean
}

export function emptyTally(): Tally {
  return {
    read: 0,
    rejected: 0,
    codeLengths: new Set(),
    brokenDown: false,
    present: new Set(),
    firstPeriod: '2999-12-31',
    lastPeriod: '1900-01-01',
    withdrawn: [],
    charges: new Map(),
    missing: new Map(),
    enterprises: new Map(),
    fatal: false,
  }
}

export interface StreamParts {
  match: HeaderMatch
  /** Rows up to and including the header. */
  skip: number
  /** Decodes the cells of rows that were cut before; null when they are text already. */
  decodeCells: ((row: RawRow) => void) | null
  decode: (cells: readonly string[]) => Decoded
  book: SliceBook
  log: RejectLog
  tally: Tally
  /** Byte offsets of NUL characters in order of appearance, as far as they were kept. */
  nulOffsets: readonly number[]
  /** Columns of trade_flow that are written; no record of the file has another. */
  columns: readonly FactColumn[]
  /** Sums the rows as they pass; null when that is left to the database. */
  rollups: RollupSums | null
}

/** Takes rows one by one. */
export interface RowStore {
  /** Decodes a row; null for those before the data, empty ones and, once they are logged, bad ones. */
  accept(row: RawRow): TradeRecord | null
  /** Writes a record of a slice, counts and sums it. */
  store(record: TradeRecord, slice: LoadingSlice, line: number): void
  sink: ByteSink
  /** Says of which slice a row is that was written to the sink. */
  wrote(slice: LoadingSlice): void
  /** What is ready to be sent. */
  drain(): Generator<Chunk>
  /** What is left when all rows are through. */
  finish(): Generator<Chunk>
}

/** Turns rows into COPY text under the ids of their slices; rows with problems go to the log instead. */
export async function* copyChunks(
  batches: AsyncIterable<RawRow[]>,
  parts: StreamParts,
): AsyncGenerator<Chunk> {
  const rows = rowStore(parts)
  for await (const batch of batches) {
    for (const row of batch) {
      const record = rows.accept(row)
      if (record !== null)
        rows.store(record, parts.book.find(record) ?? (await parts.book.add(record)), row.line)
    }
    yield* rows.drain()
    await parts.log.ready()
  }
  yield* rows.finish()
}

export function rowStore(parts: StreamParts): RowStore {
  const { tally, rollups, columns } = parts
  const sink = byteSink()
  const keysFor = rollups === null ? null : recordKeys(rollups)
  let year: number | null = null
  let last: LoadingSlice | null = null
  const wrote = (slice: LoadingSlice): void => {
    if (slice === last) return
    const own = Number(slice.periodStart.slice(0, 4))
    year = last === null || year === own ? own : null
    last = slice
  }
  const facts = function* (least: number): Generator<Chunk> {
    if (sink.size <= least) return
    const chunk = { into: 'facts', bytes: takeBytes(sink), year } as const
    last = null
    yield chunk
  }
  const sums = function* (chunks: Iterable<Uint8Array>): Generator<Chunk> {
    for (const bytes of chunks) yield { into: 'rollups', bytes }
  }
  return {
    accept: rowFilter(parts),
    store(record, slice, line) {
      slice.rows += 1
      note(record, tally)
      const silent = record.declared !== null && noteDeclared(record.declared, line, tally)
      if (silent) return
      writeText(sink, copyRow(columns.map((column) => factValues[column](record, { slice: slice.id, line }))))
      wrote(slice)
      if (rollups === null || keysFor === null) return
      if (tally.brokenDown || tally.codeLengths.size > 1) rollups.stop()
      else if (rollups.whole()) rollups.add(slice.id, keysFor(record), rowAmounts(rollups, record))
    },
    sink,
    wrote,
    *drain() {
      yield* facts(chunkBytes)
      if (rollups !== null) yield* sums(rollups.relieve(tally.present))
    },
    *finish() {
      yield* facts(0)
      if (rollups !== null) yield* sums(rollups.rest(tally.present))
    },
  }
}

/** Decodes one row after another; null for those before the data, empty ones and, once they are logged, bad ones. */
function rowFilter(parts: StreamParts): (row: RawRow) => TradeRecord | null {
  const { tally, decodeCells, decode, match } = parts
  const check = rowCheck(parts)
  const used = [...match.columns.values()]
  for (const index of used) tally.missing.set(index, 0)
  let toSkip = parts.skip
  return (row) => {
    decodeCells?.(row)
    const problems = check(row)
    if (toSkip > 0) {
      toSkip -= 1
      return null
    }
    if (isEmpty(row)) return null
    tally.read += 1
    const decoded = problems.length > 0 ? { problems } : decode(row.cells)
    for (const index of used) {
      const cell = row.cells[index] ?? ''
      if (cell.length < 3 && isMissing(cell.trim()))
        tally.missing.set(index, (tally.missing.get(index) ?? 0) + 1)
    }
    if ('record' in decoded) return decoded.record
    reject(row, decoded.problems, parts)
    return null
  }
}

function reject(row: RawRow, problems: readonly RowProblem[], { log, tally }: StreamParts): void {
  tally.rejected += 1
  if (row.quotes === 'unclosed') tally.fatal = true
  for (const problem of problems) log.add({ line: row.line, ...problem })
}

function isEmpty({ cells }: RawRow): boolean {
  return (cells[0] ?? '').trim() === '' && cells.every((cell) => cell.trim() === '')
}

/** Checks a row before its cells are read: quotes, NUL bytes, number of cells. */
function rowCheck({ match, nulOffsets }: StreamParts): (row: RawRow) => RowProblem[] {
  const mayHaveNuls = nulOffsets.length > 0
  let nulsSeen = 0
  return (row) => {
    const nuls = mayHaveNuls ? countNuls(row.cells) : 0
    const offset = nulOffsets[nulsSeen]
    nulsSeen += nuls
    if (nuls > 0) return [nulProblem(row, match, offset)]
    if (row.quotes !== 'good') return [quoteProblem(row)]
    const { length } = row.cells
    if (length < match.width)
      return isNote(row) ? [noteProblem(row)] : [widthProblem(row, match, say('mend-cut'))]
    if (length > match.width && row.cells.slice(match.width).some((cell) => cell.trim() !== '')) {
      return [widthProblem(row, match, say('mend-delimiter'))]
    }
    return []
  }
}

/** Whether a single cell under a wider header is all there is: a sentence below the table. */
function isNote({ cells }: RawRow): boolean {
  return cells.filter((cell) => cell.trim() !== '').length === 1
}

function noteProblem(row: RawRow): RowProblem {
  return { ...rowProblem(row), reason: say('note-row'), hint: say('mend-leave-out') }
}

function rowProblem({ cells }: RawRow): Pick<RowProblem, 'column' | 'value'> {
  return { column: '', value: cells.join(',').slice(0, 200) }
}

function countNuls(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell.includes('\0') ? sum + cell.split('\0').length - 1 : sum), 0)
}

function nulProblem(row: RawRow, match: HeaderMatch, offset: number | undefined): RowProblem {
  const index = row.cells.findIndex((cell) => cell.includes('\0'))
  return {
    column: match.headers[index] ?? '',
    value: (row.cells[index] ?? '').replaceAll('\0', '␀').slice(0, 200),
    reason: offset === undefined ? say('nul') : say('nul-at', { offset }),
    hint: say('mend-download-file'),
  }
}

function quoteProblem(row: RawRow): RowProblem {
  const reason = row.quotes === 'unclosed' ? say('quote-open') : say('quotes-unpaired')
  return { ...rowProblem(row), reason, hint: say('mend-quotes') }
}

function widthProblem(row: RawRow, match: HeaderMatch, hint: string): RowProblem {
  const reason = say('row-width', { cells: row.cells.length, headers: match.width })
  return { ...rowProblem(row), reason, hint }
}

function note(record: TradeRecord, tally: Tally): void {
  tally.codeLengths.add(record.hs === 'TOTAL' ? 0 : record.hs.length)
  if (record.breakdown !== null) tally.brokenDown = true
  if (record.periodStart < tally.firstPeriod) tally.firstPeriod = record.periodStart
  if (record.periodStart > tally.lastPeriod) tally.lastPeriod = record.periodStart
  const { present } = tally
  if (record.partner !== '') present.add('partner')
  if (record.tradeMode !== null || record.supervisionMode !== null) present.add('mode')
  if (record.ownership !== null) present.add('ownership')
  if (record.transport !== null) present.add('transport')
  if (record.district !== null) present.add('district')
  if (record.enterprise === null) return
  present.add('enterprise')
  if (record.enterpriseName !== null) tally.enterprises.set(record.enterprise, ownText(record.enterpriseName))
}

/** Remembers what concerns a whole declaration; true when the line itself states nothing. */
function noteDeclared(declared: Declared, line: number, { withdrawn, charges }: Tally): boolean {
  const number = declared.number === null ? null : ownText(declared.number)
  if (number !== null && declared.shared !== undefined) charges.set(number, declared.shared)
  if (number === null || !declared.withdrawn) return false
  withdrawn.push({ number, item: declared.item, line })
  return true
}
