import { describe, expect, test } from 'vitest'
import { advise } from '../../../src/rcep/advice/advise.ts'
import { adviceText } from '../../../src/rcep/advice/text.ts'
import type { Dossier, Question } from '../../../src/rcep/advice/types.ts'
import type { TariffPack } from '../../../src/rcep/tariff/facts.ts'
import { offersOn, type TariffLines } from '../../../src/rcep/tariff/offers.ts'

const pack = (regime: 'MFN' | 'RCEP', group: string | null, importer = 'CN'): TariffPack => ({
  id: `${regime}-${importer}-${group}`,
  regime,
  importer,
  group,
  edition: '2022',
  validFrom: '2022-01-01',
  validTo: null,
  source: `${regime} of ${importer}`,
  origin: 'made for the test',
  published: null,
  sha256: '',
})

/** One line with a rate from each day given. */
function lines(of: TariffPack, rates: Record<string, string>, line = '12345600'): TariffLines {
  const days = Object.keys(rates)
  return {
    pack: of,
    mapping: { candidates: ['123456'], quality: '1:1' },
    exact: false,
    rates: days.map((validFrom, index) => ({
      line,
      base: false,
      validFrom,
      validTo: dayBefore(days[index + 1]),
      rate: rates[validFrom] ?? '',
    })),
  }
}

