import type { Big } from 'big.js'
import type { Database } from '../db/connect.ts'
import {
  comparePeriods,
  firstMonth,
  formatPeriod,
  growthPeriods,
  lastMonth,
  type Month,
  monthPeriod,
  monthRange,
  type Period,
  samePeriodLastYear,
  yearPeriod,
} from '../reference/period.ts'
import {
  type Coverage,
  type Currency,
  coverageOf,
  extentOf,
  type LoadedSlice,
  missingFrom,
  slicesIn,
  within,
} from './coverage.ts'
import { sum } from './exact.ts'
import { formWarnings } from './forms.ts'
import { comparisonBasis, growthFormulas, structureFormulas } from './formulas.ts'
import { growthTable } from './growth.ts'
import { digitsOf, groupingOf, linesOf, nameOf } from './lines.ts'
import { filtersShown, type Prepared, prepare, rejectUnknownCodes, vintageOf } from './load.ts'
import { flowSums, type Joined, structureSums } from './load-editions.ts'
import { loadGroupLists, loadNames, loadSections } from './reference-queries.ts'
import type { GrowthQuery, GrowthReply, StructureQuery, StructureReply } from './schema.ts'
import {
  comparability,
  inCurrency,
  monthsText,
  type Range,
  rangeOf,
  selectStructure,
  spanOf,
  type Warning,
} from './select.ts'
import type { Series } from './series.ts'
import { structure } from './structure.ts'

/** How figures are read: everything else is known before, so that they may be read in the scope of one firm. */
export type ReadFigures = <Figures>(work: (db: Database) => Promise<Figures>) => Promise<Figures>

/** The structure of a flow over a period, compared with the same months a year before. */
export async function loadStructure(
  db: Database,
  query: StructureQuery,
  now: Date,
  read: ReadFigures = (work) => work(db),
): Promise<StructureReply> {
  const prepared = await prepare(db, query, now)
  const selected = selectStructure(prepared.slices, query)
  const { currency, range } = selected
  const current = slicesIn(selected.current)
  const base = selected.base ? slicesIn(selected.base) : []
  const used = [...new Set([...current, ...base])]
  const { question, sums, joined } = await structureSums(db, query, {
    prepared,
    current,
    base,
    currency,
    read,
  })
  if (sums.rows === 0) await rejectUnknownCodes(db, query, prepared.groups)
  const cells = selected.base ? sums.cells : sums.cells.map((cell) => ({ ...cell, base: null }))
  const sections = query.by === 'section' ? await loadSections(db) : []
  const { lines, options } = linesOf(cells, query, { ...prepared, sections })
  const { lines: rows, totals } = structure(lines, {
    ...options,
    places: sums.places,
    isCompared: selected.base !== null,
  })
  const names = await loadNames(
    db,
    query.by,
    rows.map((row) => namedCode(row.code)),
  )
  return {
    data: rows.map((row) => {
      const name = nameOf(namedCode(row.code), query.by, names)
      return { ...row, name: name?.zh ?? null, nameEn: name?.en ?? null }
    }),
    meta: {
      ...totals,
      vintage: vintageOf(used),
      asOf: prepared.asOf.toISOString(),
      filters: filtersShown(query, prepared, { ...spanOf(range), currency, top: String(options.top) }),
      currency,
      rows: sums.rows,
      source: question.source,
      period: spanOf(range),
      comparison: selected.base && { ...spanOf(aYearBefore(range)), basis: comparisonBasis },
      overlapping: options.overlapping !== undefined,
      ...(joined && { families: joined.families }),
      warnings: [
        ...selected.warnings,
        ...(joined?.warnings ?? comparability(used, Math.max(digitsOf(query.by), query.hs?.length ?? 0))),
        ...overlapWarning(query, prepared),
        ...groupWarnings(query, await loadGroupLists(db)),
        ...(groupingOf(query.by) === 'mode' ? formWarnings(sums.cells.map((cell) => cell.code)) : []),
      ],
      formulas: structureFormulas,
    },
  }
}

