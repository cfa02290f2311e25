import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { monthPeriod, monthRange } from '../reference/period.ts'
import type { CompetitivenessQuery } from './analysis-schema.ts'
import { coverageOf, extentOf, type LoadedSlice, missingFrom, slicesIn, within } from './coverage.ts'
import { defaultDataset, rejectTooEarly } from './load.ts'
import { commonLevel, coveringRanges, loadReporters, type WorldReporter } from './load-world.ts'
import { loadSlices } from './queries.ts'
import type { Range } from './select.ts'

export type Flow = 'export' | 'import'

/** A year of the asked dataset, and of the reporters that hold it. */
export interface World {
  db: Database
  query: CompetitivenessQuery
  dataset: string
  year: number
  asOf: Date
  own: Record<Flow, LoadedSlice[]>
  others: Record<Flow, { reporter: WorldReporter; slices: LoadedSlice[] }[]>
  level: 2 | 4 | 6
}

/** Measures that need nothing but exports and imports of the asked dataset. */
export const twoWayMeasures: readonly string[] = ['lafay', 'tsc', 'gl', 'michaely']

/** Chooses the year, the level of products and who stands for the world. Throws, with the reason, where something is not loaded. */
export async function worldOf(db: Database, query: CompetitivenessQuery, asOf: Date): Promise<World> {
  const { measure } = query
  const dataset = query.dataset ?? defaultDataset
  const flows: Flow[] = twoWayMeasures.includes(measure) ? ['export', 'import'] : ['export']
  const loaded = await Promise.all(flows.map((flow) => loadSlices(db, { dataset, flow, asOf })))
  const [exports = [], imports = []] = loaded.map((slices) =>
    slices.filter((slice) => slice.currencies.includes('USD')),
  )
  if (exports.length === 0 || (flows.includes('import') && imports.length === 0)) {
    await rejectTooEarly(db, { dataset, asOf })
    throw invalid('dataset', dataset, `one with ${flows.join(' and ')} in US dollars`)
  }
  const all = await Promise.all(
    (['export', 'import'] as const).map((flow) => loadReporters(db, { flow, asOf, except: dataset })),
  )
  const year = query.year === undefined ? lastWholeYear(exports) : Number(query.year)
  const own = { export: wholeYear(exports, year, dataset), import: [] as LoadedSlice[] }
  if (flows.includes('import')) own.import = wholeYear(imports, year, dataset)
  const edition = own.export[0]?.hsEdition ?? ''
  const [sellers = [], buyers = []] = all.map((reporters) =>
    coveringRanges(reporters, [yearRange(year)])
      .filter(({ reporter }) => query.level === 2 || reporter.edition === edition)
      .map(({ reporter, slices }) => ({ reporter, slices: slices.flat() })),
  )
  const others = { export: sellers, import: buyers }
  rejectWithoutWorld(query, others, `${year}, HS ${edition}`)
  const sets = [own.export, ...(measure === 'tci' ? buyers : sellers).map(({ slices }) => slices)]
  const common = await commonLevel(db, twoWayMeasures.includes(measure) ? [own.export, own.import] : sets)
  const level = query.level ?? common
  if (level === null || level > (common ?? 0)) {
    throw invalid(
      'level',
      query.level ?? '',
      `at most ${common ?? 'none'}, the finest that all the data keep`,
    )
  }
  return { db, query, dataset, year, asOf, own, others, level }
}

/** The exports of a year in US dollars, the last whole one unless asked. Throws where they are not loaded in full. */
export async function ownYear(
  db: Database,
  ask: { dataset: string; year: string | undefined; asOf: Date },
): Promise<{ year: number; slices: LoadedSlice[] }> {
  const { dataset, asOf } = ask
  const loaded = await loadSlices(db, { dataset, flow: 'export', asOf })
  const exports = loaded.filter((slice) => slice.currencies.includes('USD'))
  if (exports.length === 0) {
    await rejectTooEarly(db, { dataset, asOf })
    throw invalid('dataset', dataset, 'one with export in US dollars')
  }
  const year = ask.year === undefined ? lastWholeYear(exports) : Number(ask.year)
  return { year, slices: wholeYear(exports, year, dataset) }
}

function rejectWithoutWorld(
  query: CompetitivenessQuery,
  others: Record<Flow, readonly unknown[]>,
  wanted: string,
): void {
  if (twoWayMeasures.includes(query.measure)) return
  const flow = query.measure === 'tci' ? 'import' : 'export'
  if (others[flow].length > 0) return
  throw invalid(
    'measure',
    query.measure,
    `needs world data, and none are loaded: ${flow}s of other countries in ${wanted} (tradewind import a Comtrade or BACI file)`,
  )
}

/** The last year whose December is loaded, or the one before that of the last month. */
export function lastWholeYear(slices: readonly LoadedSlice[]): number {
  const last = extentOf(coverageOf(slices))?.last
  if (!last) return 1970
  return last.month === 12 ? last.year : last.year - 1
}

/** The slices of a whole year, from its yearly figure or its months. Throws where it is not loaded in full. */
export function wholeYear(slices: readonly LoadedSlice[], year: number, dataset: string): LoadedSlice[] {
  const range = yearRange(year)
  const coverage = coverageOf(slices)
  const yearly = within(coverage, { ...range, yearly: true })
  if (yearly.size > 0) return slicesIn(yearly)
  const months = within(coverage, range)
  if (missingFrom(months, monthRange(range.from, range.to)).length === 0) return slicesIn(months)
  throw invalid('year', String(year).padStart(4, '0'), `a year that ${dataset} holds in full`)
}

function yearRange(year: number): Range {
  return { from: monthPeriod(year, 1), to: monthPeriod(year, 12), yearly: false }
}
