import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from '../errors.ts'

const retryMs = 500

/** SQLSTATE of a server that is starting or recovering: it is there and will answer. */
const starting = '57P03'
/** How long a recovery on a busy machine may take. */
const longestStartMs = 180_000

/**
 * Does what may be repeated, again from its start when the database breaks off: it is started again within seconds. While it says that it
 * is starting that counts as no time. Each reason is told. Throws what the last of them threw.
 */
export async function outlast<T>(
  work: () => Promise<T>,
  { times, waitMs, tell }: { times: number; waitMs: number; tell: (reason: string) => void },
): Promise<T> {
  let [left, waitedMs, told] = [times, 0, '']
  for (;;) {
    try {
      return await work()
    } catch (given) {
      const error = given as Error & { code?: string }
      const recovers = error.code === starting && waitedMs < longestStartMs
      if (!isDatabaseAway(error) || (!recovers && left <= 0)) throw error
      if (!recovers) left -= 1
      if (error.message !== told) tell(error.message)
      told = error.message
      waitedMs += waitMs
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
