import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseUscc, readCustomsCode, usccCheckCharacter } from '../../src/enterprises/registration.ts'

describe('unified social credit code', () => {
  test.each(['91350100M000100Y43', '91 3501 00M0 0010 0Y43', '９１３５０１００Ｍ０００１００Ｙ４３'])(
    'reads %s',
    (text) => expect(normaliseUscc(text)).toBe('91350100M000100Y43'),
  )

  test.each([
    ['a wrong check character', '91350100M000100Y44'],
    ['seventeen characters', '91350100M000100Y4'],
    ['a letter that is not of the alphabet', '91350100I000100Y43'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => expect(normaliseUscc(text)).toBeNull())

  const body = fc
    .tuple(
      fc.stringMatching(/^[1-9A-HJ-NPQRTUWXY][1-9][0-9]{6}$/),
      fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{9}$/),
    )
    .map((parts) => parts.join(''))

  test('exactly one character closes a code, and a changed character never passes', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(
      fc.property(body, fc.nat(16), fc.nat(30), (text, at, to) => {
        const code = text + usccCheckCharacter(text)
        expect(normaliseUscc(code)).toBe(code)
        const other = alphabet.charAt(to)
        if (other === code.charAt(at)) return
        expect(normaliseUscc(code.slice(0, at) + other + code.slice(at + 1))).toBeNull()
      }),
    )
  })
})

describe('customs registration code', () => {
  test('names the district and the ownership', () => {
    expect(readCustomsCode(' 9901260222 ')).toEqual({ code: '9901260222', district: '99012', ownership: '6' })
    expect(readCustomsCode('33019a0b1c')).toEqual({ code: '33019A0B1C', district: '33019', ownership: 'A' })
  })

  test.each(['990126022', '99012602222', 'A901260222', '99012-0222', ''])('refuses %s', (text) =>
    expect(readCustomsCode(text)).toBeNull(),
  )
})
