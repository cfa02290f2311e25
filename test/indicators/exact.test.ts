import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  apportion,
  apportionUnits,
  fraction,
  nthLargest,
  quotient,
  readUnits,
  sum,
} from '../../src/indicators/exact.ts'

const money = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat(4))
  .map(([n, e]) => new Big(`${n}e-${e}`))
const signed = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(2))
  .map(([n, e]) => new Big(`${n}e-${e}`))

describe('apportion', () => {
  test('trap 16: thirds are rounded by largest remainder, so that they add up to 1', () => {
    const thirds = apportion([new Big(1), new Big(1), new Big(1)], new Big(3), 2)
    expect(thirds.map((share) => share.toFixed(2))).toEqual(['0.34', '0.33', '0.33'])
  })

  test('shares of any positive total add up to exactly 1 and none is off by a unit of the last digit', () => {
    fc.assert(
      fc.property(fc.array(money, { minLength: 1, maxLength: 60 }), (values) => {
        const total = sum(values)
        fc.pre(total.gt(0))
        const shares = apportion(values, total, 6)
        expect(sum(shares).toFixed()).toBe('1')
        for (const [index, share] of shares.entries()) {
          const error = share
            .times(total)
            .minus(values[index] ?? 0)
            .abs()
          expect(error.lt(total.times('0.000001'))).toBe(true)
        }
      }),
    )
  })

  test('parts of either sign add up to the rounded quotient of their sum', () => {
    fc.assert(
      fc.property(fc.array(signed, { minLength: 1, maxLength: 40 }), money, (parts, whole) => {
        fc.pre(whole.gt(0))
        const [expected] = apportion([sum(parts)], whole, 6)
        expect(sum(apportion(parts, whole, 6)).toFixed()).toBe(expected?.toFixed())
      }),
    )
  })
})

test('the nth largest is what sorting finds, among numbers that are equal too', () => {
  const numbers = fc.array(
    fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true }).map((one) => one + 0),
    ),
    {
      minLength: 1,
    },
  )
  fc.assert(
    fc.property(numbers, fc.nat(), (some, seed) => {
      const count = 1 + (seed % some.length)
      const all = Float64Array.from(some)
      expect(nthLargest(all, count)).toBe(all.toSorted().at(-count))
      expect([...all]).toEqual(some)
    }),
  )
  expect(nthLargest(Float64Array.of(2, 1), 5)).toBe(1)
  expect(nthLargest(new Float64Array(), 1)).toBeUndefined()
})

test('parts of any size and sign are divided alike, in numbers that doubles hold and in those that they do not', () => {
  const part = fc.oneof(
    fc.bigInt({ min: -20n, max: 20n }),
    fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  )
  const whole = fc.oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: 10n ** 13n }))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), whole, fc.nat(8), (parts, of, decimals) => {
      const larger = 10n ** 20n
      const expected = apportionUnits(
        parts.map((one) => one * larger),
        of * larger,
        decimals,
      )
      expect(apportionUnits(parts, of, decimals)).toEqual(expected)
    }),
  )
})

test('a decimal text is read as units of its last place or a later one', () => {
  expect(readUnits('12.30', 2)).toBe(1230n)
  expect(readUnits('-0.05', 4)).toBe(-500n)
  expect(readUnits('123456789012345678.9', 1)).toBe(1234567890123456789n)
})

test('trap 17: tenths add up without a floating-point error', () => {
  expect(sum(Array.from({ length: 1000 }, () => new Big('0.1'))).toFixed()).toBe('100')
})

test('a share keeps six decimals, so that 29.96 % never reads 30 %', () => {
  expect(fraction(2996n, 10_000n)).toBe('0.299600')
  expect(fraction(2n, 3n)).toBe('0.666667')
})

test('a quotient of exact decimals is the nearest double', () => {
  expect(quotient(new Big('0.3'), new Big('0.1'))).toBe(0.3 / 0.1)
  expect(quotient(new Big(1), new Big(20))).toBe(0.05)
})
