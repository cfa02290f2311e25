import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDecimal, readDecimalWithExponent } from '../../src/ingest/decimal.ts'

describe('amounts in cells', () => {
  test.each([
    ['5,917,063,944', '5917063944'],
    ['1,234.50', '1234.5'],
    ['１，２３４', '1234'],
    ['\t12 345 ', '12345'],
    ["'0042", '42'],
    ['-1,000', '-1000'],
    ['−7', '-7'],
    ['(1,234)', '-1234'],
    ['（5）', '-5'],
    ['+3.10', '3.1'],
    ['0', '0'],
    ['-0.00', '0'],
    ['12.', '12'],
    ['123456789012345678901234567890.123', '123456789012345678901234567890.123'],
  ])('%j is %s', (text, value) => {
    expect(readDecimal(text)).toEqual({ value })
  })

  test.each(['', '-', '--', '—', '…', '?', '？', 'N/A', ' \t'])('%j is missing, not zero', (text) => {
    expect(readDecimal(text)).toEqual({ value: null })
  })

  test.each(['1,23', '1,2345', '1.234.567', '12abc', '5.3E+17', '1e5', '--5', '()', '1-2', '.5'])(
    '%j is refused with a hint',
    (text) => {
      expect(readDecimal(text)).toEqual({ reason: expect.any(String), hint: expect.any(String) })
    },
  )

  test('statistical programs write exact exponents', () => {
    expect(readDecimalWithExponent('1e+05')).toEqual({ value: '100000' })
    expect(readDecimalWithExponent('2.5e3')).toEqual({ value: '2500' })
    expect(readDecimalWithExponent('17,5e3')).toHaveProperty('reason')
  })

  test('a number written with thousands commas is read as the same number', () => {
    const cents = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })
    fc.assert(
      fc.property(cents, (amount) => {
        const exact = new Big(amount.toString()).div(100)
        const [whole = '', fraction] = exact.toFixed().split('.')
        const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
        const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
        expect(readDecimal(text)).toEqual({ value: exact.toFixed() })
      }),
    )
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readDecimal(text)
        readDecimalWithExponent(text)
      }),
    )
  })
})
