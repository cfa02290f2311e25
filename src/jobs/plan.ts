import { dateIn } from '../clock.ts'

/** The regular jobs and when each runs, as cron writes it, in the bureau's zone; `workingDays`: not on days off. */
export const jobs = [
  { name: 'evaluation', cron: '0 9 * * *', hour: 9, workingDays: true },
  { name: 'outbox', cron: '* * * * *', hour: null, workingDays: false },
  { name: 'retention', cron: '0 3 * * *', hour: 3, workingDays: false },
] as const
export type Job = (typeof jobs)[number]

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** When a job runs next: at the next full minute, or at the next hour of its own on a day it runs. */
export function nextRun(
  { hour, workingDays }: Pick<Job, 'hour' | 'workingDays'>,
  { now, timeZone, worksOn }: { now: Date; timeZone: string; worksOn: (date: string) => boolean },
): Date {
  const nextMinute = Math.floor(now.getTime() / minuteMs) * minuteMs + minuteMs
  if (hour === null) return new Date(nextMinute)
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  // Zones differ by quarters of an hour; no holidays last a month.
  for (let at = Math.ceil(nextMinute / (hourMs / 4)) * (hourMs / 4); ; at += hourMs / 4) {
    const date = new Date(at)
    const matches = hourOf.format(date) === `${String(hour).padStart(2, '0')}:00`
    const late = at > now.getTime() + 31 * 24 * hourMs
    if (matches && (late || !workingDays || worksOn(dateIn(timeZone, date)))) return date
  }
}
