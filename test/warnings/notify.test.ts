import { describe, expect, test } from 'vitest'
import { composeDigest } from '../../src/warnings/mail/email.ts'
import { escalate, type Notification, notify } from '../../src/warnings/mail/notify.ts'
import {
  enterprise,
  event,
  exposureOf,
  fallWith,
  label,
  notificationWith,
  now,
  subscriptionWith,
  toldOf,
  warningWith,
} from './digests.ts'

function told(changes: Partial<Notification>) {
  const digest = notify(notificationWith(changes))
  const line = ({ warning, reason }: { warning: { id: number }; reason: string }) => `${warning.id} ${reason}`
  return digest && { reason: digest.reason, open: digest.open.map(line), resolved: digest.resolved.map(line) }
}

describe('what is told', () => {
  test('the first time, everything that is open, gravest first', () => {
    expect(told({ warnings: [fallWith(), warningWith()] })).toEqual({
      reason: 'first',
      open: ['1 new', '2 new'],
      resolved: [],
    })
  })

  test('new ones before those that go on', () => {
    expect(told({ warnings: [warningWith(), fallWith()], last: toldOf('1@2026-06') })).toEqual({
      reason: 'new',
      open: ['2 new', '1 ongoing'],
      resolved: [],
    })
  })

  test('nothing while nothing changes, whatever the values do', () => {
    expect(told({ warnings: [warningWith({ value: '9' })], last: toldOf('1@2026-06') })).toBeNull()
  })

  test('one that got worse', () => {
    expect(told({ last: toldOf('1@2026-06'), events: [event(1, 'worse')] })).toEqual({
      reason: 'worse',
      open: ['1 worse'],
      resolved: [],
    })
  })

  test('the end of one that was told, once', () => {
    const ended = warningWith({ state: 'resolved', open: false, resolvedPeriod: '2026-10' })
    const warnings = [ended, fallWith()]
    expect(told({ warnings, last: toldOf('1@2026-06', '2@2026-10') })).toEqual({
      reason: 'some-resolved',
      open: ['2 ongoing'],
      resolved: ['1 resolved'],
    })
    expect(told({ warnings, last: toldOf('2@2026-10') })).toBeNull()
  })

  test('one taken back by a revision as revised', () => {
    const back = warningWith({ state: 'inactive', open: false, firedPeriod: null })
    expect(told({ warnings: [back], last: toldOf('1@2026-06'), events: [event(1, 'revised')] })).toEqual({
      reason: 'revised',
      open: [],
      resolved: ['1 revised'],
    })
  })

  test('one that fires again after it resolved as new', () => {
    const again = warningWith({ firedPeriod: '2026-10' })
    expect(told({ warnings: [again], last: toldOf('1@2026-06') })).toEqual({
      reason: 'new',
      open: ['1 new'],
      resolved: [],
    })
  })

  test('one whose data are missing stays open and is no news', () => {
    expect(told({ warnings: [warningWith({ state: 'no-data' })], last: toldOf('1@2026-06') })).toBeNull()
  })
})

describe('who is told', () => {
  test('only the severities and topics subscribed to', () => {
    const warnings = [warningWith(), fallWith()]
    expect(told({ warnings, subscription: subscriptionWith({ severities: ['warning'] }) })?.open).toEqual([
      '2 new',
    ])
    expect(told({ warnings, subscription: subscriptionWith({ topics: ['friction'] }) })?.open).toEqual([
      '1 new',
    ])
  })

  test('an enterprise learns of its own warnings and amounts and of no other enterprise', () => {
    const own = enterprise('甲', '100', '50')
    const exposed = new Map([
      [1, exposureOf(enterprise('乙', '900', '10'), own)],
      [2, exposureOf(enterprise('乙', '0', '70'))],
    ])
    const digest = notify(
      notificationWith({
        warnings: [warningWith(), fallWith()],
        exposed,
        subscription: subscriptionWith({ enterpriseId: '甲' }),
      }),
    )
    expect(digest?.open.map(({ warning, exposed }) => ({ id: warning.id, exposed }))).toEqual([
      { id: 1, exposed: [own] },
    ])
  })
})

