import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advantageOf, proximityRow } from '../../src/indicators/advantage.ts'
import { complexity } from '../../src/indicators/complexity.ts'
import { readTradeTable } from '../../src/indicators/trade-table.ts'
import { sharedPath } from '../helpers/shared.ts'

const columns = { country: 'country', product: 'product', value: 'value' }
const tableFrom = (...rows: [string, string, number | string][]) =>
  readTradeTable(`country,product,value\n${rows.map((row) => row.join(',')).join('\n')}\n`, columns)

describe('a trade table', () => {
  test('trap 15: rows of the same pair are added up and counted, not dropped', () => {
    const table = tableFrom(['JP', '0902', '0.1'], ['JP', '0902', '0.25'], ['KR', '0902', 1])
    expect([table.repeated, table.places, table.cells.map((cell) => cell.value)]).toEqual([1, 2, [35n, 100n]])
  })

  test('trap 14: leading zeros of codes are kept', () => {
    expect(tableFrom(['032', '0011', 1]).products).toEqual(['0011'])
  })

  test('reads exponents, and refuses what is no quantity of trade', () => {
    expect(tableFrom(['A', '1', '1.5e3']).cells[0]?.value).toBe(1500n)
    expect(() => tableFrom(['A', '1', 1], ['B', '2', '-3'])).toThrow(
      'row 2, value: -3: a decimal number that is not negative',
    )
    expect(() => tableFrom(['A', '1', 'NA'])).toThrow('row 1, value: NA')
    expect(() => tableFrom(['', '1', 4])).toThrow('row 1, country: : a code')
    expect(() => readTradeTable('a,b\n1,2\n', columns)).toThrow(
      'columns: country: a column of the file: a, b',
    )
    expect(() => readTradeTable('country,product,value\n', columns)).toThrow('no rows')
  })
})

describe('revealed comparative advantage', () => {
  test('20 of 100 against 50 of 1000 is 4', () => {
    const table = tableFrom(['A', 'tea', 20], ['A', 'other', 80], ['rest', 'tea', 30], ['rest', 'other', 870])
    expect(advantageOf(table).rca[table.cells.findIndex((cell) => cell.value === 20n)]).toBeCloseTo(4, 12)
  })

  test('an index of exactly 1 is an advantage, whatever the floating point says', () => {
    const table = tableFrom(['A', 'x', '0.1'], ['A', 'y', '0.2'], ['B', 'x', '0.3'], ['B', 'y', '0.6'])
    expect(advantageOf(table).productsOf).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  test('does not change when all values are multiplied', () => {
    const value = fc.integer({ min: 1, max: 1e6 })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 9, maxLength: 9 }),
        fc.integer({ min: 2, max: 1e6 }),
        (values, factor) => {
          const rows = (times: number) =>
            values.map((v, i): [string, string, number] => [`c${i % 3}`, `p${Math.floor(i / 3)}`, v * times])
          const [one, scaled] = [advantageOf(tableFrom(...rows(1))), advantageOf(tableFrom(...rows(factor)))]
          expect(scaled.productsOf).toEqual(one.productsOf)
          for (const [at, rca] of one.rca.entries()) expect((scaled.rca[at] ?? 0) / rca).toBeCloseTo(1, 9)
        },
      ),
    )
  })
})

