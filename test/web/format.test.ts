import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byYear } from '../../src/web/components/years.ts'
import {
  count,
  day,
  difference,
  growth,
  money,
  moneyText,
  month,
  monthOfYear,
  points,
  share,
  sign,
  signedMoney,
  unitFor,
  yearToDate,
} from '../../src/web/format.ts'

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(99))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`)

describe('amounts', () => {
  test('a headline is in 亿 from one hundred million on, in 万 from ten thousand on', () => {
    const label = (amount: string) =>
      unitFor([amount], { currency: 'USD', language: 'zh', use: 'figure' }).label
    expect(['9999', '10000', '99999999.99', '100000000'].map(label)).toEqual([
      '美元',
      '万美元',
      '万美元',
      '亿美元',
    ])
  })

  test('a table keeps the finer unit until its largest row has three digits in the larger one', () => {
    const label = (amount: string) =>
      unitFor([amount, null, '3'], { currency: 'CNY', language: 'zh', use: 'table' }).label
    expect(['1260000000', '9999999999', '10000000000'].map(label)).toEqual(['万元', '万元', '亿元'])
  })

  test('English counts in thousands, millions and billions', () => {
    const label = (amount: string) =>
      unitFor([amount], { currency: 'USD', language: 'en', use: 'figure' }).label
    expect(['1', '1500', '-2000000', '12600000000'].map(label)).toEqual(['USD', 'USD k', 'USD m', 'USD bn'])
  })

  test('an amount is grouped, rounded half up and never shown as minus zero', () => {
    const wan = { exponent: 4, label: '万美元', before: '', after: ' 万美元' }
    expect(['12345678900', '50', '49.99', '-50', '-49', null].map((amount) => money(amount, wan))).toEqual([
      '1,234,567.89',
      '0.01',
      '0.00',
      '−0.01',
      '0.00',
      '—',
    ])
    expect(signedMoney('1260000000', { ...wan, exponent: 8 })).toBe('+12.60')
  })

  test('in a sentence the unit stands where the language has it', () => {
    const shown = (language: 'zh' | 'en', amount: string) =>
      moneyText(amount, unitFor([amount], { currency: 'USD', language, use: 'figure' }))
    expect([
      shown('zh', '1084243422'),
      shown('en', '1084243422'),
      shown('zh', '12'),
      shown('en', '12'),
    ]).toEqual(['10.84 亿美元', 'USD 1.08 bn', '12 美元', 'USD 12'])
  })

  test('the balance is exact where doubles are not', () => {
    expect(difference('90071992547409.93', '0.01')).toBe('90071992547409.92')
    expect(difference('1', null)).toBeNull()
  })

  test('an amount and its opposite show the same figures', () => {
    fc.assert(
      fc.property(decimal, (amount) => {
        const unit = { exponent: 4, label: '', before: '', after: '' }
        const opposite = amount.startsWith('-') ? amount.slice(1) : `-${amount}`
        expect(money(opposite, unit).replace('−', '')).toBe(money(amount, unit).replace('−', ''))
      }),
    )
  })
})

describe('rates', () => {
  test('growth carries its sign, nothing is a dash and zero has no sign', () => {
    expect(['0.084', -0.0526, '0', '-0.0004', '12.5', null, undefined].map((value) => growth(value))).toEqual(
      ['+8.4%', '−5.3%', '0.0%', '0.0%', '+1,250.0%', '—', '—'],
    )
  })

  test('shares have no sign; pull is in points', () => {
    expect([share('0.25'), share('0.12345', 2), points('3.14'), points(-0.25), points(null)]).toEqual([
      '25.0%',
      '12.35%',
      '+3.1',
      '−0.3',
      '—',
    ])
  })

  test('the sign of a figure is that of the exact value', () => {
    expect([sign('0.00001'), sign(-2), sign('0'), sign(null)]).toEqual([1, -1, 0, 0])
  })

  test('counts are grouped', () => {
    expect(count(1234567)).toBe('1,234,567')
  })
})

describe('the monthly chart', () => {
  test('puts the latest year over the one before; a month that was not loaded is a gap', () => {
    const rows = [
      { period: '2024-12', value: '9' },
      { period: '2025-01/02', value: '1' },
      { period: '2025-03', value: '2' },
      { period: '2025-04', value: '3' },
      { period: '2026-01/02', value: '4' },
      { period: '2026-03', value: null },
    ]
    expect(byYear(rows)).toEqual({
      periods: ['01/02', '03', '04'],
      lines: [
        { year: 2026, values: ['4', null, null] },
        { year: 2025, values: ['1', '2', '3'] },
      ],
    })
  })
})

describe('periods', () => {
  test('January and February are one period', () => {
    expect([month('2026-01/02', 'zh'), month('2026-01/02', 'en')]).toEqual(['2026 年 1–2 月', 'Jan–Feb 2026'])
  })

  test('a month, and the year to it', () => {
    expect([month('2026-10', 'zh'), month('2026-10', 'en')]).toEqual(['2026 年 10 月', 'Oct 2026'])
    expect([yearToDate('2026-10', 'zh'), yearToDate('2026-01/02', 'en')]).toEqual([
      '2026 年 1–10 月',
      'Jan–Feb 2026',
    ])
  })

  test('an axis shows the month alone', () => {
    expect([monthOfYear('01/02', 'zh'), monthOfYear('11', 'zh'), monthOfYear('11', 'en')]).toEqual([
      '1–2 月',
      '11 月',
      'Nov',
    ])
  })

  test('a date stays the day it is', () => {
    expect(day('2026-11-18')).toBe('2026-11-18')
  })
})
