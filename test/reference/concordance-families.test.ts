import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HsEdition } from '../../src/reference/concordance.ts'
import { familiesOf, familyKey, isUnchanged } from '../../src/reference/concordance-families.ts'
import { readReference } from '../../src/reference/load.ts'

const { concordance } = readReference()
const editions = ['2017', '2022'] as const
const families = familiesOf(concordance, editions, 6)
const family = (edition: HsEdition, code: string) => {
  const found = families.get(familyKey(edition, code))
  return found && { code: found.code, ...Object.fromEntries(found.members) }
}

describe('families of codes', () => {
  test('trap 8: what was split, merged or moved between editions is one family, named by the newest code', () => {
    expect(family('2022', '071234')).toEqual({
      code: '071234+',
      2017: ['071239'],
      2022: ['071234', '071239'],
    })
    expect(family('2017', '070490')).toEqual({
      code: '070410+',
      2017: ['070410', '070490'],
      2022: ['070410', '070490'],
    })
    expect(family('2017', '030510')).toEqual({ code: '030910+', 2017: ['030510'], 2022: ['030910'] })
  })

  test('a code that stayed is its own family', () => {
    expect(family('2017', '090210')).toEqual({ code: '090210', 2017: ['090210'], 2022: ['090210'] })
    expect(families.get(familyKey('2022', '090210'))).toBe(families.get(familyKey('2017', '090210')))
  })

  test('every code of every edition is in exactly one', () => {
    const all = [...new Set(families.values())]
    for (const edition of editions) {
      const codes = [...(concordance.codes.get(edition) ?? [])].sort()
      expect(all.flatMap((one) => one.members.get(edition) ?? []).sort()).toEqual(codes)
    }
    expect([all.length, all.filter((one) => !isUnchanged(one)).length]).toEqual([4202, 131])
  })

  test('electrical waste of 2022 ties a thousand codes of 2017 into one family', () => {
    const waste = families.get(familyKey('2022', '854921'))
    expect([waste?.members.get('2017')?.length, waste?.members.get('2022')?.length]).toEqual([1091, 1167])
  })

  test('headings have families of their own', () => {
    const headings = familiesOf(concordance, editions, 4)
    expect(Object.fromEntries(headings.get(familyKey('2017', '3816'))?.members ?? [])).toEqual({
      2017: ['2518', '3816'],
      2022: ['2518', '3816'],
    })
  })

  test('of three editions hold those of two', () => {
    const three = familiesOf(concordance, ['2012', '2017', '2022'], 6)
    const torn = [...new Set(families.values())].filter((two) => {
      const keys = [...two.members].flatMap(([edition, codes]) =>
        codes.map((code) => familyKey(edition, code)),
      )
      return new Set(keys.map((key) => three.get(key))).size !== 1
    })
    expect(torn).toEqual([])
  })

  test('conserve totals: what is added up by family is what was added up by code', () => {
    for (const edition of editions) {
      const codes = [...(concordance.codes.get(edition) ?? [])]
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom(...codes), fc.bigInt({ min: -1000n, max: 10n ** 12n })), {
            maxLength: 100,
          }),
          (rows) => {
            const sums = new Map<string, bigint>()
            for (const [code, value] of rows) {
              const of = families.get(familyKey(edition, code))?.code ?? code
              sums.set(of, (sums.get(of) ?? 0n) + value)
            }
            const total = rows.reduce((so, [, value]) => so + value, 0n)
            expect([...sums.values()].reduce((so, value) => so + value, 0n)).toBe(total)
          },
        ),
      )
    }
  })
})
