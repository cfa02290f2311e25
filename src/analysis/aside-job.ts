import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError } from '../errors.ts'
import type { Results, Task } from './task.ts'

export interface Limits {
  timeoutMs: number
  memoryMb: number
}

/** Twice what a frame of the most observations takes. */
const usual: Limits = { timeoutMs: 30_000, memoryMb: 512 }
const mostAtOnce = Math.min(2, availableParallelism())
const mostWaiting = 8

let running = 0
const waiting: (() => void)[] = []

/**
 * Computes a task in a thread of its own, at most two at once, so that the service goes on answering. Throws AppError where it
 * would need more time or memory than it may have, and while too many others wait.
 */
export async function computeAside<Kind extends Task['kind']>(
  task: Extract<Task, { kind: Kind }>,
  limits: Limits = usual,
): Promise<Results[Kind]> {
  await turn()
  try {
    return (await answerOf(task, limits)) as Results[Kind]
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

async function turn(): Promise<void> {
  if (running < mostAtOnce) {
    running += 1
    return
  }
  if (waiting.length >= mostWaiting) {
    throw new AppError('unavailable', 'analysis: others are being computed; try again in a moment')
  }
  // Whoever is done hands its place over.
  await new Promise<void>((resolve) => waiting.push(resolve))
}

function answerOf(task: Task, { timeoutMs, memoryMb }: Limits): Promise<unknown> {
  const worker = new Worker(new URL('./worker-job.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const timer = setTimeout(() => reject(tooLarge(`more than ${timeoutMs / 1000} s of computing`)), timeoutMs)
  worker.on('message', resolve)
  worker.on('error', (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(`more than ${memoryMb} MB`) : error),
  )
  worker.on('exit', (code) => reject(new Error(`the thread of an analysis ended with ${code}`)))
  return promise.finally(async () => {
    clearTimeout(timer)
    await worker.terminate()
  })
}

function tooLarge(value: string): AppError {
  const allowed = 'a smaller frame: ask for fewer periods, fewer lines or a filter'
  return new AppError('too-large', `frame: ${value}: ${allowed}`, { field: 'frame', value, allowed })
}
