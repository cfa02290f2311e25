import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type MarginGroup,
  type MarketCell,
  marginKind,
  margins,
  marketShare,
  priceQuantity,
  type Stratum,
} from '../../src/indicators/decomposition.ts'

/** A stratum from prices and quantities before and after. */
const stratum = (p0: number, q0: number, p1: number, q1: number): Stratum => ({
  valueBefore: new Big(p0 * q0),
  valueAfter: new Big(p1 * q1),
  quantityBefore: new Big(q0),
  quantityAfter: new Big(q1),
})

describe('price and quantity', () => {
  const strata = [stratum(10, 10, 9, 14), stratum(4, 25, 5, 22)]

  test('give the published indices, and their product is the value', () => {
    const found = priceQuantity(strata)
    expect(found?.laspeyres).toBeCloseTo(1.075, 12)
    expect(found?.paasche).toBeCloseTo(1.035088, 6)
    expect(found?.price).toBeCloseTo(1.054855, 6)
    expect(found?.quantity).toBeCloseTo(1.118637, 6)
    expect(found?.value).toBeCloseTo(1.18, 12)
    expect((found?.price ?? 0) * (found?.quantity ?? 0)).toBeCloseTo(1.18, 12)
    expect(found?.coverage).toBe(1)
  })

  test('traps 10 and 18: the price of the mix is not the price of the goods', () => {
    const aggregate = 236 / 36 / (200 / 35)
    expect(aggregate).toBeCloseTo(1.147, 3)
    expect(aggregate - (priceQuantity(strata)?.price ?? 0)).toBeGreaterThan(0.09)
  })

  test('trap 9: a stratum without a quantity in one unit at both times is left out, and the coverage says so', () => {
    const changedUnit = { ...stratum(1, 1, 2, 59), quantityAfter: null }
    const found = priceQuantity([...strata, changedUnit])
    expect(found?.price).toBe(priceQuantity(strata)?.price)
    expect(found?.coverage).toBeCloseTo(236 / 354, 12)
    expect(priceQuantity([changedUnit])).toBeNull()
  })
})

test('the effects on the value add up to its change', () => {
  const quantity = fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null })
  const anyStratum = fc
    .tuple(quantity, quantity, fc.nat(1_000_000), fc.nat(1_000_000))
    .map(([q0, q1, v0, v1]) => ({
      valueBefore: new Big(v0),
      valueAfter: new Big(v1),
      quantityBefore: q0 === null ? null : new Big(q0),
      quantityAfter: q1 === null ? null : new Big(q1),
    }))
  fc.assert(
    fc.property(fc.array(anyStratum, { maxLength: 20 }), (strata) => {
      const found = priceQuantity(strata)
      if (!found) return
      const { price, quantity: amount, uncovered } = found.effects
      const change = strata.reduce((so, of) => so.plus(of.valueAfter).minus(of.valueBefore), new Big(0))
      expect(price.plus(amount).plus(uncovered).toFixed()).toBe(change.toFixed())
      expect(found.price * found.quantity).toBeCloseTo(found.value, 9 - Math.log10(found.value + 1))
    }),
  )
})

const money = fc.integer({ min: 0, max: 1_000_000 }).map((value) => new Big(value))
const text = (parts: object) =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, String(value)]))

describe('margins', () => {
  const cellOf = ({ before, after, months }: { before: Big; after: Big; months: number }): MarginGroup => ({
    kind: marginKind({ before, after, months }, 2),
    before,
    after,
    cells: 1,
  })

  test('split a change into what goes on, what is new, what is gone, and what came only once', () => {
    const cells = [
      [10, 14, 2],
      [0, 5, 2],
      [3, 0, 2],
      [0, 7, 1],
      [0, 0, 0],
    ].map(([before = 0, after = 0, months = 0]) =>
      cellOf({ before: new Big(before), after: new Big(after), months }),
    )
    expect(text(margins(cells))).toEqual({ continuing: '4', entering: '5', exiting: '-3', occasional: '7' })
  })

  test('add up to the change', () => {
    const anyCell = fc.record({ before: money, after: money, months: fc.integer({ min: 1, max: 12 }) })
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 30 }), (cells) => {
        const parts = Object.values(margins(cells.map(cellOf)))
        const change = cells.reduce((so, cell) => so.plus(cell.after).minus(cell.before), new Big(0))
        expect(parts.reduce((so, part) => so.plus(part), new Big(0)).toFixed()).toBe(change.toFixed())
      }),
    )
  })
})

describe('constant market share', () => {
  const cell = (product: string, values: [number, number, number, number]): MarketCell => {
    const [before, after, worldBefore, worldAfter] = values.map((value) => new Big(value)) as [
      Big,
      Big,
      Big,
      Big,
    ]
    return { product, before, after, worldBefore, worldAfter }
  }

  test('gives world +35, product 0 and competitiveness +5 of a change of 40', () => {
    const parts = marketShare([cell('a', [100, 110, 1000, 1300]), cell('b', [50, 80, 500, 550])])
    expect(text(parts)).toEqual({ world: '35', product: '0', market: '0', competitiveness: '5' })
  })

  test('its parts add up to the change, also where the world sold nothing before', () => {
    const anyCell = fc.record({
      product: fc.constantFrom('a', 'b', 'c'),
      before: money,
      after: money,
      worldBefore: money,
      worldAfter: money,
    })
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 20 }), (cells) => {
        const { world, product, market, competitiveness } = marketShare(cells)
        const change = cells.reduce((so, { before, after }) => so.plus(after).minus(before), new Big(0))
        expect(world.plus(product).plus(market).plus(competitiveness).toFixed()).toBe(change.toFixed())
      }),
    )
  })
})
