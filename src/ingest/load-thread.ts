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
  /** As parseInto, once. */
  parse(job: ParseJob, help: ParseHelp): AsyncGenerator<Chunk, ParseResult>
  close(): Promise<unknown>
}

/** Starts what a file of that size takes, before it is known how to read it: the two take about as long. */
export function readingThread(sizeBytes: number): ReadingThread {
  if (sizeBytes < threadBytes) return { parse: parseInto, close: async () => {} }
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { resourceLimits })
  const inbox = mailbox(worker)
  return {
    async *parse(job, help) {
      say(worker, { kind: 'job', job })
      for (;;) {
        const message = await inbox.next()
        if (message.kind === 'done') return message.result
        if (message.kind === 'progress') help.onProgress(message.progress)
        else if (message.kind === 'ids') say(worker, { kind: 'ids', ids: await help.allocate(message.count) })
        else {
          yield message.chunk
          returnBytes(worker, message.chunk.bytes)
        }
      }
    },
    close: () => worker.terminate(),
  }
}

/**
 * Says that a chunk was taken and hands its buffer back, to be filled again. Whoever asks for the next chunk has written this
 * one; only a small one may still wait in the socket, and is left to it.
 */
function returnBytes(worker: Worker, { buffer, length }: Uint8Array): void {
  if (length < chunkBytes) say(worker, { kind: 'taken' })
  else say(worker, { kind: 'taken', buffer: buffer as ArrayBuffer }, [buffer as ArrayBuffer])
}

function say(worker: Worker, message: ToThread, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer)
}

/** Messages of a thread in order; its failure is thrown to whoever waits. */
function mailbox(worker: Worker): { next(): Promise<FromThread> } {
  const arrived: FromThread[] = []
  let failure: Error | null = null
  let wake = () => {}
  worker.on('message', (message: FromThread) => {
    arrived.push(message)
    wake()
  })
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the reading thread ended with ${code}`)))
  return {
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
  }
}
