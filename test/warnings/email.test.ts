import { describe, expect, test } from 'vitest'
import { amountText, rateText, seriesText } from '../../src/warnings/format.ts'
import { composeDigest } from '../../src/warnings/mail/email.ts'
import { escapeHtml, markup, oneLine } from '../../src/warnings/mail/markup.ts'
import { escalate, type Notification, notify } from '../../src/warnings/mail/notify.ts'
import {
  enterprise,
  event,
  exposureOf,
  fallWith,
  label,
  notificationWith,
  subscriptionWith,
  toldOf,
  warningWith,
} from './digests.ts'

const context = {
  publicUrl: 'https://trade.example.cn',
  timeZone: 'Asia/Shanghai',
  nextSlot: new Date('2026-11-24T01:00:00Z'),
  uncertain: false,
}

function compose(changes: Partial<Notification>) {
  const digest = notify(notificationWith(changes))
  if (!digest) throw new Error('nothing to tell')
  return composeDigest(digest, context)
}

const exposed = new Map([
  [
    1,
    exposureOf(
      ...Array.from({ length: 7 }, (_, index) =>
        enterprise(`样本${index + 1}`, `${900_000 - index * 100_000}`, '350000'),
      ),
    ),
  ],
])
const situation: Partial<Notification> = {
  warnings: [
    warningWith({ acknowledged: { owner: '王科', at: '2026-11-20T02:00:00.000Z', by: '王科', note: '' } }),
    fallWith(),
    fallWith({ id: 3, state: 'resolved', open: false, firedPeriod: '2026-03', resolvedPeriod: '2026-10' }),
    fallWith({ id: 4, state: 'inactive', open: false, firedPeriod: null }),
  ],
  exposed,
  events: [event(1, 'worse'), event(4, 'revised')],
  last: toldOf('1@2026-06', '3@2026-03', '4@2026-09'),
}

describe('a digest', () => {
  test.each(['zh', 'en'] as const)('reads in %s as the golden mail does', async (language) => {
    const mail = compose({ ...situation, subscription: subscriptionWith({ language }) })
    expect(mail.subject).toBe(
      language === 'zh'
        ? '[外贸预警] 2026年10月：2 条预警触发中，新增 1 条'
        : '[Trade warnings] Oct 2026: 2 open warnings, 1 new',
    )
    await expect(mail.text).toMatchFileSnapshot(`../golden/warnings/digest.${language}.txt`)
    await expect(mail.html).toMatchFileSnapshot(`../golden/warnings/digest.${language}.html`)
  })

  test.each([
    ['zh', subscriptionWith({ language: 'zh' })],
    ['en', subscriptionWith({ language: 'en', hasAccount: false, namesEnterprises: false })],
  ] as const)(
    'about what nobody took on says since when, and how to take it on, as the golden mail in %s',
    async (language, subscription) => {
      const overdue = [
        { warning: warningWith(), waited: { since: '2026-11-09', days: 10, allowed: 5 } },
        { warning: fallWith(), waited: { since: '2026-11-16', days: 5, allowed: 5 } },
      ]
      const digest = escalate({ subscription, exposed, overdue, now: notificationWith().now })
      const mail = digest && composeDigest(digest, context)
      expect(mail?.subject).toBe(
        language === 'zh'
          ? '[外贸预警] 2 条预警逾期无人跟进'
          : '[Trade warnings] 2 warnings overdue, with nobody on them',
      )
      await expect(mail?.text).toMatchFileSnapshot(`../golden/warnings/escalation.${language}.txt`)
      await expect(mail?.html).toMatchFileSnapshot(`../golden/warnings/escalation.${language}.html`)
    },
  )

  test('loads nothing from outside and has no script or style sheet', () => {
    const { html } = compose(situation)
    expect(html).not.toMatch(/<img|<script|<style|<link|url\(|src=/i)
    expect([...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([url]) => url)).toEqual([
      'https://trade.example.cn/warnings/1',
      'https://trade.example.cn/warnings/2',
      'https://trade.example.cn/warnings/4',
      'https://trade.example.cn/warnings/3',
      'https://trade.example.cn/warnings',
      'https://trade.example.cn/warnings?tab=subscription',
      'https://trade.example.cn/warnings?tab=silences',
    ])
  })

  test('of nothing but ends says so in the subject', () => {
    const ended = warningWith({ state: 'resolved', open: false, resolvedPeriod: '2026-10' })
    expect(compose({ warnings: [ended], last: toldOf('1@2026-06') }).subject).toBe(
      '[外贸预警] 2026年10月：1 条预警全部解除',
    )
  })

  test('escapes names that come from files, in HTML and in text', () => {
    const name = '<img src=x onerror=alert(1)>\r\nBcc: a@b.cn\u202e'
    const mail = compose({
      warnings: [
        warningWith({
          rule: { ...warningWith().rule, nameZh: name },
          labels: [label({ code: 'XX', nameZh: '"><script>' })],
        }),
      ],
      exposed: new Map([[1, exposureOf({ ...enterprise('1', '1', '2'), name })]]),
    })
    expect(mail.html).not.toMatch(/<img|<script|\u202e/)
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(mail.text).toContain('- <img src=x onerror=alert(1)> Bcc: a@b.cn 0.0 万美元')
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })
})

test('markup escapes every value and keeps markup', () => {
  const inner = markup`<b>${'a & "b"'}</b>`
  expect(markup`<td title="${"it's"}">${inner}${[inner, inner]}${3}</td>`.html).toBe(
    '<td title="it&#39;s"><b>a &amp; &quot;b&quot;</b><b>a &amp; &quot;b&quot;</b><b>a &amp; &quot;b&quot;</b>3</td>',
  )
  expect(escapeHtml('a\u0000b\u202ec\nd')).toBe('abc\nd')
  expect(oneLine(' a\r\nb\tc ')).toBe('a b c')
})

test('amounts are in the units people use', () => {
  expect(amountText('1234567', 'USD', 'zh')).toBe('123.5 万美元')
  expect(amountText('123456789.5', 'CNY', 'zh')).toBe('1.23 亿元')
  expect(amountText('-12345678', 'USD', 'zh')).toBe('-1,234.6 万美元')
  expect(amountText('1234567', 'USD', 'en')).toBe('USD 1.23 million')
  expect(amountText('999999', 'CNY', 'en')).toBe('CNY 999,999')
  expect(amountText('0', 'USD', 'zh')).toBe('0 万美元')
  expect(amountText(null, 'USD', 'zh')).toBe('-')
})

test('rates have a sign and one decimal', () => {
  expect([
    rateText('1.220535'),
    rateText('-0.26'),
    rateText('0'),
    rateText('12.3456'),
    rateText(null),
  ]).toEqual(['+122.1%', '−26.0%', '0.0%', '+1,234.6%', null])
})

test('a series is named in the reader’s language, by code where it has no name', () => {
  const labels = warningWith().labels
  expect(seriesText(labels, 'zh')).toBe('美国 · 940360（第 94 章 家具寝具灯具）')
  expect(seriesText(labels, 'en')).toBe('United States · 940360 (chapter 94, Furniture; bedding; lamps)')
  expect(seriesText([label({ name: 'hs', code: '94036099', nameZh: '未列名木家具' })], 'en')).toBe(
    'HS 94036099',
  )
  expect(seriesText([label({ name: 'district', code: '99012' })], 'zh')).toBe('区县 99012')
  expect(seriesText([], 'zh')).toBe('全市合计')
})
