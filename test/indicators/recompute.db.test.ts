import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DecompositionReply } from '../../src/indicators/analysis-schema.ts'
import type { GrowthReply, StructureReply } from '../../src/indicators/schema.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadReference } from '../../src/reference/load.ts'
import { sharedPath } from '../helpers/shared.ts'
import { clock, startTestService, type TestService } from '../http/service.ts'
import { importer } from '../ingest/import-file.ts'
import { comtradeRows, millionths, type RawRow, sampleFiles, sampleRows, sumsBy } from './raw-files.ts'

// A monthly analysis made of nothing but calls of the interface; every figure computed again from the raw files by code that
// shares nothing with the program, and equal to the last digit.

let service: TestService

beforeAll(async () => {
  service = await startTestService()
  await loadReference(service.owner.pool)
}, 120_000)

afterAll(() => service.close())

async function ask<Answer>(path: string, query: Record<string, string>): Promise<Answer> {
  const url = `/api/v1/indicators/${path}?${new URLSearchParams(query)}`
  const reply = await service.app.inject({
    url,
    headers: { authorization: `Bearer ${service.tokens.officer}` },
  })
  expect([url, reply.statusCode]).toEqual([url, 200])
  return reply.json()
}

/** The lines of a structure by falling value, then falling base, then code; special transactions as one line at the end. */
function linesOf(
  rows: readonly RawRow[],
  spans: { now: Span; before: Span | null },
  key: (row: RawRow) => string,
) {
  const keyOf = (row: RawRow) =>
    /^9[89]/.test(key(row)) && key(row) === row.hs.slice(0, key(row).length) ? '~' : key(row)
  const now = sumsBy(within(rows, spans.now), keyOf)
  const before = spans.before && sumsBy(within(rows, spans.before), keyOf)
  const codes = [...new Set([...now.keys(), ...(before?.keys() ?? [])])]
  const cells = codes
    .map((code) => ({ code, x1: now.get(code) ?? 0n, x0: before?.get(code) ?? 0n }))
    .sort(
      (a, b) =>
        Number(a.code === '~') - Number(b.code === '~') ||
        by(b.x1, a.x1) ||
        by(b.x0, a.x0) ||
        (a.code < b.code ? -1 : 1),
    )
  const [whole, base] = [sum(cells.map(({ x1 }) => x1)), sum(cells.map(({ x0 }) => x0))]
  const shares = millionths(
    cells.map(({ x1 }) => x1),
    whole,
  )
  const pulls =
    before &&
    millionths(
      cells.map(({ x1, x0 }) => 100n * (x1 - x0)),
      base,
    )
  return cells.map(({ code, x1, x0 }, at) => ({
    code: code === '~' ? 'unclassified' : code,
    value: String(x1),
    share: decimal(shares[at] ?? 0n),
    change: before && String(x1 - x0),
    yoy: before === null || x0 === 0n ? null : Number(x1 - x0) / Number(x0),
    pull: pulls && Number(decimal(pulls[at] ?? 0n)),
  }))
}

type Span = readonly [from: string, to: string]
const within = (rows: readonly RawRow[], [from, to]: Span) =>
  rows.filter(({ period }) => period >= from && period <= to)
