import { type Flow, useDatasets, useImports } from './api.ts'

/** The dataset the officer's pages are about. */
const cityDataset = 'customs-cn'

/** How far the city's data reach: the last period of its exports and imports, and when they were loaded; empty without data. */
export function useCityData() {
  const { data } = useDatasets()
  const city = data?.data.filter((row) => row.dataset === cityDataset) ?? []
  const latest = (texts: string[]) => texts.toSorted().at(-1) ?? ''
  return {
    loaded: data !== undefined,
    last: latest(city.map((row) => row.last)),
    vintage: latest(city.map((row) => row.vintage)),
  }
}

/** Months of the city's data that a later file replaced, of one flow or of all; what the import history tells. */
export function useRevisedMonths(flow: Flow | null): string[] {
  const { data } = useImports()
  const slices = data?.data.flatMap(({ state, report }) =>
    state === 'loaded' || state === 'partial' ? (report?.slices ?? []) : [],
  )
  const replaced = (slices ?? []).filter(
    (slice) =>
      slice.action === 'replaced' && slice.dataset === cityDataset && (flow === null || slice.flow === flow),
  )
  return [...new Set(replaced.map((slice) => slice.period))].sort()
}
