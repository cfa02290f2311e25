import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { AccountBody, AuditReply, FirmBody } from '../enterprises/admin-schema.ts'
import type { AccountsReply, InvitationBody, InvitationReply } from '../enterprises/people-schema.ts'
import type { EnterpriseBody, EnterpriseReply, EnterprisesReply } from '../enterprises/record-schema.ts'
import type { DatabaseReply, JobsReply, PacksReply } from '../http/operation-schema.ts'
import { useAnswer } from './api.ts'
import { address, ask, type Reply, send } from './http.ts'

export type Account = Type.Static<typeof AccountsReply>['data'][number]
export type Firm = Type.Static<typeof EnterprisesReply>['data'][number]
export type Invitation = Type.Static<typeof InvitationReply>['data']
export type AuditEntry = Type.Static<typeof AuditReply>['data'][number]
export type Job = JobsReply['data'][number]
export type Packs = PacksReply['data']

const accounts = address('/accounts')

export function useAccounts() {
  return useAnswer<Type.Static<typeof AccountsReply>>(accounts)
}

/** A change of people: the list is asked again after it. */
function usePeopleChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [accounts] }),
  })
}

export function useInvite() {
  return usePeopleChange((person: Type.Static<typeof InvitationBody>) =>
    send<Type.Static<typeof InvitationReply>>('POST', accounts, person),
  )
}

export function useChangeRole() {
  return usePeopleChange(({ id, ...body }: AccountBody & { id: number }) =>
    send<void>('PUT', address(`/accounts/${id}`), body),
  )
}

export function useDisable() {
  return usePeopleChange((id: number) => ask<void>(address(`/accounts/${id}`), { method: 'DELETE' }))
}

export function useResetFactor() {
  return usePeopleChange((id: number) =>
    ask<void>(address(`/accounts/${id}/second-factor`), { method: 'DELETE' }),
  )
}

export const mostFirms = 500

/** Enterprises by part of the name or start of the code, at most `mostFirms`. */
export function useFirms(words: string) {
  return useAnswer<Type.Static<typeof EnterprisesReply>>(
    address('/enterprises', { q: words, limit: mostFirms }),
  )
}

/** Registers a firm, or with `known` corrects one that is there. */
export function useSaveFirm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ known, ...firm }: FirmBody & { id: string; known: boolean }) => {
      const { id, name, uscc } = firm
      const added: EnterpriseBody = { id, name, ...(uscc === null ? {} : { uscc }) }
      return known
        ? send<Type.Static<typeof EnterpriseReply>>('PUT', address(`/enterprises/${id}`), { name, uscc })
        : send<Type.Static<typeof EnterpriseReply>>('POST', address('/enterprises'), added)
    },
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith(address('/enterprises')),
      }),
  })
}

export function usePacks() {
  return useAnswer<PacksReply>(address('/operation/reference'))
}

const everyMs = 30_000

export function useJobs() {
  const url = address('/operation/jobs')
  return useQuery({ queryKey: [url], queryFn: () => ask<JobsReply>(url), refetchInterval: everyMs })
}

export function useDatabaseStatus() {
  return useAnswer<DatabaseReply>(address('/operation/database'))
}

export interface AuditFilter {
  actor: string
  action: string
  subject: string
  from: string
  to: string
}

const pageRows = 100

export function auditAddress(filter: AuditFilter, more: Record<string, string | number> = {}): string {
  return address('/audit', { ...filter, ...more })
}

/** The newest entries that fit, and earlier ones page by page. */
export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: [auditAddress(filter)],
    queryFn: ({ pageParam }) =>
      ask<Type.Static<typeof AuditReply>>(
        auditAddress(filter, { limit: pageRows, ...(pageParam > 0 && { before: pageParam }) }),
      ),
    initialPageParam: 0,
    getNextPageParam: ({ data }) => (data.length < pageRows ? undefined : data.at(-1)?.id),
    placeholderData: keepPreviousData,
  })
}

interface Methods {
  password: boolean
  oidc: boolean
}

/** How people may sign in; nothing but the password while the service does not say. */
export function useSignInMethods() {
  return useAnswer<Reply<Methods>>(address('/auth/methods'))
}

export function useForgotten() {
  return useMutation({
    mutationFn: (person: { email: string }) => send<void>('POST', address('/password-resets'), person),
  })
}

export function useSetPassword() {
  return useMutation({
    mutationFn: (link: { token: string; password: string }) => send<void>('PUT', address('/password'), link),
  })
}