function dayBefore(day: string | undefined): string | null {
  return day === undefined ? null : new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

const question: Question = {
  hs: '123456',
  edition: '2022',
  exporter: 'VN',
  importer: 'CN',
  on: '2026-06-01',
  goods: { shipment: { value: '100000', currency: 'USD', quantities: [] } },
  mfn: null,
  years: 2,
  currency: 'USD',
  annualValue: null,
  discount: null,
  certificateCost: '0',
  issuedOn: null,
  shippedOn: null,
  via: [],
}

const rule = { text: 'CTH', level: 6, source: 'Annex 3A' }
const dossier = (...tariffs: TariffLines[]): Dossier => ({
  mappings: [{ edition: '2022', mapping: { candidates: ['123456'], quality: '1:1' } }],
  tariffs,
  rule,
  origin: null,
  ruleSources: [],
  bill: null,
  agreements: [],
  trade: null,
})
const mfn = (rate: string) => lines(pack('MFN', null), { '2022-01-01': rate })
const asean = (rate: string) => lines(pack('RCEP', 'ASEAN'), { '2022-01-01': rate })
const ask = (facts: Dossier, changes: Partial<Question> = {}) =>
  advise(facts, { ...question, ...changes }, adviceText('en'))

describe('which rate to use', () => {
  test('RCEP below MFN is best if the goods originate, and its saving is the difference of the duties', () => {
    const advice = ask(dossier(mfn('8%'), asean('4.1%')))
    expect(advice.best).toEqual({ agreement: 'RCEP', rate: '4.1%', saving: '3900', conditional: true })
    expect(advice.rates.map(({ agreement, duty }) => [agreement, duty])).toEqual([
      ['MFN', '8000'],
      ['RCEP', '4100'],
    ])
    expect(advice.verdict).toBe('needs-info')
  })

  test('an MFN rate below the RCEP rate is the one to claim, without a proof of origin', () => {
    const advice = ask(dossier(mfn('4%'), asean('5%')))
    expect(advice.best).toEqual({ agreement: 'MFN', rate: '4%', saving: '0', conditional: false })
    expect(advice.certificate.needed).toBe(false)
    expect(advice.missing).toEqual([])
    expect(advice.steps.find((step) => step.rule === 'mfn')).toEqual({
      rule: 'mfn',
      cite: 'RCEP Art. 2.4.2',
      passed: false,
      detail: 'MFN 4% is not above RCEP 5%: claim MFN, no proof of origin is needed',
    })
  })

  test('an equal MFN rate, and one that is free, need no preference', () => {
    expect(ask(dossier(mfn('5%'), asean('5%'))).best?.agreement).toBe('MFN')
    expect(ask(dossier(mfn('Free'), asean('0%'))).best?.agreement).toBe('MFN')
  })

  test('without MFN rates only a free RCEP rate is known to be best, and no saving is claimed', () => {
    const free = ask(dossier(asean('0%')))
    expect(free.best).toEqual({ agreement: 'RCEP', rate: '0%', saving: null, conditional: true })
    const dutiable = ask(dossier(asean('5%')))
    expect(dutiable.best).toBeNull()
    expect(dutiable.missing.map(({ code }) => code)).toContain('mfn-rates')
  })

  test('a line without commitment leaves MFN', () => {
    const advice = ask(dossier(mfn('65%'), asean('U')))
    expect(advice.best).toEqual({ agreement: 'MFN', rate: '65%', saving: '0', conditional: false })
    expect(advice.verdict).toBe('fail')
    expect(ask(dossier(asean('U'))).best).toBeNull()
  })

  test('rates of different kinds are compared in money, or the missing figure is asked for', () => {
    const facts = dossier(mfn('2 USD/kg'), asean('5%'))
    const shipment = { value: '100000', currency: 'USD', quantities: [{ amount: '2000', unit: 'kg' }] }
    expect(ask(facts, { goods: { shipment } }).best?.agreement).toBe('MFN')
    const unknown = ask(facts)
    expect(unknown.best).toBeNull()
    expect(unknown.missing).toContainEqual({ code: 'quantity', text: 'the quantity in kg' })
  })

  test('lines with different rates leave the choice of the line open', () => {
    const two = asean('0%')
    two.rates.push({ line: '12345699', base: false, validFrom: '2022-01-01', validTo: null, rate: '8%' })
    const advice = ask(dossier(mfn('5%'), two))
    expect(advice.best).toBeNull()
    expect(advice.missing.map(({ code }) => code)).toContain('tariff-line')
    expect(advice.byYear[0]?.rates).toEqual({ RCEP: '0% / 8%', MFN: '5%' })
  })
})

describe('when RCEP applies', () => {
  const facts = dossier(mfn('10%'), lines(pack('RCEP', 'ASEAN'), { '2022-01-01': '6%', '2023-01-01': '4%' }))
  const rateOf = (exporter: string, on: string) =>
    ask(facts, { exporter, on }).rates.find(({ agreement }) => agreement === 'RCEP')?.rate ?? null

  test.each([
    ['MM', '2022-04-30', null],
    ['MM', '2022-05-01', '6%'],
    ['PH', '2023-06-01', null],
    ['PH', '2023-06-02', '4%'],
    ['VN', '2022-12-31', '6%'],
    ['VN', '2023-01-01', '4%'],
  ])('from %s on %s the rate is %s', (exporter, on, rate) => {
    expect(rateOf(exporter, on)).toBe(rate)
  })

  test('before entry into force the preference fails, with the day it starts', () => {
    const advice = ask(facts, { exporter: 'PH', on: '2023-06-01' })
    expect(advice.verdict).toBe('fail')
    expect(advice.best?.agreement).toBe('MFN')
    expect(advice.steps).toContainEqual({
      rule: 'entry-into-force',
      cite: 'RCEP Art. 20.6',
      passed: false,
      detail: 'not in force between CN and PH before 2023-06-02',
    })
  })

  test('a pair whose entry into force nobody stated is asked about', () => {
    const advice = ask(dossier(), { importer: 'VN', exporter: 'MM' })
    expect(advice.verdict).toBe('needs-info')
    expect(advice.missing.map(({ code }) => code)).toEqual(['entry-into-force', 'mfn-rates'])
  })
})

describe('the years ahead', () => {
  test('show the year in which the best rate changes; an MFN rate of today is assumed to go on', () => {
    const today = { ...mfn('5%') }
    today.rates = today.rates.map((rate) => ({ ...rate, validTo: '2026-12-31' }))
    const staged = lines(pack('RCEP', 'ASEAN'), { '2022-01-01': '6%', '2027-01-01': '4%' })
    expect(ask(dossier(today, staged)).byYear).toEqual([
      {
        year: 5,
        from: '2026-01-01',
        to: '2026-12-31',
        rates: { RCEP: '6%', MFN: '5%' },
        best: 'MFN',
        assumed: [],
        saving: null,
      },
      {
        year: 6,
        from: '2027-01-01',
        to: '2027-12-31',
        rates: { RCEP: '4%', MFN: '5%' },
        best: 'RCEP',
        assumed: ['MFN'],
        saving: null,
      },
    ])
  })
})

describe('differential treatment', () => {
  const differs = (other: string) =>
    ask(dossier(mfn('10%'), asean('0%'), lines(pack('RCEP', 'JP'), { '2022-01-01': other }))).steps.find(
      (step) => step.rule === 'differential',
    )

  test('is reported once two schedules differ, and stays open while others are not loaded', () => {
    expect(differs('7.3%')?.detail).toBe(
      'rates differ by Party: goods whose RCEP country of origin is VN pay 0%',
    )
    expect(differs('Free')?.detail).toBe(
      'rates may differ by the RCEP country of origin; the schedules for AU, KR, NZ are not loaded',
    )
  })
})

test('24: every rate quoted names its lines, its source and the year of the schedule it belongs to', () => {
  const advice = ask(dossier(mfn('8%'), asean('4.1%')))
  expect(advice.rates.map(({ agreement, lines: quoted, source }) => [agreement, quoted, source])).toEqual([
    ['MFN', ['12345600'], 'MFN of CN'],
    ['RCEP', ['12345600'], 'RCEP of CN'],
  ])
  const step = (rule: string) => advice.steps.find((one) => one.rule === rule)?.detail
  expect([step('schedule-year'), step('lines-rcep')]).toEqual([
    "year 5 of CN's schedule, from 2026-01-01 to 2026-12-31",
    'tariff line 12345600 of the importing Party (HS 2022)',
  ])
  expect(advice.byYear.map(({ year, from, to }) => [year, from, to])).toEqual([
    [5, '2026-01-01', '2026-12-31'],
    [6, '2027-01-01', '2027-12-31'],
  ])
})

test('a free rate of another agreement is best even where RCEP rates are not loaded, a dutiable one is not known to be', () => {
  const finding = (rate: string) => ({
    agreement: 'CN-KR',
    inForce: true,
    rule: null,
    complete: true,
    note: '',
    origin: null,
    offers: offersOn(lines({ ...pack('MFN', null), regime: 'CN-KR' }, { '2022-01-01': rate }), '2026-06-01'),
  })
  const bestWith = (rate: string) => ask({ ...dossier(mfn('8%')), agreements: [finding(rate)] }).best
  expect(bestWith('0%')).toEqual({ agreement: 'CN-KR', rate: '0%', saving: '8000', conditional: true })
  expect(bestWith('2%')).toBeNull()
})

describe('what is not settled', () => {
  test('is open and no failure: several lines, a code that may be several', () => {
    const two = asean('0%')
    two.rates.push({ line: '12345699', base: false, validFrom: '2022-01-01', validTo: null, rate: '8%' })
    const older = { ...two, pack: { ...two.pack, edition: '2012' as const } }
    const split = { ...older, mapping: { candidates: ['123456', '123457'], quality: '1:n' as const } }
    const found = ask(dossier(mfn('5%'), split)).steps
    const open = found.filter(({ rule: name }) => name === 'lines-rcep' || name === 'hs-edition')
    expect(open.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ['hs-edition', null],
      ['lines-rcep', null],
    ])
  })

  test('lowers the confidence, and facts that were only recalled are named', () => {
    const sure = ask(dossier(mfn('4%'), asean('5%')))
    expect(sure.confidence).toEqual({
      level: 'medium',
      reasons: [{ code: 'undated-mfn', text: 'the MFN rates of CN are from an undated extract' }],
    })
    const open = ask(dossier(mfn('8%'), asean('4.1%')))
    expect(open.confidence.level).toBe('low')
    expect(open.confidence.reasons.map(({ code }) => code)).toEqual([
      'undated-mfn',
      'rule-source',
      'appendix',
      'customs-value',
      'importation-day',
      'china-proofs',
    ])
  })
})

test('both languages have every sentence', () => {
  const [english, chinese] = [adviceText('en'), adviceText('zh')]
  expect(Object.keys(chinese)).toEqual(Object.keys(english))
  const advice = advise(dossier(mfn('8%'), asean('4.1%')), question, chinese)
  expect(advice.steps.every(({ detail }) => /\p{Script=Han}/u.test(detail))).toBe(true)
})
