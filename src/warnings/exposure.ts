import type { ExposedEnterprise } from './schema.ts'

/** Who and where a warning is about. */
export interface Exposure {
  /** With their amounts, largest change first; none where the source names no enterprises. */
  readonly enterprises: readonly ExposedEnterprise[]
  /** Codes of the districts with trade in it, of the declarations or else of the enterprises. */
  readonly districts: readonly string[]
}

export const nobodyExposed: Exposure = { enterprises: [], districts: [] }
