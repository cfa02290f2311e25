import { spawn, spawnSync } from 'node:child_process'
import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '../errors.ts'
import { type EmbeddedFolder, embeddedFolder } from './embedded-folder.ts'
import { isAlive, joinUsers, livingUsers, type User, underLock } from './embedded-users.ts'

/** A running embedded Postgres, shared by every process that uses the same home. */
export interface EmbeddedDatabase {
  /** Connection string over a Unix socket: no port is taken. */
  url: string
  /** Leaves the cluster; the last process to leave stops it. */
  stop(): Promise<void>
}

const startTimeoutMs = 60_000
const checkEveryMs = 1_000

/**
 * Starts the embedded Postgres of `home`, or joins it where another process already runs it (also one left behind
 * by a killed service). With `service` set, a database that dies is started again, and a second service on the same
 * home is refused with the name of the first.
 */
export async function startEmbedded(
  home: string,
  command: string,
  options: { now: Date; service?: boolean },
): Promise<EmbeddedDatabase> {
  const folder = embeddedFolder(home)
  const leave = await underLock(home, () => enter(home, folder, { command, ...options }))
  const timer = options.service ? supervise(home, folder) : null
  return {
    url: connectionString(folder, 'tradewind'),
    async stop() {
      if (timer) clearInterval(timer)
      await underLock(home, async () => {
        leave()
        if (livingUsers(home).length === 0) await stopCluster(folder)
      })
    },
  }
}

async function enter(
  home: string,
  folder: EmbeddedFolder,
  user: { command: string; now: Date; service?: boolean },
): Promise<() => void> {
  const holder = livingUsers(home).find((other) => other.service)
  if (user.service && holder) throw heldBy(home, holder)
  const leave = joinUsers(home, user)
  try {
    await ensureRunning(folder)
  } catch (error) {
    leave()
    throw error
  }
  return leave
}

function heldBy(home: string, holder: User): AppError {
  return new AppError(
    'unavailable',
    `TRADEWIND_HOME: ${home}: in use by process ${holder.pid} (tradewind ${holder.command}, since ${holder.startedAt}); ` +
      'stop it first, or give this one another TRADEWIND_HOME',
  )
}

function supervise(home: string, folder: EmbeddedFolder): NodeJS.Timeout {
  let busy = false
  const timer = setInterval(async () => {
    if (busy || postmaster(folder)) return
    busy = true
    await underLock(home, () => ensureRunning(folder)).catch(() => {}) // tried again at the next tick
    busy = false
  }, checkEveryMs)
  timer.unref()
  return timer
}

async function ensureRunning(folder: EmbeddedFolder): Promise<void> {
  if (!existsSync(join(folder.data, 'PG_VERSION'))) initialise(folder)
  const deadline = performance.now() + startTimeoutMs
  let running = postmaster(folder) ?? launch(folder)
  while (!(await answers(folder))) {
    if (performance.now() > deadline) throw startFailure(folder)
    await sleep(100)
    // After a kill -9 the memory of the old server is released only when its last worker ends: launch again until then.
    if (!isAlive(running)) {
      if (!recoverable(folder)) throw startFailure(folder)
      await sleep(500)
      running = postmaster(folder) ?? launch(folder)
    }
  }
}

function initialise(folder: EmbeddedFolder): void {
  rmSync(folder.data, { recursive: true, force: true }) // a first start that was interrupted
  const passwordFile = `${folder.data}.password`
  writeFileSync(passwordFile, `${folder.password}\n`, { mode: 0o600 })
  if (folder.owner) chownSync(passwordFile, folder.owner.uid, folder.owner.gid)
  const parent = join(folder.data, '..')
  const mayCreate = folder.owner
  if (mayCreate) chownSync(parent, mayCreate.uid, mayCreate.gid)
  const made = spawnSync(
    join(folder.bin, 'initdb'),
    [
      `--pgdata=${folder.data}`,
      '--username=tradewind',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    { encoding: 'utf8', cwd: '/', ...folder.owner },
  )
  rmSync(passwordFile, { force: true })
  if (made.status === 0) return
  rmSync(folder.data, { recursive: true, force: true })
  throw new AppError('unavailable', `database: ${folder.data}: could not be made: ${lastLine(made.stderr)}`)
}

/** Starts the server in a session of its own, so that Ctrl-C reaches the service first and it can finish its work. */
function launch(folder: EmbeddedFolder): number {
  const log = openSync(folder.log, 'a', 0o600)
  const child = spawn(
    join(folder.bin, 'postgres'),
    [
      ['-D', folder.data],
      ['-k', folder.socket],
      ['-c', 'listen_addresses='],
      ['-c', 'max_connections=100'],
      ['-c', 'shared_buffers=256MB'],
      ['-c', 'work_mem=16MB'],
      ['-c', 'maintenance_work_mem=128MB'],
      ['-c', 'max_wal_size=4GB'],
      ['-c', 'jit=off'],
      ['-c', 'log_timezone=UTC'],
      ['-c', 'timezone=UTC'],
    ].flat(),
    { detached: true, stdio: ['ignore', log, log], cwd: '/', ...folder.owner },
  )
  closeSync(log)
  child.on('error', () => {}) // seen as a server that never answers; the log tells why
  child.unref()
  return child.pid ?? -1
}

async function answers(folder: EmbeddedFolder): Promise<boolean> {
  const client = new pg.Client({ connectionString: connectionString(folder, 'postgres') })
  client.on('error', () => {})
  try {
    await client.connect()
    const found = await client.query(`select from pg_database where datname = 'tradewind'`)
    if (found.rowCount === 0) await client.query('create database tradewind')
    return true
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === '28P01') throw passwordFailure(folder)
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function stopCluster(folder: EmbeddedFolder): Promise<void> {
  const pid = postmaster(folder)
  if (!pid) return
  process.kill(pid, 'SIGINT') // fast shutdown: rolls back what runs, then checkpoints
  for (let waited = 0; isAlive(pid) && waited < startTimeoutMs; waited += 50) await sleep(50)
}

/** Process id of the living server of this data folder, or null. */
function postmaster(folder: EmbeddedFolder): number | null {
  try {
    const pid = Number(readFileSync(join(folder.data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return pid > 0 && isAlive(pid) && isPostgres(pid) ? pid : null
  } catch {
    return null
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return true // no /proc on this system, or a server of somebody else
  }
}

function connectionString(folder: EmbeddedFolder, database: string): string {
  const host = encodeURIComponent(folder.socket)
  return `postgresql://tradewind:${folder.password}@localhost/${database}?host=${host}`
}

function recoverable(folder: EmbeddedFolder): boolean {
  return /still in use|is another (postmaster|postgres)/i.test(tail(folder))
}

function startFailure(folder: EmbeddedFolder): AppError {
  return new AppError(
    'unavailable',
    `database: ${folder.data}: did not start: ${lastLine(tail(folder))} (log: ${folder.log})`,
  )
}

function passwordFailure(folder: EmbeddedFolder): AppError {
  return new AppError(
    'refused',
    `database: ${folder.data}: embedded.json does not hold its password: restore that file`,
  )
}

function tail(folder: EmbeddedFolder): string {
  return existsSync(folder.log) ? readFileSync(folder.log, 'utf8').slice(-2000) : ''
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n')
  return lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? 'no message'
}
