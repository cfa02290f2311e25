import { AppError } from '../errors.ts'
import type { Principal } from '../http/schema.ts'

/** Scope of the bureau: the rows of every enterprise. */
export const everyEnterprise = '*'

/** Which rows the caller may see: those of its own enterprise, or for the bureau of all. */
export function scopeOf(principal: Principal | null): string {
  if (!principal) throw new AppError('unauthenticated', 'sign in first')
  return principal.role === 'enterprise' ? (principal.enterpriseId ?? '') : everyEnterprise
}

/** The scope for one enterprise's records; to a firm every other one does not exist. */
export function scopeFor(principal: Principal | null, enterpriseId: string): string {
  const scope = scopeOf(principal)
  if (scope !== everyEnterprise && scope !== enterpriseId) throw noSuchEnterprise(enterpriseId)
  return scope
}

/** The person behind a session; a program has none. */
export function personOf(principal: Principal | null): { accountId: number; sessionId: number | null } {
  if (!principal) throw new AppError('unauthenticated', 'sign in first')
  const { accountId = null, sessionId = null } = principal
  if (accountId === null) throw new AppError('conflict', 'token: this is for people who signed in')
  return { accountId, sessionId }
}

/** How often one address may try a password at a route that asks for one. */
export const passwordTries = { max: 10, timeWindow: '1 minute' } as const

export function noSuchEnterprise(id: string): AppError {
  return notFound('enterprise', id, 'the customs code of an enterprise you may see')
}

export function notFound(field: string, value: string | number, allowed: string): AppError {
  return new AppError('not-found', `${field}: ${value}: ${allowed}`, { field, value: String(value), allowed })
}

export function taken(field: string, value: string, allowed: string): AppError {
  return new AppError('conflict', `${field}: ${value}: ${allowed}`, { field, value, allowed })
}

/** SQLSTATE of a broken unique key. */
export function isDuplicate(error: unknown): boolean {
  return (error as { code?: string }).code === '23505'
}

/** SQLSTATE of a broken foreign key. */
export function isDangling(error: unknown): boolean {
  return (error as { code?: string }).code === '23503'
}
