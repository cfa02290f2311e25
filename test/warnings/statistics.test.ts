import { expect, test } from 'vitest'
import { logDifference, statisticOf } from '../../src/warnings/statistics.ts'

const quiet = [0.1, -0.1, 0.2, -0.2, 0, 0.1, -0.1, 0.2, -0.2, 0, 0.1]

test('robust z is the distance from the median in 1.4826 median absolute deviations', () => {
  // median 0, absolute deviations 0 0 .1 .1 .1 .1 .1 .2 .2 .2 .2: their median 0.1
  expect(statisticOf('robustZ', [...quiet, 0.5])).toBeCloseTo(0.5 / 0.14826, 10)
  expect(statisticOf('robustZ', [...quiet, -0.5])).toBeCloseTo(-0.5 / 0.14826, 10)
})

test('one outlier in the past does not hide the next', () => {
  const before = statisticOf('robustZ', [...quiet, 0.5]) ?? 0
  const after = statisticOf('robustZ', [...quiet, 9, 0.5]) ?? 0
  expect(after / before).toBeGreaterThan(0.5)
})

test('fewer than eleven past differences, a missing last one or no spread give no statistic', () => {
  expect(statisticOf('robustZ', [...quiet.slice(1), 0.5])).toBeNull()
  expect(statisticOf('robustZ', [...quiet, null])).toBeNull()
  expect(statisticOf('robustZ', [...quiet.map(() => 0.1), 0.5])).toBeNull()
  expect(statisticOf('naiveBand', [...quiet.map(() => 0), 0.5])).toBeNull()
})

test('the sum grows with a small shift that lasts, on either side', () => {
  const shift = [...quiet, ...quiet, 0.5, 0.5, 0.5, 0.5]
  const up = statisticOf('cusum', shift, 4) ?? 0
  expect(up).toBeGreaterThan(statisticOf('cusum', shift.slice(0, -3), 1) ?? 0)
  const down = shift.map((value) => -value)
  expect(statisticOf('cusum', down, 4)).toBeCloseTo(-up, 10)
})

test('the sum begins with the year and judges by what came before it', () => {
  // 0.5 / 0.14826 - 0.5 for each of two
  const shift = [...quiet, 0.5, 0.5]
  expect(statisticOf('cusum', shift, 2)).toBeCloseTo(2 * (0.5 / 0.14826 - 0.5), 10)
  expect(statisticOf('cusum', shift.slice(1), 2)).toBeNull()
})

test('the seasonal band is as wide as eighty of a hundred past errors: its edge is one', () => {
  // eleven errors: the tenth in order, 0.2
  expect(statisticOf('naiveBand', [...quiet, 0.2])).toBe(1)
  expect(statisticOf('naiveBand', [...quiet, -0.4])).toBe(-2)
})

test('the smoothed forecast follows a growth that goes on', () => {
  const growing = quiet.map((value) => value + 1)
  const naive = statisticOf('naiveBand', [...growing, 1]) ?? 0
  const smoothed = statisticOf('smoothedBand', [...growing, 1]) ?? 0
  expect(naive).toBeGreaterThan(0.8)
  expect(Math.abs(smoothed)).toBeLessThan(0.4)
})

test('there is no log difference without two positive amounts', () => {
  expect(logDifference(0, 1)).toBeNull()
  expect(logDifference(1, 0)).toBeNull()
  expect(logDifference(Math.E, 1)).toBe(1)
})
