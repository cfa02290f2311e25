import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concentration, topShares } from '../../src/indicators/concentration.ts'
import { sum } from '../../src/indicators/exact.ts'
import { type Cell, contributionRate, structure } from '../../src/indicators/structure.ts'

const units = (values: number[]) => values.map(BigInt)
const cell = (code: string, current: number | string, base: number | string | null): Cell => ({
  code,
  current: BigInt(current),
  base: base === null ? null : BigInt(base),
})
const all = {
  places: 0,
  top: 20,
  isUnclassified: (code: string) => code.startsWith('98') || code.startsWith('99'),
}

describe('concentration', () => {
  test('50, 30, 15 and 5 give the published figures', () => {
    const found = concentration(units([50, 30, 15, 5]), 0)
    expect(found.n).toBe(4)
    expect(found.hhi).toBeCloseTo(0.365, 12)
    expect(found.normalisedHhi).toBeCloseTo(0.153333, 6)
    expect(found.unctad).toBeCloseTo(0.208305, 6)
    expect(found.effectiveNumber).toBeCloseTo(2.739726, 6)
    expect(found.theil).toBeCloseTo(0.244174, 6)
    expect(found.gini).toBeCloseTo(0.375, 12)
    expect(found.entropy).toBeCloseTo(1.14212, 6)
  })

  test('lines without trade and negative corrections are no lines', () => {
    expect(concentration(units([50, 0, 30, -7, 15, 5]), 0)).toEqual(concentration(units([50, 30, 15, 5]), 0))
  })

  test('nothing has no concentration, and one line has no normalised one', () => {
    expect(concentration([], 0)).toEqual({
      n: 0,
      hhi: null,
      normalisedHhi: null,
      unctad: null,
      effectiveNumber: null,
      theil: null,
      gini: null,
      entropy: null,
    })
    expect(concentration(units([7]), 0)).toEqual({
      n: 1,
      hhi: 1,
      normalisedHhi: null,
      unctad: null,
      effectiveNumber: 1,
      theil: 0,
      gini: 0,
      entropy: 0,
    })
  })

  test('the largest shares are added up exactly', () => {
    expect(topShares(units([50, 30, 15, 5]))).toEqual([
      { n: 1, share: '0.500000' },
      { n: 3, share: '0.950000' },
    ])
  })
})

describe('pull', () => {
  const { lines, totals } = structure([cell('a', 66, 60), cell('b', 24, 30), cell('c', 20, 10)], all)

  test('60, 30, 10 growing to 66, 24, 20 pull +6, −6 and +10 points, together the growth of 10 %', () => {
    expect(lines.map((line) => [line.code, line.pull])).toEqual([
      ['a', 6],
      ['b', -6],
      ['c', 10],
    ])
    expect([totals.yoy, totals.pull]).toEqual([0.1, 10])
  })

  test('contribution rates are 60 % and 100 %, and none for the line that moved against the total', () => {
    expect(lines.map((line) => line.contributionRate)).toEqual([0.6, null, 1])
  })

  test('no contribution rate explodes when the total moved by less than half a point', () => {
    const total = cell('', 10049, 10000)
    expect(contributionRate(cell('a', 1040, 1000), total, 1)).toBeNull()
    expect(contributionRate(cell('a', 1040, 1000), cell('', 10050, 10000), 1)).toBe(0.8)
  })

  test('the pulls of any lines add up to the growth of the total, to the last digit', () => {
    const value = fc.bigInt({ min: 10n ** 6n, max: 10n ** 10n }).map((n) => n.toString())
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (pairs, top) => {
          const cells = pairs.map(([current, base], index) => cell(`c${index}`, current, base))
          const answer = structure(cells, { ...all, top })
          const pulls = answer.lines.map((line) => new Big(line.pull ?? 0))
          expect(sum(pulls).toFixed()).toBe(new Big(answer.totals.pull ?? 0).toFixed())
        },
      ),
    )
  })
})

