import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { formatPeriod, lastMonth, parsePeriod } from '../reference/period.ts'
import { coverageOf, extentOf, type LoadedSlice } from './coverage.ts'
import {
  countRollups,
  type Filters,
  type Grouping,
  hasSupervisionModes,
  loadDatasets,
  loadFirstInstant,
  loadSlices,
  neededFor,
  type Question,
} from './queries.ts'
import { isKnownCode, loadComplexityLevels, loadGroups, loadIso2 } from './reference-queries.ts'
import { type Dimensions, rollupsToCount, sourceFor, unstatedDimension } from './rollups.ts'
import type { DatasetsReply, GrowthQuery, StructureQuery } from './schema.ts'
import { instantOf } from './select.ts'

export const defaultDataset = 'customs-cn'

type Query = GrowthQuery | StructureQuery
type FlowQuery = Query & Pick<StructureQuery, 'flow'>

/** What every answer starts from: the visible slices that can hold what was asked, and the codes the filters stand for. */
export interface Prepared {
  asOf: Date
  dataset: string
  slices: LoadedSlice[]
  filters: Filters
  /** Partner groups without the reporter itself, as of the last asked month. */
  groups: ReadonlyMap<string, readonly string[]>
  groupsOn: string
}

/** Reads slices and groups for a query. Throws AppError for a dataset, flow or partner without data. */
export async function prepare(db: Database, query: FlowQuery, now: Date): Promise<Prepared> {
  const asOf = instantOf(query.asOf, now)
  const dataset = query.dataset ?? defaultDataset
  const all = await loadSlices(db, { dataset, flow: query.flow, asOf })
  if (all.length === 0) {
    await rejectTooEarly(db, { dataset, asOf })
    throw await nothingLoaded(db, { dataset, flow: query.flow, asOf })
  }
  const groupsOn = membershipDate(query.to, all)
  const groups = await groupsOfPartners(db, dataset, groupsOn)
  const partners = query.partner === undefined ? null : (groups.get(query.partner) ?? [query.partner])
  const slices = all.filter(
    (slice) => slice.partner === null || partners === null || partners.includes(slice.partner),
  )
  if (slices.length === 0) {
    const held = [...new Set(all.map((slice) => slice.partner))].sort().join(', ')
    throw invalid('partner', query.partner, `loaded for: ${held}`)
  }
  const filters = {
    hs: query.hs ?? null,
    partners: partners && [...partners],
    mode: query.mode ?? null,
    enterprise: query.enterprise ?? null,
  }
  return { asOf, dataset, slices, filters, groups, groupsOn }
}

/** Chooses the table that answers. Throws when the source of the data does not state what is asked for. */
export async function questionFor(
  db: Database,
  slices: readonly LoadedSlice[],
  ask: {
    filters: Filters
    grouping: Grouping
    /** A second dimension of the same lines. */
    also?: Grouping
    by?: string
    currency: Question['currency']
    dataset: string
  },
): Promise<Question> {
  const needed = united(neededFor(ask.filters, ask.grouping), neededFor(ask.filters, ask.also ?? null))
  const counts = await countRollups(db, slices, rollupsToCount(needed))
  const foreign = slices.find((slice) => !isHarmonised(slice.hsEdition))
  if (needed.hs > 0 && foreign) {
    const [field, value] = ask.filters.hs === null ? ['by', ask.by] : ['hs', ask.filters.hs]
    throw invalid(
      field,
      value,
      `${ask.dataset} has codes of ${foreign.hsEdition}, not of the Harmonized System`,
    )
  }
  const unstated = unstatedDimension(needed, counts)
  if (unstated !== null) {
    const filter = unstated.startsWith('hs') ? ask.filters.hs : filterOn(ask.filters, unstated)
    const byIsFiner = typeof ask.grouping !== 'object' || (ask.grouping?.digits ?? 0) >= (filter?.length ?? 0)
    const field = ask.by && (filter === null || byIsFiner) ? 'by' : unstated.replace(/\d$/, '')
    throw invalid(
      field,
      field === 'by' ? ask.by : filter,
      `${ask.dataset} states no ${unstated} in these periods`,
    )
  }
  const tradeMode = ask.filters.mode?.length === 2 && (await hasSupervisionModes(db, slices))
  const source = tradeMode ? 'facts' : sourceFor(needed, counts)
  return { source, filters: ask.filters, currency: ask.currency }
}

function united(a: Dimensions, b: Dimensions): Dimensions {
  const either = Object.entries(b).map(([name, is]) => [name, is || a[name as keyof Dimensions]])
  return { ...a, ...Object.fromEntries(either), hs: Math.max(a.hs, b.hs) }
}

