import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  grubelLloyd,
  lafay,
  normalisedAdvantage,
  relativeShare,
  structureOverlap,
  symmetricAdvantage,
  tradeSpecialisation,
} from '../../src/indicators/competitiveness.ts'

const tea = { part: 20, whole: 100, worldPart: 50, world: 1000 }

describe('advantage', () => {
  test('20 of 100 against 50 of 1000: RCA 4, symmetric 0.6, normalised 0.015', () => {
    const rca = relativeShare(tea)
    expect(rca).toBeCloseTo(4, 12)
    expect(symmetricAdvantage(rca ?? 0)).toBeCloseTo(0.6, 12)
    expect(normalisedAdvantage(tea)).toBeCloseTo(0.015, 12)
  })

  test('is unknown where the world or the country trades nothing', () => {
    expect(relativeShare({ ...tea, worldPart: 0 })).toBeNull()
    expect(relativeShare({ ...tea, whole: 0 })).toBeNull()
    expect(normalisedAdvantage({ ...tea, world: 0 })).toBeNull()
  })
})

const amount = fc.integer({ min: 0, max: 1_000_000 })
const twoWay = fc.record({ exports: amount, imports: amount })

describe('two-way trade', () => {
  test('exports of 60 and 40 against imports of 30 and 70: Lafay +15 and −15', () => {
    const [first, second] = lafay([
      { exports: 60, imports: 30 },
      { exports: 40, imports: 70 },
    ])
    expect(first).toBeCloseTo(15, 12)
    expect(second).toBeCloseTo(-15, 12)
  })

  test('Lafay indices add up to 0, and a product without trade has none', () => {
    expect(
      lafay([
        { exports: 1, imports: 2 },
        { exports: 0, imports: 0 },
      ])[1],
    ).toBeNull()
    fc.assert(
      fc.property(fc.array(twoWay, { minLength: 1, maxLength: 20 }), (products) => {
        const total = lafay(products).reduce<number>((so, index) => so + (index ?? 0), 0)
        expect(total).toBeCloseTo(0, 8)
      }),
    )
  })

  test('60 against 30 is two thirds intra-industry, with 40 against 70 seven tenths', () => {
    expect(grubelLloyd([{ exports: 60, imports: 30 }])).toBeCloseTo(2 / 3, 12)
    expect(
      grubelLloyd([
        { exports: 60, imports: 30 },
        { exports: 40, imports: 70 },
      ]),
    ).toBeCloseTo(0.7, 12)
    expect(grubelLloyd([])).toBeNull()
  })

  test('specialisation lies between −1 and 1, and is unknown without trade', () => {
    expect(tradeSpecialisation({ exports: 0, imports: 0 })).toBeNull()
    expect(tradeSpecialisation({ exports: 5, imports: 0 })).toBe(1)
    expect(tradeSpecialisation({ exports: 1, imports: 3 })).toBe(-0.5)
  })
})

test('structures of 50, 30, 20 and 20, 30, 50 % overlap by 70', () => {
  const shares = (...values: number[]) => new Map(values.map((value, index) => [String(index), value]))
  expect(structureOverlap(shares(0.5, 0.3, 0.2), shares(0.2, 0.3, 0.5))).toBeCloseTo(70, 12)
  expect(structureOverlap(shares(1), new Map([['other', 1]]))).toBe(0)
})
