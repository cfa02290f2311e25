import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { ensureAppRole } from '../db/app-role.ts'
import { type Connection, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { outlast } from '../db/outlast.ts'
import { databaseSource } from '../db/source.ts'
import { invalid } from '../errors.ts'
import { buildApp } from '../http/app.ts'
import { serviceLog } from '../http/log.ts'
import { type MailCatcher, startMailCatcher } from '../mail-catcher.ts'
import { loadTariffs } from '../rcep/load.ts'
import { loadReference } from '../reference/load.ts'
import { loadDefaultRules } from '../warnings/load.ts'
import { parseSchedule } from '../warnings/mail/schedule.ts'
import { prepareDemo } from './demo.ts'
import { startSchedule } from './schedule.ts'

export interface Service {
  /** Address it answers at. */
  url: string
  /** What to tell the person who started it. */
  banner: string[]
  stop(): Promise<void>
}

export interface ServiceOptions {
  config: Config
  clock: Clock
  demo: boolean
  /** Told each step of a start that takes longer than a moment. */
  progress: (line: string) => void
}

/** Starts database, facts, jobs and HTTP in this order; whatever fails takes the earlier ones down again. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    return { ...(await start(options, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: ServiceOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<Service, 'stop'>> {
  const { clock, demo, progress } = options
  parseSchedule(options.config.warningSchedule) // a wrong one is refused before anything is started
  const source = await databaseSource(options.config, demo ? 'serve --demo' : 'serve', {
    now: clock.now(),
    service: true,
  })
  stops.push(() => source.stop())
  // What a start does may be repeated, and the embedded database is started again when it dies.
  const patience = { times: 5, waitMs: 1000, tell: (why: string) => progress(`database: ${why}: once more`) }
  const role = await outlast(() => prepareDatabase(source.url, clock, progress), patience)
  const connection = connect(source.url, { role })
  stops.push(() => connection.close())

  const inbox = demo ? await startCatcher(options.config) : null
  if (inbox) stops.push(() => inbox.stop())
  const config = inbox ? { ...options.config, smtpUrl: inbox.url } : options.config
  const world = { connection, clock, config, progress }
  const banner = demo ? await outlast(() => prepareDemo(world), patience) : []

  const log = serviceLog(config.logLevel)
  const questions = connect(source.url, { role, statementTimeoutMs: config.questionTimeoutMs })
  stops.push(() => questions.close())
  const app = await buildApp({ connection: questions, loads: connection, clock, config, inbox, log })
  stops.push(() => app.close())
  const url = await listen(app, config)
  const schedule = startSchedule({ connection, clock, config, log })
  stops.push(() => schedule.stop())
  return { url, banner: [`Tradewind: ${url}`, ...banner] }
}

/** Any number that nothing else in this database uses as an advisory lock. */
const startLock = 7_420_006

/** As the owner of the tables, one instance after the other. Returns the role everything else is done in. */
async function prepareDatabase(
  url: string,
  clock: Clock,
  progress: (line: string) => void,
): Promise<string | null> {
  const owner = connect(url, { max: 3 })
  try {
    const alone = await owner.pool.connect()
    try {
      await alone.query('select pg_advisory_lock($1)', [startLock])
      return await makeAndFill(owner, clock, progress)
    } finally {
      alone.release(true) // the lock goes with its connection
    }
  } finally {
    await owner.close()
  }
}

/** Structure, shipped facts and the service's role, what is there already left as it is. */
async function makeAndFill(
  owner: Connection,
  clock: Clock,
  progress: (line: string) => void,
): Promise<string | null> {
  const applied = await migrate(owner.pool)
  if (applied.length > 0) progress(`migrations applied: ${applied.length}`)
  await loadReference(owner.pool)
  await loadTariffs(owner.pool, clock.now())
  await loadDefaultRules(owner.db, clock.now())
  const { role, note } = await ensureAppRole(owner.pool)
  if (note) progress(note)
  return role
}

function startCatcher(config: Config): Promise<MailCatcher> {
  const folder = join(config.home, 'mails')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return startMailCatcher({ folder })
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    return await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw invalid(
      'PORT',
      config.port,
      `a free port: another program listens on ${config.host}:${config.port}`,
    )
  }
}
