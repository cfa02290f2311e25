import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { ensureAppRole } from '../db/app-role.ts'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { databaseSource } from '../db/source.ts'
import { invalid } from '../errors.ts'
import { buildApp } from '../http/app.ts'
import { serviceLog } from '../http/log.ts'
import { type MailCatcher, startMailCatcher } from '../mail-catcher.ts'
import { loadTariffs } from '../rcep/load.ts'
import { loadReference } from '../reference/load.ts'
import { loadDefaultRules } from '../warnings/load.ts'
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
  const source = await databaseSource(options.config, demo ? 'serve --demo' : 'serve', {
    now: clock.now(),
    service: true,
  })
  stops.push(() => source.stop())
  const role = await prepareDatabase(source.url, clock, progress)
  const connection = connect(source.url, { role })
  stops.push(() => connection.close())

  const inbox = demo ? await startCatcher(options.config) : null
  if (inbox) stops.push(() => inbox.stop())
  const config = inbox ? { ...options.config, smtpUrl: inbox.url } : options.config
  const banner = demo ? await prepareDemo({ connection, clock, config, progress }) : []

  const log = serviceLog(config.logLevel)
  const app = await buildApp({ connection, clock, config, inbox, log })
  stops.push(() => app.close())
  const url = await listen(app, config)
  const schedule = startSchedule({ connection, clock, config, log })
  stops.push(() => schedule.stop())
  return { url, banner: [`Tradewind: ${url}`, ...banner] }
}

/** As the owner of the tables: structure and shipped facts. Returns the role everything else is done in. */
async function prepareDatabase(
  url: string,
  clock: Clock,
  progress: (line: string) => void,
): Promise<string | null> {
  const owner = connect(url, { max: 2 })
  try {
    const applied = await migrate(owner.pool)
    if (applied.length > 0) progress(`migrations applied: ${applied.length}`)
    await loadReference(owner.pool)
    await loadTariffs(owner.pool, clock.now())
    await loadDefaultRules(owner.db, clock.now())
    const { role, note } = await ensureAppRole(owner.pool)
    if (note) progress(note)
    return role
  } finally {
    await owner.close()
  }
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