describe('structure', () => {
  test('trap 1: a new line has no growth, a gone one −100 %, and both say so', () => {
    const { lines } = structure([cell('a', 10, 0), cell('b', 0, 10), cell('c', 5, 5)], all)
    expect(lines).toEqual([
      {
        code: 'a',
        value: '10',
        share: '0.666667',
        base: '0',
        change: '10',
        yoy: null,
        note: 'new',
        pull: 66.666667,
        contributionRate: null,
        isNew: true,
        isGone: false,
      },
      {
        code: 'c',
        value: '5',
        share: '0.333333',
        base: '5',
        change: '0',
        yoy: 0,
        note: null,
        pull: 0,
        contributionRate: null,
        isNew: false,
        isGone: false,
      },
      {
        code: 'b',
        value: '0',
        share: '0.000000',
        base: '10',
        change: '-10',
        yoy: -1,
        note: 'gone',
        pull: -66.666667,
        contributionRate: null,
        isNew: false,
        isGone: true,
      },
    ])
  })

  test('trap 2: a negative base has a difference and no percentage', () => {
    const [line] = structure([cell('a', 10, -5)], all).lines
    expect([line?.yoy, line?.note, line?.change, line?.pull]).toEqual([null, 'negative-base', '15', null])
  })

  test('trap 11: confidential and residual codes are in the total and not in the concentration, with their share stated', () => {
    const { lines, totals } = structure(
      [cell('09', 50, 40), cell('9801', 15, 10), cell('61', 30, 30), cell('999999', 5, 5)],
      all,
    )
    expect(lines.map((line) => [line.code, line.value, line.share])).toEqual([
      ['09', '50', '0.500000'],
      ['61', '30', '0.300000'],
      ['unclassified', '20', '0.200000'],
    ])
    expect([totals.total, totals.excludedShare, totals.n]).toEqual(['100', '0.200000', 2])
    expect(totals.hhi).toBeCloseTo((50 / 80) ** 2 + (30 / 80) ** 2, 12)
  })

  test('lines beyond the asked number become one, and the total stays', () => {
    const { lines, totals } = structure(
      [cell('a', 40, 40), cell('b', 30, 20), cell('c', 20, 30), cell('d', 10, 10), cell('99', 10, 10)],
      { ...all, top: 2 },
    )
    expect(lines.map((line) => [line.code, line.value, line.base, line.share])).toEqual([
      ['a', '40', '40', '0.363637'],
      ['b', '30', '20', '0.272727'],
      ['other', '30', '40', '0.272727'],
      ['unclassified', '10', '10', '0.090909'],
    ])
    expect(totals.otherLines).toBe(2)
    expect(sum(lines.map((line) => new Big(line.share ?? 0))).toFixed()).toBe('1')
  })

  test('equal values are ordered by code', () => {
    const { lines } = structure([cell('c', 1, 1), cell('a', 1, 1), cell('b', 1, 1)], all)
    expect(lines.map((line) => line.code)).toEqual(['a', 'b', 'c'])
  })

  test('without a comparison nothing is called new, and growth is unknown', () => {
    const { lines, totals } = structure([cell('a', 10, null)], all)
    expect(lines).toEqual([
      {
        code: 'a',
        value: '10',
        share: '1.000000',
        base: null,
        change: null,
        yoy: null,
        note: 'not-loaded',
        pull: null,
        contributionRate: null,
        isNew: false,
        isGone: false,
      },
    ])
    expect([totals.yoy, totals.pull, totals.note]).toEqual([null, null, 'not-loaded'])
  })

  test('overlapping lines are shares of the true total, and have no concentration', () => {
    const { lines, totals } = structure([cell('RCEP', 60, 50), cell('ASEAN', 40, 30)], {
      places: 0,
      top: 20,
      isUnclassified: () => false,
      overlapping: { total: cell('', 80, 70) },
    })
    expect(lines.map((line) => line.share)).toEqual(['0.750000', '0.500000'])
    expect([totals.total, totals.hhi, totals.top]).toEqual(['80', null, []])
  })

  test('shares of a total that is not positive are unknown', () => {
    const { lines, totals } = structure([cell('a', -10, 5)], all)
    expect([lines[0]?.share, totals.excludedShare]).toEqual([null, null])
  })
})
