import { expect, test } from 'vitest'
import { cellOf, type RateTable } from '../../../src/rcep/opportunities/cells.ts'
import { termsOf } from '../../../src/rcep/origin/agreements.ts'
import type { TariffPack, TariffRate } from '../../../src/rcep/tariff/facts.ts'
import { readReference } from '../../../src/reference/load.ts'

const on = '2026-11-01'
const { concordance } = readReference()

/** A table of Korea's rates for goods of China; rates by regime and line. */
function koreaWith(rates: Record<string, Record<string, string>>): RateTable {
  const packs = Object.keys(rates).map((regime): TariffPack => {
    const group = regime === 'RCEP' ? 'CN' : null
    const dates = { validFrom: '2026-01-01', validTo: null, published: null }
    return {
      id: regime,
      regime,
      importer: 'KR',
      group,
      edition: '2022',
      source: '',
      origin: '',
      sha256: '',
      ...dates,
    }
  })
  const dated = (lines: Record<string, string>): TariffRate[] =>
    Object.entries(lines).map(([line, rate]) => {
      return { line, base: false, validFrom: '2026-01-01', validTo: null, rate }
    })
  const byPack = Object.entries(rates).map(([regime, lines]) => {
    return [regime, new Map([['850440', dated(lines)]])] as const
  })
  return { on, packs, agreements: [termsOf('CN-KR')], rates: new Map(byPack), concordance }
}

const cell = (table: RateTable) =>
  cellOf(
    table,
    {
      hs: '850440',
      edition: '2022',
      importer: 'KR',
      exporter: 'CN',
      goods: { value: '1000', currency: 'USD', quantities: [] },
    },
    { allowBase: false },
  )

test('a line that only the RCEP table has competes with every general rate, so the saving is a range', () => {
  const table = koreaWith({
    RCEP: { '8504401000': '0%', '8504402000': '0%' },
    MFN: { '8504401000': '8%', '8504409000': '2%' },
  })
  expect(cell(table)).toMatchObject({
    state: 'depends-on-line',
    saving: { least: '20', most: '80' },
    missing: ['tariff-line'],
  })
})

test('where RCEP commits to nothing the rate of another agreement is the best', () => {
  const table = koreaWith({
    RCEP: { '8504401000': 'U' },
    MFN: { '8504401000': '8%' },
    'CN-KR': { '8504401000': '0%' },
  })
  expect(cell(table)).toMatchObject({
    state: 'no-commitment',
    best: 'CN-KR',
    saving: null,
    others: [{ agreement: 'CN-KR', rate: '0%', belowRcep: true, saving: { least: '80', most: '80' } }],
  })
})
