import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contributionTree, movers } from '../../src/indicators/contribution.ts'
import { dependence, lifeCycle } from '../../src/indicators/firms.ts'
import { formOf, formWarnings } from '../../src/indicators/forms.ts'

const change = (code: string, before: number, after: number) => ({
  code,
  before: new Big(before),
  after: new Big(after),
})

describe('the life cycle of firms', () => {
  const firms = [
    change('A', 0, 10),
    change('B', 0, 5),
    change('C', 10, 20),
    change('D', 30, 15),
    change('E', 50, 0),
    change('F', 5, 5),
    change('', 5, 0),
    change('G', 0, 0),
  ]

  test('puts each firm where it stands, and the shares and pulls add up', () => {
    const rows = lifeCycle(firms, new Set(['B', 'C']))
    expect(rows.map(({ stage, firms: count, change: by, pull }) => [stage, count, by, pull])).toEqual([
      ['first-time', 1, '10', 10],
      ['returned', 1, '5', 5],
      ['growing', 1, '10', 10],
      ['steady', 1, '0', 0],
      ['shrinking', 1, '-15', -15],
      ['exited', 1, '-50', -50],
      ['unnamed', 0, '-5', -5],
    ])
    expect(rows.reduce((so, { share }) => so.plus(share ?? 0), new Big(0)).toFixed()).toBe('1')
  })

  test('the largest are given with their share of the whole', () => {
    const { active, largest } = dependence(firms)
    expect(active).toBe(5)
    expect(largest[0]).toEqual({ code: 'C', value: '20', share: '0.363636' })
  })
})

const anyChange = fc.tuple(
  fc.constantFrom('09021000', '09022090', '61091000', '85044099', '98010000'),
  fc.nat(1000),
  fc.nat(1000),
)

describe('the contribution tree', () => {
  test('children add up to their parent, in money and in pull, and the top to the whole', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyChange, { selector: ([code]) => code }),
        fc.integer({ min: 1, max: 3 }),
        (drawn, top) => {
          const products = drawn.map(([code, before, after]) => change(code, before + 1, after))
          const half = ({ code, before, after }: (typeof products)[number]) => [
            { code: `${code}-1`, before: before.minus(1), after },
            { code: `${code}-2`, before: new Big(1), after: new Big(0) },
          ]
          const firmsOf = (code: string) => products.filter((product) => product.code === code).flatMap(half)
          const tree = contributionTree(products, firmsOf, top)
          const total = (nodes: typeof tree) =>
            nodes.reduce((so, node) => so.plus(node.after).minus(node.before), new Big(0)).toFixed()
          const pulls = (nodes: typeof tree) =>
            nodes.reduce((so, node) => so.plus(node.pull ?? 0), new Big(0)).toFixed()
          const whole = products.reduce((so, { before, after }) => so.plus(after).minus(before), new Big(0))
          const roots = tree.filter(({ path }) => path.length === 0)
          expect(total(roots)).toBe(whole.toFixed())
          for (const node of tree) {
            const path = [...node.path, node.code].join('/')
            const children = tree.filter((other) => other.path.join('/') === path)
            if (children.length === 0) continue
            expect([total(children), pulls(children)]).toEqual([total([node]), pulls([node])])
          }
        },
      ),
    )
  })

  test('the largest rises and falls are of what is traded at both times', () => {
    const changes = [change('a', 1, 9), change('b', 5, 6), change('c', 9, 1), change('d', 0, 99)]
    expect(movers(changes, 1, 2).map(({ code }) => code)).toEqual(['a', 'b'])
    expect(movers(changes, -1, 2).map(({ code }) => code)).toEqual(['c'])
  })
})

describe('forms of trade', () => {
  test.each([
    ['0110', 'general'],
    ['10', 'general'],
    ['0615', 'processing'],
    ['15', 'processing'],
    ['9610', 'ecommerce'],
    ['1210', 'ecommerce'],
    ['1239', 'ecommerce'],
    ['1039', 'market-procurement'],
    ['3010', 'other-forms'],
  ])('%s is %s', (mode, form) => {
    expect(formOf(mode)).toBe(form)
  })

  test('trap 20: goods that move between modes without changing are announced', () => {
    expect(formWarnings(['0110', '9810', '1039']).map(({ code }) => code)).toEqual(['mode-reclassification'])
    expect(formWarnings(['10', '39']).map(({ code }) => code)).toEqual(['forms-not-stated'])
    expect(formWarnings(['0110'])).toEqual([])
  })
})
