import { invalid } from '../errors.ts'
import { isUnclassified, type Section, sectionOf } from '../reference/hs.ts'
import { formOf } from './forms.ts'
import type { Grouping } from './queries.ts'
import type { By, StructureQuery } from './schema.ts'
import { type Cell, merge, type StructureOptions, unclassifiedCode } from './structure.ts'
import { lineNames, type Name, regionNames } from './text.ts'

const defaultTop = 20
const ungrouped = 'ungrouped'
const codeLengths: Readonly<Partial<Record<By, number>>> = { section: 2, hs2: 2, hs4: 4, hs6: 6, hs8: 8 }

/** What lines of a dimension are made of: chapters for sections, partners for groups of them. */
export function groupingOf(by: By): Grouping {
  switch (by) {
    case 'section':
    case 'hs2':
    case 'hs4':
    case 'hs6':
    case 'hs8':
      return { digits: digitsOf(by) }
    case 'region':
      return 'partner'
    case 'form':
      return 'mode'
    default:
      return by
  }
}

/** How many digits of the product code a dimension looks at; 0 for the others. */
export function digitsOf(by: By): number {
  return codeLengths[by] ?? 0
}

/** What forms lines beyond the sums themselves; empty where the reference facts are not loaded. */
export interface LineFacts {
  sections: readonly Section[]
  groups: ReadonlyMap<string, readonly string[]>
}

/** What linesOf() leaves to its caller. */
type LineOptions = Omit<StructureOptions, 'places' | 'isCompared'>

/** Turns sums by chapter, partner or code into the asked lines. Throws where the reference facts they need are not loaded. */
export function linesOf(
  cells: readonly Cell[],
  query: StructureQuery,
  facts: LineFacts,
): { lines: Cell[]; options: LineOptions } {
  const top = query.top ?? defaultTop
  if (cells.length > 0 && cells.every((cell) => isUnsplit(cell.code))) {
    throw invalid('by', query.by, 'the loaded data give only the total in these periods')
  }
  if (query.by === 'region') return regionLines(cells, facts.groups, top)
  if (query.by === 'form') return formLines(cells, top)
  if (query.by === 'section') return sectionLines(cells, facts.sections, top)
  const asked = query.hs !== undefined && isUnclassified(query.hs)
  const residual = digitsOf(query.by) > 0 && !asked ? isNoProduct : isUnsplit
  return { lines: [...cells], options: { top, isUnclassified: residual } }
}

function sectionLines(cells: readonly Cell[], sections: readonly Section[], top: number) {
  if (sections.length === 0) throw needsReference('section')
  const codeOf = ({ code }: Cell) =>
    isNoProduct(code) ? unclassifiedCode : (sectionOf(sections, code)?.code ?? unclassifiedCode)
  const lines = [...Map.groupBy(cells, codeOf)].flatMap(([code, members]) => merge(code, members) ?? [])
  return { lines, options: { top, isUnclassified: (code: string) => code === unclassifiedCode } }
}

function formLines(cells: readonly Cell[], top: number) {
  const codeOf = ({ code }: Cell) => (code === '' ? unclassifiedCode : formOf(code))
  const lines = [...Map.groupBy(cells, codeOf)].flatMap(([code, members]) => merge(code, members) ?? [])
  return { lines, options: { top, isUnclassified: (code: string) => code === unclassifiedCode } }
}

/** A partner counts in every group it belongs to, so the lines overlap; partners in none form the last group. */
function regionLines(cells: readonly Cell[], groups: LineFacts['groups'], top: number) {
  if (groups.size === 0) throw needsReference('region')
  const grouped = new Set([...groups.values()].flat())
  const sets: [string, (code: string) => boolean][] = [
    ...[...groups].map(([name, members]): [string, (code: string) => boolean] => [
      name,
      (code) => members.includes(code),
    ]),
    [ungrouped, (code) => !grouped.has(code)],
  ]
  const lines = sets.flatMap(
    ([name, isIn]) =>
      merge(
        name,
        cells.filter((cell) => isIn(cell.code)),
      ) ?? [],
  )
  const total = merge('', cells)
  return {
    lines,
    options: { top, isUnclassified: () => false, ...(total ? { overlapping: { total } } : {}) },
  }
}

function needsReference(by: string) {
  return invalid('by', by, 'needs the reference facts: tradewind reference load')
}

/** Special transactions, confidential and residual codes, and totals that a source gives instead of products. */
function isNoProduct(code: string): boolean {
  return isUnclassified(code) || !/^\d/.test(code)
}

/** Facts that do not state the dimension, and a source's own total over partners or products. */
function isUnsplit(code: string): boolean {
  return code === '' || code === 'W00' || code === 'TOTAL'
}

/** The name of a line, from the reference names of its codes; null for a code without a name. */
export function nameOf(code: string, by: By, names: ReadonlyMap<string, Name>): Name | null {
  return lineNames[code] ?? (by === 'region' ? regionNames[code] : undefined) ?? names.get(code) ?? null
}
