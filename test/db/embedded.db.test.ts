import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'

const now = new Date('2026-11-23T01:00:00Z')
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function temporaryHome(below = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-embedded-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  const home = join(folder, below)
  mkdirSync(home, { recursive: true })
  return home
}

async function start(home: string, options: { service?: boolean } = {}) {
  const database = await startEmbedded(home, options.service ? 'serve' : 'import', { now, ...options })
  cleanUps.push(() => database.stop())
  return database
}

async function ask(url: string, query = 'select 1 as one'): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** A service in a process of its own, to be killed; resolves when its database answers. */
async function serviceProcess(home: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('embedded-service.ts', import.meta.url))
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => child.kill('SIGKILL'))
  await new Promise((resolve) => child.stdout?.once('data', resolve))
  return child
}

function postmasterPid(home: string): number {
  const { folder } = JSON.parse(readFileSync(join(home, 'embedded.json'), 'utf8'))
  return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition().catch(() => false)) return
    await sleep(100)
  }
  throw new Error('the condition did not come true')
}

test('what was stored is there after a stop and a start', async () => {
  const home = temporaryHome()
  const first = await startEmbedded(home, 'import', { now })
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  await expect(ask(first.url)).rejects.toThrow()

  const second = await start(home)
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a second service on the same home is refused and told who holds it', async () => {
  const home = temporaryHome()
  await start(home, { service: true })
  await expect(startEmbedded(home, 'serve', { now, service: true })).rejects.toThrow(
    `in use by process ${process.pid} (tradewind serve, since ${now.toISOString()})`,
  )
})

test('a command joins the running service and leaves it running', async () => {
  const home = temporaryHome()
  const service = await start(home, { service: true })
  const command = await startEmbedded(home, 'import', { now })
  expect(command.url).toBe(service.url)
  await command.stop()
  expect(await ask(service.url)).toEqual([{ one: 1 }])
})

test('a database killed under the service comes back with its data', async () => {
  const home = temporaryHome()
  const service = await start(home, { service: true })
  await ask(service.url, 'create table kept as select 7 as answer')
  process.kill(postmasterPid(home), 'SIGKILL')
  await until(async () => (await ask(service.url, 'select answer from kept')).length === 1)
})

test('a connection in use when the database is killed fails its query and nothing else', async () => {
  const home = temporaryHome()
  const service = await start(home, { service: true })
  const connection = connect(service.url)
  cleanUps.push(() => connection.close())
  const client = await connection.pool.connect()
  const asleep = client.query('select pg_sleep(60)').then(
    () => 'answered',
    () => 'failed',
  )
  process.kill(postmasterPid(home), 'SIGKILL')
  await expect(asleep).resolves.toBe('failed')
  client.release(true)
  await until(async () => (await connection.pool.query('select 1')).rowCount === 1)
})

test('a database that a killed service left running is taken over, and stopped in the end', async () => {
  const home = temporaryHome()
  const killed = await serviceProcess(home)
  const orphan = postmasterPid(home)
  killed.kill('SIGKILL')
  await new Promise((resolve) => killed.once('exit', resolve))

  const service = await startEmbedded(home, 'serve', { now, service: true })
  expect(postmasterPid(home)).toBe(orphan)
  expect(await ask(service.url)).toEqual([{ one: 1 }])
  await service.stop()
  expect(existsSync(`/proc/${orphan}`)).toBe(false)
})

test('service and database killed together start again', async () => {
  const home = temporaryHome()
  const killed = await serviceProcess(home)
  process.kill(postmasterPid(home), 'SIGKILL')
  killed.kill('SIGKILL')
  await new Promise((resolve) => killed.once('exit', resolve))
  const service = await start(home, { service: true })
  expect(await ask(service.url)).toEqual([{ one: 1 }])
})

test('a data folder of a newer Postgres is refused untouched', async () => {
  const home = temporaryHome()
  const first = await startEmbedded(home, 'import', { now })
  await first.stop()
  const { folder } = JSON.parse(readFileSync(join(home, 'embedded.json'), 'utf8'))
  writeFileSync(join(folder, 'data/PG_VERSION'), '19\n')
  await expect(startEmbedded(home, 'import', { now })).rejects.toThrow(
    /written by Postgres 19: this release brings Postgres 18/,
  )
})

test('a home that cannot be written is a clear error', async () => {
  const file = join(temporaryHome(), 'file')
  writeFileSync(file, '')
  await expect(startEmbedded(join(file, 'home'), 'import', { now })).rejects.toThrow(
    /^TRADEWIND_HOME: .*file\/home: cannot be written \(ENOTDIR\); choose a folder this user may write/,
  )
})

test.runIf(userInfo().uid === 0)(
  'root below a folder that others cannot enter keeps the data where Postgres can',
  async () => {
    const home = temporaryHome('app/.tradewind') // the temporary folder itself has mode 0700
    const database = await start(home)
    expect(await ask(database.url)).toEqual([{ one: 1 }])
    const { folder } = JSON.parse(readFileSync(join(home, 'embedded.json'), 'utf8'))
    cleanUps.unshift(() => rmSync(folder, { recursive: true, force: true }))
    expect(folder).toMatch(/^\/var\/lib\/tradewind\//)
  },
)
