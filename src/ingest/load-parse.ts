import { readReference } from '../reference/load.ts'
import type { Reference } from '../reference/parse.ts'
import { cellDecoder, cutsBeforeDecoding } from './cells.ts'
import { columnsFor } from './copy/fact-columns.ts'
import { copyBytes, readsBytes } from './copy/from-bytes.ts'
import { noteTape } from './copy/note-tape.ts'
import { rollupSums } from './copy/rollup-sums.ts'
import { type Chunk, copyChunks, emptyTally, type Tally } from './copy/row-store.ts'
import type { Settings } from './formats/layout.ts'
import type { HeaderMatch } from './header.ts'
import { rejectLog } from './load-rejects.ts'
import { makeNotes, type NoteEntry } from './notes.ts'
import type { Plan } from './plan.ts'
import { type FileFacts, readBytes, readLatin1, readText } from './read.ts'
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
  /** Whether rollups are summed on the way. */
  sums: boolean
  /** Every row goes the general way: for comparison. */
  plain?: boolean
}

/** Reading a file as it was planned. */
export function jobOf(
  plan: Plan,
  given: Pick<ParseJob, 'path' | 'facts' | 'today' | 'rejectsPath' | 'sums'>,
): ParseJob {
  const { layout: _layout, ...match } = plan.match
  const { choice, dialect, settings } = plan
  return { ...given, choice, match, dialect, settings, skip: plan.skip + 1 }
}

/** What was read, beside the rows. */
export interface ParseResult {
  tally: Tally
  slices: LoadingSlice[]
  rejects: Reject[]
  rejectsFile: string | null
  warnings: string[]
  notes: NoteEntry[]
  /** Whether the rollups of all slices are among the chunks; otherwise the facts have to be summed. */
  summed: boolean
}

/** What the reader asks of its surroundings. */
export interface ParseHelp {
  /** That many new slice ids. */
  allocate: (count: number) => Promise<number[]>
  onProgress: (progress: Progress) => void
}

/** Reads a file into COPY text, chunk by chunk, and returns what it saw. */
export async function* parseInto(
  job: ParseJob,
  help: ParseHelp,
  reference: Reference = readReference(),
): AsyncGenerator<Chunk, ParseResult> {
  const { path, facts, dialect, settings, today } = job
  const tally = emptyTally()
  const notes = makeNotes()
  const tape = noteTape(notes)
  const book = sliceBook(help.allocate)
  const log = rejectLog(job.rejectsPath)
  const layout = layoutFor(job.choice)
  const match = { ...job.match, layout }
  const { columns, headers } = match
  const early = cutsBeforeDecoding(facts.encoding, dialect)
  const decodeCells = early ? cellDecoder(facts.encoding, match, { all: facts.nuls.count > 0 }) : null
  const nulOffsets = facts.nuls.offsets
  const quick = !job.plain && readsBytes({ match, decodeCells, nulOffsets }, dialect)
  const decode = layout.decoder({
    columns,
    headers,
    settings,
    reference,
    today,
    notes: quick ? tape : notes, // whoever reads from text rewinds no tape
  })
  const onBytes = (bytes: number) => help.onProgress({ bytes, totalBytes: facts.sizeBytes, rows: tally.read })
  const how = { ...facts, onBytes }
  const parts = {
    match,
    skip: job.skip,
    decodeCells,
    decode,
    book,
    log,
    tally,
    nulOffsets,
    columns: columnsFor(match, settings),
    rollups: job.sums ? rollupSums(layout.hsLevels, { firms: mayNameFirms(match) }) : null,
  }
  try {
    if (quick) yield* copyBytes(readBytes(path, how), { ...parts, dialect, settings, tape })
    else yield* copyChunks(readRows(early ? readLatin1(path, how) : readText(path, how), dialect), parts)
    const rejectsFile = await log.close()
    const said = { warnings: notes.warnings(), notes: notes.all() }
    const summed = parts.rollups?.whole() ?? false
    return { tally, slices: book.all(), rejects: log.first, rejectsFile, summed, ...said }
  } finally {
    await log.end()
  }
}

function mayNameFirms({ layout, columns }: HeaderMatch): boolean {
  return layout.name === 'customs-cn'
    ? columns.has('enterprise')
    : !['comtrade', 'baci'].includes(layout.name)
}
