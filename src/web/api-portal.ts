import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { EventsReply, NoticesReply, SignUpsReply } from '../enterprises/notice-schema.ts'
import type { QuestionReply, QuestionsReply } from '../enterprises/question-schema.ts'
import type {
  BillsReply,
  EvidencesReply,
  ProductsReply,
  SuppliersReply,
  TableReply,
} from '../enterprises/record-schema.ts'
import type { OwnWarningsReply, TradeReply } from '../http/own-schema.ts'
import { type Flow, useAnswer } from './api.ts'
import type { Currency } from './format.ts'
import { address, ask, send } from './http.ts'

export type Trade = NonNullable<TradeReply['data']>
export type OwnWarning = OwnWarningsReply['data'][number]
export type Product = Type.Static<typeof ProductsReply>['data'][number]
export type Bill = Type.Static<typeof BillsReply>['data'][number]
export type Supplier = Type.Static<typeof SuppliersReply>['data'][number]
export type Evidence = Type.Static<typeof EvidencesReply>['data'][number]
export type Question = Type.Static<typeof QuestionsReply>['data'][number]
export type QuestionDetail = Type.Static<typeof QuestionReply>['data']
export type Notice = Type.Static<typeof NoticesReply>['data'][number]
export type TrainingEvent = Type.Static<typeof EventsReply>['data'][number]
export type BillTable = Type.Static<typeof TableReply>['data']

export function useOwnTrade(firm: string, query: { flow: Flow; currency: Currency }) {
  return useAnswer<TradeReply>(address(`/enterprises/${firm}/trade`, query))
}

export function useOwnWarnings(firm: string) {
  return useAnswer<OwnWarningsReply>(address(`/enterprises/${firm}/warnings`))
}

export function useProducts(firm: string | null) {
  return useAnswer<Type.Static<typeof ProductsReply>>(address(`/enterprises/${firm}/products`), firm !== null)
}

export function useBills(firm: string) {
  return useAnswer<Type.Static<typeof BillsReply>>(address(`/enterprises/${firm}/boms`))
}

export function useSuppliers(firm: string) {
  return useAnswer<Type.Static<typeof SuppliersReply>>(address(`/enterprises/${firm}/suppliers`))
}

export function useEvidence(firm: string) {
  return useAnswer<Type.Static<typeof EvidencesReply>>(address(`/enterprises/${firm}/evidence`))
}

/** A firm's own questions, or with null the bureau's inbox by its filters. */
export function useQuestions(firm: string | null, filters: { state: string; topic: string; q: string }) {
  const url = firm === null ? address('/questions', filters) : address(`/enterprises/${firm}/questions`)
  return useAnswer<Type.Static<typeof QuestionsReply>>(url)
}

export function useQuestion(firm: string, id: string) {
  return useAnswer<Type.Static<typeof QuestionReply>>(address(`/enterprises/${firm}/questions/${id}`))
}

/** The newest notices, and earlier ones page by page. */
export function useNotices() {
  return usePages<Type.Static<typeof NoticesReply>>('/notices')
}

/** The latest training events, and earlier ones page by page. */
export function useEvents() {
  return usePages<Type.Static<typeof EventsReply>>('/events')
}

function usePages<Answer extends { meta: { next: string | null } }>(path: string) {
  return useInfiniteQuery({
    queryKey: [address(path)],
    queryFn: ({ pageParam }) => ask<Answer>(address(path, pageParam === null ? {} : { after: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.next,
  })
}

export function useSignUps(event: number) {
  return useAnswer<Type.Static<typeof SignUpsReply>>(address(`/events/${event}/sign-ups`))
}

export interface Change {
  method: 'POST' | 'PUT' | 'DELETE'
  /** Below /api/v1. */
  path: string
  body?: object
  /** A file that is sent after the body, to the address the answer to it leads to. */
  file?: { of: (answer: { data: { id: number } }) => string; file: File } | null
}

/** Changes something; every list shown is asked again then. */
export function useChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ method, path, body, file }: Change) => {
      const url = address(path)
      const answer =
        method === 'DELETE'
          ? await ask<{ data: { id: number } }>(url, { method })
          : await send<{ data: { id: number } }>(method, url, body ?? {})
      if (file) await sendFile(file.of(answer), file.file)
      return answer
    },
    onSettled: () => client.invalidateQueries(),
  })
}

/** Adds a file to a question. */
export function useAttach() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, file }: { path: string; file: File }) => sendFile(path, file),
    onSettled: () => client.invalidateQueries(),
  })
}

/** Reads a filled-in template; nothing is stored. */
export function useBillTable() {
  return useMutation({ mutationFn: (file: File) => sendFile<{ data: BillTable }>('/bom-table/file', file) })
}

function sendFile<Answer>(path: string, file: File): Promise<Answer> {
  const body = new FormData()
  body.append('file', file)
  return ask<Answer>(address(path), { method: 'POST', body })
}
