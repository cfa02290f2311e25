import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRates, dutyOf, neverAbove, type Shipment, sameRate } from '../../../src/rcep/tariff/duty.ts'
import { parseRate } from '../../../src/rcep/tariff/rate.ts'

const rate = (text: string) => parseRate(text, 'AUD')
const shipment = (value: string, ...quantities: [string, string][]): Shipment => ({
  value,
  currency: 'JPY',
  quantities: quantities.map(([amount, unit]) => ({ amount, unit })),
})

describe('duty of a rate on a shipment', () => {
  test.each<[string, Shipment, string]>([
    ['Free', shipment('100000'), '0'],
    ['4.1%', shipment('100000'), '4100'],
    ['0.1%', shipment('0.01'), '0.00001'],
    ['361円/kg', shipment('100000', ['2', 't']), '722000'],
    ['934円/kl', shipment('1', ['1500', 'l']), '1401'],
    ['8.5%＋290.70円/1,000本', shipment('100', ['500', 'stick']), '153.85'],
    ['25%又は60円/kgのうちいずれか高い税率', shipment('1000', ['4', 'kg']), '250'],
    ['25%又は60円/kgのうちいずれか高い税率', shipment('1000', ['5', 'kg']), '300'],
    ['2.5%又は0.76円/kgのうちいずれか低い税率', shipment('1000', ['10', 'kg']), '7.6'],
    ['(73.70円−課税価格)/kg', shipment('5000', ['100', 'kg']), '2370'],
    ['(73.70円−課税価格)/kg', shipment('8000', ['100', 'kg']), '0'],
    [
      '21.3%又は156.80円/lのうちいずれか低い税率\nただしその税率が93円/lを下回る場合は93円/l',
      shipment('1000', ['10', 'l']),
      '930',
    ],
  ])('%s', (text, goods, duty) => {
    expect(dutyOf(rate(text), goods)).toEqual({ kind: 'known', amount: duty })
  })

  test('says what is missing instead of guessing', () => {
    expect(dutyOf(rate('5%, and $12,000 each'), shipment('100000'))).toEqual({
      kind: 'unknown',
      missing: [
        { fact: 'quantity', unit: 'item' },
        { fact: 'exchange-rate', from: 'AUD', to: 'JPY' },
      ],
    })
    expect(dutyOf(rate('361円/kg'), shipment('1', ['3', 'item'])).kind).toBe('unknown')
    for (const text of ['U', '◎無税', '無税〜(2.4%)', 'こい　1.6%', 'whatever customs says'])
      expect(dutyOf(rate(text), shipment('1')).kind).toBe('unknown')
  })

  test('a rate in another currency needs its exchange rate', () => {
    const goods = shipment('1000000', ['2', 'item'])
    expect(dutyOf(rate('5%, and $12,000 each'), goods, () => '98.5')).toEqual({
      kind: 'known',
      amount: '2414000',
    })
  })
})

describe('which of two rates costs more', () => {
  test('percentages compare without quantities, other rates in money', () => {
    expect(compareRates(rate('5%'), rate('4.99%'), shipment('1'))).toBe(1)
    expect(compareRates(rate('Free'), rate('0%'), shipment('1'))).toBe(0)
    expect(compareRates(rate('5%'), rate('60円/kg'), shipment('1000', ['1', 'kg']))).toBe(-1)
    expect(compareRates(rate('5%'), rate('60円/kg'), shipment('1000'))).toBeNull()
    expect(compareRates(rate('5%'), rate('U'), shipment('1000'))).toBeNull()
  })

  test('the same rate in other figures is the same rate', () => {
    expect(sameRate(rate('5%'), rate('(5.0%)'))).toBe(true)
    expect(sameRate(rate('5%'), rate('5%＋1円/kg'))).toBe(false)
  })
})

test('duty never falls when the value rises', () => {
  const texts = [
    'Free',
    '4.1%',
    '361円/kg',
    '25%＋63円/kg',
    '25%又は60円/kgのうちいずれか高い税率',
    '2.5%又は0.76円/kgのうちいずれか低い税率',
    '21.3%又は156.80円/lのうちいずれか低い税率\nただしその税率が93円/lを下回る場合は93円/l',
  ]
  const cents = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(
    fc.property(fc.constantFrom(...texts), cents, cents, cents, (text, value, more, quantity) => {
      const duty = (total: number) => {
        const goods = shipment((total / 100).toFixed(2), [String(quantity), 'kg'], [String(quantity), 'l'])
        const result = dutyOf(rate(text), goods)
        return result.kind === 'known' ? Number(result.amount) : Number.NaN
      }
      expect(duty(value + more)).toBeGreaterThanOrEqual(duty(value))
    }),
  )
})

describe('a rate that is never above another', () => {
  test.each([
    ['4%', '5%', true],
    ['5%', '4%', false],
    ['Free', '60円/kg', true],
    ['60円/kg', '5%', false],
    ['354円/kg', '417円/kg', true],
    ['354円/l', '417円/kg', false],
    ['21.3%＋54円/kg', '25%＋63円/kg', true],
    ['21.3%＋64円/kg', '25%＋63円/kg', false],
    ['5.6%', '5.6%又は4.4%＋1.52円/㎡のうちいずれか高い税率', true],
    ['3.7%又は2.9%＋1.01円/㎡のうちいずれか高い税率', '5.6%又は4.4%＋1.52円/㎡のうちいずれか高い税率', true],
    ['2.5%又は0.76円/kgのうちいずれか低い税率', '3%又は0.80円/kgのうちいずれか低い税率', true],
    [
      '15%又は125円/lのうちいずれか低い税率\nただしその税率が67円/lを下回る場合は67円/l',
      '21.3%又は156.80円/lのうちいずれか低い税率\nただしその税率が93円/lを下回る場合は93円/l',
      true,
    ],
  ])('%s against %s: %s', (one, other, expected) => {
    expect(neverAbove(rate(one), rate(other))).toBe(expected)
  })

  const atom = fc.oneof(
    fc.integer({ min: 0, max: 30 }).map((percent) => `${percent}%`),
    fc.integer({ min: 1, max: 30 }).map((amount) => `${amount}円/kg`),
  )
  const text = fc.oneof(
    atom,
    fc.tuple(atom, atom).map(([one, other]) => `${one}＋${other}`),
    fc
      .tuple(atom, atom, fc.constantFrom('高い', '低い'))
      .map(([one, other, which]) => `${one}又は${other}のうちいずれか${which}税率`),
  )

  test('costs no more on any shipment', () => {
    const whole = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(text, text, whole, whole, (one, other, value, kg) => {
        fc.pre(neverAbove(rate(one), rate(other)))
        expect(compareRates(rate(one), rate(other), shipment(String(value), [String(kg), 'kg']))).not.toBe(1)
      }),
    )
  })
})
