import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CountedCell, suppress } from '../../src/indicators/suppression.ts'

const cell = (code: string, value: number, firms: number): CountedCell => ({
  code,
  value: new Big(value),
  firms,
})
const withheld = (cells: CountedCell[]) => {
  const { primary, complementary, total } = suppress(cells)
  return [[...primary].sort().join(), [...complementary].join(), total]
}

describe('suppression', () => {
  test('a table without small cells is shown as it is', () => {
    expect(withheld([cell('a', 5, 3), cell('b', 1, 9), cell('c', 0, 0)])).toEqual(['', '', false])
  })

  test('a cell of two firms takes the smallest cell with it that is not smaller', () => {
    expect(withheld([cell('a', 50, 2), cell('b', 10, 3), cell('c', 60, 5), cell('d', 900, 9)])).toEqual([
      'a',
      'c',
      false,
    ])
  })

  test('without such a cell, the largest there is', () => {
    expect(withheld([cell('a', 50, 1), cell('b', 10, 3), cell('c', 20, 4)])).toEqual(['a', 'c', false])
  })

  test('with nothing to hide behind, the total goes too', () => {
    expect(withheld([cell('a', 50, 1), cell('b', 10, 2)])).toEqual(['a,b', '', true])
    expect(withheld([cell('a', 50, 1)])).toEqual(['a', '', true])
  })

  test('no withheld value follows from the total and the shown cells by subtraction', () => {
    // Each firm has its own value in each cell, so what can be computed can be compared with what it must not tell.
    const anyTable = fc.array(fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 6 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(anyTable, (table) => {
        const cells = table.map((firms, at) =>
          cell(
            String(at).padStart(2, '0'),
            firms.reduce((so, value) => so + value, 0),
            firms.length,
          ),
        )
        const { primary, complementary, total } = suppress(cells)
        const hidden = cells.filter(({ code }) => primary.has(code) || complementary.has(code))
        for (const { code, firms } of cells) {
          expect(primary.has(code)).toBe(firms === 1 || firms === 2)
        }
        if (primary.size === 0 || total) return
        // What subtraction leaves is the sum of the withheld cells: it must stand for three firms, in two cells at least.
        expect(hidden.length).toBeGreaterThanOrEqual(2)
        expect(Math.max(...hidden.map(({ firms }) => firms))).toBeGreaterThanOrEqual(3)
        const left = hidden.reduce((so, { value }) => so.plus(value), new Big(0))
        for (const { value } of hidden) expect(left.gt(value)).toBe(true)
      }),
    )
  })
})
