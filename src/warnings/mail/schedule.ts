import { parse, validate } from 'node-cron'
import { dateIn } from '../../clock.ts'
import { invalid } from '../../errors.ts'
import { isWorkingDay, nextDay, type WorkingCalendar } from './working-days.ts'

/** When digests are sent: with each load, or at a time of day on the days that fit. */
export type Schedule =
  | { readonly kind: 'on-load' }
  | { readonly kind: 'working-days' | 'publication-day'; readonly minute: number }
  | { readonly kind: 'cron'; readonly expression: string }

/** What a schedule depends on beside the clock. */
export interface ScheduleFacts {
  readonly timeZone: string
  readonly working: WorkingCalendar
  /** Announced publication days (YYYY-MM-DD); a year without any has the usual ones. */
  readonly publications: ReadonlySet<string>
}

/**
 * Reads `on-load`, `working-days 09:00`, `publication-day 11:00` or a cron expression of five fields; all in the bureau's
 * time zone. Throws naming WARNING_SCHEDULE.
 */
export function parseSchedule(text: string): Schedule {
  const plain = text.trim().replaceAll(/\s+/g, ' ')
  if (plain === 'on-load') return { kind: 'on-load' }
  const timed = /^(working-days|publication-day) ([01]\d|2[0-3]):([0-5]\d)$/.exec(plain)
  if (timed) {
    const minute = Number(timed[2]) * 60 + Number(timed[3])
    return { kind: timed[1] as 'working-days' | 'publication-day', minute }
  }
  if (plain.split(' ').length === 5 && validate(plain)) return { kind: 'cron', expression: plain }
  throw invalid(
    'WARNING_SCHEDULE',
    text,
    'on-load, working-days HH:MM, publication-day HH:MM, or a cron expression of five fields',
  )
}

const longestLook = 800

/** The first instant after another at which digests are due; null for `on-load`, or when no day fits within two years. */
export function nextSlot(schedule: Schedule, after: Date, facts: ScheduleFacts): Date | null {
  if (schedule.kind === 'on-load') return null
  const { timeZone } = facts
  let day = dateIn(timeZone, after)
  for (let count = 0; count < longestLook; count++, day = nextDay(day)) {
    for (const minute of minutesOn(schedule, day, facts)) {
      const slot = instantAt(timeZone, day, minute)
      if (slot > after) return slot
    }
  }
  return null
}

function minutesOn(
  schedule: Exclude<Schedule, { readonly kind: 'on-load' }>,
  day: string,
  facts: ScheduleFacts,
): readonly number[] {
  if (schedule.kind === 'cron') return cronMinutes(schedule.expression, day)
  const fits =
    schedule.kind === 'working-days'
      ? isWorkingDay(day, facts.working)
      : isPublicationDay(day, facts.publications)
  return fits ? [schedule.minute] : []
}

/** Day of the month on which the customs administration's tables usually come out; none come in February. */
const usualDay = '18'

/** Whether the customs administration publishes its monthly tables on a day, as announced or else as usual. */
export function isPublicationDay(day: string, announced: ReadonlySet<string>): boolean {
  const year = day.slice(0, 5)
  if ([...announced].some((one) => one.startsWith(year))) return announced.has(day)
  return day.endsWith(`-${usualDay}`) && day.slice(5, 7) !== '02'
}

/** Minutes of a day at which a cron expression is due; day of month and weekday as cron has it: either, where both are limited. */
function cronMinutes(expression: string, day: string): number[] {
  const fields = parse(expression)
  const date = new Date(`${day}T00:00:00Z`)
  const [, , ofMonth, , ofWeek] = expression.split(' ')
  const monthDay = fields.dayOfMonth.includes(date.getUTCDate())
  const weekDay = fields.dayOfWeek.includes(date.getUTCDay())
  const fits = ofMonth !== '*' && ofWeek !== '*' ? monthDay || weekDay : monthDay && weekDay
  if (!fits || !fields.month.includes(date.getUTCMonth() + 1)) return []
  return fields.hour.flatMap((hour) => fields.minute.map((minute) => hour * 60 + minute))
}

/** The instant at which clocks of a zone show a day and minute; one that a change to summer time leaves out is an hour later. */
function instantAt(timeZone: string, day: string, minute: number): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
  const first = wanted - offsetAt(timeZone, wanted)
  return new Date(wanted - offsetAt(timeZone, first))
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(instant)
  return Date.parse(`${parts.replace(', ', 'T')}Z`) - Math.floor(instant / 1000) * 1000
}
