import { month, yearToDate } from './format.ts'
import type { Language } from './language.tsx'

/** The months of a span; those of one year from January as "2026 年 1–10 月". */
export function spanText(from: string, to: string, language: Language): string {
  if (from === to) return month(to, language)
  if (from === `${to.slice(0, 4)}-01`) return yearToDate(to, language)
  return `${month(from, language)}–${month(to, language)}`
}
