import { parentPort } from 'node:worker_threads'
import { readReference } from '../reference/load.ts'
import { giveBack } from './copy/sink.ts'
import { type ParseHelp, type ParseJob, parseInto } from './load-parse.ts'
import type { FromThread, ToThread } from './load-thread.ts'

const port = parentPort
if (port === null) throw new Error('this file is the start of a thread')

/** Chunks that may wait to be written to the database. */
const mostWaiting = 12
let waiting = 0
let wake = () => {}
/** Read while the file is looked at. */
const reference = readReference()
let giveIds: (ids: number[]) => void = () => {}

port.on('message', (message: ToThread) => {
  if (message.kind === 'job') void parse(message.job)
  else if (message.kind === 'ids') giveIds(message.ids)
  else {
    if (message.buffer !== undefined) giveBack(message.buffer)
    waiting -= 1
    wake()
  }
})

const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

async function parse(job: ParseJob): Promise<void> {
  const help: ParseHelp = {
    allocate: (count) =>
      new Promise((resolve) => {
        giveIds = resolve
        say({ kind: 'ids', count })
      }),
    onProgress: (progress) => say({ kind: 'progress', progress }),
  }
  const chunks = parseInto(job, help, reference)
  for (;;) {
    const next = await chunks.next()
    if (next.done) {
      say({ kind: 'done', result: next.value })
      return
    }
    const { bytes } = next.value
    waiting += 1
    say({ kind: 'chunk', chunk: next.value }, [bytes.buffer as ArrayBuffer])
    while (waiting >= mostWaiting) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}
