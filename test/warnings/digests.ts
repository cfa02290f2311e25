import type { Exposure } from '../../src/warnings/exposure.ts'
import type { Notification, Subscription, WarningEvent } from '../../src/warnings/mail/notify.ts'
import type { ExposedEnterprise, Warning } from '../../src/warnings/schema.ts'

export const now = new Date('2026-11-23T01:00:00Z')

export function subscriptionWith(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 1,
    email: 'officer@example.cn',
    language: 'zh',
    severities: ['critical', 'warning', 'info'],
    topics: [],
    remindAfterDays: 30,
    enterpriseId: null,
    escalations: false,
    districts: [],
    namesEnterprises: true,
    hasAccount: true,
    ...changes,
  }
}

/** A firing warning: furniture to the United States, volume up and price down. */
export function warningWith(changes: Partial<Warning> = {}): Warning {
  return {
    id: 1,
    rule: {
      id: 'friction',
      nameZh: '量增价跌，贸易摩擦风险',
      nameEn: 'Volume up and price down',
      topic: 'friction',
      severity: 'critical',
    },
    flow: 'export',
    currency: 'USD',
    labels: [
      label({ name: 'partner', code: 'US', nameZh: '美国', nameEn: 'United States' }),
      label({
        name: 'hs',
        code: '940360',
        chapterZh: '家具寝具灯具',
        chapterEn: 'Furniture; bedding; lamps',
      }),
    ],
    state: 'firing',
    open: true,
    period: '2026-10',
    activeSince: '2026-05',
    firedPeriod: '2026-06',
    resolvedPeriod: null,
    value: '2752421',
    base: '1239530',
    change: '1.220535',
    measured: [
      { measure: 'yoy', current: '2752421', base: '1239530', change: '1.220535' },
      { measure: 'quantityYoy', current: '3007', base: '1000', change: '2.007000' },
      { measure: 'unitValueYoy', current: '739', base: '1000', change: '-0.261000' },
    ],
    acknowledged: null,
    updatedAt: '2026-11-23T01:00:00.000Z',
    ...changes,
  }
}

/** A firing warning of less weight: a market that fell away. */
export function fallWith(changes: Partial<Warning> = {}): Warning {
  return warningWith({
    id: 2,
    rule: { id: 'fall', nameZh: '出口下降', nameEn: 'Exports fall', topic: 'fall', severity: 'warning' },
    labels: [label({ name: 'partner', code: 'MX', nameZh: '墨西哥', nameEn: 'Mexico' })],
    activeSince: '2026-10',
    firedPeriod: '2026-10',
    value: '0',
    base: '123456789.5',
    change: '-1.000000',
    measured: [{ measure: 'yoy', current: '0', base: '123456789.5', change: '-1.000000' }],
    ...changes,
  })
}

export function label(changes: Partial<Warning['labels'][number]>): Warning['labels'][number] {
  return {
    name: 'partner',
    code: '',
    nameZh: null,
    nameEn: null,
    chapterZh: null,
    chapterEn: null,
    ...changes,
  }
}

export function enterprise(
  id: string,
  value: string,
  base: string,
  ...districts: string[]
): ExposedEnterprise {
  return { id, name: `${id}有限公司`, value, base, districts }
}

/** What a warning is about: these enterprises, and their districts. */
export function exposureOf(...enterprises: ExposedEnterprise[]): Exposure {
  return { enterprises, districts: enterprises.flatMap(({ districts }) => districts) }
}

export function event(
  warningId: number,
  reason: WarningEvent['reason'],
  cause: 'data' | 'rule' = 'data',
): WarningEvent {
  return { id: warningId, warningId, reason, cause }
}

export function notificationWith(changes: Partial<Notification> = {}): Notification {
  return {
    subscription: subscriptionWith(),
    warnings: [warningWith()],
    exposed: new Map(),
    events: [],
    last: null,
    now,
    ...changes,
  }
}

/** A last digest of the day before that told of these identities. */
export function toldOf(...firing: string[]): Notification['last'] {
  return { firing: new Set(firing), resolved: new Set(), at: new Date(now.getTime() - 86_400_000) }
}
