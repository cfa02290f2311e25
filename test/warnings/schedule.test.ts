import { describe, expect, test } from 'vitest'
import {
  isPublicationDay,
  nextSlot,
  parseSchedule,
  type ScheduleFacts,
} from '../../src/warnings/mail/schedule.ts'
import { isKnownYear } from '../../src/warnings/mail/working-days.ts'

const facts: ScheduleFacts = {
  timeZone: 'Asia/Shanghai',
  working: new Map([
    ['2026-10-01', false],
    ['2026-10-02', false],
    ['2026-10-10', true],
  ]),
  publications: new Set(),
}
const next = (schedule: string, after: string, changes: Partial<ScheduleFacts> = {}) =>
  nextSlot(parseSchedule(schedule), new Date(after), { ...facts, ...changes })?.toISOString() ?? null

describe('digests are due', () => {
  test('on working days at a time of the bureau’s zone, holidays passed over', () => {
    expect(next('working-days 09:00', '2026-09-30T00:59:00Z')).toBe('2026-09-30T01:00:00.000Z')
    expect(next('working-days 09:00', '2026-09-30T01:00:00Z')).toBe('2026-10-05T01:00:00.000Z')
  })

  test('on a Saturday that is worked in exchange', () => {
    expect(next('working-days 09:00', '2026-10-09T02:00:00Z')).toBe('2026-10-10T01:00:00.000Z')
  })

  test('on the day of publication, as announced, or as usual where nothing is; none comes in February', () => {
    expect(next('publication-day 11:00', '2026-01-18T03:00:00Z')).toBe('2026-03-18T03:00:00.000Z')
    const publications = new Set(['2026-01-20', '2026-03-10'])
    expect(next('publication-day 11:00', '2026-01-20T03:00:00Z', { publications })).toBe(
      '2026-03-10T03:00:00.000Z',
    )
    expect(isPublicationDay('2027-04-18', publications)).toBe(true)
    expect(isPublicationDay('2026-04-18', publications)).toBe(false)
  })

  test('as a cron expression says: weekdays, days of a month, or either where both are named', () => {
    expect(next('30 8 * * 1-5', '2026-09-25T01:00:00Z')).toBe('2026-09-28T00:30:00.000Z')
    expect(next('0 9 1 * *', '2026-09-25T01:00:00Z')).toBe('2026-10-01T01:00:00.000Z')
    expect(next('0 9 1 * 6', '2026-09-25T01:00:00Z')).toBe('2026-09-26T01:00:00.000Z')
  })

  test('at the same time on the clock when summer time begins', () => {
    const berlin = { timeZone: 'Europe/Berlin' }
    expect(next('30 8 * * *', '2026-03-28T08:00:00Z', berlin)).toBe('2026-03-29T06:30:00.000Z')
  })

  test('with each load, and then at no time of their own', () => {
    expect(next('on-load', '2026-09-25T01:00:00Z')).toBeNull()
  })
})

test.each(['', 'daily', 'working-days 9:00', 'working-days 24:00', '61 * * * *', '0 9 30 2 *', '0 9 * *'])(
  'a schedule of "%s" is refused',
  (text) => {
    expect(() => parseSchedule(text)).toThrow(/^WARNING_SCHEDULE: /)
  },
)

test('a year is known when any of its holidays is stated', () => {
  expect([isKnownYear(facts.working, '2026'), isKnownYear(facts.working, '2027')]).toEqual([true, false])
})
