import { describe, expect, test } from 'vitest'
import { coverageOf, extentOf, type LoadedSlice, monthsIn } from '../../src/indicators/coverage.ts'
import { comparability, inCurrency, instantOf, selectStructure } from '../../src/indicators/select.ts'
import { formatPeriod } from '../../src/reference/period.ts'

let nextId = 1
const slice = (firstDay: string, more: Partial<LoadedSlice> = {}): LoadedSlice => ({
  id: nextId++,
  firstDay: `${firstDay}-01`,
  months: 1,
  partner: null,
  hsEdition: '2022',
  loadedAt: new Date('2026-07-01T00:00:00Z'),
  currencies: ['CNY', 'USD'],
  ...more,
})
const months = (year: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    slice(`${year}-${String(from + index).padStart(2, '0')}`),
  )
const codes = (warnings: { code: string }[]) => warnings.map((warning) => warning.code)

describe('coverage', () => {
  test('a merged January and February and the single months are never both counted', () => {
    const merged = slice('2026-01', { months: 2 })
    const [january, february] = [slice('2026-01'), slice('2026-02')]
    expect([...coverageOf([merged, january, february]).keys()]).toEqual(['2026-01', '2026-02'])
    expect([...coverageOf([merged, january]).keys()]).toEqual(['2026-01/02'])
  })

  test('a yearly source is told from a monthly one', () => {
    const yearly = extentOf(coverageOf([slice('2022-01', { months: 12 }), slice('2023-01', { months: 12 })]))
    expect([yearly?.yearly, yearly?.first.year, yearly?.last.year]).toEqual([true, 2022, 2023])
    expect(extentOf(coverageOf(months(2026, 3, 5)))).toMatchObject({
      yearly: false,
      first: { month: 3 },
      last: { month: 5 },
    })
  })
})

describe('the slices of a structure', () => {
  const loaded = [...months(2025, 1, 12), ...months(2026, 1, 6)]

  test('default to this year so far against the same months of last year', () => {
    const { range, current, base, warnings } = selectStructure(loaded, {})
    expect([formatPeriod(range.from), formatPeriod(range.to)]).toEqual(['2026-01', '2026-06'])
    expect(monthsIn(current).map(formatPeriod)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ])
    expect(base && monthsIn(base).map(formatPeriod)).toEqual([
      '2025-01',
      '2025-02',
      '2025-03',
      '2025-04',
      '2025-05',
      '2025-06',
    ])
    expect(warnings).toEqual([])
  })

  test('leave a month out on both sides when it is missing in one, and say so', () => {
    const holed = loaded.filter((entry) => entry.firstDay !== '2026-03-01')
    const { base, warnings } = selectStructure(holed, {})
    expect(base && monthsIn(base).map(formatPeriod)).not.toContain('2025-03')
    expect(warnings).toEqual([{ code: 'missing-period', detail: '2026-03: not loaded, not in the totals' }])
  })

  test('are not compared with a year before that is not all loaded', () => {
    const holed = loaded.filter((entry) => entry.firstDay !== '2025-03-01')
    const { base, warnings } = selectStructure(holed, {})
    expect([base, codes(warnings)]).toEqual([null, ['no-comparison']])
  })

  test('trap 4: are not compared when they hold only one of January and February, unless split', () => {
    expect(codes(selectStructure(loaded, { from: '2026-02' }).warnings)).toEqual(['half-of-january-february'])
    expect(selectStructure(loaded, { from: '2026-02', janFeb: 'split' }).base).not.toBeNull()
    expect(selectStructure(loaded, { from: '2026-03' }).base).not.toBeNull()
  })

  test('compare a merged pair with two single months', () => {
    const merged = [...months(2025, 1, 2), slice('2026-01', { months: 2 })]
    const { base } = selectStructure(merged, {})
    expect(base && monthsIn(base).map(formatPeriod)).toEqual(['2025-01', '2025-02'])
  })

  test('refuse periods that are not loaded, in words', () => {
    expect(() => selectStructure(loaded, { from: '2027-01', to: '2027-02' })).toThrow(
      'from: 2027-01: loaded: 2025-01 to 2026-06',
    )
    expect(() => selectStructure(loaded, { from: '2026-05', to: '2026-03' })).toThrow(
      'from: 2026-05: not after 2026-03',
    )
    const years = [slice('2022-01', { months: 12 })]
    expect(() => selectStructure(years, { from: '2022-01' })).toThrow(
      'from: 2022-01: a year: this source is yearly',
    )
  })

  test('a year asked of a monthly source is its twelve months', () => {
    expect(monthsIn(selectStructure(loaded, { from: '2025', to: '2025' }).current)).toHaveLength(12)
  })
})

test('trap 7: a currency the source does not state is refused, never converted', () => {
  const dollars = [slice('2026-01', { currencies: ['USD'] })]
  expect(() => inCurrency(dollars, 'CNY')).toThrow(
    'currency: CNY: in these data: USD; totals are never converted',
  )
  expect(inCurrency(dollars, undefined).currency).toBe('USD')
  expect(inCurrency(months(2026, 1, 1), undefined).currency).toBe('CNY')
})

test('trap 8: comparing fine codes of two editions is reported as a break, chapters are not', () => {
  const editions = [slice('2021-12', { hsEdition: '2017' }), slice('2022-12')]
  expect(codes(comparability(editions, 6))).toEqual(['hs-edition-break'])
  expect(codes(comparability(editions, 2))).toEqual([])
})

test('periods that were loaded for different partners are reported', () => {
  const uneven = [
    slice('2025-01', { partner: 'JP' }),
    slice('2025-01', { partner: 'KR' }),
    slice('2026-01', { partner: 'JP' }),
  ]
  expect(codes(comparability(uneven, 0))).toEqual(['partners-differ'])
  expect(codes(comparability(uneven.toSpliced(1, 1), 0))).toEqual([])
})

test('a date asked for means to the end of that day in Beijing', () => {
  const now = new Date('2026-07-01T00:00:00Z')
  expect(instantOf(undefined, now)).toEqual(now)
  expect(instantOf('2026-06-18', now).toISOString()).toBe('2026-06-18T15:59:59.999Z')
  expect(instantOf('2026-06-18T08:00:00+08:00', now).toISOString()).toBe('2026-06-18T00:00:00.000Z')
  expect(() => instantOf('2026-02-30', now)).toThrow('asOf: 2026-02-30: a date')
})
