import { expect, test } from 'vitest'
import { cellOf, type RateTable, savedAlone } from '../../../src/rcep/opportunities/cells.ts'
import { summaryOf } from '../../../src/rcep/opportunities/matrix.ts'
import { otherAgreements } from '../../../src/rcep/opportunities/other-agreements.ts'
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

test('an agreement in force whose rates are not at hand is named, and the saving counts as contested', () => {
  const found = cell(koreaWith({ RCEP: { '8504401000': '0%' }, MFN: { '8504401000': '8%' } }))
  expect(found).toMatchObject({ state: 'saving', others: [], notCompared: ['CN-KR', 'APTA'] })
  expect(summaryOf([found])).toEqual({
    least: '80',
    most: '80',
    certain: { least: '0', most: '0' },
    contested: 1,
    cells: { saving: 1 },
  })
})

test.each([
  ['5%', { belowRcep: true, sameAsRcep: false }],
  ['6%', { belowRcep: false, sameAsRcep: true }],
  ['7%', { belowRcep: false, sameAsRcep: false }],
])('another agreement at %s stands to an RCEP rate of 6 %% as it does', (rate, expected) => {
  const found = cell(
    koreaWith({ RCEP: { '8504401000': '6%' }, MFN: { '8504401000': '8%' }, 'CN-KR': { '8504401000': rate } }),
  )
  expect(found.others).toMatchObject([{ agreement: 'CN-KR', rate, ...expected }])
  expect(found.notCompared).toEqual(['APTA'])
})

test.each([
  [{ RCEP: '6%', 'CN-KR': '7%', APTA: '7.5%' }, '10'],
  [{ RCEP: '0%', 'CN-KR': '0.1%', APTA: '8%' }, '1'],
  [{ RCEP: '6%', 'CN-KR': '8%', APTA: '8%' }, '20'],
  [{ RCEP: '6%', 'CN-KR': '6%', APTA: '8%' }, '0'],
  [{ RCEP: '6%', 'CN-KR': '5%', APTA: '8%' }, '0'],
])('of 1,000 at a general rate of 8 %% and others at %j RCEP alone saves %s', (rates, alone) => {
  const lines = Object.entries({ MFN: '8%', ...rates }).map(([regime, rate]) => [
    regime,
    { '8504401000': rate },
  ])
  const found = cell(koreaWith(Object.fromEntries(lines)))
  expect(found.notCompared).toEqual([])
  expect(savedAlone(found)).toEqual({ least: alone, most: alone })
  const contested = alone === found.saving?.most ? 0 : 1
  expect(summaryOf([found])).toMatchObject({ certain: { least: alone, most: alone }, contested })
})

test.each([
  ['CN', 'KH', '2026-11-01', ['CN-KH', 'LDC']],
  ['KH', 'CN', '2026-11-01', ['CN-KH']],
  ['CN', 'MM', '2024-11-30', []],
  ['CN', 'MM', '2024-12-01', ['LDC']],
  ['AU', 'CN', '2015-12-19', []],
  ['AU', 'CN', '2015-12-20', ['CN-AU']],
  ['AU', 'NZ', '2026-11-01', []],
  ['KR', 'LA', '2026-11-01', []],
  ['JP', 'CN', '2026-11-01', []],
])('what %s grants %s beside RCEP on %s: %j', (importer, exporter, day, expected) => {
  expect(otherAgreements(importer, exporter, day)).toEqual(expected)
})
