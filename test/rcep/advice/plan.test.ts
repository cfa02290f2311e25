import { describe, expect, test } from 'vitest'
import { reason } from '../../../src/rcep/advice/answer.ts'
import { readQuestion } from '../../../src/rcep/advice/question.ts'
import { adviceReport } from '../../../src/rcep/advice/report.ts'
import type { Dossier, Question } from '../../../src/rcep/advice/types.ts'
import type { OriginCase } from '../../../src/rcep/origin/case.ts'
import { shippedBooks } from '../../../src/rcep/rules/books.ts'
import type { TariffLines } from '../../../src/rcep/tariff/offers.ts'
import { readReference } from '../../../src/reference/load.ts'
import { foreign, originating, originCase } from '../../helpers/origin-case.ts'

const reference = readReference()

function tariff(regime: string, group: string | null, rate: string, importer = 'KR'): TariffLines {
  const [validFrom, validTo] = ['2026-01-01', null]
  return {
    pack: {
      id: `${regime}-${importer}`.toLowerCase(),
      regime,
      importer,
      group,
      edition: '2022',
      validFrom,
      validTo,
      source: `${regime} of ${importer}`,
      origin: 'made for the test',
      published: null,
      sha256: '',
    },
    mapping: { candidates: ['850440'], quality: '1:1' },
    exact: false,
    rates: [{ line: '8504409000', base: false, validFrom, validTo, rate }],
  }
}

const base: Dossier = {
  mappings: [
    { edition: '2022', mapping: { candidates: ['850440'], quality: '1:1' } },
    { edition: '2012', mapping: { candidates: ['850440'], quality: '1:1' } },
  ],
  tariffs: [tariff('MFN', null, '8%'), tariff('RCEP', 'CN', '5%')],
  rule: { text: 'CTSH or RVC40', level: 6, source: 'Annex 3A' },
  origin: null,
  ruleSources: [],
  bill: null,
  agreements: [],
  trade: null,
}

const raw = { hs: '850440', from: 'CN', to: 'KR', on: '2026-06-01', value: '100000', currency: 'USD' }
const ask = (change: Partial<Parameters<typeof readQuestion>[0]> = {}): Question =>
  readQuestion({ ...raw, ...change }, reference)
const answered = (
  question: Question,
  {
    bill = null,
    facts = {},
    language = 'en',
  }: { bill?: OriginCase | null; facts?: Partial<Dossier>; language?: 'en' | 'zh' } = {},
) =>
  reason({ ...base, ...facts }, question, {
    input: bill,
    books: shippedBooks(),
    concordance: reference.concordance,
    language,
  })

const bill = (materials: OriginCase['materials']) =>
  originCase({ importer: 'KR', on: '2026-06-01', rule: null, good: { currency: 'USD' }, materials })

describe('what the preference is worth', () => {
  test('on the shipment less the certificate, in a year, and over the years discounted', () => {
    const { saving } = answered(
      ask({ annualValue: '1000000', certificateCost: '40', discount: '10', years: '3' }),
      { bill: bill([foreign('1', '740811', '20')]) },
    )
    expect(saving).toEqual({
      apply: true,
      reason: 'apply for the proof: the preference is the lower rate and the goods originate',
      perShipment: { amount: '2960', currency: 'USD', certificateCost: '40' },
      perYear: { amount: '30000', value: '1000000', currency: 'USD', basis: 'given', from: null, to: null },
      // 30,000 + 30,000 / 1.1 + 30,000 / 1.21
      presentValue: { amount: '82066.11', years: 3, discount: '10' },
    })
  })

  test('nothing, and not to be applied for, where MFN is free or not higher', () => {
    const worthOf = (mfn: string) => answered(ask({ mfn })).saving
    expect(worthOf('Free')).toMatchObject({
      apply: false,
      reason: /already free/,
      perShipment: { amount: '0' },
    })
    expect(worthOf('5%')).toMatchObject({ apply: false, perShipment: { amount: '0' } })
    expect(worthOf('4%')).toMatchObject({ apply: false, perShipment: { amount: '0' } })
  })

  test('is never negative, and a certificate dearer than the saving is not worth it', () => {
    expect(answered(ask({ value: '1000', certificateCost: '40' })).saving).toMatchObject({
      apply: false,
      perShipment: { amount: '0' },
    })
  })
})

