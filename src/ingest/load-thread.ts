import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Chunk } from './copy/row-store.ts'
import { chunkBytes } from './copy/sink.ts'
import { type ParseHelp, type ParseJob, type ParseResult, parseInto } from './load-parse.ts'
import { refusal } from './refusals.ts'
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
/** What a reader holds grows with the different firms, codes and names alone; the limit keeps the memory of the service flat. */
const memoryLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 160 }

/** Where a file is read: for a large one a thread of its own, so that the service goes on answering. */
export interface ReadingThread {
  /** As parseInto; asked again, it drops what it did before. */
  parse(job: ParseJob): AsyncGenerator<Chunk, ParseResult>
  close(): Promise<unknown>
}

/** Starts what a file of that size takes, before it is known how to read it: the two take about as long. */
export function readingThread(
  sizeBytes: number,
  help: ParseHelp,
  limits: ResourceLimits = memoryLimits,
): ReadingThread {
  if (sizeBytes < threadBytes) return { parse: (job) => parseInto(job, help), close: async () => {} }
  let reader = startReader(help, limits)
  let asked = false
  return {
    async *parse(job) {
      if (asked) {
        await reader.close()
        reader = startReader(help, limits)
      }
      asked = true
      reader.begin(job)
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

function startReader(help: ParseHelp, resourceLimits: ResourceLimits): Reader {
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
  worker.on('error', (error) => fail(whyEnded(error)))
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

/** Nothing else grows with the file than what is different in it; any other end is a fault of ours. */
function whyEnded(error: Error): Error {
  const outgrown = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
  return outgrown ? refusal('too-large', 'too-many-different', {}, { field: 'file' }) : error
}
