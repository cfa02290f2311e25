import type { Big } from 'big.js'
import type { Database } from '../db/connect.ts'
import { coverageOf, type LoadedSlice, slicesIn, within } from './coverage.ts'
import { sum } from './exact.ts'
import { countRollups, loadDatasets } from './queries.ts'
import { loadIso2 } from './reference-queries.ts'
import type { Range } from './select.ts'
import { sumByCode } from './sum-queries.ts'

/** A country whose own trade is loaded from an international source. */
export interface WorldReporter {
  iso3: string
  /** Code as a partner in Chinese data. */
  iso2: string | null
  dataset: string
  edition: string
  slices: LoadedSlice[]
}

/** The reporters of international data of a flow, in the Harmonized System; one dataset a country, the newest edition. */
export async function loadReporters(
  db: Database,
  ask: { flow: string; asOf: Date; except: string },
): Promise<WorldReporter[]> {
  const datasets = await loadDatasets(db, ask.asOf)
  const found = new Map<string, WorldReporter>()
  for (const { dataset, flow, slices } of datasets) {
    const iso3 = /^(?:comtrade|baci)\/([A-Z]{3})\b/.exec(dataset)?.[1]
    const edition = slices[0]?.hsEdition ?? ''
    if (!iso3 || flow !== ask.flow || dataset === ask.except || !/^(\d{4}$|H)/.test(edition)) continue
    const held = found.get(iso3)
    if (held && held.edition >= edition) continue
    found.set(iso3, { iso3, iso2: await loadIso2(db, iso3), dataset, edition, slices })
  }
  return [...found.values()]
}

/** Those that hold every asked range in US dollars, with the slices of each range. */
export function coveringRanges(
  reporters: readonly WorldReporter[],
  ranges: readonly Range[],
): { reporter: WorldReporter; slices: LoadedSlice[][] }[] {
  return reporters.flatMap((reporter) => {
    const usable = reporter.slices.filter((slice) => slice.currencies.includes('USD'))
    const coverage = coverageOf(usable)
    const slices = ranges.map((range) => slicesIn(within(coverage, { ...range, yearly: true })))
    return slices.every((of) => of.length > 0) ? [{ reporter, slices }] : []
  })
}

/** The finest product level, 6, 4 or 2 digits, that every one of the sets of slices keeps; null when there is none. */
export async function commonLevel(
  db: Database,
  sets: readonly (readonly LoadedSlice[])[],
): Promise<2 | 4 | 6 | null> {
  const counts = await Promise.all(sets.map((slices) => countRollups(db, slices)))
  const keeps = (digits: number) => counts.every((count) => (count.get(`hs${digits}`) ?? 0) > 0)
  return ([6, 4, 2] as const).find(keeps) ?? null
}

/** Sums in US dollars by product of the given level; totals and codes that are no products are left out. */
export async function productSums(
  db: Database,
  slices: readonly LoadedSlice[],
  digits: 2 | 4 | 6,
): Promise<Map<string, Big>> {
  const filters = { hs: null, partners: null, mode: null, enterprise: null }
  const question = { source: `hs${digits}`, filters, currency: 'USD' } as const
  const { cells } = await sumByCode(db, question, { current: [...slices], base: [], grouping: { digits } })
  return new Map(
    cells
      .filter(({ code }) => code.length === digits && /^\d/.test(code))
      .map(({ code, current }) => [code, current]),
  )
}

export function totalOf(products: ReadonlyMap<string, Big>): Big {
  return sum(products.values())
}
