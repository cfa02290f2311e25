import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addGrowthPeriods,
  addMonths,
  comparePeriods,
  firstMonth,
  formatPeriod,
  growthPeriodOf,
  growthPeriods,
  labelPeriod,
  lastMonth,
  mergedPeriod,
  monthPeriod,
  monthRange,
  monthsBetween,
  monthsOf,
  type Period,
  parseMonth,
  parsePeriod,
  samePeriodLastYear,
  yearPeriod,
  yearToDate,
} from '../../src/reference/period.ts'

const month = fc
  .record({ year: fc.integer({ min: 1950, max: 2190 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => monthPeriod(year, month))
const anyPeriod: fc.Arbitrary<Period> = month.chain((at) =>
  fc.constantFrom<Period>(at, mergedPeriod(at.year), yearPeriod(at.year)),
)

describe('reading a period', () => {
  test.each([
    ['2026-03', '2026-03'],
    ['202603', '2026-03'],
    ['2026/3', '2026-03'],
    ['2026.03', '2026-03'],
    ['2026年3月', '2026-03'],
    ['2026年03月份', '2026-03'],
    ['２０２６年３月', '2026-03'],
    [' 2026-03\t', '2026-03'],
    ['2026-01/02', '2026-01/02'],
    ['2026年1-2月', '2026-01/02'],
    ['2026年1至2月', '2026-01/02'],
    ['2026', '2026'],
    ['2026年', '2026'],
  ])('%s is %s', (text, canonical) => {
    const period = parsePeriod(text)
    expect(period && formatPeriod(period)).toBe(canonical)
  })

  test.each([
    '',
    '2026-13',
    '2026-00',
    '202600',
    '26-03',
    '2026-03-01',
    '2026-02/03',
    '1-2月',
    '0999',
    '2026-3x',
  ])('%j is no period', (text) => {
    expect(parsePeriod(text)).toBeNull()
  })

  test('a year is not a single month', () => {
    expect([parseMonth('2026'), parseMonth('2026-01/02'), parseMonth('2026-01')]).toEqual([
      null,
      null,
      monthPeriod(2026, 1),
    ])
  })

  test('never throws, and reads back what it writes', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePeriod(text)))
    fc.assert(
      fc.property(anyPeriod, (period) => void expect(parsePeriod(formatPeriod(period))).toEqual(period)),
    )
    fc.assert(
      fc.property(anyPeriod, (period) => void expect(parsePeriod(labelPeriod(period, 'zh'))).toEqual(period)),
    )
  })
})

describe('arithmetic of months', () => {
  test('adding and counting months are inverse', () => {
    const shift = fc.integer({ min: -300, max: 300 })
    fc.assert(
      fc.property(
        month,
        shift,
        (at, count) => void expect(monthsBetween(at, addMonths(at, count))).toBe(count),
      ),
    )
  })

  test('crosses the year in both directions', () => {
    expect(formatPeriod(addMonths(monthPeriod(2025, 12), 1))).toBe('2026-01')
    expect(formatPeriod(addMonths(monthPeriod(2026, 1), -1))).toBe('2025-12')
  })

  test('a range holds both ends and is empty backwards', () => {
    const range = monthRange(monthPeriod(2025, 11), monthPeriod(2026, 2))
    expect(range.map(formatPeriod)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(monthRange(monthPeriod(2026, 2), monthPeriod(2025, 11))).toEqual([])
  })

  test('a period knows its months', () => {
    expect(monthsOf(mergedPeriod(2026)).map(formatPeriod)).toEqual(['2026-01', '2026-02'])
    expect(monthsOf(yearPeriod(2026))).toHaveLength(12)
    expect(formatPeriod(firstMonth(yearPeriod(2026)))).toBe('2026-01')
    expect(formatPeriod(lastMonth(yearPeriod(2026)))).toBe('2026-12')
  })

  test('the year to date runs from January to the last month covered', () => {
    expect(yearToDate(mergedPeriod(2026)).map(formatPeriod)).toEqual(['2026-01', '2026-02'])
    expect(yearToDate(monthPeriod(2026, 10))).toHaveLength(10)
  })

  test('the same period last year keeps its shape', () => {
    const periods = [monthPeriod(2026, 2), mergedPeriod(2026), yearPeriod(2026)]
    expect(periods.map((period) => formatPeriod(samePeriodLastYear(period)))).toEqual([
      '2025-02',
      '2025-01/02',
      '2025',
    ])
  })

  test('periods are ordered by their first month, shorter first', () => {
    const texts = ['2026-02', '2026', '2026-01/02', '2026-01', '2025-12']
    const ordered = texts.flatMap((text) => parsePeriod(text) ?? []).sort(comparePeriods)
    expect(ordered.map(formatPeriod)).toEqual(['2025-12', '2026-01', '2026-01/02', '2026', '2026-02'])
  })
})

describe('periods of growth', () => {
  test('January and February count only together', () => {
    expect(formatPeriod(growthPeriodOf(monthPeriod(2026, 1)))).toBe('2026-01/02')
    expect(formatPeriod(growthPeriodOf(monthPeriod(2026, 2)))).toBe('2026-01/02')
    expect(formatPeriod(growthPeriodOf(monthPeriod(2026, 3)))).toBe('2026-03')
  })

  test('half a merged period at either end of a range is left out', () => {
    const series = (from: string, to: string) => {
      const [first, last] = [parseMonth(from), parseMonth(to)]
      return first && last ? growthPeriods(first, last).map(formatPeriod) : null
    }
    expect(series('2025-11', '2026-03')).toEqual(['2025-11', '2025-12', '2026-01/02', '2026-03'])
    expect(series('2026-02', '2026-03')).toEqual(['2026-03'])
    expect(series('2025-12', '2026-01')).toEqual(['2025-12'])
    expect(series('2026-01', '2026-02')).toEqual(['2026-01/02'])
  })

  test('eleven steps are a year', () => {
    fc.assert(
      fc.property(
        month.map(growthPeriodOf),
        (period) => void expect(addGrowthPeriods(period, -11)).toEqual(samePeriodLastYear(period)),
      ),
    )
    expect(formatPeriod(addGrowthPeriods(monthPeriod(2025, 12), 1))).toBe('2026-01/02')
    expect(formatPeriod(addGrowthPeriods(mergedPeriod(2026), 1))).toBe('2026-03')
  })
})

test('labels are what people read', () => {
  expect(labelPeriod(monthPeriod(2026, 3), 'zh')).toBe('2026年3月')
  expect(labelPeriod(mergedPeriod(2026), 'en')).toBe('Jan–Feb 2026')
  expect(labelPeriod(monthPeriod(2026, 12), 'en')).toBe('Dec 2026')
})
