import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that uses the embedded cluster. The last one to leave stops the cluster. */
export interface User {
  pid: number
  command: string
  /** The service itself, of which there is one a home; commands join and leave beside it. */
  service: boolean
  startedAt: string
}

/** Notes this process as a user of the cluster of `home`; call the returned function to leave. */
export function joinUsers(home: string, user: { command: string; now: Date; service?: boolean }): () => void {
  const folder = join(home, 'users')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${process.pid}-${randomBytes(3).toString('hex')}`)
  const mark = {
    pid: process.pid,
    command: user.command,
    service: user.service ?? false,
    startedAt: user.now.toISOString(),
    birth: birthOf(process.pid),
  }
  writeFileSync(file, JSON.stringify(mark), { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

/** The living processes that use the cluster, this one included; marks of dead ones are removed. */
export function livingUsers(home: string): User[] {
  const folder = join(home, 'users')
  if (!existsSync(folder)) return []
  const users: User[] = []
  for (const name of readdirSync(folder)) {
    const user = readUser(join(folder, name))
    if (user && birthOf(user.pid) === user.birth) users.push(user)
    else rmSync(join(folder, name), { force: true })
  }
  return users
}

function readUser(file: string): (User & { birth: string | null }) | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null // half-written by a process that was killed
  }
}

/** Start time of a living process, so that a reused process id is not mistaken for its predecessor; null when dead. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return existsSync('/proc') || !isAlive(pid) ? null : 'alive'
  }
}

/** Whether a process exists, also one that belongs to somebody else. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Runs `work` while holding the lock file: starting and stopping the cluster must not overlap. */
export async function underLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = join(home, 'cluster.lock')
  while (!takeLock(file)) await sleep(50)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function takeLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, String(process.pid))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (holderIsDead(file)) rmSync(file, { force: true })
    return false
  }
}

function holderIsDead(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 && !isAlive(pid)
  } catch {
    return false // released meanwhile
  }
}
