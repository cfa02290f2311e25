import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averageGrowth, type GrowthRow, growth, growthTable } from '../../src/indicators/growth.ts'
import { type Series, sumOver, valueIn } from '../../src/indicators/series.ts'
import {
  addMonths,
  formatPeriod,
  growthPeriods,
  mergedPeriod,
  monthPeriod,
  monthRange,
  type Period,
  parsePeriod,
  yearPeriod,
} from '../../src/reference/period.ts'

const seriesOf = (values: Record<string, number | string>): Series =>
  new Map(Object.entries(values).map(([period, value]) => [period, new Big(value)]))

/** 36 months from 2023-07 on, worth 100, 101, 102, … */
const months = monthRange(monthPeriod(2023, 7), monthPeriod(2026, 6))
const steady = new Map(months.map((month, index) => [formatPeriod(month), new Big(100 + index)]))

const periods = (...texts: string[]) =>
  texts.flatMap((text): Period[] => [parsePeriod(text)].flatMap((p) => p ?? []))
const row = (series: Series, period: string): GrowthRow | undefined => growthTable(series, periods(period))[0]

describe('growth of two figures', () => {
  test('trap 1: no base gives no rate: new, none or not loaded, never infinite, 0 or 100 %', () => {
    expect(growth(new Big(5), new Big(0))).toEqual({ value: null, note: 'new' })
    expect(growth(new Big(0), new Big(0))).toEqual({ value: null, note: 'none' })
    expect(growth(new Big(5), null)).toEqual({ value: null, note: 'not-loaded' })
    expect(growth(null, new Big(5))).toEqual({ value: null, note: 'not-loaded' })
    expect(growth(new Big(0), new Big(5))).toEqual({ value: -1, note: 'gone' })
  })

  test('trap 2: a negative base gives no percentage', () => {
    expect(growth(new Big(5), new Big(-5))).toEqual({ value: null, note: 'negative-base' })
  })

  test('100 growing to 161.051 in five intervals is 10 % each', () => {
    expect(averageGrowth(new Big(100), new Big('161.051'), 5).value).toBeCloseTo(0.1, 12)
  })

  test('trap 1: an average over no intervals or from nothing is unknown', () => {
    expect(averageGrowth(new Big(1), new Big(1), Number.NaN).value).toBeNull()
    expect(averageGrowth(new Big(1), new Big(1), 0).value).toBeNull()
    expect(averageGrowth(new Big(0), new Big(1), 2)).toEqual({ value: null, note: 'new' })
    expect(averageGrowth(new Big(2), new Big(-1), 2)).toEqual({ value: null, note: 'negative-base' })
  })

  test('growth does not depend on the unit of money', () => {
    const amount = fc.integer({ min: 1, max: 1e9 })
    fc.assert(
      fc.property(amount, amount, (current, base) => {
        const cents = growth(new Big(current).div(100), new Big(base).div(100))
        const whole = growth(new Big(current), new Big(base)).value ?? Number.NaN
        expect(Math.abs((cents.value ?? Number.NaN) - whole) / Math.max(1, Math.abs(whole))).toBeLessThan(
          1e-12,
        )
      }),
    )
  })
})

describe('a series', () => {
  test('adds January and February from their months or from the merged figure', () => {
    const pair = mergedPeriod(2026)
    expect(valueIn(seriesOf({ '2026-01': 3, '2026-02': 4 }), pair)?.toFixed()).toBe('7')
    expect(valueIn(seriesOf({ '2026-01/02': 7 }), pair)?.toFixed()).toBe('7')
    expect(valueIn(seriesOf({ '2026-01': 3 }), pair)).toBeNull()
  })

  test('does not cut a merged figure apart', () => {
    const series = seriesOf({ '2026-01/02': 7, '2026-03': 5 })
    expect(sumOver(series, monthRange(monthPeriod(2026, 1), monthPeriod(2026, 3)))?.toFixed()).toBe('12')
    expect(sumOver(series, monthRange(monthPeriod(2026, 2), monthPeriod(2026, 3)))).toBeNull()
  })

  test('takes a year from its own figure or from twelve months, and from nothing less', () => {
    expect(valueIn(steady, yearPeriod(2024))?.toFixed()).toBe('1338')
    expect(valueIn(seriesOf({ 2024: 9 }), yearPeriod(2024))?.toFixed()).toBe('9')
    expect(valueIn(steady, yearPeriod(2026))).toBeNull()
  })
})

