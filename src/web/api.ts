import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { By, DatasetsReply, GrowthReply, StructureReply } from '../indicators/schema.ts'
import type { ImportReply, ImportsReply } from '../ingest/schema.ts'
import type { AdviceReply, OriginReply, RulesReply } from '../rcep/schema.ts'
import type { CountriesReply, HsSearchReply } from '../reference/schema.ts'
import type { ExposedReply, InboxReply, WarningsReply } from '../warnings/schema.ts'
import type { Currency } from './format.ts'
import { address, ask, RequestError, send } from './http.ts'
import type { Language } from './language.tsx'

export type Flow = 'export' | 'import'
export type GrowthRow = GrowthReply['data'][number]
export type StructureRow = StructureReply['data'][number]
export type Warning = Type.Static<typeof WarningsReply>['data'][number]
export type InboxMail = Type.Static<typeof InboxReply>['data'][number]
export type Advice = Type.Static<typeof AdviceReply>['data']
export type Origin = Type.Static<typeof OriginReply>['data']
export type ImportEntry = Type.Static<typeof ImportsReply>['data'][number]

/** A reply kept while the next one is asked. */
export function useAnswer<Answer>(url: string, enabled = true) {
  return useQuery({
    queryKey: [url],
    queryFn: ({ signal }) => ask<Answer>(url, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** What is loaded: one row a dataset and flow. */
export function useDatasets() {
  return useAnswer<DatasetsReply>(address('/indicators/datasets'))
}

export interface GrowthFilter {
  flow: Flow
  currency: Currency
  from: string
  to: string
  hs?: string
  partner?: string
  mode?: string
  enterprise?: string
}

export function growthAddress(filter: GrowthFilter): string {
  return address('/indicators/growth', { ...filter })
}

/** Months of a flow, each January with its February; nothing is asked until the span is known. */
export function useGrowth(filter: GrowthFilter) {
  return useAnswer<GrowthReply>(growthAddress(filter), filter.to !== '')
}

export interface StructureFilter extends GrowthFilter {
  by: By
  top: number
}

export function structureAddress(filter: StructureFilter): string {
  return address('/indicators/structure', { ...filter })
}

/** The largest lines of a flow over a span of months. */
export function useStructure(filter: StructureFilter) {
  return useAnswer<StructureReply>(structureAddress(filter), filter.to !== '')
}

export function useWarnings(state: string) {
  return useAnswer<Type.Static<typeof WarningsReply>>(address('/warnings', { state }))
}

export function useExposed(id: number) {
  return useAnswer<Type.Static<typeof ExposedReply>>(address(`/warnings/${id}/exposed-enterprises`))
}

/** Mails the demo's receiving server caught; null where there is none, that is outside the demo. */
export function useInbox() {
  return useQuery({ queryKey: ['inbox'], queryFn: caughtMails })
}

async function caughtMails(): Promise<InboxMail[] | null> {
  try {
    return (await ask<Type.Static<typeof InboxReply>>(address('/demo/inbox'))).data
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return null
    throw error
  }
}

export interface AdviceQuestion {
  hs: string
  from: string
  to: string
  on: string
  value: string
  currency: string
  quantity: string
  /** Applied MFN rate as published, where none is loaded. */
  mfn: string
}

export function adviceAddress(question: AdviceQuestion, language: Language): string {
  const { value, currency, ...rest } = question
  // The service refuses a currency without a value.
  return address('/rcep/advice', { ...rest, ...(value && { value, currency }), language })
}

/** The answer to a question, in a language; nothing is asked before there is a product. */
export function useAdvice(question: AdviceQuestion, language: Language) {
  return useAnswer<Type.Static<typeof AdviceReply>>(adviceAddress(question, language), question.hs !== '')
}

/** Origin rules of a product, one row for every subheading it may be; nothing is asked before there is a code. */
export function useRules(hs: string, edition: string) {
  return useAnswer<Type.Static<typeof RulesReply>>(address('/rcep/rules', { hs, edition }), hs !== '')
}

/** The judgement of a bill of materials; null asks nothing. */
export function useOrigin(bill: object | null, language: Language) {
  const url = address('/rcep/origin', { language })
  return useQuery({
    queryKey: [url, bill],
    queryFn: () => send<Type.Static<typeof OriginReply>>('POST', url, bill),
    placeholderData: keepPreviousData,
    enabled: bill !== null,
  })
}

export function useHsSearch(words: string) {
  return useAnswer<Type.Static<typeof HsSearchReply>>(
    address('/reference/hs', { q: words, limit: 50 }),
    words !== '',
  )
}

export function useCountries() {
  return useAnswer<Type.Static<typeof CountriesReply>>(address('/reference/countries'))
}

export function useImports(show?: 'current' | 'stored' | 'open' | 'refused' | 'dropped') {
  return useAnswer<Type.Static<typeof ImportsReply>>(address('/imports', { show }))
}

/** One import; asked again every second while the file is being read. */
export function useImport(id: number | null) {
  const url = address(`/imports/${id}`)
  return useQuery({
    queryKey: [url],
    queryFn: () => ask<Type.Static<typeof ImportReply>>(url),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.data.state === 'loading' ? 1000 : false),
  })
}

/** Stores a previewed file, without its rejected rows where that is accepted; every figure shown may change with it. */
export function useConfirm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, acceptPartial }: { id: number; acceptPartial: boolean }) =>
      send<Type.Static<typeof ImportReply>>('POST', address(`/imports/${id}/confirm`), { acceptPartial }),
    onSuccess: () => client.invalidateQueries(),
  })
}
