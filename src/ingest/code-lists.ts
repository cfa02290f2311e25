import type { Reference } from '../reference/parse.ts'
import { editionOf } from './formats/customs-cn-words.ts'

/** The list that says which codes a year has: the national one of a year, or the Harmonized System's of an edition. */
export interface CodeList {
  /** The year of the national list; null where none of the same edition is shipped. */
  lines: number | null
  edition: string
}

/** The years whose national eight-digit lists are shipped. */
const listYears = [2014, 2022] as const

/** The list for the codes of a year: its own, or the nearest one of the same edition of the Harmonized System. */
export function listFor(year: number): CodeList {
  const edition = editionOf(`${year}-01-01`)
  const near = listYears
    .filter((one) => editionOf(`${one}-01-01`) === edition)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
  return { lines: near[0] ?? null, edition }
}

/**
 * Says what is odd about a Chinese code in a year, and by which list: codes of eight digits or more by the national list,
 * shorter ones, and those of editions without one, by the Harmonized System. Null when nothing is, or nobody can tell.
 * Chapters 98 and 99 are the statistics' own: of the shipped lists only that of 2022 has them.
 */
export function codeChecker(reference: Reference): (code: string, year: number) => string | null {
  const lists = new Map(
    [...reference.concordance.codes].map(([edition, codes]): [string, Set<string>] => [
      edition,
      withHeadings(codes),
    ]),
  )
  return (code, year) => {
    const { lines, edition } = listFor(year)
    const national = lines === null || code.length < 8 ? undefined : reference.lineCodes.get(lines)
    if (national !== undefined) {
      const own = national.has(code.slice(0, 8)) || (lines !== 2022 && isOwn(code))
      return own ? null : `not in the eight-digit list of ${lines}${noneOf(year, lines)}, kept as it is`
    }
    const list = lists.get(edition)
    if (list === undefined || code.length < 4 || isOwn(code) || list.has(code.slice(0, 6))) return null
    return `not in the Harmonized System of ${edition}, kept as it is`
  }
}

function isOwn(code: string): boolean {
  return /^9[89]/.test(code)
}

function noneOf(year: number, lines: number | null): string {
  return year === lines ? '' : ` (none of ${year} is known)`
}

function withHeadings(codes: ReadonlySet<string>): Set<string> {
  return new Set([...codes, ...[...codes].map((code) => code.slice(0, 4))])
}
