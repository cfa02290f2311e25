import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface ServiceProcess {
  url: string
  home: string
  child: ChildProcess
  /** What it wrote so far, both streams. */
  written(): string
  /** Asks as an officer: GET, or with something to send POST. */
  ask(path: string, send?: object): Promise<Answer>
  /** Ends it politely and removes a home of its own; its exit code. */
  stop(): Promise<number | null>
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  body: any
}

export interface ProcessOptions {
  args?: string[]
  env?: Record<string, string>
  /** A home of its own unless it shares one. */
  home?: string
}

/** The service in a process of its own, on a free port and in a home of its own; resolves when it answers. */
export async function startServiceProcess(options: ProcessOptions = {}): Promise<ServiceProcess> {
  const home = options.home ?? temporaryHome()
  const env = { ...process.env, TRADEWIND_HOME: home, PORT: '0', LOG_LEVEL: 'error', ...options.env }
  const { child, written } = spawnService({ ...options, env })
  const url = await addressOf(child, written)
  const command = [program, 'token', 'create', '--role', 'officer']
  const { stdout: token } = await promisify(execFile)(process.execPath, command, { env })
  const authorization = `Bearer ${token.trim()}`
  return {
    url,
    home,
    child,
    written,
    async ask(path, send) {
      const form = send instanceof FormData
      const reply = await fetch(`${url}/api/v1${path}`, {
        method: send ? 'POST' : 'GET',
        headers: { authorization, ...(send && !form ? { 'content-type': 'application/json' } : {}) },
        ...(send ? { body: form ? send : JSON.stringify(send) } : {}),
      })
      const text = await reply.text()
      return { status: reply.status, headers: reply.headers, body: text && JSON.parse(text) }
    },
    async stop() {
      child.kill('SIGTERM')
      const code = await exitOf(child)
      if (!options.home) rmSync(home, { recursive: true, force: true })
      return code
    },
  }
}

export function temporaryHome(): string {
  return mkdtempSync(join(tmpdir(), 'tradewind-service-'))
}

/** The same without waiting for it. */
export function spawnService({ args = [], env }: { args?: string[]; env: NodeJS.ProcessEnv }): {
  child: ChildProcess
  written(): string
} {
  const child = spawn(process.execPath, [program, 'serve', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that timed out leaves no service behind, nor the database it runs.
  process.once('exit', () => child.kill('SIGTERM'))
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
  return { child, written: () => text }
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('exit', resolve))
}

/** Process id of the embedded Postgres of a home. */
export function postmasterPid(home: string): number {
  const { folder } = JSON.parse(readFileSync(join(home, 'embedded.json'), 'utf8'))
  return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
}

function addressOf(child: ChildProcess, written: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /^Tradewind: (\S+)$/m.exec(written())?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${written()}`)))
  })
}
