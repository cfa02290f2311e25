import type { Reference } from '../../src/reference/parse.ts'
import { type PlantedFirms, planted } from './events.ts'
import type { Firm } from './firms.ts'
import { mistypedFactor, revisedMonths } from './revisions.ts'
import type { SampleRow } from './rows.ts'

export interface Sums {
  rows: number
  valueCny: number
  valueUsd: number
}

/** Rows and values of each flow and month, in order. */
export function monthlyTotals(rows: readonly SampleRow[]): ({ flow: string; period: string } & Sums)[] {
  const groups = Map.groupBy(rows, (row) => `${row.flow} ${row.period}`)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ flow: group[0]?.flow ?? '', period: group[0]?.period ?? '', ...sums(group) }))
}

export function sums(rows: readonly SampleRow[]): Sums {
  return {
    rows: rows.length,
    valueCny: rows.reduce((sum, row) => sum + row.valueCny, 0),
    valueUsd: rows.reduce((sum, row) => sum + row.valueUsd, 0),
  }
}

export interface Releases {
  /** The row whose value was mistyped at first, as it should be. */
  readonly mistyped: SampleRow | undefined
  readonly first: readonly SampleRow[]
  readonly latest: readonly SampleRow[]
}

/** What was planted, with the figures an analysis must arrive at; all but the revisions after the restatements. */
export function eventReport(reference: Reference, firms: PlantedFirms, releases: Releases) {
  const { latest } = releases
  return [
    surgeReport(reference, firms, latest),
    lostClientReport(reference, firms, latest),
    newExporterReport(reference, firms, latest),
    modeShiftReport(reference, firms, latest),
    ...revisedMonths.map((period) => revisionReport(period, releases)),
  ]
}

function surgeReport(reference: Reference, firms: PlantedFirms, rows: readonly SampleRow[]) {
  const { product, partner, from } = planted.surge
  const touched = rows.filter(
    (row) => row.flow === 'export' && row.product === product && row.partner === partner,
  )
  const now = touched.filter((row) => row.period >= from)
  const lastYear = touched.filter((row) => row.period >= '2025-05' && row.period <= '2025-10')
  return {
    id: 'surge',
    kind: 'surge-with-falling-unit-value',
    ...goods(reference, product),
    flow: 'export',
    partner,
    from,
    enterprises: firms.surge.map(firmOf),
    valueUsdSince: sums(now).valueUsd,
    valueUsdSameMonthsLastYear: sums(lastYear).valueUsd,
    kilogramsSince: kilograms(now),
    kilogramsSameMonthsLastYear: kilograms(lastYear),
    expect:
      'Value and quantity rise steeply, quantity more; the unit value falls by a fifth to a quarter and goes on falling.',
  }
}

function lostClientReport(reference: Reference, firms: PlantedFirms, rows: readonly SampleRow[]) {
  const { product, partner, lastMonth } = planted.lostClient
  const own = rows.filter(
    (row) => row.flow === 'export' && row.product === product && row.partner === partner,
  )
  return {
    id: 'lost-client',
    kind: 'stopped',
    ...goods(reference, product),
    flow: 'export',
    partner,
    enterprises: [firmOf(firms.lostClient)],
    lastMonth,
    valueUsdLastTwelveMonths: sums(own.filter((row) => row.period > '2025-03' && row.period <= lastMonth))
      .valueUsd,
    valueUsdAfterwards: sums(own.filter((row) => row.period > lastMonth)).valueUsd,
    expect: 'A steady monthly trade ends; the product and market are gone from this year’s list.',
  }
}

function newExporterReport(reference: Reference, firms: PlantedFirms, rows: readonly SampleRow[]) {
  const { product, partners, from } = planted.newExporter
  const own = rows.filter((row) => row.firm === firms.newExporter)
  return {
    id: 'new-exporter',
    kind: 'new-enterprise',
    ...goods(reference, product),
    flow: 'export',
    partners,
    enterprises: [firmOf(firms.newExporter)],
    from,
    valueUsdSince: sums(own).valueUsd,
    expect:
      'An enterprise without any earlier trade appears, first in one market, two months later in a second.',
  }
}

function modeShiftReport(reference: Reference, firms: PlantedFirms, rows: readonly SampleRow[]) {
  const { product, from, supervisionMode } = planted.modeShift
  const own = rows.filter(
    (row) => row.flow === 'export' && row.firm === firms.modeShift && row.product === product,
  )
  return {
    id: 'mode-shift',
    kind: 'reclassified',
    ...goods(reference, product),
    flow: 'export',
    enterprises: [firmOf(firms.modeShift)],
    from,
    supervisionModeBefore: '0110',
    supervisionModeAfter: supervisionMode,
    valueUsdBefore: sums(own.filter((row) => row.supervisionMode === '0110')).valueUsd,
    valueUsdAfter: sums(own.filter((row) => row.supervisionMode === supervisionMode)).valueUsd,
    expect:
      'One mode loses what another gains; the enterprise’s own trade goes on unchanged, so nothing really happened.',
  }
}

function revisionReport(period: string, { first, latest, mistyped }: Releases) {
  const inMonth = (row: SampleRow) => row.flow === 'export' && row.period === period
  return {
    id: `revision-${period}`,
    kind: 'revision',
    flow: 'export',
    period,
    file: `qingshan-export-${period}-revised.csv`,
    before: sums(first.filter(inMonth)),
    after: sums(latest.filter(inMonth)),
    ...(mistyped?.period === period ? { mistyped: mistypedReport(mistyped) } : {}),
    expect:
      'The month’s figures are replaced, the first release stays readable, growth changes in this month only.',
  }
}

function mistypedReport({ product, partner, firm, valueUsd }: SampleRow) {
  return {
    product,
    partner,
    enterprise: firmOf(firm),
    valueUsd,
    valueUsdFirstRelease: valueUsd * mistypedFactor,
  }
}

function goods(reference: Reference, product: string) {
  return { product, productName: reference.lines.find((line) => line.code === product)?.nameZh ?? '' }
}

function kilograms(rows: readonly SampleRow[]): number {
  return rows.reduce((sum, row) => sum + row.kilograms, 0)
}

function firmOf(firm: Firm): { code: string; name: string } {
  return { code: firm.code, name: firm.name }
}