const by = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)
const sum = (values: readonly bigint[]) => values.reduce((so, value) => so + value, 0n)
const decimal = (units: bigint) => {
  const digits = String(units < 0n ? -units : units).padStart(7, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
const shown = ({ data }: StructureReply) =>
  data.map(({ code, value, share, change, yoy, pull }) => ({ code, value, share, change, yoy, pull }))
const changeOf = ({ data }: DecompositionReply) =>
  new Map(data.filter(({ parent }) => parent === null).map((part) => [part.code, part.change]))

describe('the sample city', () => {
  const rows = sampleRows()
  const year: Span = ['2026-01', '2026-10']
  const yearBefore: Span = ['2025-01', '2025-10']

  beforeAll(async () => {
    // Its newest months lie after the clock of importer().
    const config = { home: importer(service.owner).home, timeZone: 'Asia/Shanghai' }
    for (const path of sampleFiles) {
      const deps = { connection: service.owner, clock, config }
      const options = readOptions({}, { acceptPartial: false, dryRun: false })
      expect((await importFile(deps, { path, options, importedBy: 'test' })).report.status).toBe('loaded')
    }
  }, 300_000)

  const keys: Record<string, (row: RawRow) => string> = {
    hs2: ({ hs }) => hs.slice(0, 2),
    hs4: ({ hs }) => hs.slice(0, 4),
    hs8: ({ hs }) => hs,
    partner: ({ partner }) => partner,
    mode: ({ mode }) => mode,
    enterprise: ({ firm }) => firm,
  }

  test.each(['export', 'import'] as const)(
    '%s: every line of every structure, to the last digit',
    async (flow) => {
      const own = rows.filter((row) => row.flow === flow)
      for (const [dimension, key] of Object.entries(keys)) {
        const answer = await ask<StructureReply>('structure', {
          flow,
          by: dimension,
          from: year[0],
          to: year[1],
          currency: 'CNY',
          top: '20000',
        })
        expect([dimension, shown(answer)]).toEqual([
          dimension,
          linesOf(own, { now: year, before: yearBefore }, key),
        ])
        expect(answer.meta.total).toBe(String(sum(within(own, year).map(({ value }) => value))))
        expect(sum(answer.data.map(({ share }) => BigInt((share ?? '').replace('.', ''))))).toBe(1_000_000n)
      }
    },
  )

  test.each(['export', 'import'] as const)(
    '%s: every month, its growth and the year to date',
    async (flow) => {
      const months = sumsBy(
        rows.filter((row) => row.flow === flow),
        ({ period }) => period,
      )
      const over = (names: string[]) => sum(names.map((name) => months.get(name) ?? 0n))
      const { data } = await ask<GrowthReply>('growth', {
        flow,
        from: '2025-01',
        to: '2026-10',
        currency: 'CNY',
      })
      const grown = (now: bigint, base: bigint) => Number(now - base) / Number(base)
      expect(
        data.map(({ period, value, yoy, ytd, ytdYoy }) => ({ period, value, yoy, ytd, ytdYoy })),
      ).toEqual(
        ['2025', '2026'].flatMap((of) =>
          Array.from({ length: of === '2025' ? 11 : 9 }, (_, at) => {
            const name = (month: number, years = 0) =>
              `${Number(of) - years}-${String(month).padStart(2, '0')}`
            const own = (years = 0) => (at === 0 ? [name(1, years), name(2, years)] : [name(at + 2, years)])
            const toDate = (years = 0) =>
              Array.from({ length: at + 2 }, (__, month) => name(month + 1, years))
            return {
              period: at === 0 ? `${of}-01/02` : name(at + 2),
              value: String(over(own())),
              yoy: grown(over(own()), over(own(1))),
              ytd: String(over(toDate())),
              ytdYoy: grown(over(toDate()), over(toDate(1))),
            }
          }),
        ),
      )
    },
  )

  test.each(['export', 'import'] as const)('%s: why it changed, by chapter and by margin', async (flow) => {
    const own = rows.filter((row) => row.flow === flow)
    const spans = { base: '2024', current: '2025', currency: 'CNY', flow }
    const chapters = await ask<DecompositionReply>('decomposition', {
      ...spans,
      method: 'contribution',
      top: '50',
    })
    const [before, after] = (['2024', '2025'] as const).map((of) =>
      within(own, [`${of}-01`, `${of}-12`]),
    ) as [RawRow[], RawRow[]]
    const [x0, x1] = [sumsBy(before, ({ hs }) => hs.slice(0, 2)), sumsBy(after, ({ hs }) => hs.slice(0, 2))]
    const codes = [...new Set([...x0.keys(), ...x1.keys()])]
    expect(new Map([...changeOf(chapters)].sort())).toEqual(
      new Map(codes.sort().map((code) => [code, String((x1.get(code) ?? 0n) - (x0.get(code) ?? 0n))])),
    )
    const cell = ({ hs, partner, firm }: RawRow) => `${hs} ${partner} ${firm}`
    const [c0, c1] = [sumsBy(before, cell), sumsBy(after, cell)]
    const parts = { continuing: 0n, entering: 0n, exiting: 0n, occasional: 0n }
    for (const key of new Set([...c0.keys(), ...c1.keys()])) {
      const [from, to] = [c0.get(key) ?? 0n, c1.get(key) ?? 0n]
      parts[from === 0n ? 'entering' : to === 0n ? 'exiting' : 'continuing'] += to - from
    }
    const margins = await ask<DecompositionReply>('decomposition', {
      ...spans,
      method: 'margins',
      minMonths: '1',
    })
    expect(Object.fromEntries(changeOf(margins))).toEqual(
      Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, String(value)])),
    )
  })
})