describe('a region', () => {
  const here = enterprise('甲', '500', '100', '99011')
  const there = enterprise('乙', '900', '10', '99021')
  const exposed = new Map([
    [1, exposureOf(there, here)],
    [2, exposureOf(there)],
    [3, { enterprises: [], districts: ['99012'] }],
  ])
  const linesFor = (
    changes: Partial<Notification['subscription']>,
    warnings = [warningWith(), fallWith(), fallWith({ id: 3 })],
  ) =>
    notify(notificationWith({ warnings, exposed, subscription: subscriptionWith(changes) }))?.open.map(
      ({ warning, exposed: shown }) => [warning.id, ...shown.map(({ id }) => id)],
    )

  test('learns of what has trade there, and of its own enterprises alone', () => {
    expect(linesFor({ districts: ['99011'] })).toEqual([[1, '甲']])
  })

  test('may be a whole city by the beginning of its districts’ codes', () => {
    expect(linesFor({ districts: ['9901'] })).toEqual([[1, '甲'], [3]])
  })

  test('is that of the warning where the warning is of a district', () => {
    const ofDistrict = fallWith({ id: 2, labels: [label({ name: 'district', code: '99011' })] })
    expect(linesFor({ districts: ['99021'] }, [ofDistrict])).toBeUndefined()
    expect(linesFor({ districts: ['99011'] }, [ofDistrict])).toEqual([[2]])
  })

  test('whoever is not to see firms sees none', () => {
    expect(linesFor({ namesEnterprises: false })).toEqual([[1], [2], [3]])
  })
})

test('a firm is not shown a total that would tell the amount of the only other one', () => {
  const exposed = new Map([
    [1, exposureOf(enterprise('A', '1', '2'), enterprise('B', '3', '4'))],
    [2, exposureOf(enterprise('A', '1', '2'))],
  ])
  const digest = notify(
    notificationWith({
      warnings: [warningWith(), fallWith()],
      exposed,
      subscription: subscriptionWith({ enterpriseId: 'A' }),
    }),
  )
  expect(digest?.open.map(({ warning, withheld }) => [warning.id, withheld, warning.base])).toEqual([
    [1, true, null],
    [2, false, '123456789.5'],
  ])
})

test('the end of what was told is told, also to a firm that trades in it no more', () => {
  const ended = warningWith({ state: 'resolved', open: false, resolvedPeriod: '2026-10' })
  const digest = notify(
    notificationWith({
      warnings: [ended],
      last: toldOf('1@2026-06'),
      subscription: subscriptionWith({ enterpriseId: 'A' }),
    }),
  )
  expect([digest?.reason, digest?.resolved.length]).toEqual(['all-resolved', 1])
})

test('a long list is cut, the rest is counted and remembered as told', () => {
  const warnings = Array.from({ length: 157 }, (_, index) => fallWith({ id: index + 1 }))
  const digest = notify(notificationWith({ warnings }))
  expect([digest?.open.length, digest?.moreOpen, digest?.firing.length, digest?.counts.fresh]).toEqual([
    20, 137, 157, 157,
  ])
})

test('the same situation has the same key, a later one another', () => {
  const key = (changes: Partial<Notification>) => notify(notificationWith(changes))?.dedupKey
  expect(key({})).toBe(key({ now: new Date(now.getTime() + 1000) }))
  expect(key({})).not.toBe(key({ last: { firing: new Set(), resolved: new Set(), at: now } }))
})

/** After TestSendAlertsDontAffectActiveAlerts: what is left out of a mail to one is not left out for the next, nor of the state. */
test('telling leaves the warnings as they are, whoever is told and in whatever order', () => {
  const frozen = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value)
      for (const inner of Object.values(value)) frozen(inner)
    }
    return value
  }
  const warnings = frozen([warningWith(), fallWith()])
  const before = structuredClone(warnings)
  const exposed = new Map([[1, frozen(exposureOf(enterprise('A', '1', '2'), enterprise('B', '3', '4')))]])
  const context = {
    publicUrl: 'https://t.example.cn',
    timeZone: 'Asia/Shanghai',
    nextSlot: null,
    uncertain: false,
  }
  const toldTo = (changes: Parameters<typeof subscriptionWith>[0]) => {
    const subscription = subscriptionWith(changes)
    const waited = { since: '2026-11-16', days: 5, allowed: 5 }
    const overdue = warnings.map((warning) => ({ warning, waited }))
    return [
      notify(notificationWith({ subscription, warnings, exposed })),
      escalate({ subscription, exposed, overdue, now }),
    ].map((digest) => digest && composeDigest(digest, context))
  }
  const officer = toldTo({})
  expect(officer[0]?.text).toContain('275.2 万美元')
  const firm = toldTo({ enterpriseId: 'A', language: 'en' })
  expect(firm[0]?.text).toContain('fewer than three enterprises: the total is not shown')
  expect(firm[0]?.text).not.toContain('2.75 million')
  expect(toldTo({})).toEqual(officer)
  expect(warnings).toEqual(before)
})
