import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Big from 'big.js'
import type { Type } from 'typebox'
import type { EnterprisesReply } from '../enterprises/record-schema.ts'
import type { LedgerReply, OpportunitiesReply } from '../rcep/opportunities/schema.ts'
import type { AdviceReply, RateTableReply } from '../rcep/schema.ts'
import { type Flow, useAnswer } from './api.ts'
import type { Draft } from './components/origin/draft.ts'
import type { Currency } from './format.ts'
import { address, type Parameters, send } from './http.ts'
import type { Language } from './language.tsx'

export type RateTable = Type.Static<typeof RateTableReply>['data']
export type RateRow = RateTable['rows'][number]
export type Opportunities = Type.Static<typeof OpportunitiesReply>
export type Ledger = Type.Static<typeof LedgerReply>
export type Cell = Opportunities['data']['cells'][number]

export interface TableQuestion {
  hs: string
  flow: Flow
  on: string
}

export function rateTableAddress(question: TableQuestion, language: Language): string {
  return address('/rcep/rate-table', { ...question, language })
}

/** A product's rates at every Party; nothing is asked before there is a product. */
export function useRateTable(question: TableQuestion, language: Language) {
  const url = rateTableAddress(question, language)
  return useAnswer<Type.Static<typeof RateTableReply>>(url, question.hs !== '')
}

/** The shipment and its journey, which are no part of the bill: that is of one good. */
export interface Journey {
  /** How many goods, of which the bill gives the price of one; empty where not said. */
  pieces: string
  via: string[]
  issuedOn: string
  shippedOn: string
}

/** The advice on a bill: rates, other agreements, what a change is worth, the certificate. Null asks nothing. */
export function useBillAdvice(bill: Draft | null, journey: Journey, language: Language) {
  const url = address('/rcep/advice')
  const body = bill && {
    hs: bill.good.hs,
    edition: String(bill.good.edition ?? '2022'),
    from: String(bill.exporter ?? bill.good.producedIn),
    to: bill.importer,
    on: bill.on,
    ...shipmentOf(bill, journey),
    language,
    bom: bill,
    ...(journey.via.length > 0 && { via: journey.via }),
    ...(journey.issuedOn && { issuedOn: journey.issuedOn }),
    ...(journey.shippedOn && { shippedOn: journey.shippedOn }),
  }
  return useQuery({
    queryKey: [url, body],
    queryFn: () => send<Type.Static<typeof AdviceReply>>('POST', url, body),
    placeholderData: keepPreviousData,
    enabled: body !== null,
  })
}

/** The value of the shipment, taken at the FOB price; nothing where the number of goods is not said or cannot be read. */
export function shipmentOf({ good }: Draft, { pieces }: Journey): { value?: string; currency?: string } {
  if (![good.fob, pieces].every((text) => /^\d{1,12}(\.\d{1,6})?$/.test(text) && Number(text) > 0)) return {}
  return { value: new Big(good.fob).times(pieces).toFixed(), currency: good.currency ?? 'USD' }
}

export interface OpportunityQuestion extends Parameters {
  enterprise?: string
  flow: Flow
  currency: Currency
}

/** What a firm could save with every Party; an officer names the firm. */
export function useOpportunities(question: OpportunityQuestion, language: Language, enabled: boolean) {
  return useAnswer<Opportunities>(address('/rcep/opportunities', { ...question, language }), enabled)
}

export function ledgerAddress(question: { flow: Flow; currency: Currency; top?: number }): string {
  return address('/rcep/ledger', { ...question })
}

/** The city's trade that could pay less, most money first. */
export function useLedger(question: { flow: Flow; currency: Currency }, language: Language) {
  return useAnswer<Ledger>(address('/rcep/ledger', { ...question, language }))
}

/** Firms by part of their name or code, for an officer. */
export function useFirms(words: string, enabled: boolean) {
  return useAnswer<Type.Static<typeof EnterprisesReply>>(
    address('/enterprises', { q: words, limit: 50 }),
    enabled,
  )
}
