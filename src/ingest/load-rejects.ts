import { once } from 'node:events'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import { plainText } from '../plain-text.ts'
import type { Reject } from './record.ts'

/** Gathers the rejects of one file: the first ones in memory, all of them in a CSV made when the first one comes. */
export interface RejectLog {
  /** Rejects kept in memory, for the database and the report. */
  first: Reject[]
  add(reject: Reject): void
  /** Waits while more is to be written than should be held. */
  ready(): Promise<void>
  /** Waits until the file is written; its path, or null when nothing was rejected. */
  close(): Promise<string | null>
  /** Lets go of a file that is not closed yet. */
  end(): Promise<void>
}

/** How many rejects of one file the database keeps; the CSV has all. */
const keptRejects = 10_000

/** `path` is replaced; without rejects a file of an earlier attempt is removed. */
export function rejectLog(path: string): RejectLog {
  const first: Reject[] = []
  let stream: WriteStream | null = null
  let failure: Error | null = null
  return {
    first,
    add(reject) {
      if (first.length < keptRejects) first.push(reject)
      if (stream === null) {
        stream = startFile(path)
        // A full disk is told when the file is closed; without a listener it would end the process.
        stream.on('error', (error) => {
          failure = error
        })
      }
      stream.write(rejectLine([reject.line, reject.column, reject.value, reject.reason, reject.hint]))
    },
    async ready() {
      // for whoever reads a file at once, block after block, nothing would be written meanwhile
      if (stream?.writableNeedDrain && failure === null) await once(stream, 'drain').catch(() => {})
    },
    async end() {
      if (stream === null || stream.closed) return
      stream.destroy()
      await once(stream, 'close')
    },
    async close() {
      if (stream === null) {
        await rm(path, { force: true })
        return null
      }
      stream.end()
      if (failure === null) await finished(stream).catch(() => {})
      if (failure !== null) {
        await rm(path, { force: true })
        throw failure
      }
      return path
    },
  }
}

function startFile(path: string): WriteStream {
  mkdirSync(dirname(path), { recursive: true })
  const stream = createWriteStream(path)
  stream.write(`\uFEFF${rejectLine(['line', 'column', 'value', 'reason', 'hint'])}`)
  return stream
}

/** A line that spreadsheets open as text: no cell starts a formula. */
function rejectLine(cells: readonly (string | number)[]): string {
  return `${cells.map(rejectCell).join(',')}\r\n`
}

function rejectCell(cell: string | number): string {
  const text = String(cell).replaceAll('\0', '␀')
  const safe = typeof cell === 'string' ? plainText(text) : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
