import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatJapan, formatSchedule, parseSchedule, seasonSpans } from '../../../src/rcep/tariff/facts.ts'
import { readShippedPacks } from '../../../src/rcep/tariff/load-packs.ts'
import { parseRate } from '../../../src/rcep/tariff/rate.ts'
import { readAnnexSchedule } from '../../../src/rcep/tariff/read-annex-schedule.ts'
import { readJapanTariff } from '../../../src/rcep/tariff/read-japan-tariff.ts'
import { rateInYear } from '../../../src/rcep/tariff/schedule.ts'
import { readReference } from '../../../src/reference/load.ts'
import { sharedPath } from '../../helpers/shared.ts'

const facts = (name: string) =>
  readFileSync(new URL(`../../../data/tariffs/${name}`, import.meta.url), 'utf8')
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../golden/rcep/tariffs/${name}.json`, import.meta.url), 'utf8'))
const packs = new Map(readShippedPacks().map((content) => [content.pack.id, content]))

function ratesOf(id: string): (line: string, on: string) => string | undefined {
  const byLine = new Map<string, NonNullable<ReturnType<typeof packs.get>>['rates']>()
  for (const rate of packs.get(id)?.rates ?? []) {
    if (!rate.base) byLine.set(rate.line, [...(byLine.get(rate.line) ?? []), rate])
  }
  return (line, on) =>
    byLine.get(line)?.find(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo))
      ?.rate
}

describe('the shipped schedules', () => {
  const shares = (name: string) => {
    const { lines, problems } = parseSchedule(facts(name))
    const zero = (year: number) =>
      lines.filter(({ steps }) => rateInYear(steps, year) === '0%').length / lines.length
    const unbound = lines.filter(({ steps }) => steps.length === 1 && steps[0]?.rate === 'U').length
    return { problems, lines: lines.length, unbound, first: zero(1).toFixed(4), last: zero(99).toFixed(4) }
  }

  test("China's for ASEAN has its lines, its share of zero rates and its lines without commitment", () => {
    expect(shares('cn/rcep-asean.csv')).toEqual({
      problems: [],
      lines: 8277,
      unbound: 340,
      first: '0.6791',
      last: '0.9050',
    })
  })

  test("Australia's has its lines and its share of zero rates", () => {
    expect(shares('au/rcep.csv')).toEqual({
      problems: [],
      lines: 6184,
      unbound: 41,
      first: '0.7534',
      last: '0.9827',
    })
  })

  test("China's covers every subheading of HS 2012, and no pack has a line outside its edition", () => {
    const { codes } = readReference().concordance
    const covered = new Set(
      parseSchedule(facts('cn/rcep-asean.csv')).lines.map(({ line }) => line.slice(0, 6)),
    )
    expect([...(codes.get('2012') ?? [])].filter((code) => !covered.has(code) && code < '98')).toEqual([])
    expect(covered.size).toBe(5205)
    for (const { pack, rates } of packs.values())
      expect([pack.id, rates.find(({ line }) => !codes.get(pack.edition)?.has(line.slice(0, 6)))]).toEqual([
        pack.id,
        undefined,
      ])
  })

  test.each([
    ['cn-asean', 'rcep-cn-asean-hs2012'],
    ['au-all', 'rcep-au-all-hs2012'],
  ])('%s: forty lines have the published rates on days around the turns of the year', (name, id) => {
    const { dates, lines } = golden(name) as {
      dates: string[]
      lines: Record<string, { base: string; rates: string[] }>
    }
    const rateOn = ratesOf(id)
    const bases = new Map(packs.get(id)?.rates.flatMap((rate) => (rate.base ? [[rate.line, rate.rate]] : [])))
    const found = Object.keys(lines).map((line) => [
      line,
      { base: bases.get(line), rates: dates.map((on) => rateOn(line, on)) },
    ])
    expect(Object.keys(lines)).toHaveLength(40)
    expect(Object.fromEntries(found)).toEqual(lines)
    expect(Object.keys(lines).map((line) => rateOn(line, '2021-12-31'))).toEqual(Array(40).fill(undefined))
  })
})

describe("Japan's tariff of 2026", () => {
  test('gives forty lines the MFN and RCEP rates read by hand, seasons included', () => {
    const ids = ['mfn-jp-2026', 'rcep-jp-asean+au+nz-2026', 'rcep-jp-cn-2026', 'rcep-jp-kr-2026']
    const columns = ids.map(ratesOf)
    const { rows } = golden('jp-2026') as { rows: [string, string, ...string[]][] }
    expect(rows.map(([line, on]) => [line, on, ...columns.map((rateOn) => rateOn(line, on))])).toEqual(rows)
    expect(rows.length).toBeGreaterThanOrEqual(40)
  })

  test('covers the tariff year and no more', () => {
    const rateOn = ratesOf('rcep-jp-cn-2026')
    expect(
      ['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'].map((on) => rateOn('392310000', on)),
    ).toEqual([undefined, '(1.8%)', '(1.8%)', undefined])
  })

  test('every rate can be read', () => {
    const unread = [...packs.values()].flatMap(({ rates }) =>
      rates.filter(({ rate }) => parseRate(rate).kind === 'unparsed'),
    )
    expect(unread).toEqual([])
  })

  test('seasons stay within the year from April to March', () => {
    expect(seasonSpans('12-5', 2026)).toEqual([
      { validFrom: '2026-04-01', validTo: '2026-05-31' },
      { validFrom: '2026-12-01', validTo: '2027-03-31' },
    ])
    expect(seasonSpans('11-2', 2027)).toEqual([{ validFrom: '2027-11-01', validTo: '2028-02-29' }])
    expect(seasonSpans('4-9', 2026)).toEqual([{ validFrom: '2026-04-01', validTo: '2026-09-30' }])
    expect(seasonSpans('13-2', 2026)).toBeNull()
  })
})

describe('reading the published files again', () => {
  const sources = [
    {
      path: 'data/tariffs/rcep-annex1/rcep-schedule-of-china-for-asean.xls',
      file: 'cn/rcep-asean.csv',
      pack: 'rcep-cn-asean-hs2012',
      make: (bytes: Buffer) => formatSchedule(readAnnexSchedule(bytes).lines),
    },
    {
      path: 'data/tariffs/rcep-annex1/rcep-schedule-of-australia.xlsx',
      file: 'au/rcep.csv',
      pack: 'rcep-au-all-hs2012',
      make: (bytes: Buffer) => formatSchedule(readAnnexSchedule(bytes).lines),
    },
    {
      path: 'data/tariffs/japan-2026/japan_tariff_2026_flat.csv',
      file: 'jp/tariff-2026.csv',
      pack: 'mfn-jp-2026',
      make: (bytes: Buffer) => formatJapan(readJapanTariff(bytes.toString('utf8'))),
    },
  ]
  test.skipIf(sharedPath('data/tariffs') === null).each(sources)(
    '$file comes out the same',
    ({ path, file, pack, make }) => {
      const bytes = readFileSync(sharedPath(path) ?? '')
      expect(make(bytes)).toBe(facts(file))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(packs.get(pack)?.pack.sha256)
    },
    30_000,
  )
})
