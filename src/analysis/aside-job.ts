import { availableParallelism } from 'node:os'
import { askInTurn, type Limits } from '../aside.ts'
import { AppError } from '../errors.ts'
import type { Results, Task } from './task.ts'

/** Twice what a frame of the most observations takes. */
const usual: Limits = { timeoutMs: 30_000, memoryMb: 512 }

const ask = askInTurn<Task, unknown>(
  { module: new URL('./answer.ts', import.meta.url), name: 'answer' },
  { atOnce: Math.min(2, availableParallelism()), mostWaiting: 8 },
)

/**
 * Computes a task in a process of its own, at most two at once, so that the service goes on answering. Throws AppError where it
 * would need more time or memory than it may have, and while too many others wait.
 */
export async function computeAside<Kind extends Task['kind']>(
  task: Extract<Task, { kind: Kind }>,
  limits: Limits = usual,
): Promise<Results[Kind]> {
  const answer = await ask(task, limits)
  if ('value' in answer) return answer.value as Results[Kind]
  if ('busy' in answer)
    throw new AppError('unavailable', 'analysis: others are being computed; try again in a moment')
  const { timeoutMs, memoryMb } = limits
  throw tooLarge(
    answer.exceeded === 'time' ? `more than ${timeoutMs / 1000} s of computing` : `more than ${memoryMb} MB`,
  )
}

function tooLarge(value: string): AppError {
  const allowed = 'a smaller frame: ask for fewer periods, fewer lines or a filter'
  return new AppError('too-large', `frame: ${value}: ${allowed}`, { field: 'frame', value, allowed })
}
