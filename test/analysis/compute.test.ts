import * as danfo from 'danfojs-node'
import { describe, expect, test } from 'vitest'
import { computeAside } from '../../src/analysis/aside-job.ts'
import { compute } from '../../src/analysis/compute.ts'
import type { Frame } from '../../src/indicators/frame.ts'

const frame = (values: (number | null)[][], lines = values.map((_, at) => [`0${at + 1}`])): Frame => ({
  periods: ['2025-11', '2025-12', '2026-01/02', '2026-03'].slice(0, values[0]?.length ?? 0),
  lines,
  values,
  places: 0,
})

describe('a pivot', () => {
  test('adds up by year, and keeps codes with leading zeros as they are', () => {
    const table = compute(danfo, {
      kind: 'pivot',
      frame: frame([
        [1, 2, 3, 4],
        [10, 20, null, 40],
      ]),
      rows: 0,
      columns: 'year',
      aggregate: 'sum',
    })
    expect(table).toEqual({
      rows: ['01', '02'],
      columns: ['2025', '2026'],
      cells: [
        [3, 7],
        [30, 40],
      ],
    })
  })

  test('of two dimensions has a gap where no observation falls', () => {
    const table = compute(danfo, {
      kind: 'pivot',
      frame: frame(
        [
          [2, 4],
          [6, null],
          [null, null],
        ],
        [
          ['09', 'JP'],
          ['09', 'KR'],
          ['61', 'JP'],
        ],
      ),
      rows: 0,
      columns: 1,
      aggregate: 'mean',
    })
    expect(table).toEqual({
      rows: ['09', '61'],
      columns: ['JP', 'KR'],
      cells: [
        [3, 6],
        [null, null],
      ],
    })
  })

  test('a spread needs two observations: 2, 4, 4, 4, 5, 5, 7, 9 spread by √(32/7)', () => {
    const spread = (values: number[]) =>
      compute(danfo, {
        kind: 'pivot',
        frame: { periods: values.map((_, at) => `20${10 + at}`), lines: [[]], values: [values], places: 0 },
        rows: 0,
        columns: null,
        aggregate: 'std',
      })
    expect(spread([5])).toMatchObject({ cells: [[null]] })
    expect(spread([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ cells: [[Math.sqrt(32 / 7)]] })
  })

  test('of nothing is empty', () => {
    expect(
      compute(danfo, { kind: 'pivot', frame: frame([]), rows: 0, columns: 'period', aggregate: 'sum' }),
    ).toEqual({ rows: [], columns: [], cells: [] })
  })
})

test('a description leaves missing observations out and says how many', () => {
  expect(
    compute(danfo, {
      kind: 'describe',
      frame: frame([
        [4, null, 1, 10],
        [7, null, null, null],
        [null, null, null, null],
      ]),
    }),
  ).toEqual([
    { count: 3, missing: 1, sum: 15, mean: 5, std: Math.sqrt(21), min: 1, median: 4, max: 10 },
    { count: 1, missing: 3, sum: 7, mean: 7, std: null, min: 7, median: 7, max: 7 },
    { count: 0, missing: 4, sum: null, mean: null, std: null, min: null, median: null, max: null },
  ])
})

test('1, 2, 3, 4 correlates with 2, 4, 5, 9 by 11/√130 over the periods both have, and with a constant not at all', () => {
  const answer = compute(danfo, {
    kind: 'correlate',
    frame: frame([
      [1, 2, 3, 4],
      [2, 4, 5, 9],
      [6, 6, 6, 6],
      [-3, null, -9, -12],
    ]),
  })
  expect(answer).toEqual([
    { a: 0, b: 1, correlation: expect.closeTo(11 / Math.sqrt(130), 14), observations: 4 },
    { a: 0, b: 2, correlation: null, observations: 4 },
    { a: 0, b: 3, correlation: -1, observations: 3 },
    { a: 1, b: 2, correlation: null, observations: 4 },
    { a: 1, b: 3, correlation: expect.closeTo(-31 / Math.sqrt((74 / 3) * 42), 14), observations: 3 },
    { a: 2, b: 3, correlation: null, observations: 3 },
  ])
})

test('a window gives a figure once it is full and without a gap', () => {
  const roll = (aggregate: 'mean' | 'sum' | 'std') =>
    compute(danfo, {
      kind: 'rolling',
      frame: frame([
        [1, 3, 8, null],
        [2, 2, 4, 9],
      ]),
      window: 2,
      aggregate,
    })
  expect(roll('mean')).toEqual([
    [null, 2, 5.5, null],
    [null, 2, 3, 6.5],
  ])
  expect(roll('sum')).toEqual([
    [null, 4, 11, null],
    [null, 4, 6, 13],
  ])
  expect(roll('std')).toEqual([
    [null, Math.SQRT2, Math.sqrt(12.5), null],
    [null, 0, Math.SQRT2, Math.sqrt(12.5)],
  ])
})

describe('an analysis computed aside', () => {
  const task = { kind: 'rolling', frame: frame([[1, 3, 8, 2]]), window: 4, aggregate: 'median' } as const

  test('gives the answer', async () => {
    expect(await computeAside<'rolling'>(task)).toEqual([[null, null, null, 2.5]])
  })

  test('is ended when it takes too long or too much memory, and says what to ask instead', async () => {
    const allowed = 'a smaller frame: ask for fewer periods, fewer lines or a filter'
    await expect(computeAside<'rolling'>(task, { timeoutMs: 1, memoryMb: 512 })).rejects.toMatchObject({
      code: 'too-large',
      detail: { field: 'frame', value: 'more than 0.001 s of computing', allowed },
    })
    await expect(computeAside<'rolling'>(task, { timeoutMs: 60_000, memoryMb: 8 })).rejects.toMatchObject({
      code: 'too-large',
      detail: { field: 'frame', value: 'more than 8 MB', allowed },
    })
  })

  test('lets two work at once and the others wait their turn', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => computeAside<'rolling'>(task)))
    expect(answers).toEqual(Array.from({ length: 4 }, () => [[null, null, null, 2.5]]))
  })
})
