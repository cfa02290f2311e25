import { type ChildProcess, fork } from 'node:child_process'
import type { Told } from './aside-child.ts'

export interface Limits {
  timeoutMs: number
  /** Of the heap. */
  memoryMb: number
  /** Ends it when nobody wants its answer any more. */
  signal?: AbortSignal | undefined
}

export type Answer<T> =
  | { value: T }
  /** It took more than it may, and was ended. */
  | { exceeded: 'time' | 'memory' }

/** A function that a module exports, of one argument that can be sent. */
export interface Program {
  module: URL
  name: string
}

/** Asks in turn; `busy`: too many others wait for theirs. */
export type Ask<Data, T> = (data: Data, limits: Limits) => Promise<Answer<T> | { busy: true }>

/** For what may take long or never end: as many are asked `atOnce`, the others wait for their turn. */
export function askInTurn<Data, T>(
  program: Program,
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

/**
 * What a program answers to `data`, in a process of its own that knows nothing of the service's environment. Not a thread:
 * a thread that asks for one large piece of memory too many takes the whole service with it. It ends with the service, however that
 * ends, and where the system ends it, that was for want of memory. Throws what fails in it, with its code but without its class.
 */
export async function askAside<T>(
  { module, name }: Program,
  data: unknown,
  limits: Limits,
): Promise<Answer<T>> {
  const { signal } = limits
  signal?.throwIfAborted()
  const child = fork(new URL('./aside-child.ts', import.meta.url), [module.href, name], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${limits.memoryMb}`],
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>()
  const timer = setTimeout(() => resolve({ exceeded: 'time' }), limits.timeoutMs)
  const unwanted = () => reject(signal?.reason)
  signal?.addEventListener('abort', unwanted)
  const said = lastWords(child)
  child.on('error', reject)
  child.on('message', (told) => {
    const answer = told as Told<T>
    if ('value' in answer) resolve(answer)
    else reject(Object.assign(new Error(answer.failed), { code: answer.code }))
  })
  // 'close' comes when all it wrote has been read
  child.on('close', (code, ended) => {
    if (ended === 'SIGKILL' || /heap out of memory/i.test(said())) resolve({ exceeded: 'memory' })
    else reject(new Error(`${name} ended with ${ended ?? code} and no answer`))
  })
  try {
    // one that could not be started, for want of files or processes, has no channel, and tells so by 'error'
    if (child.connected) child.send(data as object, (error) => error && reject(error))
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', unwanted)
    child.kill('SIGKILL')
  }
}

/** The end of what it wrote to standard error. */
function lastWords(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    words = `${words}${piece}`.slice(-10_000)
  })
  return () => words
}
