import { schedule } from 'node-cron'
import { type Clock, dateIn } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { evaluateWarnings, flushOutbox } from '../warnings/job.ts'
import { workingCalendar } from '../warnings/load.ts'
import { parseSchedule } from '../warnings/mail/schedule.ts'
import { scheduleState } from '../warnings/mail/schedule-queries.ts'
import { isWorkingDay } from '../warnings/mail/working-days.ts'
import { watchArrivals } from './arrivals-queries.ts'
import { jobs } from './plan.ts'
import { deleteExpired } from './retention.ts'
import { type JobResult, recordRun } from './run-queries.ts'

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

/**
 * The service's regular work: warnings are evaluated at the start, after each load, every working morning at nine in the bureau's
 * zone, and when digests are due by WARNING_SCHEDULE, which also makes up once for what was missed while down; the outbox is sent
 * every minute. Any number of instances may run it.
 */
export function startSchedule(world: ScheduleWorld): { stop(): Promise<void> } {
  const { clock, config } = world
  const { db } = world.connection
  const running = new Set<Promise<void>>()
  const tell = parseSchedule(config.warningSchedule).kind === 'on-load' ? 'now' : 'when-due'
  const isDue = async () => {
    const { next } = await scheduleState(db, config, clock.now())
    return tell === 'when-due' && next !== null && next <= clock.now()
  }
  const run = (name: string, work: () => Promise<JobResult>) => {
    const done = recordRun({ db, clock }, name, work).catch((error: unknown) =>
      world.log.error({ err: error }, `${name} failed`),
    )
    running.add(done)
    return done.finally(() => running.delete(done))
  }
  const arrivals = watchArrivals({ db, clock })
  const evaluate = () => run('evaluation', () => evaluateAndSend(world, tell))
  const work: Record<(typeof jobs)[number]['name'], () => Promise<void>> = {
    async evaluation() {
      const today = dateIn(config.timeZone, clock.now())
      if (isWorkingDay(today, workingCalendar(config.home))) await evaluate()
    },
    async outbox() {
      if ((await arrivals().catch(() => false)) || (await isDue().catch(() => false))) await evaluate()
      else await run('outbox', () => send(world))
    },
    async retention() {
      await run('retention', () => forget(world))
    },
  }
  const options = { timezone: config.timeZone, noOverlap: true }
  const tasks = jobs.map(({ name, cron }) => schedule(cron, work[name], options))
  void arrivals().catch(() => {}) // what is there now is evaluated by the start
  void evaluate()
  return {
    async stop() {
      for (const task of tasks) await task.destroy()
      await Promise.all(running)
    },
  }
}

/** Deletes what its time is over for; says how much of what. */
async function forget(world: ScheduleWorld): Promise<JobResult> {
  const deleted = Object.entries(await deleteExpired(world)).filter(([, count]) => count > 0)
  if (deleted.length === 0) return { outcome: 'idle', detail: null }
  world.log.info(Object.fromEntries(deleted), 'deleted what was over its time')
  return { outcome: 'done', detail: deleted.map(([name, count]) => `${name}: ${count}`).join(', ') }
}

async function evaluateAndSend(world: ScheduleWorld, tell: 'now' | 'when-due'): Promise<JobResult> {
  const { period, mails, rules } = await evaluateWarnings(world, { tell })
  const broken = rules.filter(({ error }) => error)
  for (const { rule, error } of broken) world.log.error({ rule, error }, 'rule not evaluated')
  world.log.info({ period, mails: mails.length }, 'warnings evaluated')
  await send(world)
  if (period === null) return { outcome: 'idle', detail: null }
  const detail = `${period}: ${rules.length} rules, ${mails.length} mails`
  return broken.length === 0
    ? { outcome: 'done', detail }
    : { outcome: 'failed', detail: `${detail}; not evaluated: ${broken.map(({ rule }) => rule).join(', ')}` }
}

async function send(world: ScheduleWorld): Promise<JobResult> {
  const report = await flushOutbox(world)
  if (report.sent > 0) world.log.info(report, 'mails sent')
  if (report.error) world.log.error(report, 'mails not sent')
  const { sent, waiting, error } = report
  if (error) return { outcome: 'failed', detail: `${sent} sent, ${waiting} waiting: ${error}` }
  return sent > 0 ? { outcome: 'done', detail: `${sent} sent` } : { outcome: 'idle', detail: null }
}
