/** How many digits a code of the Harmonized System or its national extensions may have. */
export const hsLengths = [2, 4, 6, 8, 10] as const

export interface Section {
  /** Roman numeral, `I` … `XXI`; `XXII` is the national section for special transactions. */
  readonly code: string
  readonly firstChapter: string
  readonly lastChapter: string
  readonly nameZh: string
  readonly nameEn: string
}

export interface Chapter {
  readonly code: string
  readonly section: string
  readonly nameZh: string
  readonly nameEn: string
}

/** A line of the yearly statistical code list. The second unit is null where the list has none. */
export interface StatisticalLine {
  readonly code: string
  readonly nameZh: string
  readonly unit1: string
  readonly unit2: string | null
}

/**
 * Reads a code as text: `0902.10`, `0902 10 00`, `'09021000`, full-width digits. Returns the bare digits with their leading
 * zeros, or null when it is not 2, 4, 6, 8 or 10 digits or its chapter is 00. An odd length usually lost a leading
 * zero in a spreadsheet: never guessed here, see suggestHs.
 */
export function normaliseHs(text: string): string | null {
  const digits = bareDigits(text)
  if (digits === null || digits.startsWith('00')) return null
  return hsLengths.some((length) => length === digits.length) ? digits : null
}

/** For an error's hint: the code with the leading zero a spreadsheet took away, or null when that does not help. */
export function suggestHs(text: string): string | null {
  const digits = bareDigits(text)
  return digits !== null && digits.length % 2 === 1 ? normaliseHs(`0${digits}`) : null
}

/** The first two digits. */
export function chapterOf(code: string): string {
  return code.slice(0, 2)
}

/** The section a code belongs to, or null for a chapter that no section holds (77 is reserved). */
export function sectionOf(sections: readonly Section[], code: string): Section | null {
  const chapter = chapterOf(code)
  return sections.find((section) => section.firstChapter <= chapter && chapter <= section.lastChapter) ?? null
}

/** Special transactions, confidential and residual goods: counted in totals, kept out of product indicators. */
export function isUnclassified(code: string): boolean {
  return code.startsWith('98') || code.startsWith('99')
}

function bareDigits(text: string): string | null {
  const bare = text.normalize('NFKC').replaceAll(/^\s*['"`’‘]|[\s.]/g, '')
  return /^\d+$/.test(bare) ? bare : null
}
