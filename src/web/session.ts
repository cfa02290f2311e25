import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { AboutReply } from '../http/about.ts'
import type { Principal } from '../http/schema.ts'
import { address, ask, type Reply, RequestError, send } from './http.ts'

const sessionKey = ['session']

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: currentPrincipal, staleTime: Number.POSITIVE_INFINITY })
}

async function currentPrincipal(): Promise<Principal | null> {
  try {
    return (await ask<Reply<Principal>>(address('/session'))).data
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return null
    throw error
  }
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: { email: string; password: string; code?: string }) =>
      send<Reply<Principal>>('POST', address('/session'), credentials),
    onSuccess: ({ data }) => client.setQueryData(sessionKey, data),
  })
}

/** Signs out and forgets everything that was shown. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => ask<void>(address('/session'), { method: 'DELETE' }),
    onSuccess: () => {
      client.setQueryData(sessionKey, null)
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
    },
  })
}

/** A session that ended meanwhile: the next page is the sign-in. */
export function isSignedOut(error: Error): boolean {
  return error instanceof RequestError && error.status === 401
}

/** What everyone who is signed in may know about the service; it never changes while the page is open. */
export function useAbout() {
  return useQuery({
    queryKey: ['about'],
    queryFn: () => ask<Type.Static<typeof AboutReply>>(address('/about')),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
