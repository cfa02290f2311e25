import type { Progress } from './schema.ts'
import { withSpeed } from './speed.ts'

/** An import that this process is reading, or will read when its turn comes. */
export interface Job {
  kind: 'preview' | 'load'
  progress: Progress
  /** When it was begun, by performance.now(); null while it waits. */
  begunMs: number | null
  begin: () => void
  /** Those who want to hear of it: called with the progress, and with null when it has ended. */
  heard: Set<(progress: Progress | null) => void>
  controller: AbortController
  /** Settles when it has ended, one way or the other; never rejects. */
  ended: Promise<void>
}

/** The imports of this process by id, in the order in which they came. */
export type Running = Map<number, Job>

export interface JobTools {
  signal: AbortSignal
  onProgress: (progress: Progress) => void
  /** Settles when every load that came before has ended: where files overlap, the later one holds. */
  turn: Promise<unknown>
}

export interface NewJob {
  id: number
  kind: Job['kind']
  totalBytes: number
  /** Clears up before the job counts as ended. */
  failed?: (error: unknown) => Promise<void>
}

/** More at once would only share the same cores and memory. */
const atOnce = 2

/**
 * Runs work under an id as soon as fewer than two others run, telling whoever listens how far it is. The promise is
 * that of the work; work aborted while it waits rejects without having begun.
 */
export function runJob(
  running: Running,
  { id, kind, totalBytes, failed }: NewJob,
  work: (tools: JobTools) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  const { signal } = controller
  const turn = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => turn.resolve())
  const loads = kind === 'load' ? [...running.values()].filter((job) => job.kind === 'load') : []
  const job: Job = {
    kind,
    progress: { bytes: 0, totalBytes, rows: 0, waiting: true },
    begunMs: null,
    begin: turn.resolve,
    heard: new Set(),
    controller,
    ended: Promise.resolve(),
  }
  const before = Promise.all(loads.map(({ ended }) => ended))
  const onProgress = (progress: Progress) => {
    job.progress = progress
    for (const tell of job.heard) tell(progress)
  }
  const done = turn.promise
    .then(() => {
      signal.throwIfAborted()
      return work({ signal, onProgress, turn: before })
    })
    .catch(async (error: unknown) => {
      await failed?.(error)
      throw error
    })
    .finally(() => {
      running.delete(id)
      for (const tell of job.heard) tell(null)
      beginNext(running)
    })
  job.ended = done.catch(() => {})
  running.set(id, job)
  beginNext(running)
  return done
}

function beginNext(running: Running): void {
  let begun = [...running.values()].filter((job) => job.begunMs !== null).length
  for (const job of running.values()) {
    if (job.begunMs !== null || begun >= atOnce) continue
    begun += 1
    job.begunMs = performance.now()
    job.progress = { ...job.progress, waiting: false }
    job.begin()
  }
}

/** Waits for work as long as somebody who asked will wait for an answer; false when it goes on after that. */
export async function settlesWithin(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Progress as server-sent events, a few a second, until the job has ended. */
export async function* progressEvents(job: Job | undefined): AsyncGenerator<string> {
  if (job === undefined) {
    yield 'event: end\ndata: {}\n\n'
    return
  }
  let latest: Progress | null = job.progress
  let wake = () => {}
  const tell = (progress: Progress | null) => {
    latest = progress
    wake()
  }
  job.heard.add(tell)
  try {
    while (latest !== null) {
      yield `event: progress\ndata: ${JSON.stringify(withSpeed(latest, elapsedMs(job)))}\n\n`
      await new Promise<void>((resolve) => {
        wake = latest === null ? resolve : () => setTimeout(resolve, 200)
        if (latest === null) resolve()
      })
    }
    yield 'event: end\ndata: {}\n\n'
  } finally {
    job.heard.delete(tell)
  }
}

function elapsedMs({ begunMs }: Job): number {
  return begunMs === null ? 0 : performance.now() - begunMs
}
