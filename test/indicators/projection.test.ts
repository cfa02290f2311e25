import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { project, type ScoredProduct } from '../../src/indicators/projection.ts'
import { readComplexity } from '../../src/indicators/read-complexity.ts'

const table: ScoredProduct[] = [
  { code: '8471', pci: 1.5, worldValue: new Big(100), countries: ['A'] },
  { code: '8517', pci: 0.5, worldValue: new Big(300), countries: ['A', 'B'] },
  { code: '0902', pci: -1, worldValue: new Big(600), countries: ['B', 'C'] },
]
const city = new Map([
  ['8471', new Big(30)],
  ['8517', new Big(30)],
  ['0902', new Big(40)],
])

describe('a city projected on a table solved without it', () => {
  test('has the mean complexity of what it has an advantage in; RCA of exactly 1 is one', () => {
    expect(project(city, table)).toEqual({
      products: [
        { code: '8471', exports: new Big(30), rca: expect.closeTo(3, 12), pci: 1.5, density: 1 },
        { code: '8517', exports: new Big(30), rca: expect.closeTo(1, 12), pci: 0.5, density: 0.75 },
        { code: '0902', exports: new Big(40), rca: expect.closeTo(2 / 3, 12), pci: -1, density: 1 / 3 },
      ],
      eci: 1,
      weightedPci: expect.closeTo(0.2, 12),
      coverage: 1,
      advantages: 2,
    })
  })

  test('with complexities only, says nothing of advantage or density', () => {
    const only = table.map(({ code, pci }) => ({ code, pci, worldValue: null, countries: null }))
    const { products, ...whole } = project(new Map([...city, ['9999', new Big(100)]]), only)
    expect(whole).toEqual({ eci: null, weightedPci: expect.closeTo(0.2, 12), coverage: 0.5, advantages: 0 })
    expect(products.map(({ rca, density }) => [rca, density])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
  })

  test('that sells nothing has no complexity', () => {
    expect(project(new Map(), table)).toMatchObject({
      eci: null,
      weightedPci: null,
      coverage: 0,
      advantages: 0,
    })
  })

  test('does not depend on the unit of its exports', () => {
    const value = fc.integer({ min: 1, max: 1e9 })
    fc.assert(
      fc.property(value, value, value, fc.integer({ min: 2, max: 1e6 }), (a, b, c, factor) => {
        const at = (times: number) => {
          const values = table.map(
            ({ code }, index) => [code, new Big([a, b, c][index] ?? 0).times(times)] as const,
          )
          const { products, ...whole } = project(new Map(values), table)
          return { whole, strong: products.map(({ density }) => density) }
        }
        expect(at(factor).strong).toEqual(at(1).strong)
        expect(at(factor).whole.eci).toEqual(at(1).whole.eci)
        expect(at(factor).whole.advantages).toEqual(at(1).whole.advantages)
      }),
    )
  })
})

describe('a file of complexities', () => {
  const source = { origin: 'own.csv', sha256: '0', edition: '2022' }

  test('as published is taken as it is', () => {
    expect(readComplexity('product,pci\n0902,-1.25\n8471,1.5e0\n', source)).toEqual({
      ...source,
      digits: 4,
      solved: false,
      products: [
        { code: '0902', pci: -1.25, worldValue: null, countries: null },
        { code: '8471', pci: 1.5, worldValue: null, countries: null },
      ],
    })
  })

  test('of countries and products is solved by itself', () => {
    const rows = ['A,8471,90', 'A,8517,60', 'B,8517,50', 'B,0902,50', 'C,0902,100', 'C,8517,1']
    const file = readComplexity(`country,product,value\n${rows.join('\n')}\n`, source)
    expect([file.digits, file.solved]).toEqual([4, true])
    expect(
      file.products.map(({ code, worldValue, countries }) => [code, worldValue?.toFixed(), countries]),
    ).toEqual([
      ['0902', '150', ['B', 'C']],
      ['8471', '90', ['A']],
      ['8517', '111', ['A', 'B']],
    ])
    const [tea = 0, computers = 0, phones = 0] = file.products.map(({ pci }) => pci ?? Number.NaN)
    expect([tea < phones, phones < computers]).toEqual([true, true])
  })

  test.each([
    ['product,pci\n0902,high\n', 'row 1, pci: high: a number'],
    ['product,pci\n0902,1\n0902,2\n', 'row 2, product: 0902: a code, each once'],
    ['product,pci\n0902,1\n090210,2\n', 'product: 090210: HS codes, all of two, four or six digits'],
    ['product,pci\ntea,1\n', 'product: tea: HS codes, all of two, four or six digits'],
    [
      'country,product,value\nA,0902,1\n',
      'no complexity: fewer than two countries have an advantage in anything',
    ],
  ])('%j is refused', (text, message) => {
    expect(() => readComplexity(text, source)).toThrow(message)
  })
})
