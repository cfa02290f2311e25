import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readShippedPacks } from '../../../src/rcep/tariff/load-packs.ts'
import { parseRate } from '../../../src/rcep/tariff/rate.ts'
import { readFlatTariff } from '../../../src/rcep/tariff/read-flat-tariff.ts'
import { sharedPath } from '../../helpers/shared.ts'

const period = { importer: 'CN', validFrom: '2026-01-01', validTo: null }
const schedule = sharedPath('data/tariffs/australia/au_schedule3_flat.csv')

describe('a flat list of duties', () => {
  test('takes the days of the pack where a row has none', () => {
    const { rates } = readFlatTariff(
      'line,rate,from,to\n0203.29.00,12%,,\n02032901,8%,2026-01-01,2026-06-30\n02032901,6%,2026-07-01,\n',
      period,
    )
    expect(rates).toEqual([
      { line: '02032900', base: false, validFrom: '2026-01-01', validTo: null, rate: '12%' },
      { line: '02032901', base: false, validFrom: '2026-01-01', validTo: '2026-06-30', rate: '8%' },
      { line: '02032901', base: false, validFrom: '2026-07-01', validTo: null, rate: '6%' },
    ])
  })

  test.each([
    ['line,rate\n0203,12%\n', 'row 2: "0203" is no tariff line of 8 to 10 digits'],
    ['line,rate\n02032900,cheap\n', 'row 2: "cheap" is not a rate'],
    ['line,rate\n02032900,1%\n02032900,2%\n', 'row 3: 02032900 2026-01-01 stands twice'],
    ['line,rate,from,to\n02032900,1%,2026-05-01,2026-04-01\n', 'row 2: ends on 2026-04-01, before it begins'],
    ['line,rate,from\n02032900,1%,May\n', 'row 2: "May": days are YYYY-MM-DD'],
    ['code;rate\n', 'columns: code, rate: expected line,rate'],
    ['line,rate\n', 'file: no rows'],
  ])('%j is refused whole', (text, message) => {
    expect(() => readFlatTariff(text, period)).toThrow(message)
  })
})

describe('the Australian Schedule 3', () => {
  test.each([
    ['Free', 'Free'],
    ['5% DCS4% CAFree DCT5%', '5%'],
    ['5% CA Free', '5%'],
    ['$0.142/kg NZ/PG/FI/DC/ LDC $0.142 /kg', '$0.142/kg'],
    ['5%, and $107.99/L of alcohol NZ/PG/FI:$107.99/L of alcohol', '5%, and $107.99/L of alcohol'],
    ['5% From1July2018 3.75% From 1 July 2021 Free', 'Free'],
    ['\u200bFree\u200b', 'Free'],
  ])('of %j keeps the general rate', (cell, rate) => {
    const quoted = `"${cell}"`
    const { rates } = readFlatTariff(`hs8,mfn_duty\n0101.21.00,${quoted}\n`, { ...period, importer: 'AU' })
    expect(rates.map((one) => one.rate)).toEqual([rate])
  })

  test.skipIf(schedule === null)('is what the shipped pack says, but for four lines of blended fuel', () => {
    const { rates, left } = readFlatTariff(readFileSync(schedule ?? '', 'utf8'), {
      importer: 'AU',
      validFrom: '2022-01-01',
      validTo: null,
    })
    const shipped = readShippedPacks().find(({ pack }) => pack.id === 'mfn-au-2022')
    const byLine = (one: { line: string }, other: { line: string }) => one.line.localeCompare(other.line)
    expect(left).toHaveLength(4)
    expect(shipped?.rates.toSorted(byLine)).toEqual(rates.toSorted(byLine))
  })

  test('forty shipped lines have the general rates read in the table', () => {
    const path = new URL('../../golden/rcep/tariffs/au-mfn.json', import.meta.url)
    const golden = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    const shipped = new Map(
      readShippedPacks()
        .find(({ pack }) => pack.id === 'mfn-au-2022')
        ?.rates.map(({ line, rate }) => [line, rate]),
    )
    const found = Object.keys(golden).map((line) => [line, shipped.get(line)])
    expect(Object.fromEntries(found)).toEqual(golden)
    expect(found.length).toBeGreaterThanOrEqual(40)
    expect([...shipped.values()].every((rate) => parseRate(rate).kind !== 'unparsed')).toBe(true)
  })
})
