import { byteInspector } from '../../src/ingest/bytes.ts'
import { cellDecoder, cutsBeforeDecoding } from '../../src/ingest/cells.ts'
import { columnsFor } from '../../src/ingest/copy/fact-columns.ts'
import { copyChunks, emptyTally } from '../../src/ingest/copy/row-store.ts'
import type { ColumnMapping } from '../../src/ingest/mapping-schema.ts'
import { makeNotes } from '../../src/ingest/notes.ts'
import { type OptionTexts, readOptions } from '../../src/ingest/options.ts'
import { planImport } from '../../src/ingest/plan.ts'
import type { Reject, TradeRecord } from '../../src/ingest/record.ts'
import { readRows } from '../../src/ingest/rows.ts'
import { type SliceBook, sliceBook } from '../../src/ingest/slices.ts'
import { readReference } from '../../src/reference/load.ts'

const reference = readReference()

export interface Parsed {
  encoding: string
  delimiter: string | null
  records: TradeRecord[]
  rejects: Reject[]
  warnings: string[]
}

/** All of an import but the database: bytes in, records, rejects and warnings out. */
export async function parseFile(
  name: string,
  bytes: Uint8Array,
  given: OptionTexts = {},
  mapping: ColumnMapping | null = null,
): Promise<Parsed> {
  const inspector = byteInspector()
  inspector.push(bytes)
  const found = inspector.finish()
  const { encoding } = found
  const text = new TextDecoder(encoding).decode(bytes)
  const facts = { ...found, container: 'plain' as const, sha256: '', sizeBytes: bytes.length }
  const options = readOptions(given, { acceptPartial: false, dryRun: true })
  const plan = planImport({
    name,
    facts,
    head: text.slice(0, 65_536),
    options,
    mapping,
    today: '2026-07-01',
  })
  const empty = { encoding, delimiter: null, records: [], warnings: [] }
  if ('refused' in plan) return { ...empty, rejects: [plan.refused] }
  const notes = makeNotes()
  const records: TradeRecord[] = []
  const log = {
    first: [] as Reject[],
    add: (reject: Reject) => void log.first.push(reject),
    ready: async () => {},
    end: async () => {},
    close: async () => null,
  }
  const { match } = plan
  const decode = match.layout.decoder({
    columns: match.columns,
    headers: match.headers,
    settings: plan.settings,
    reference,
    today: '2026-07-01',
    notes,
  })
  const ids = async (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const plainBook = sliceBook(ids)
  const book: SliceBook = {
    ...plainBook,
    find(record) {
      records.push(record)
      return plainBook.find(record)
    },
  }
  const skip = plan.skip + 1
  const early = cutsBeforeDecoding(encoding, plan.dialect)
  const decodeCells = early ? cellDecoder(encoding, match, { all: facts.nuls.count > 0 }) : null
  const bare = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  const parts = {
    match,
    skip,
    decodeCells,
    decode,
    book,
    log,
    tally: emptyTally(),
    nulOffsets: facts.nuls.offsets,
    columns: columnsFor(match, plan.settings),
    rollups: null,
  }
  for await (const _chunk of copyChunks(readRows([early ? bare : text], plan.dialect), parts));
  const warnings = [...plan.warnings, ...notes.warnings()]
  return { encoding, delimiter: plan.dialect.delimiter, records, rejects: log.first, warnings }
}