/** Classifications of international files that are not the Harmonized System: SITC (S1 … S4), BEC (B4, B5), services (EB…). */
function isHarmonised(edition: string): boolean {
  return /^(\d{4}$|H)/.test(edition)
}

function filterOn(filters: Filters, name: string): string | null {
  if (name === 'partner') return filters.partners?.join(',') ?? null
  return name === 'mode' ? filters.mode : name === 'enterprise' ? filters.enterprise : null
}

/** For an answer without any fact: throws when a filter is a code that nobody knows, so that a typing error is no zero. */
export async function rejectUnknownCodes(
  db: Database,
  query: Query,
  groups: Prepared['groups'],
): Promise<void> {
  for (const field of ['hs', 'partner', 'mode', 'enterprise'] as const) {
    const code = query[field]
    if (code === undefined || (field === 'partner' && groups.has(code))) continue
    if (await isKnownCode(db, field, code)) continue
    throw invalid(field, code, 'a code of the reference facts or of the loaded data')
  }
}

/** What is loaded, by dataset and flow. */
export async function loadDatasetList(db: Database, now: Date): Promise<DatasetsReply> {
  const found = await loadDatasets(db, now)
  const data = found.flatMap(({ dataset, flow, slices }) => {
    const extent = extentOf(coverageOf(slices))
    if (!extent) return []
    const text = (period: typeof extent.first) => (extent.yearly ? String(period.year) : formatPeriod(period))
    return {
      dataset,
      flow,
      first: text(extent.first),
      last: text(extent.last),
      yearly: extent.yearly,
      currencies: [...new Set(slices.flatMap((slice) => slice.currencies))].sort(),
      vintage: vintageOf(slices),
    }
  })
  const complexities = await loadComplexityLevels(db)
  return { data, meta: { rows: data.length, asOf: now.toISOString(), complexities } }
}

/** When the newest of the slices was loaded. */
export function vintageOf(slices: readonly LoadedSlice[]): string {
  return new Date(Math.max(...slices.map((slice) => slice.loadedAt.getTime()))).toISOString()
}

/** The query as it was understood, for an answer's meta. */
export function filtersShown(
  query: Query,
  prepared: Prepared,
  resolved: Record<string, string>,
): Record<string, string> {
  const { dataset, filters, groups, groupsOn } = prepared
  const given = Object.entries({ ...query, dataset, ...resolved }).map(([name, value]) => [
    name,
    String(value),
  ])
  const group = query.partner !== undefined && groups.has(query.partner)
  const members = group ? { partners: filters.partners?.join(',') ?? '', partnersOn: groupsOn } : {}
  return { ...Object.fromEntries(given), ...members }
}

/** For an answer as of an instant at which nothing was found: throws when that is before anything of the dataset was loaded. */
export async function rejectTooEarly(
  db: Database,
  { dataset, asOf }: { dataset: string; asOf: Date },
): Promise<void> {
  const first = await loadFirstInstant(db, dataset)
  if (first === null || first <= asOf) return
  throw invalid(
    'asOf',
    asOf.toISOString(),
    `nothing of ${dataset} was loaded by then: not before ${first.toISOString()}`,
  )
}

async function nothingLoaded(db: Database, ask: { dataset: string; flow: string; asOf: Date }) {
  const loaded = await loadDatasets(db, ask.asOf)
  const flows = loaded.filter((entry) => entry.dataset === ask.dataset).map((entry) => entry.flow)
  if (flows.length > 0) return invalid('flow', ask.flow, `loaded for ${ask.dataset}: ${flows.join(', ')}`)
  const names = [...new Set(loaded.map((entry) => entry.dataset))]
  const allowed =
    names.length > 0 ? `loaded: ${names.join(', ')}` : 'nothing is loaded yet: import a file first'
  return invalid('dataset', ask.dataset, allowed)
}

/** The last day of the asked range: groups are taken as they were then, for both sides of a comparison. */
function membershipDate(to: string | undefined, slices: readonly LoadedSlice[]): string {
  const asked = to === undefined ? null : parsePeriod(to)
  const end = asked ?? extentOf(coverageOf(slices))?.last
  const { year, month } = end ? lastMonth(end) : { year: 1970, month: 1 }
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** A country's trade with its own returning goods is no trade with a group it belongs to. */
async function groupsOfPartners(
  db: Database,
  dataset: string,
  on: string,
): Promise<Map<string, readonly string[]>> {
  const iso3 = /^comtrade\/([A-Z]{3})\b/.exec(dataset)?.[1]
  const reporter = iso3 ? await loadIso2(db, iso3) : 'CN'
  const groups = await loadGroups(db, on)
  return new Map([...groups].map(([name, members]) => [name, members.filter((code) => code !== reporter)]))
}
