import { type HsEdition, isHsEdition } from '../reference/concordance.ts'
import type { LoadedLineList } from '../reference/line-lists-load.ts'
import type { Reference } from '../reference/parse.ts'
import { editionOf } from './formats/customs-cn-words.ts'
import { say } from './messages.ts'

/** The list that says which codes a year has: the national one of a year, or the Harmonized System's of an edition. */
export interface CodeList {
  /** The year of the national list; null where none of the same edition is shipped. */
  lines: number | null
  edition: string
}

/** The years whose national eight-digit lists are shipped. */
const shippedYears: readonly number[] = [2014, 2022]

/** The list for the codes of a year: its own, or the nearest one of the same edition, of those shipped and those loaded. */
export function listFor(year: number, loaded: readonly { year: number }[] = []): CodeList {
  const edition = editionOf(`${year}-01-01`)
  const near = [...shippedYears, ...loaded.map((list) => list.year)]
    .filter((one) => editionOf(`${one}-01-01`) === edition)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
  return { lines: near[0] ?? null, edition }
}

/**
 * Says what is odd about a Chinese code in a year, and by which list: codes of eight digits or more by the national list,
 * shorter ones, and those of editions without one, by the Harmonized System. Null when nothing is, or nobody can tell.
 * Chapters 98 and 99 are the statistics' own: tariffs such as that of 2014 do not have them.
 */
export function codeChecker(
  reference: Reference,
  loaded: readonly LoadedLineList[] = [],
): (code: string, year: number) => string | null {
  const lists = new Map<HsEdition, Set<string>>()
  const harmonized = (edition: HsEdition) => {
    const list = lists.get(edition) ?? withHeadings(reference.subheadings.get(edition) ?? new Set())
    lists.set(edition, list)
    return list
  }
  const national = new Map<number, ReadonlySet<string>>([
    ...reference.lineCodes,
    ...loaded.map(({ year, codes }): [number, Set<string>] => [year, new Set(codes)]),
  ])
  const withOwn = new Set(
    [...national].filter(([, codes]) => codes.values().some(isOwn)).map(([year]) => year),
  )
  return (code, year) => {
    const { lines, edition } = listFor(year, loaded)
    const here = lines === null || code.length < 8 ? undefined : national.get(lines)
    if (lines !== null && here !== undefined) {
      const listed = here.has(code.slice(0, 8)) || (isOwn(code) && !withOwn.has(lines))
      return listed ? null : say('and-kept', { reason: unlisted(year, lines) })
    }
    if (!isHsEdition(edition) || code.length < 4 || isOwn(code)) return null
    if (harmonized(edition).has(code.slice(0, 6))) return null
    return say('and-kept', { reason: say('unknown-hs', { edition }) })
  }
}

function isOwn(code: string): boolean {
  return /^9[89]/.test(code)
}

function unlisted(year: number, list: number): string {
  return year === list ? say('unknown-line', { list }) : say('unknown-line-other-year', { list, year })
}

function withHeadings(codes: ReadonlySet<string>): Set<string> {
  return new Set([...codes, ...[...codes].map((code) => code.slice(0, 4))])
}
