import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { briefQueries } from '../../src/web/api-brief.ts'
import { monthsBetween } from '../../src/web/components/brief/months.ts'
import { strongest } from '../../src/web/components/brief/pull-chart.ts'
import { joined, plain, say } from '../../src/web/pieces.ts'

describe('sentences', () => {
  const total = { figure: '10.84', url: '/total' }
  const rise = { figure: '9.2%', url: '/rise' }

  test('keep their figures apart from the words', () => {
    expect(say`Exports ${total}, ${say`up ${rise}`}.`).toEqual(['Exports ', total, ', ', 'up ', rise, '.'])
    expect(plain(say`Exports ${total}, ${['up ', rise]}.`)).toBe('Exports 10.84, up 9.2%.')
  })

  test('are put one after the other without anything at the ends', () => {
    expect([joined([['a'], [total], ['b']], '; '), joined([], '; ')]).toEqual([
      ['a', '; ', total, '; ', 'b'],
      [],
    ])
  })
})

describe('months of a brief', () => {
  test('are the newest first, February standing for the first two', () => {
    expect(monthsBetween('2025-11', '2026-03')).toEqual(['2026-03', '2026-02', '2025-12', '2025-11'])
    expect([monthsBetween('', ''), monthsBetween('2026-03', '2026-01')]).toEqual([[], []])
  })

  test('a brief asks for the year to its month and the same months a year before', () => {
    const { exports, products, chaptersInMonth } = briefQueries({
      month: '2026-02',
      flow: 'export',
      currency: 'USD',
    })
    expect([exports, products, chaptersInMonth]).toEqual([
      '/api/v1/indicators/growth?flow=export&currency=USD&from=2025-01&to=2026-02',
      '/api/v1/indicators/decomposition?method=contribution&flow=export&currency=USD&current=2026-01..2026-02&base=2025-01..2025-02&top=5',
      '/api/v1/indicators/structure?flow=export&currency=USD&from=2026-01&to=2026-02&by=hs2&top=100',
    ])
  })
})

describe('what pulls', () => {
  test('is told apart by its sign, the strongest first, and what is not known takes no part', () => {
    const lines = [0.2, -1, null, 3, 0, -2].map((pull) => ({ pull }))
    expect(strongest(lines, 1)).toEqual({ up: [{ pull: 3 }], down: [{ pull: -2 }] })
    expect(strongest(lines, 9)).toEqual({
      up: [{ pull: 3 }, { pull: 0.2 }],
      down: [{ pull: -2 }, { pull: -1 }],
    })
  })

  test('both sides are never longer than asked', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ noNaN: true }))), fc.nat(9), (pulls, each) => {
        const { up, down } = strongest(
          pulls.map((pull) => ({ pull })),
          each,
        )
        expect(Math.max(up.length, down.length)).toBeLessThanOrEqual(each)
        expect(up.every(({ pull }) => pull > 0) && down.every(({ pull }) => pull < 0)).toBe(true)
      }),
    )
  })
})