/** A family of codes is called after the first of them. */
function namedCode(code: string): string {
  return code.replace(/\+$/, '')
}

/** Growth of a flow, of both together or of their balance by month, or by year for a yearly source. */
export async function loadGrowth(
  db: Database,
  query: GrowthQuery,
  now: Date,
  read: ReadFigures = (work) => work(db),
): Promise<GrowthReply> {
  const split = query.janFeb === 'split'
  const { flow } = query
  if (flow !== 'balance' && flow !== 'total') {
    const part = await loadFlow(db, { ...query, flow }, now, read)
    return growthReply(query, part, { series: part.series, rows: part.rows, slices: part.used }, split)
  }
  const exports = await loadFlow(db, { ...query, flow: 'export' }, now, read)
  const imports = await loadFlow(db, { ...query, flow: 'import', currency: exports.currency }, now, read)
  const sign = flow === 'balance' ? -1 : 1
  return growthReply(
    query,
    exports,
    {
      series: combined(exports.series, imports.series, sign),
      rows: exports.rows + imports.rows,
      slices: [...exports.used, ...imports.used],
    },
    split,
  )
}

interface FlowPart {
  prepared: Prepared
  currency: Currency
  asked: Range
  range: Range
  coverage: Coverage
  used: LoadedSlice[]
  series: Map<string, Big>
  rows: number
  source: string
  joined: Joined | null
}

type FlowQuery = GrowthQuery & Pick<StructureQuery, 'flow'>

async function loadFlow(db: Database, query: FlowQuery, now: Date, read: ReadFigures): Promise<FlowPart> {
  const prepared = await prepare(db, query, now)
  const { currency, slices } = inCurrency(prepared.slices, query.currency)
  const whole = coverageOf(slices)
  const asked = rangeOf(query, whole, firstOfGrowth)
  const range = clipped(asked, whole)
  // Rolling twelve months of a year before, from the first asked month, reach two years back.
  const coverage = within(whole, { ...range, from: monthPeriod(range.from.year - 2, 1) })
  const used = slicesIn(coverage)
  const { question, sums, joined } = await flowSums(db, query, { prepared, used, currency, read })
  const { values, rows } = sums
  if (rows === 0) await rejectUnknownCodes(db, query, prepared.groups)
  const series = seriesOf(coverage, values)
  return { prepared, currency, asked, range, coverage, used, series, rows, source: question.source, joined }
}

function growthReply(
  query: GrowthQuery,
  part: FlowPart,
  sums: { series: Map<string, Big>; rows: number; slices: LoadedSlice[] },
  split: boolean,
): GrowthReply {
  const { prepared, currency, asked, range, coverage } = part
  return {
    data: growthTable(sums.series, periodsOf(range, split)),
    meta: {
      vintage: vintageOf(sums.slices),
      asOf: prepared.asOf.toISOString(),
      filters: filtersShown(query, prepared, { ...spanOf(range), currency }),
      currency,
      rows: sums.rows,
      source: part.source,
      comparison: { basis: comparisonBasis },
      seasonallyAdjusted: false,
      ...(part.joined && { families: part.joined.families }),
      warnings: [
        ...growthWarnings(asked, range, coverage, split),
        ...(part.joined?.warnings ?? comparability(sums.slices, query.hs?.length ?? 0)),
        ...(query.mode === undefined ? [] : formWarnings([query.mode])),
      ],
      formulas: growthFormulas,
    },
  }
}

/** Periods that only one of the flows holds are unknown in both together. */
function combined(exports: Series, imports: Series, sign: 1 | -1): Map<string, Big> {
  return new Map(
    [...exports].flatMap(([period, value]): [string, Big][] => {
      const other = imports.get(period)
      return other ? [[period, value.plus(other.times(sign))]] : []
    }),
  )
}

