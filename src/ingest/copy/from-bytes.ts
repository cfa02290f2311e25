import type { Settings } from '../formats/layout.ts'
import type { TradeRecord } from '../record.ts'
import { cutRows, type Dialect, longestRow, type RawRow, unclosedRow } from '../rows.ts'
import type { NoteTape } from './note-tape.ts'
import { partsOf } from './parts.ts'
import { quickRows } from './quick.ts'
import { type Chunk, rowStore, type StreamParts } from './row-store.ts'
import { rowScan, scanRow } from './scan.ts'

export interface FastParts extends StreamParts {
  dialect: Dialect
  settings: Settings
  tape: NoteTape
}

/** Whether the rows of a file can be read from its bytes. */
export function readsBytes(
  parts: Pick<StreamParts, 'match' | 'decodeCells' | 'nulOffsets'>,
  dialect: Dialect,
): boolean {
  const early = parts.decodeCells !== null && parts.nulOffsets.length === 0
  return early && dialect.newline === '\n' && partsOf(parts.match) !== null
}

/**
 * As copyChunks, from the bytes of a file. A row whose cells were all met before, in rows that were read without a problem,
 * is put together from what those cells were found to mean; any other one goes the general way, and teaches.
 */
export async function* copyBytes(blocks: AsyncIterable<Buffer>, parts: FastParts): AsyncGenerator<Chunk> {
  const { match, dialect, book, tape, log } = parts
  const rows = rowStore(parts)
  const quick = quickRows(parts, rows)
  const scan = rowScan(dialect.delimiter, match.width + 1)
  const held = byteWindow()
  let line = 1

  const take = async (row: RawRow): Promise<TradeRecord | null> => {
    tape.rewind()
    const record = rows.accept(row)
    if (record !== null) rows.store(record, book.find(record) ?? (await book.add(record)), row.line)
    return record
  }
  const takeText = async (text: string, last: boolean): Promise<number> => {
    const cut = cutRows(text, dialect, { line, last })
    for (const row of cut.rows) await take(row)
    line = cut.line
    return cut.end
  }
  const takeRow = async (bytes: Buffer, from: number): Promise<void> => {
    const cut = cutRows(bytes.toString('latin1', from, scan.next), dialect, { line, last: false })
    for (const row of cut.rows) {
      const record = await take(row)
      const slice = record === null ? undefined : book.find(record)
      if (record !== null && slice !== undefined) quick.learn(bytes, scan, { record, slice, row })
    }
  }
  let first = true
  for await (const block of blocks) {
    const bytes = held.add(block)
    let from = first ? markLength(bytes) : 0
    first = false
    for (;;) {
      const found = scanRow(scan, bytes, from)
      if (found === 'cut') break
      if (found === 'odd') {
        from += await takeText(bytes.toString('latin1', from), false)
        break
      }
      if (!quick.take(bytes, scan, line)) await takeRow(bytes, from)
      line += scan.lines
      from = scan.next
    }
    yield* rows.drain()
    await log.ready()
    held.drop(from)
    if (held.rest().length > longestRow) {
      await take(unclosedRow(held.rest().toString('latin1'), line))
      held.drop(held.rest().length)
      break
    }
  }
  if (held.rest().length > 0) await takeText(held.rest().toString('latin1'), true)
  yield* rows.finish()
}

/** Blocks joined with what was left of the ones before, in a buffer that is used again. */
function byteWindow() {
  let buffer = Buffer.alloc(512 * 1024)
  let size = 0
  return {
    /** All bytes held, until the next call. */
    add(block: Uint8Array): Buffer {
      if (size + block.length > buffer.length) buffer = Buffer.concat([buffer], 2 * (size + block.length))
      buffer.set(block, size)
      size += block.length
      return buffer.subarray(0, size)
    },
    drop(count: number): void {
      buffer.copyWithin(0, count, size)
      size -= count
    },
    rest: () => buffer.subarray(0, size),
  }
}

/** The byte order mark of UTF-8. */
function markLength(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}
