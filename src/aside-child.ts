import { writeFileSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** What a process says at its end: the answer, or the message of what failed and the code the system gave it (ENOSPC). */
export type Told<T> = { value: T } | { failed: string; code: string | undefined }

if (isMainThread) begin()
else endWith(workerData)

function begin(): void {
  const [, , module = '', name = ''] = process.argv
  process.once('message', async (data) => {
    const told = await answer({ module, name }, data)
    process.send?.(told, () => process.exit())
  })
  process.on('disconnect', () => process.exit())
  new Worker(new URL(import.meta.url), { workerData: process.ppid }).unref()
  dieFirst()
}

async function answer(
  { module, name }: Record<'module' | 'name', string>,
  data: unknown,
): Promise<Told<unknown>> {
  try {
    const program = await import(module)
    return { value: await program[name](data) }
  } catch (error) {
    const { message = String(error), code } = error as NodeJS.ErrnoException
    return { failed: message, code }
  }
}

/** Ends this process once the one that asked is gone: a program that computes hears of nothing, and might do so for ever. */
function endWith(asking: number): void {
  setInterval(() => {
    if (process.ppid !== asking) process.kill(process.pid, 'SIGKILL')
  }, 500)
}

/** Where the machine runs out of memory, this process is the one to be ended and not the service or its database. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // a system that has no such choice
  }
}