describe('the growth table', () => {
  test('states every measure of a month', () => {
    expect(row(steady, '2026-06')).toEqual({
      period: '2026-06',
      value: '135',
      change: '12',
      ytd: '795',
      oddBase: false,
      yoy: 12 / 123,
      mom: 1 / 134,
      ytdYoy: 72 / 723,
      rolling3Yoy: 36 / 366,
      rolling12Yoy: 144 / 1410,
      cagr2: Math.sqrt(135 / 111) - 1,
      notes: {},
    })
  })

  test('trap 3: a base that moved by more than 20 % is marked, and the two-year average stands beside it', () => {
    const fallen = row(seriesOf({ '2024-06': 100, '2025-06': 50, '2026-06': 100 }), '2026-06')
    expect([fallen?.yoy, fallen?.oddBase, fallen?.cagr2]).toEqual([1, true, 0])
    const even = row(seriesOf({ '2024-06': 100, '2025-06': 120, '2026-06': 100 }), '2026-06')
    expect(even?.oddBase).toBe(false)
  })

  test('trap 4: January and February are one period, and no month is compared with two', () => {
    const table = growthTable(steady, growthPeriods(monthPeriod(2025, 12), monthPeriod(2026, 4)))
    expect(table.map((line) => [line.period, line.mom === null, line.notes.mom])).toEqual([
      ['2025-12', false, undefined],
      ['2026-01/02', true, 'unequal-periods'],
      ['2026-03', true, 'unequal-periods'],
      ['2026-04', false, undefined],
    ])
    expect(table[1]?.yoy).toBe(24 / 237)
  })

  test('trap 4: three months to April begin in January, because February is not cut off', () => {
    const april = row(steady, '2026-04')
    expect(april?.rolling3Yoy).toBe(48 / 478)
    const split = growthTable(steady, periods('2026-01', '2026-02', '2026-03', '2026-04'))
    expect(split.at(-1)?.rolling3Yoy).toBe(36 / 360)
    expect(split.at(-2)?.mom).toBe(1 / 131)
  })

  test('a month that was not loaded is unknown and not 0, and so is every sum over it', () => {
    const holed = new Map(steady)
    holed.delete('2026-05')
    expect(row(holed, '2026-05')).toMatchObject({ value: null, change: null, yoy: null, ytd: null })
    expect(row(holed, '2026-06')).toMatchObject({
      value: '135',
      mom: null,
      ytd: null,
      ytdYoy: null,
      rolling3Yoy: null,
      rolling12Yoy: null,
      notes: {
        mom: 'not-loaded',
        ytdYoy: 'not-loaded',
        rolling3Yoy: 'not-loaded',
        rolling12Yoy: 'not-loaded',
      },
    })
  })

  test('a loaded month without trade is 0, and its growth is −100 %', () => {
    const quiet = new Map(steady).set('2026-06', new Big(0))
    expect(row(quiet, '2026-06')).toMatchObject({
      value: '0',
      yoy: -1,
      notes: { yoy: 'gone', mom: 'gone', cagr2: 'gone' },
    })
  })

  test('a yearly series grows by years', () => {
    const [, last] = growthTable(seriesOf({ 2022: 80, 2023: 100, 2024: 110 }), periods('2023', '2024'))
    expect(last).toEqual({
      period: '2024',
      value: '110',
      change: '10',
      ytd: '110',
      oddBase: true,
      yoy: 0.1,
      mom: null,
      ytdYoy: 0.1,
      rolling3Yoy: null,
      rolling12Yoy: 0.1,
      cagr2: Math.sqrt(110 / 80) - 1,
      notes: { mom: 'not-monthly', rolling3Yoy: 'not-monthly' },
    })
  })

  test('year-to-date growth in December is that of the year', () => {
    const december = addMonths(monthPeriod(2026, 1), -1)
    const [line] = growthTable(steady, [december])
    expect(line?.ytdYoy).toBe(line?.rolling12Yoy)
    expect(line?.ytd).toBe(valueIn(steady, yearPeriod(2025))?.toFixed())
  })
})
