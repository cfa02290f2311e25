import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShippedPacks } from '../../../src/rcep/tariff/load-packs.ts'
import { offersOn, packsOn } from '../../../src/rcep/tariff/offers.ts'

const packs = readShippedPacks()
const day = fc
  .integer({ min: Date.parse('2020-01-01') / 86_400_000, max: Date.parse('2050-12-31') / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

test('a rate in force never starts after the day asked, nor has ended before it', () => {
  const mapping = { candidates: [], quality: 'none' } as const
  fc.assert(
    fc.property(fc.nat({ max: packs.length - 1 }), fc.nat(), day, (at, seed, on) => {
      const content = packs[at]
      const line = content?.rates[seed % (content.rates.length || 1)]?.line
      const rates = content?.rates.filter((rate) => rate.line === line) ?? []
      if (!content) return
      const offers = offersOn({ pack: content.pack, mapping, exact: true, rates }, on)
      expect(offers.length).toBeLessThanOrEqual(1)
      for (const offer of offers) {
        expect(offer.validFrom <= on).toBe(true)
        expect(offer.validTo === null || offer.validTo >= on).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('a pack in use on a day covers it', () => {
  fc.assert(
    fc.property(day, (on) => {
      const used = packsOn(
        packs.map(({ pack }) => pack),
        on,
      )
      expect(
        used.every(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo)),
      ).toBe(true)
    }),
  )
})
