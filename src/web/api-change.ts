import type {
  CompetitivenessReply,
  DecompositionReply,
  ProjectionReply,
} from '../indicators/analysis-schema.ts'
import { type Flow, useAnswer, useDatasets } from './api.ts'
import type { Currency } from './format.ts'
import { address } from './http.ts'

export type Decomposition = DecompositionReply
export type ChangePart = DecompositionReply['data'][number]
export type Advantage = CompetitivenessReply['data'][number]
export type Projected = ProjectionReply['data'][number]

export interface DecompositionFilter {
  flow: Flow
  currency: Currency
  method: 'price-quantity' | 'margins' | 'cms' | 'contribution'
  /** Two months or years as FROM..TO; the same span a year before is the base unless given. */
  current: string
  base?: string
  hs?: string
  partner?: string
  mode?: string
  enterprise?: string
  top?: number
}

export function decompositionAddress(filter: DecompositionFilter): string {
  return address('/indicators/decomposition', { ...filter })
}

/** Why trade changed; nothing is asked until the span is known. */
export function useDecomposition(filter: DecompositionFilter, enabled = true) {
  return useAnswer<DecompositionReply>(decompositionAddress(filter), enabled && filter.current !== '')
}

/** Which of the data beyond the city's own are loaded: null until it is known. */
export function useWorldData(): { exports: boolean; imports: boolean; complexities: boolean } | null {
  const { data } = useDatasets()
  if (data === undefined) return null
  const holds = (flow: Flow) =>
    data.data.some((row) => row.flow === flow && /^(comtrade|baci)\//.test(row.dataset))
  return {
    exports: holds('export'),
    imports: holds('import'),
    complexities: data.meta.complexities.length > 0,
  }
}

export interface CompetitivenessFilter {
  measure: 'rca' | 'tsc' | 'gl'
  year: string
  level?: number
  top: number
}

export function competitivenessAddress(filter: CompetitivenessFilter): string {
  return address('/indicators/competitiveness', { ...filter })
}

export function useCompetitiveness(filter: CompetitivenessFilter, enabled = true) {
  return useAnswer<CompetitivenessReply>(competitivenessAddress(filter), enabled && filter.year !== '')
}

export function projectionAddress(year: string): string {
  return address('/indicators/projection', { year, top: 2000 })
}

/** The city's products in a complexity table that was solved without it. */
export function useProjection(year: string, enabled: boolean) {
  return useAnswer<ProjectionReply>(projectionAddress(year), enabled && year !== '')
}
