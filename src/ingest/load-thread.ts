import { Worker } from 'node:worker_threads'
import { type ParseHelp, type ParseJob, type ParseResult, parseInto } from './load-parse.ts'
import type { Chunk } from './load-stream.ts'
import type { Progress } from './schema.ts'

/** What the thread says; every chunk is answered by a `taken`, so that no more than a few are under way. */
export type FromThread =
  | { kind: 'chunk'; chunk: Chunk }
  | { kind: 'ids'; count: number }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: ParseResult }
export type ToThread = { kind: 'taken' } | { kind: 'ids'; ids: number[] }

/** Smaller files are read before a thread would have started. */
export const threadBytes = 4_000_000
/** Whatever the file, a reader that needed more than this would have a fault; the limit keeps its memory flat. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 160 }

/** As parseInto; a large file is read in a thread of its own, so that the service goes on answering. */
export async function* parseAside(job: ParseJob, help: ParseHelp): AsyncGenerator<Chunk, ParseResult> {
  if (job.facts.sizeBytes < threadBytes) return yield* parseInto(job, help)
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: job, resourceLimits })
  const inbox = mailbox(worker)
  try {
    for (;;) {
      const message = await inbox.next()
      if (message.kind === 'done') return message.result
      if (message.kind === 'progress') help.onProgress(message.progress)
      else if (message.kind === 'ids')
        answer(worker, { kind: 'ids', ids: await help.allocate(message.count) })
      else {
        yield message.chunk
        answer(worker, { kind: 'taken' })
      }
    }
  } finally {
    await worker.terminate()
  }
}

function answer(worker: Worker, message: ToThread): void {
  worker.postMessage(message)
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
