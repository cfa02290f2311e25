import { Worker } from 'node:worker_threads'

export interface ThreadLimits {
  timeoutMs: number
  memoryMb: number
}

export type Answer<T> =
  | { value: T }
  /** It took more than it may, and was ended. */
  | { exceeded: 'time' | 'memory' }

/** Asks in turn; `busy`: too many others wait for theirs. */
export type Ask<Data, T> = (data: Data, limits: ThreadLimits) => Promise<Answer<T> | { busy: true }>

/**
 * Threads for what may take long or never end, so that the service goes on answering: as many `atOnce`, the others wait for
 * their turn.
 */
export function boundedThreads<Data, T>(
  program: URL,
  { atOnce, mostWaiting }: { atOnce: number; mostWaiting: number },
): Ask<Data, T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (data, limits) => {
    if (running < atOnce) running += 1
    else if (waiting.length >= mostWaiting) return { busy: true }
    // whoever is done hands its place over
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await askAside<T>(program, data, limits)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** Asks a program in a thread of its own: it gets `data` and answers with one message. Throws what fails in it, without its class. */
export async function askAside<T>(program: URL, data: unknown, limits: ThreadLimits): Promise<Answer<T>> {
  const { timeoutMs, memoryMb } = limits
  const worker = new Worker(program, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>()
  const timer = setTimeout(() => resolve({ exceeded: 'time' }), timeoutMs)
  worker.on('message', (value: T) => resolve({ value }))
  worker.on('error', (error: Error & { code?: string }) =>
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ exceeded: 'memory' }) : reject(error),
  )
  worker.on('exit', (code) => reject(new Error(`a thread ended with ${code} and no answer`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