describe('agreements side by side', () => {
  test('a shipment to Korea is judged under RCEP and the China-Korea agreement, each by its own rules', () => {
    const { agreements } = answered(ask(), {
      bill: bill([originating('1', '850440', '70', 'JP'), foreign('2', '740811', '5')]),
    })
    expect(agreements.map(({ agreement, verdict, inForce }) => [agreement, verdict, inForce])).toEqual([
      ['RCEP', 'pass', true],
      ['CN-KR', 'fail', true],
    ])
    expect(agreements[1]?.missing[0]).toContain('reference import agreement-tariff FILE --agreement CN-KR')
  })

  test('a loaded lower rate of another agreement is the best, on its own condition', () => {
    const facts = { tariffs: [...base.tariffs, tariff('CN-KR', null, '1.6%')] }
    const { best, rates, agreements } = answered(ask(), { facts })
    expect(best).toEqual({ agreement: 'CN-KR', rate: '1.6%', saving: '6400', conditional: true })
    expect(rates.map(({ agreement, duty }) => [agreement, duty])).toEqual([
      ['MFN', '8000'],
      ['RCEP', '5000'],
      ['CN-KR', '1600'],
    ])
    expect(agreements[1]).toMatchObject({ agreement: 'CN-KR', rate: '1.6%', duty: '1600' })
  })

  test("ASEAN's general rule is shown, but decides nothing without the product list", () => {
    const question = ask({ to: 'VN' })
    const input = { ...bill([foreign('1', '740811', '20')]), importer: 'VN' }
    const { agreements } = answered(question, { bill: input, facts: { tariffs: [] } })
    expect(agreements[1]).toMatchObject({
      agreement: 'ACFTA',
      verdict: 'needs-info',
      complete: false,
      rule: { text: 'RVC40', level: 2 },
    })
  })
})

test('a failing bill says how much dearer originating materials may be, with the suppliers named', () => {
  const materials = [
    foreign('core', '850440', '35', { supplier: 'Acme Cores' }),
    foreign('case', '850440', '30', { supplier: 'Box Ltd' }),
  ]
  const { breakEven, verdict } = answered(ask(), { bill: bill(materials) })
  expect(verdict).toBe('fail')
  const value = breakEven.find(({ rule }) => rule === 'RVC40')
  // Duty saved on one good: 3 % of 100; 5 of non-originating value must go.
  expect(value).toMatchObject({
    switched: '5',
    dutySaved: '3',
    premium: '60',
    suppliers: ['Box Ltd'],
    currency: 'USD',
  })
  expect(answered(ask(), { bill: bill([foreign('1', '740811', '5')]) }).breakEven).toEqual([])
})

describe('the certificate', () => {
  test('is a sheet of seventeen boxes, also before a verdict', () => {
    const { certificate } = answered(ask())
    expect(certificate.boxes.map(({ box }) => box)).toEqual(
      Array.from({ length: 17 }, (_, index) => index + 1),
    )
    const box = (number: number) => certificate.boxes[number - 1]
    expect(box(9)?.content).toBe('850440')
    expect(box(10)).toMatchObject({ content: null, options: ['WO', 'PE', 'CTC', 'RVC'] })
    expect(box(11)).toMatchObject({ content: null, options: ['China'] })
    expect(box(15)?.content).toBe('Korea')
  })

  test('states FOB where the value content is the criterion, and never ACU or DMI alone', () => {
    const dear = bill([foreign('1', '850440', '55'), originating('2', '850440', '20', 'JP')])
    const { certificate } = answered(ask(), { bill: dear })
    expect(certificate.boxes[9]?.content).toBe('RVC ACU')
    expect(certificate.boxes[11]).toMatchObject({
      content: null,
      options: ['quantity, and FOB value of the consignment (one good: USD 100)'],
    })
    const alike = bill([originating('2', '850440', '65', 'JP')])
    expect(answered(ask(), { bill: alike }).certificate.boxes[9]?.content).toBe('PE')
  })

  test('ticks what follows from the days, and a declaration into China carries its codes', () => {
    const late = answered(ask({ issuedOn: '2026-05-20', shippedOn: '2026-05-01' })).certificate
    expect(late.boxes[16]?.options).toEqual(['ISSUED RETROACTIVELY'])
    const question = ask({ from: 'VN', to: 'CN', value: '200' })
    const tariffs = [tariff('MFN', null, '8%', 'CN'), tariff('RCEP', 'ASEAN', '5%', 'CN')]
    const { certificate, nextSteps } = answered(question, { facts: { tariffs } })
    expect(certificate.declaration).toMatchObject({
      agreementCode: '22',
      origin: null,
      proofNumber: 'XJE00000',
    })
    expect(certificate.declaration?.highestRateOptions.map(({ code, mark }) => [code, mark])).toEqual([
      ['801', '*'],
      ['802', '**'],
    ])
    expect(nextSteps.map(({ code }) => code)).toContain('waived')
  })

  test('a tie under Art. 2.6.4 leaves the highest rate, marked, and code 801 in China', () => {
    const question = ask({ from: 'VN', to: 'CN' })
    const tariffs = [
      tariff('MFN', null, '8%', 'CN'),
      tariff('RCEP', 'ASEAN', '5%', 'CN'),
      tariff('RCEP', 'JP', '6%', 'CN'),
      tariff('RCEP', 'KR', '7%', 'CN'),
    ]
    const input = originCase({
      good: { producedIn: 'VN', currency: 'USD' },
      importer: 'CN',
      on: '2026-06-01',
      operations: ['packing'],
      rule: 'CTH',
      materials: [originating('1', '850440', '40', 'JP'), originating('2', '850440', '40', 'KR')],
    })
    const { certificate, best, saving } = answered(question, { bill: input, facts: { tariffs } })
    expect(certificate.boxes[10]?.content).toBe('Korea *')
    expect(certificate.declaration?.origin).toBe('801')
    // Korea's rate and not Viet Nam's; that a tie is so read is for customs to confirm.
    expect(best).toEqual({ agreement: 'RCEP', rate: '7%', saving: '1000', conditional: true })
    expect(saving).toMatchObject({ apply: null, perShipment: { amount: '1000' } })
    const known = tariffs.filter(({ pack }) => pack.group !== 'KR')
    const open = answered(question, { bill: input, facts: { tariffs: known } })
    expect([open.best, open.saving.perShipment, open.byYear]).toEqual([null, null, []])
    expect(open.missing.map(({ code }) => code)).toContain('rcep-schedule')
    expect(open.missing.find(({ code }) => code === 'rcep-schedule')?.text).toMatch(/RCEP rates for KR/)
  })

  test('rates that cannot be compared leave the Party open, and none is taken', () => {
    const question = ask({ from: 'VN', to: 'CN' })
    const tariffs = [
      tariff('MFN', null, '8%', 'CN'),
      tariff('RCEP', 'ASEAN', '0%', 'CN'),
      tariff('RCEP', 'JP', '6%', 'CN'),
      tariff('RCEP', 'KR', '3 USD/kg', 'CN'),
    ]
    const input = originCase({
      good: { producedIn: 'VN', currency: 'USD' },
      importer: 'CN',
      operations: ['packing'],
      rule: 'CTH',
      materials: [originating('1', '850440', '40', 'JP'), originating('2', '850440', '40', 'KR')],
    })
    const open = answered(question, { bill: input, facts: { tariffs } })
    expect([open.best, open.saving.perShipment]).toEqual([null, null])
    expect(open.missing.map(({ code }) => code)).toContain('country-of-origin')
    const weighed = { ...input, good: { ...input.good, weightKg: '1' } }
    expect(answered(question, { bill: weighed, facts: { tariffs } }).best).toMatchObject({ rate: '6%' })
  })
})

