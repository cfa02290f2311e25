import type { Config } from '../../config.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { scheduleFacts } from '../load.ts'
import { nextSlot, parseSchedule } from './schedule.ts'

export type ScheduleConfig = Pick<Config, 'timeZone' | 'home' | 'warningSchedule'>

const name = 'digests'

export interface ScheduleState {
  /** When digests were last due and made; null before the service first ran. */
  lastRun: Date | null
  /** When they are due next, which is past for what was missed; null for `on-load`. */
  next: Date | null
}

export async function scheduleState(db: Database, config: ScheduleConfig, now: Date): Promise<ScheduleState> {
  const row = await db.selectFrom('scheduleRun').select('ranAt').where('name', '=', name).executeTakeFirst()
  const schedule = parseSchedule(config.warningSchedule)
  const lastRun = row?.ranAt ?? null
  return { lastRun, next: nextSlot(schedule, lastRun ?? now, scheduleFacts(config)) }
}

/**
 * Whether digests are due now, and then notes that they were made: of several instances one gets a yes, and a service
 * that was down gets one for all it missed. The first call ever only begins the count.
 */
export async function takeSlot(tx: Tx, config: ScheduleConfig, now: Date): Promise<boolean> {
  const { lastRun, next } = await scheduleState(tx, config, now)
  const due = lastRun !== null && next !== null && next <= now
  if (lastRun !== null && !due) return false
  const ran = { name, ranAt: now }
  await tx
    .insertInto('scheduleRun')
    .values(ran)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(ran))
    .execute()
  return due
}
