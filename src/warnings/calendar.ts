import { createHash } from 'node:crypto'
import { formatPeriod, growthPeriodOf } from '../reference/period.ts'
import { mailTexts } from './text.ts'

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

interface Event {
  day: string
  summary: string
  description: string
}

/** Day of the month on which the customs administration publishes its monthly tables; none come in February. */
const publicationDay = '18'

/** An iCalendar feed (RFC 5545) of the coming year: expected publications and the ends of measures against China. */
export function calendarFeed(world: {
  today: string
  nextYear: string
  now: Date
  sunsets: readonly Sunset[]
}): string {
  const stamp = `${world.now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  const events = [...publications(world.today, world.nextYear), ...world.sunsets.flatMap(sunsetEvent)]
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

function publications(today: string, nextYear: string): Event[] {
  const { calendar } = mailTexts.zh
  const events: Event[] = []
  for (let index = 0; index <= 12; index++) {
    const month = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + index, 1))
    const day = `${month.toISOString().slice(0, 7)}-${publicationDay}`
    if (day < today || day >= nextYear || day.slice(5, 7) === '02') continue
    const before = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() - 1, 1))
    const period = growthPeriodOf({
      year: before.getUTCFullYear(),
      month: before.getUTCMonth() + 1,
      months: 1,
    })
    events.push({
      day,
      summary: calendar.publication(formatPeriod(period)),
      description: calendar.publicationNote,
    })
  }
  return events
}

function sunsetEvent({ kind, imposing, product, hs6, sunsetOn, sunsetStated }: Sunset): Event[] {
  if (!sunsetOn) return []
  const { calendar } = mailTexts.zh
  const description = [sunsetStated ? '' : calendar.reckoned, `HS ${hs6.join(' ')}`].filter(Boolean).join(' ')
  return [{ day: sunsetOn, summary: calendar.sunset(imposing, kind, product), description }]
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
