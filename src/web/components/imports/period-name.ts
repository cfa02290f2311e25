import { month } from '../../format.ts'
import type { Language } from '../../language.tsx'

/** A period of a report as a reader says it: a month, the merged first two, or a year. */
export function periodName(period: string, language: Language): string {
  return period.includes('-') ? month(period, language) : period
}
