import { expect, test } from 'vitest'
import { shipmentOf } from '../../src/web/api-preference.ts'
import { isAnswered, questionOf, questionsFor } from '../../src/web/components/interview/questions.ts'
import { caseOf, emptyDraft, isAskable } from '../../src/web/components/origin/draft.ts'
import { noJourney } from '../../src/web/components/origin/use-journey.ts'
import { shortRates } from '../../src/web/components/rcep/rate-text.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'

test('of many rates the lowest and the highest are shown, or the first two where they are not all percentages', () => {
  expect(shortRates('0% / 5%', zh)).toBe('0% / 5%')
  expect(shortRates('0% / 12.5% / 18.8% / 3%', zh)).toBe('0%–18.8%（4 档）')
  expect(shortRates('5% / U / 3% / 2 USD/kg', en)).toBe(`5% / ${en.rcep.rateWords.U} and more, 4 in all`)
})

test('goods that are wholly obtained are asked neither for materials nor for work, and can be judged without them', () => {
  const empty = emptyDraft('2026-06-01')
  const grown = { ...empty, good: { ...empty.good, hs: '09022090', fob: '10', whollyObtained: 'plants' } }
  expect(questionsFor(empty)).toHaveLength(9)
  expect(questionsFor(grown)).toEqual(['product', 'place', 'price', 'wholly', 'way', 'proof'])
  expect([isAskable(grown), isAskable({ ...grown, good: empty.good })]).toEqual([true, false])
  expect(caseOf(grown).materials).toEqual([])
})

test('a question counts as answered with what the next one needs', () => {
  const empty = emptyDraft('2026-06-01')
  const asked = (['product', 'place', 'price', 'materials', 'costs'] as const).map((question) =>
    isAnswered(question, empty),
  )
  expect(asked).toEqual([false, true, false, false, true])
  expect(isAnswered('place', { ...empty, importer: 'CN' })).toBe(false)
})

test('wholly obtained is an answer with its ground only', () => {
  const empty = emptyDraft('2026-06-01')
  const grown = (whollyObtained: string) => ({
    ...empty,
    good: { ...empty.good, hs: '09022090', fob: '10', whollyObtained },
  })
  expect(['', 'plants'].map((ground) => isAnswered('wholly', grown(ground)))).toEqual([false, true])
  expect(['', 'plants'].map((ground) => isAskable(grown(ground)))).toEqual([false, true])
})

test('a refused field leads back to its question', () => {
  const asked = ['good.hs', 'bom.materials.0.value', 'shippedOn', 'costs.labour', 'rates.AU'].map(questionOf)
  expect(asked).toEqual(['product', 'materials', 'proof', 'costs', null])
})

test('a shipment has a value once the number of goods is known, exactly', () => {
  const draft = {
    ...emptyDraft('2026-06-01'),
    good: { hs: '940360', producedIn: 'CN', fob: '0.07', currency: 'CNY' },
  }
  const of = (pieces: string) => shipmentOf(draft, { ...noJourney, pieces })
  expect(of('3000')).toEqual({ value: '210', currency: 'CNY' })
  expect([of(''), of('0'), of('many')]).toEqual([{}, {}, {}])
})