function overlapWarning(query: StructureQuery, prepared: Prepared): Warning[] {
  if (query.by !== 'region') return []
  const detail = `a partner may belong to several groups, so the lines do not add up; members as of ${prepared.groupsOn}, without the reporter itself`
  return [{ code: 'overlapping-lines', detail }]
}

/** The list of the Belt and Road is not shipped: no dated source of all its members is at hand. */
function groupWarnings(query: StructureQuery, lists: ReadonlyMap<string, string>): Warning[] {
  const own = [...lists].filter(([name]) => query.by === 'region' || query.partner === name)
  const detail = `${own.map(([name, origin]) => `${name} from ${origin}`).join(', ')}: lists as a user loaded them, not confirmed here`
  const missing = query.by === 'region' && !lists.has('BRI')
  const how = 'BRI (Belt and Road) is not loaded: tradewind reference import groups FILE'
  return [
    ...(own.length > 0 ? [{ code: 'group-unconfirmed', detail }] : []),
    ...(missing ? [{ code: 'group-not-loaded', detail: how }] : []),
  ]
}

function aYearBefore(range: Range): Range {
  return { ...range, from: samePeriodLastYear(range.from), to: samePeriodLastYear(range.to) }
}

/** This year and the one before, as far as it is loaded. */
export function firstOfGrowth(to: Month, first: Month): Month {
  const start = monthPeriod(to.year - 1, 1)
  return comparePeriods(start, first) < 0 ? first : start
}

/** The periods that stand for a range: January and February as one unless split; years for a yearly source. */
export function periodsOf(range: Range, split: boolean): Period[] {
  if (range.yearly) {
    return Array.from({ length: range.to.year - range.from.year + 1 }, (_, index) =>
      yearPeriod(range.from.year + index),
    )
  }
  return split ? monthRange(range.from, range.to) : growthPeriods(range.from, range.to)
}

function seriesOf(coverage: Coverage, values: ReadonlyMap<number, Big>): Map<string, Big> {
  const entries = [...coverage].map(([period, { slices }]): [string, Big] => [
    period,
    sum(slices.flatMap((slice) => values.get(slice.id) ?? [])),
  ])
  return new Map(entries)
}

/** The part of a range between the first and the last loaded period. */
function clipped(range: Range, coverage: Coverage): Range {
  const extent = extentOf(coverage)
  if (!extent) return range
  const first = firstMonth(extent.first)
  const last = lastMonth(extent.last)
  return {
    ...range,
    from: comparePeriods(range.from, first) < 0 ? first : range.from,
    to: comparePeriods(range.to, last) > 0 ? last : range.to,
  }
}

function growthWarnings(asked: Range, range: Range, coverage: Coverage, split: boolean): Warning[] {
  const missing = missingFrom(coverage, monthRange(range.from, range.to))
  const warnings: Warning[] = []
  if (comparePeriods(asked.from, range.from) !== 0 || comparePeriods(asked.to, range.to) !== 0) {
    const { from, to } = spanOf(range)
    warnings.push({ code: 'range-clipped', detail: `loaded from ${from} to ${to}, nothing beyond` })
  }
  if (missing.length > 0) {
    const detail = `${monthsText(missing, range.yearly)}: not loaded, shown as unknown`
    warnings.push({ code: 'missing-period', detail })
  }
  const halves = [range.from.month === 2 ? range.from : [], range.to.month === 1 ? range.to : []].flat()
  if (!range.yearly && !split && halves.length > 0) {
    const detail = `${halves.map(formatPeriod).join(', ')}: left out, January and February are one period; ask for both, or for janFeb=split`
    warnings.push({ code: 'half-of-january-february', detail })
  }
  if (split) {
    const detail = 'growth of January and February apart moves with Spring Festival'
    warnings.push({ code: 'spring-festival', detail })
  }
  return warnings
}
