import { AppError } from '../../errors.ts'
import type { Principal } from '../../http/schema.ts'

/** The firm a request is about: an enterprise sees itself only, an officer whom it names. Throws `forbidden` otherwise. */
export function enterpriseOf(asked: string | undefined, principal: Principal | null): string | null {
  if (principal?.role !== 'enterprise') return asked ?? null
  if (asked !== undefined && asked !== principal.enterpriseId)
    throw new AppError('forbidden', `enterprise: ${asked}: an enterprise sees itself only`)
  return principal.enterpriseId
}
