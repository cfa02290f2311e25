import type { Progress } from './schema.ts'

/** An import that this process is reading. */
export interface Job {
  progress: Progress
  /** Those who want to hear of it: called with the progress, and with null when it has ended. */
  heard: Set<(progress: Progress | null) => void>
  controller: AbortController
  /** Settles when it has ended, one way or the other; never rejects. */
  ended: Promise<void>
}

/** The imports being read by this process, by id. */
export type Running = Map<number, Job>

export interface JobTools {
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}

/** Runs work under an id, telling whoever listens how far it is. The promise is that of the work. */
export function runJob(
  running: Running,
  id: number,
  totalBytes: number,
  work: (tools: JobTools) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  const heard: Job['heard'] = new Set()
  const job: Job = {
    progress: { bytes: 0, totalBytes, rows: 0 },
    heard,
    controller,
    ended: Promise.resolve(),
  }
  const onProgress = (progress: Progress) => {
    job.progress = progress
    for (const tell of heard) tell(progress)
  }
  const done = work({ signal: controller.signal, onProgress }).finally(() => {
    running.delete(id)
    for (const tell of heard) tell(null)
  })
  job.ended = done.catch(() => {})
  running.set(id, job)
  return done
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
    const started = performance.now()
    while (latest !== null) {
      yield `event: progress\ndata: ${JSON.stringify(withSpeed(latest, performance.now() - started))}\n\n`
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

/** With rows a second and the seconds that the rest will take at this speed. */
function withSpeed(progress: Progress, elapsedMs: number) {
  const { bytes, totalBytes, rows } = progress
  const seconds = elapsedMs / 1000
  const rest = bytes > 0 && seconds > 0.2 ? ((totalBytes - bytes) / bytes) * seconds : null
  return {
    ...progress,
    rowsPerSecond: seconds > 0.2 ? Math.round(rows / seconds) : null,
    restSeconds: rest === null ? null : Math.round(rest),
  }
}
