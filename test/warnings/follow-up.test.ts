import { describe, expect, test } from 'vitest'
import { calendarFeed } from '../../src/warnings/calendar/calendar.ts'
import { workingCalendar } from '../../src/warnings/load.ts'
import { composeDigest } from '../../src/warnings/mail/email.ts'
import { escalate, notify } from '../../src/warnings/mail/notify.ts'
import { isWorkingDay, parseWorkingDays, workingDaysAfter } from '../../src/warnings/mail/working-days.ts'
import { silencedIds } from '../../src/warnings/silence.ts'
import {
  enterprise,
  exposureOf,
  fallWith,
  notificationWith,
  now,
  subscriptionWith,
  toldOf,
  warningWith,
} from './digests.ts'

describe('silences', () => {
  const warnings = [warningWith(), fallWith()]
  test('fit when every matcher does', () => {
    expect([...silencedIds(warnings, [{ partner: 'US', hs: '940360' }])]).toEqual([1])
    expect([...silencedIds(warnings, [{ partner: 'US', severity: 'warning' }])]).toEqual([])
    expect([...silencedIds(warnings, [{ topic: 'fall' }, { rule: 'friction' }])]).toEqual([1, 2])
  })

  test('keep a new warning out of the mail', () => {
    expect(notify(notificationWith({ silenced: new Set([1]) }))).toBeNull()
  })

  test('do not make a warning that was told look resolved', () => {
    expect(notify(notificationWith({ last: toldOf('1@2026-06'), silenced: new Set([1]) }))).toBeNull()
  })

  test('leave the others to be told', () => {
    const digest = notify(notificationWith({ warnings, last: toldOf('1@2026-06'), silenced: new Set([1]) }))
    expect(digest?.open.map(({ warning }) => warning.id)).toEqual([2])
  })
})

describe('working days', () => {
  const calendar = workingCalendar('/nowhere')
  test('are those of the arrangement of 2026, weekends worked in exchange included', () => {
    expect(isWorkingDay('2026-02-17', calendar)).toBe(false)
    expect(isWorkingDay('2026-02-28', calendar)).toBe(true)
    expect(isWorkingDay('2026-10-08', calendar)).toBe(true)
    expect(workingDaysAfter('2026-09-30', '2026-10-10', calendar)).toBe(3)
  })

  test('are Monday to Friday where nothing is stated', () => {
    expect(workingDaysAfter('2031-01-03', '2031-01-10', calendar)).toBe(5)
  })

  test('are read from lines of a date and yes or no', () => {
    expect([
      ...parseWorkingDays('date,works\n2027-01-01,no,x\r\n2027-01-02,maybe\n2027-01-03,yes\n'),
    ]).toEqual([
      ['2027-01-01', false],
      ['2027-01-03', true],
    ])
  })
})

const overdue = { warning: warningWith(), waited: { since: '2026-11-16', days: 5, allowed: 5 } }

test('an escalation is a mail about what nobody took on, for who wants it', () => {
  const told = { exposed: new Map(), now, overdue: [overdue] }
  const digest = escalate({ ...told, subscription: subscriptionWith({ escalations: true }) })
  expect(digest).toMatchObject({ reason: 'escalation', counts: { open: 1, fresh: 0 } })
  expect(escalate({ ...told, subscription: subscriptionWith({ severities: ['info'] }) })).toBeNull()
})

test('a mail with more lines than it shows carries all of them as a table without formulas', () => {
  const warnings = Array.from({ length: 30 }, (_, index) =>
    warningWith({ id: index + 1, rule: { ...warningWith().rule, nameZh: '=HYPERLINK("x","y")' } }),
  )
  const digest = notify(notificationWith({ warnings }))
  const mail =
    digest &&
    composeDigest(digest, {
      publicUrl: 'https://t.example.cn',
      timeZone: 'Asia/Shanghai',
      nextSlot: null,
      uncertain: false,
    })
  const lines = mail?.attachment?.split('\r\n') ?? []
  expect(lines).toHaveLength(32)
  expect(lines[0]).toBe('\ufeff状态,级别,规则,对象,期间,本期,上年同期,币种,变化')
  expect(lines[1]).toMatch(/^新增,严重,"'=HYPERLINK\(""x"",""y""\)",/)
  expect(mail?.text).toContain('全部预警见附件')
})

test('an enterprise sees its own amounts and no other’s, in an escalation too', () => {
  const exposed = new Map([[1, exposureOf(enterprise('A', '1', '2'), enterprise('B', '3', '4'))]])
  const digest = escalate({
    subscription: subscriptionWith({ enterpriseId: 'A' }),
    exposed,
    now,
    overdue: [overdue],
  })
  expect(digest?.open[0]?.exposed).toEqual([enterprise('A', '1', '2')])
})

test('the calendar has the publications of a year, none in February, and the ends of measures', () => {
  const sunset = {
    id: 1,
    reference: 'r',
    kind: 'anti-dumping',
    imposing: 'US',
    product: '家具; 木制',
    hs6: ['940360'],
    sunsetOn: '2027-01-04',
    sunsetStated: false,
  }
  const feed = calendarFeed({
    today: '2026-11-23',
    nextYear: '2027-11-23',
    now,
    sunsets: [sunset],
    announced: new Set(),
  })
  const days = [...feed.matchAll(/DTSTART;VALUE=DATE:(\d+)/g)].map(([, day]) => day)
  expect(days).toHaveLength(12)
  expect(days).not.toContain('20270218')
  expect(feed).toContain('海关统计月报发布（预计）：2027-01/02')
  expect(feed).toContain('SUMMARY:贸易救济措施到期：US 反倾销 家具\\; 木制\r\n')
  expect(feed.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
})

test('telling of warnings leaves them and what was told as they are', () => {
  const input = notificationWith({ warnings: [warningWith(), fallWith()], last: toldOf('2@2026-10') })
  const before = structuredClone(input)
  const digest = notify(input)
  expect(input).toEqual(before)
  expect(notify(input)).toEqual(digest)
})