describe('a pass that rests on what nobody stated', () => {
  const pass = bill([originating('1', '850440', '40', 'KR'), foreign('2', '740811', '30')])

  test('is worth applying for once it is settled, and not before', () => {
    const { operations, ...silent } = pass
    expect(answered(ask(), { bill: pass })).toMatchObject({
      best: { conditional: false },
      saving: { apply: true },
    })
    const open = answered(ask(), { bill: silent })
    expect(open).toMatchObject({ verdict: 'pass', best: { conditional: true }, saving: { apply: null } })
    expect(open.missing).toContainEqual({
      code: 'origin',
      text: expect.stringMatching(/^operations: what was done is not stated/),
    })
    expect(open.confidence.reasons.map(({ code }) => code)).toContain('origin-open')
    expect(open.nextSteps[0]?.code).toBe('settle-missing')
  })

  test('asks for RCEP proofs of other Parties only', () => {
    const own = bill([originating('1', '850440', '40', 'CN'), foreign('2', '740811', '30')])
    expect(answered(ask(), { bill: own }).nextSteps.map(({ code }) => code)).not.toContain('partner-proofs')
    expect(answered(ask(), { bill: pass }).nextSteps[0]).toMatchObject({
      code: 'partner-proofs',
      text: 'collect RCEP proofs of origin for the materials of KR',
    })
  })
})

test('a rate is of customs duty only, and says what it leaves', () => {
  const [mfn, rcep] = answered(ask()).rates
  expect(mfn?.conditions.join()).not.toMatch(/anti-dumping/)
  expect(rcep?.conditions.join()).toMatch(/import VAT, .* anti-dumping and countervailing duties stay/)
})

test('what to do comes with its days, the same question with the same trace', () => {
  const question = ask({ issuedOn: '2026-03-01' })
  const { nextSteps, trace, consignment, notLegalAdvice } = answered(question)
  expect(nextSteps.map(({ code, by }) => [code, by])).toEqual([
    ['judge-bill', null],
    ['proof-valid-to', '2027-02-28'],
    ['exporter-records', '2029-03-01'],
    ['importer-records', '2029-06-01'],
  ])
  expect(consignment[0]).toMatchObject({ code: 'route', cite: 'RCEP Art. 3.15.1' })
  expect(notLegalAdvice).toMatch(/not legal advice/)
  expect(answered(question).trace).toBe(trace)
  expect(answered(ask({ on: '2026-06-02', issuedOn: '2026-03-01' })).trace).not.toBe(trace)
})

test('the report is whole in both languages', () => {
  const question = ask({ annualValue: '1000000', discount: '5', via: ['HK'] })
  const of = (language: 'en' | 'zh') =>
    adviceReport(
      answered(question, { bill: bill([foreign('1', '850440', '65', { supplier: 'Acme' })]), language }),
      language,
    )
  const [english, chinese] = [of('en'), of('zh')]
  expect(english).not.toMatch(/undefined|\[object|NaN/)
  expect(english.replaceAll(/[（）：、“”]/g, '')).not.toMatch(/\p{Script=Han}/u)
  expect(chinese).toMatch(/各协定比较/)
  expect(chinese).not.toMatch(/undefined|\[object|NaN/)
  expect(english.split('\n').length).toBe(chinese.split('\n').length)
})
