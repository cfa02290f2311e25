import { sql } from 'kysely'
import { schedule } from 'node-cron'
import { type Clock, dateIn } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { evaluateWarnings, flushOutbox } from '../warnings/job.ts'
import { workingCalendar } from '../warnings/load.ts'
import { isWorkingDay } from '../warnings/working-days.ts'

interface Log {
  info(detail: object, message: string): void
  error(detail: object, message: string): void
}

export interface ScheduleWorld {
  connection: Connection
  clock: Clock
  config: Config
  log: Log
}

/** A load is evaluated once no other followed it for this long: several files in a row make one digest. */
const settledAfterMs = 60_000

/**
 * The service's regular work: warnings are evaluated at the start (what was missed while down), after each load, and every working
 * morning at nine in the bureau's zone for reminders; the outbox is sent every minute. Any number of instances may run it.
 */
export function startSchedule(world: ScheduleWorld): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>()
  const run = (name: string, work: () => Promise<void>) => () => {
    const done = work().catch((error: unknown) => world.log.error({ err: error }, `${name} failed`))
    running.add(done)
    return done.finally(() => running.delete(done))
  }
  const arrivals = watchArrivals(world)
  const evaluate = run('evaluation', () => evaluateAndSend(world))
  const everyMorning = run('evaluation', async () => {
    const today = dateIn(world.config.timeZone, world.clock.now())
    if (isWorkingDay(today, workingCalendar(world.config.home))) await evaluateAndSend(world)
  })
  const tick = run('outbox', async () => {
    if (await arrivals()) await evaluateAndSend(world)
    else await send(world)
  })
  const options = { timezone: world.config.timeZone, noOverlap: true }
  const tasks = [schedule('0 9 * * *', everyMorning, options), schedule('* * * * *', tick, options)]
  void evaluate()
  return {
    async stop() {
      for (const task of tasks) await task.destroy()
      await Promise.all(running)
    },
  }
}

async function evaluateAndSend(world: ScheduleWorld): Promise<void> {
  const { period, mails, rules } = await evaluateWarnings(world)
  for (const { rule, error } of rules) if (error) world.log.error({ rule, error }, 'rule not evaluated')
  world.log.info({ period, mails: mails.length }, 'warnings evaluated')
  await send(world)
}

async function send(world: ScheduleWorld): Promise<void> {
  const report = await flushOutbox(world)
  if (report.sent > 0) world.log.info(report, 'mails sent')
  if (report.error) world.log.error(report, 'mails not sent')
}

/** Answers whether a settled load has come since it last said so. */
function watchArrivals({ connection, clock }: ScheduleWorld): () => Promise<boolean> {
  let seen = clock.now()
  return async () => {
    const { rows } = await sql<{ newest: Date | null }>`select max(loaded_at) as newest from slice`.execute(
      connection.db,
    )
    const newest = rows[0]?.newest ?? null
    if (!newest || newest <= seen || clock.now().getTime() - newest.getTime() < settledAfterMs) return false
    seen = newest
    return true
  }
}