describe('complexity', () => {
  test('ranks a country with everything above one with the common product only', () => {
    const answer = complexity(
      tableFrom(
        ['rich', 'chips', 9],
        ['rich', 'cars', 9],
        ['rich', 'robots', 5],
        ['rich', 'tea', 1],
        ['mid', 'cars', 5],
        ['mid', 'cloth', 6],
        ['mid', 'tea', 3],
        ['poor', 'tea', 9],
        ['poor', 'cloth', 8],
        ['idle', 'tea', 0],
      ),
    )
    expect(answer.countries.map((row) => [row.code, row.diversity, (row.eci ?? 0) > 0])).toEqual([
      ['mid', 2, false],
      ['poor', 2, false],
      ['rich', 3, true],
    ])
    expect(answer.meta.dropped).toEqual({ countries: ['idle'], products: [] })
    const pci = new Map(answer.products.map((row) => [row.code, row.pci ?? 0]))
    const mean = ((pci.get('chips') ?? 0) + (pci.get('cars') ?? 0) + (pci.get('robots') ?? 0)) / 3
    expect(answer.countries[2]?.eci).toBeCloseTo(mean, 9)
  })

  test('says why there is none when the table falls apart or holds no differences', () => {
    const apart = complexity(tableFrom(['A', 'x', 1], ['B', 'y', 1]))
    expect([apart.countries[0]?.eci, apart.meta.warnings]).toEqual([
      null,
      ['no complexity: the table falls apart into groups without a common product'],
    ])
    const alone = complexity(tableFrom(['city', 'x', 1], ['city', 'y', 2]))
    expect(alone.meta.warnings).toEqual([
      'no complexity: fewer than two countries have an advantage in anything',
    ])
  })
})

const published = sharedPath('data/indicators/eccomp_world_trade_avg_1998_2000.csv')
const balassa = sharedPath('data/indicators/eccomp_expected_balassa_nonzero.csv.gz')
const proximity = sharedPath('data/indicators/eccomp_expected_proximity_product.csv.gz')
const lines = (path: string) =>
  gunzipSync(readFileSync(path))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','))

describe.skipIf(!published || !balassa || !proximity)(
  'on 124,336 published rows of 226 countries and 785 products',
  () => {
    const table = published
      ? readTradeTable(readFileSync(published, 'utf8'), columns)
      : tableFrom(['AA', 'p', 1])
    const advantage = advantageOf(table)

    test('the advantages are those of the reference implementation', () => {
      const expected = lines(balassa ?? '')
        .slice(1)
        .map(([country, product]) => `${country} ${product}`)
      const found = advantage.productsOf.flatMap((products, country) =>
        products.map((product) => `${table.countries[country]} ${table.products[product]}`),
      )
      expect(table.cells).toHaveLength(124_336)
      expect(found.sort()).toEqual(expected.sort())
    })

    test('each RCA is the quotient of the quotients of the raw sums to 1e-9', () => {
      const sums = new Map<string, number>()
      const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value)
      for (const { country, product, value } of table.cells) {
        for (const key of [`c${country}`, `p${product}`, 'world']) add(key, Number(value))
      }
      const of = (key: string) => sums.get(key) ?? Number.NaN
      const worst = table.cells.reduce((most, { country, product, value }, index) => {
        const expected = (Number(value) * of('world')) / (of(`c${country}`) * of(`p${product}`))
        return Math.max(
          most,
          Math.abs((advantage.rca[index] ?? Number.NaN) - expected) / Math.max(1, expected),
        )
      }, 0)
      expect(worst).toBeLessThan(1e-9)
    })

    test('the proximities agree to the eight digits that were published', () => {
      const worst = lines(proximity ?? '')
        .slice(1)
        .reduce((most, [, ...expected], product) => {
          const row = proximityRow(advantage, product)
          return expected.reduce(
            (worse, text, other) => Math.max(worse, Math.abs(Number(text) - (row[other] ?? 9))),
            most,
          )
        }, 0)
      expect(worst).toBeLessThanOrEqual(5.000001e-9)
    })

    test('complexity has the leading names of the field, and is standardised', () => {
      const { countries, meta } = complexity(table)
      const eci = countries.map((row) => row.eci ?? Number.NaN)
      const mean = eci.reduce((total, value) => total + value, 0) / eci.length
      expect(mean).toBeCloseTo(0, 9)
      expect(eci.reduce((total, value) => total + value ** 2, 0) / eci.length).toBeCloseTo(1, 9)
      const rank = countries.toSorted((a, b) => (b.eci ?? 0) - (a.eci ?? 0)).map((row) => row.code)
      expect([rank.indexOf('jpn') < 10, rank.indexOf('deu') < 10, rank.indexOf('afg') > 150]).toEqual([
        true,
        true,
        true,
      ])
      expect(meta.warnings).toEqual([])
    })
  },
)
