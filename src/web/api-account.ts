import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type {
  NewTokenReply,
  NoSecondFactorBody,
  SecondFactorBody,
  SecondFactorReply,
  SecondFactorState,
  SessionsReply,
  TokenBody,
  TokensReply,
} from '../enterprises/people-schema.ts'
import { useAnswer } from './api.ts'
import { address, ask, send } from './http.ts'

export type OwnSession = Type.Static<typeof SessionsReply>['data'][number]
export type Token = Type.Static<typeof TokensReply>['data'][number]
export type NewToken = Type.Static<typeof TokenBody>
export type Proposal = Type.Static<typeof SecondFactorReply>['data']

const factor = address('/second-factor')
const sessions = address('/sessions')
const tokens = address('/tokens')

/** Whether one has a second factor. */
export function useSecondFactor() {
  return useAnswer<Type.Static<typeof SecondFactorState>>(factor)
}

/** A change of what one address tells: it is asked again after it. */
function useChangeOf<Input, Answer>(url: string, change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [url] }),
  })
}

/** A secret for an authenticator; nothing is stored before its first code. */
export function useProposal() {
  return useMutation({
    mutationFn: () => ask<Type.Static<typeof SecondFactorReply>>(factor, { method: 'POST' }),
  })
}

export function useSetFactor() {
  return useChangeOf(factor, (given: Type.Static<typeof SecondFactorBody>) =>
    send<void>('PUT', factor, given),
  )
}

export function useRemoveFactor() {
  const headers = { 'content-type': 'application/json' }
  return useChangeOf(factor, (given: Type.Static<typeof NoSecondFactorBody>) =>
    ask<void>(factor, { method: 'DELETE', body: JSON.stringify(given), headers }),
  )
}

/** Where one is signed in, newest first. */
export function useOwnSessions() {
  return useAnswer<Type.Static<typeof SessionsReply>>(sessions)
}

export function useEndSessions() {
  return useChangeOf(sessions, async (ids: number[]) => {
    for (const id of ids) await ask<void>(address(`/sessions/${id}`), { method: 'DELETE' })
  })
}

/** The tokens of programs, for an administrator. */
export function useTokens() {
  return useAnswer<Type.Static<typeof TokensReply>>(tokens)
}

export function useMakeToken() {
  return useChangeOf(tokens, (token: NewToken) =>
    send<Type.Static<typeof NewTokenReply>>('POST', tokens, token),
  )
}

export function useRevokeToken() {
  return useChangeOf(tokens, (id: number) => ask<void>(address(`/tokens/${id}`), { method: 'DELETE' }))
}
