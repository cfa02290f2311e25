import { createHash } from 'node:crypto'
import { addMonths, formatPeriod, growthPeriodOf, monthPeriod } from '../../reference/period.ts'
import { isPublicationDay } from '../mail/schedule.ts'
import { mailTexts } from '../mail/texts.ts'
import { nextDay } from '../mail/working-days.ts'

interface Sunset {
  id: number
  reference: string
  kind: string
  imposing: string
  product: string
  hs6: readonly string[]
  sunsetOn: string | null
  sunsetStated: boolean
}

export interface CalendarEvent {
  day: string
  kind: 'publication' | 'sunset'
  summary: string
  description: string
}

export interface CalendarWorld {
  today: string
  nextYear: string
  sunsets: readonly Sunset[]
  /** Announced publication days; a year without any has the usual ones. */
  announced: ReadonlySet<string>
}

/** The coming year's expected publications and ends of measures against China, the next first. */
export function calendarEvents({ today, nextYear, sunsets, announced }: CalendarWorld): CalendarEvent[] {
  const events = [...publications(today, nextYear, announced), ...sunsets.flatMap(sunsetEvent)]
  return events.sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))
}

/** The same as an iCalendar feed (RFC 5545). */
export function calendarFeed(world: CalendarWorld & { now: Date }): string {
  const stamp = `${world.now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  const events = calendarEvents(world)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tradewind//Warnings//ZH',
    'CALSCALE:GREGORIAN',
    ...events.flatMap(({ day, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${createHash('sha256').update(`${day}${summary}`).digest('hex').slice(0, 32)}@tradewind`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function publications(today: string, nextYear: string, announced: ReadonlySet<string>): CalendarEvent[] {
  const { calendar } = mailTexts.zh
  const events: CalendarEvent[] = []
  for (let day = today; day < nextYear; day = nextDay(day)) {
    if (!isPublicationDay(day, announced)) continue
    const month = monthPeriod(Number(day.slice(0, 4)), Number(day.slice(5, 7)))
    events.push({
      day,
      kind: 'publication',
      summary: calendar.publication(formatPeriod(growthPeriodOf(addMonths(month, -1)))),
      description: calendar.publicationNote,
    })
  }
  return events
}

function sunsetEvent({ kind, imposing, product, hs6, sunsetOn, sunsetStated }: Sunset): CalendarEvent[] {
  if (!sunsetOn) return []
  const { calendar } = mailTexts.zh
  const description = [sunsetStated ? '' : calendar.reckoned, `HS ${hs6.join(' ')}`].filter(Boolean).join(' ')
  return [{ day: sunsetOn, kind: 'sunset', summary: calendar.sunset(imposing, kind, product), description }]
}

/** RFC 5545 section 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r?\n/g, '\\n')
}

/** Lines of at most 75 octets; characters are not cut (section 3.1). */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}
