import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from '../errors.ts'

const retryMs = 500

/**
 * Does what may be repeated, again from its start when the database breaks off: it is started again within seconds. Each repetition
 * is told. Throws what the last of them threw.
 */
export async function outlast<T>(
  work: () => Promise<T>,
  { times, waitMs, tell }: { times: number; waitMs: number; tell: (reason: string) => void },
): Promise<T> {
  for (let left = times; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left <= 0 || !isDatabaseAway(error as Error)) throw error
      tell((error as Error).message)
      await sleep(waitMs)
    }
  }
}

/**
 * Writes something down now or, where the database broke off, as soon as it answers again, without keeping the caller or a stop
 * waiting.
 */
export async function onceAnswering(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDatabaseAway(error as Error)) throw error
    sleep(retryMs, undefined, { ref: false })
      .then(() => onceAnswering(write))
      .catch(() => {}) // the pool was closed: the next start marks what was left open
  }
}
