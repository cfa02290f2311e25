import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OriginCase, OriginMaterial } from '../../../src/rcep/origin/case.ts'
import { checkCase } from '../../../src/rcep/origin/check-case.ts'
import { judgeCase } from '../../../src/rcep/origin/compare.ts'
import { shippedBooks } from '../../../src/rcep/rules/books.ts'
import { type HsEdition, hsEditions } from '../../../src/reference/concordance.ts'
import { readReference } from '../../../src/reference/load.ts'

const { concordance } = readReference()
const books = shippedBooks()
const codesOf = (edition: HsEdition) => [...(concordance.codes.get(edition) ?? [])]
const current = codesOf('2022')

/** Materials of any kind, near the good and far from it, under codes of any edition and under some that do not exist. */
function materialsFor(good: string): fc.Arbitrary<OriginMaterial[]> {
  const near = current.filter((code) => code.startsWith(good.slice(0, 2)))
  const hs = fc.oneof(
    fc.constantFrom(...near),
    fc.constantFrom(...hsEditions).chain((edition) => fc.constantFrom(...codesOf(edition))),
    fc.constantFrom(good, `${good.slice(0, 4)}00`, '000000'),
  )
  const origin = fc.oneof(
    fc.constant({ status: 'unknown' } as const),
    fc.constant({ status: 'non-originating' } as const),
    fc.constantFrom('CN', 'KR', 'MM', 'US').map((party) => ({ status: 'originating', party }) as const),
  )
  const line = fc.record({
    hs,
    value: fc.integer({ min: 0, max: 90 }).map(String),
    origin,
    weightKg: fc.constantFrom(null, '0.01', '1'),
    role: fc.constantFrom('material', 'material', 'accessory', 'retail-packaging', 'indirect'),
  })
  return fc
    .array(line, { maxLength: 4 })
    .map((lines) => lines.map((one, index) => ({ ...one, id: `${index + 1}` }) as OriginMaterial))
}

function caseFor(hs: string): fc.Arbitrary<OriginCase> {
  return fc.record({
    good: fc.constant({ hs, edition: '2022', producedIn: 'CN', fob: '100', weightKg: '1' } as const),
    importer: fc.constantFrom('JP', 'KR', 'VN', 'MM'),
    on: fc.constantFrom('2021-12-31', '2023-05-01', '2026-07-01'),
    operations: fc.constantFrom<string[]>(['assembly'], ['packing'], ['chemical-reaction'], []),
    materials: materialsFor(hs),
  })
}

const judged = (input: unknown, language: 'en' | 'zh' = 'en') =>
  judgeCase(checkCase(input), {}, { books, concordance, language })

test('every product of HS 2022 can be judged on any bill, and the answer is of one piece', () => {
  for (const [index, hs] of current.entries()) {
    const [input] = fc.sample(caseFor(hs), { numRuns: 1, seed: index })
    const result = judged(input)
    const { verdict, criterion, codes, certificate, missing, steps } = result
    const told = JSON.stringify([input, result])
    expect([verdict === 'pass', told]).toEqual([certificate !== null && criterion !== null, told])
    expect(codes[0] ?? null).toBe(criterion)
    expect(codes.slice(1).every((code) => code === 'ACU' || code === 'DMI')).toBe(true)
    if (verdict === 'needs-info') expect([missing.length > 0, told]).toEqual([true, told])
    expect(steps.every(({ rule, cite, detail }) => rule && cite && detail)).toBe(true)
  }
})

test('both languages judge alike, and no sentence is left unfinished in either', () => {
  for (const [index, hs] of current.filter((_, at) => at % 20 === 0).entries()) {
    const [input] = fc.sample(caseFor(hs), { numRuns: 1, seed: index })
    const [english, chinese] = [judged(input), judged(input, 'zh')]
    expect([chinese.verdict, chinese.codes, chinese.missing.length]).toEqual([
      english.verdict,
      english.codes,
      english.missing.length,
    ])
    expect(JSON.stringify([english, chinese])).not.toMatch(/undefined|\[object|NaN/)
  }
})

test('a code that does not exist never makes a good qualify', () => {
  for (const [index, hs] of current.filter((_, at) => at % 5 === 0).entries()) {
    const [input] = fc.sample(caseFor(hs), { numRuns: 1, seed: index })
    if (!input || judged(input).verdict !== 'pass') continue
    const known = ({ hs: code }: OriginMaterial) => current.includes(code)
    const worst = input.materials.map((one) => (known(one) ? one : { ...one, hs }))
    expect(judged({ ...input, materials: worst }).verdict).toBe('pass')
  }
})
