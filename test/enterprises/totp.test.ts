import { expect, test } from 'vitest'
import { newTotpSecret, totpAddress, totpCode, totpStep } from '../../src/enterprises/totp.ts'

// RFC 6238, appendix B (SHA-1): the secret is the ASCII text 12345678901234567890; the last six of its eight digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at %i seconds the code is %s', (seconds, code) => {
  expect(totpCode(secret, Math.floor(seconds / 30))).toBe(code)
})

test('a code works within its step and the one beside it, and not a second time', () => {
  const now = new Date('2026-11-23T01:00:00Z')
  const step = Math.floor(now.getTime() / 30_000)
  const ask = (offset: number, lastStep: number | null = null) =>
    totpStep(secret, totpCode(secret, step + offset), { now, lastStep })
  expect([-2, -1, 0, 1, 2].map((offset) => ask(offset))).toEqual([null, step - 1, step, step + 1, null])
  expect(ask(0, step)).toBeNull()
  expect(totpStep(secret, 'abcdef', { now, lastStep: null })).toBeNull()
})

test('secrets are 160 bits of base32, each its own', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(newTotpSecret())
  expect(totpAddress(secret, 'a b@x.cn')).toBe(
    `otpauth://totp/Tradewind:a%20b%40x.cn?secret=${secret}&issuer=Tradewind`,
  )
})