const folder = 'data/trade/comtrade-legacy'
const indonesia = ['lin5698_indonesia_hs6_7.csv', 'lin5698_indonesia_hs6_6.csv'].map((name) =>
  sharedPath(`${folder}/${name}`),
)
const china = ['ibe_china_comtrade.csv', 'ibe_china_comtrade2.csv', 'ibe_china_comtrade1.csv'].map((name) =>
  sharedPath(`${folder}/${name}`),
)

describe.skipIf(indonesia.includes(null))(
  'Indonesia’s exports by Comtrade (skipped without the files)',
  () => {
    const rows = indonesia.flatMap((path) => (path === null ? [] : comtradeRows(path)))
    const dataset = 'comtrade/IDN/H5'

    beforeAll(async () => {
      const load = importer(service.owner)
      for (const path of indonesia) if (path !== null) expect((await load.path(path)).status).toBe('loaded')
    }, 120_000)

    test('every heading and subheading of 2020 against 2019', async () => {
      for (const digits of [2, 4, 6]) {
        const answer = await ask<StructureReply>('structure', {
          dataset,
          flow: 'export',
          by: `hs${digits}`,
          from: '2020',
          to: '2020',
          top: '20000',
        })
        const lines = linesOf(rows, { now: ['2020', '2020'], before: ['2019', '2019'] }, ({ hs }) =>
          hs.slice(0, digits),
        )
        expect([digits, shown(answer)]).toEqual([digits, lines])
      }
    })

    test('the years and their growth', async () => {
      const years = sumsBy(rows, ({ period }) => period)
      const { data } = await ask<GrowthReply>('growth', { dataset, flow: 'export', from: '2019', to: '2021' })
      const expected = ['2019', '2020', '2021'].map((year) => {
        const [x1, x0] = [years.get(year) ?? 0n, years.get(String(Number(year) - 1)) ?? 0n]
        return [year, String(x1), Number(x1 - x0) / Number(x0)]
      })
      expect(data.map(({ period, value, yoy }) => [period, value, yoy])).toEqual(expected)
    })
  },
)

describe.skipIf(china.includes(null))('China by Comtrade in SITC (skipped without the files)', () => {
  const rows = china.flatMap((path) => (path === null ? [] : comtradeRows(path)))
  const dataset = 'comtrade/CHN/S4'

  beforeAll(async () => {
    const load = importer(service.owner)
    for (const path of china) if (path !== null) expect((await load.path(path)).status).toBe('loaded')
  }, 120_000)

  test.each(['export', 'import'] as const)(
    '%s: every partner of 2014 against 2013, and the years',
    async (flow) => {
      const own = rows.filter((row) => row.flow === flow)
      const answer = await ask<StructureReply>('structure', {
        dataset,
        flow,
        by: 'partner',
        from: '2014',
        to: '2014',
        top: '500',
      })
      const iso = await ask<{ data: { iso3: string; partner: string }[] }>('../reference/countries', {})
      const alpha2 = new Map(iso.data.map(({ iso3, partner }) => [iso3, partner]))
      expect(shown(answer)).toEqual(
        linesOf(
          own,
          { now: ['2014', '2014'], before: ['2013', '2013'] },
          ({ partner }) => alpha2.get(partner) ?? partner,
        ),
      )
      const years = sumsBy(own, ({ period }) => period)
      const { data } = await ask<GrowthReply>('growth', { dataset, flow, from: '2011', to: '2014' })
      expect(data.map(({ period, value }) => [period, value])).toEqual(
        ['2011', '2012', '2013', '2014'].map((year) => [year, String(years.get(year))]),
      )
    },
  )
})
