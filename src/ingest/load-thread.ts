import { isDeepStrictEqual } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Chunk } from './copy/row-store.ts'
import { chunkBytes } from './copy/sink.ts'
import { type ParseHelp, type ParseJob, type ParseResult, parseInto } from './load-parse.ts'
import type { Progress } from './schema.ts'

/** What the thread says; every chunk is answered by a `taken`, so that no more than a few are under way. */
export type FromThread =
  | { kind: 'chunk'; chunk: Chunk }
  | { kind: 'ids'; count: number }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: ParseResult }
export type ToThread =
  | { kind: 'job'; job: ParseJob }
  | { kind: 'taken'; buffer?: ArrayBuffer }
  | { kind: 'ids'; ids: number[] }

/** Smaller files are read before a thread would have started. */
export const threadBytes = 4_000_000
/** Whatever the file, a reader that needed more than this would have a fault; the limit keeps its memory flat. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 160 }

/** Where a file is read: for a large one a thread of its own, so that the service goes on answering. */
export interface ReadingThread {
  /** Begins to read in the way that is likely, before it is certain. */
  expect(job: ParseJob): void
  /** As parseInto, once; begins anew where something else was expected. */
  parse(job: ParseJob): AsyncGenerator<Chunk, ParseResult>
  close(): Promise<unknown>
}

/** Starts what a file of that size takes, before it is known how to read it: the two take about as long. */
export function readingThread(sizeBytes: number, help: ParseHelp): ReadingThread {
  if (sizeBytes < threadBytes)
    return { expect: () => {}, parse: (job) => parseInto(job, help), close: async () => {} }
  let reader = startReader(help)
  let begun: ParseJob | null = null
  return {
    expect(job) {
      begun = job
      reader.begin(job)
    },
    async *parse(job) {
      if (begun !== null && !isDeepStrictEqual(begun, job)) {
        await reader.close()
        reader = startReader(help)
        begun = null
      }
      if (begun === null) reader.begin(job)
      for (;;) {
        const message = await reader.next()
        if (message.kind === 'done') return message.result
        yield message.chunk
        reader.giveBack(message.chunk.bytes)
      }
    },
    close: () => reader.close(),
  }
}

type Read = Extract<FromThread, { kind: 'chunk' | 'done' }>

interface Reader {
  begin(job: ParseJob): void
  /** What was read, in order; a failure of the thread is thrown to whoever waits. */
  next(): Promise<Read>
  giveBack(bytes: Uint8Array): void
  close(): Promise<unknown>
}

function startReader(help: ParseHelp): Reader {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { resourceLimits })
  const say = (message: ToThread, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer)
  const arrived: Read[] = []
  let failure: Error | null = null
  let wake = () => {}
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'progress') help.onProgress(message.progress)
    else if (message.kind === 'ids')
      help.allocate(message.count).then((ids) => say({ kind: 'ids', ids }), fail)
    else {
      arrived.push(message)
      wake()
    }
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the reading thread ended with ${code}`)))
  return {
    begin: (job) => say({ kind: 'job', job }),
    async next() {
      for (;;) {
        const message = arrived.shift()
        if (message) return message
        if (failure) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    /**
     * Says that a chunk was taken and hands its buffer back, to be filled again. Whoever asks for the next chunk has written this
     * one; only a small one may still wait in the socket, and is left to it.
     */
    giveBack({ buffer, length }) {
      if (length < chunkBytes) say({ kind: 'taken' })
      else say({ kind: 'taken', buffer: buffer as ArrayBuffer }, [buffer as ArrayBuffer])
    },
    close: () => worker.terminate(),
  }
}
