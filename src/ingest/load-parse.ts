import { readReference } from '../reference/load.ts'
import { cellDecoder, cutsBeforeDecoding } from './cells.ts'
import type { Settings } from './formats/layout.ts'
import type { HeaderMatch } from './header.ts'
import { rejectLog } from './load-rejects.ts'
import { copyChunks, emptyTally, type Tally } from './load-stream.ts'
import { makeNotes } from './notes.ts'
import { type FileFacts, readLatin1, readText } from './read.ts'
import type { Reject } from './record.ts'
import { type Dialect, readRows } from './rows.ts'
import type { Progress } from './schema.ts'
import { type LoadingSlice, sliceBook } from './slices.ts'
import { type LayoutChoice, layoutFor } from './sniff.ts'

/** All that reading a file takes, as plain data: it may be sent to another thread. */
export interface ParseJob {
  path: string
  facts: Pick<FileFacts, 'container' | 'encoding' | 'sizeBytes' | 'nuls'>
  choice: LayoutChoice
  match: Omit<HeaderMatch, 'layout'>
  dialect: Dialect
  settings: Settings
  /** Rows up to the first one with data. */
  skip: number
  /** YYYY-MM-DD */
  today: string
  rejectsPath: string
}

/** What was read, beside the rows. */
export interface ParseResult {
  tally: Tally
  slices: LoadingSlice[]
  rejects: Reject[]
  rejectsFile: string | null
  warnings: string[]
}

/** What the reader asks of its surroundings. */
export interface ParseHelp {
  /** That many new slice ids. */
  allocate: (count: number) => Promise<number[]>
  onProgress: (progress: Progress) => void
}

/** Reads a file into COPY text of `factColumns`, chunk by chunk, and returns what it saw. */
export async function* parseInto(job: ParseJob, help: ParseHelp): AsyncGenerator<string, ParseResult> {
  const { path, facts, dialect, settings, today } = job
  const tally = emptyTally()
  const notes = makeNotes()
  const book = sliceBook(help.allocate)
  const log = rejectLog(job.rejectsPath)
  const layout = layoutFor(job.choice)
  const match = { ...job.match, layout }
  const { columns, headers } = match
  const decode = layout.decoder({ columns, headers, settings, reference: readReference(), today, notes })
  const onBytes = (bytes: number) => help.onProgress({ bytes, totalBytes: facts.sizeBytes, rows: tally.read })
  const early = cutsBeforeDecoding(facts.encoding, dialect)
  const text = early ? readLatin1(path, { ...facts, onBytes }) : readText(path, { ...facts, onBytes })
  yield* copyChunks(readRows(text, dialect), {
    match,
    skip: job.skip,
    decodeCells: early ? cellDecoder(facts.encoding, match, { all: facts.nuls.count > 0 }) : null,
    decode,
    book,
    log,
    tally,
    nulOffsets: facts.nuls.offsets,
  })
  const rejectsFile = await log.close()
  return { tally, slices: book.all(), rejects: log.first, rejectsFile, warnings: notes.warnings() }
}
