import { parsePeriod } from '../reference/period.ts'
import { periodLabel } from './codes.ts'
import { comtrade } from './formats/comtrade.ts'
import { customsCn, customsCnUnits } from './formats/customs-cn.ts'
import { unitAround } from './formats/customs-cn-units.ts'
import { declarationCn } from './formats/declaration-cn.ts'
import type { Layout } from './formats/layout.ts'
import { mappedLayout } from './formats/mapped.ts'
import { baciMapping, ledgerMapping } from './formats/mapping.ts'
import { type HeaderMatch, matchHeader, normaliseHeader } from './header.ts'
import type { ColumnMapping } from './mapping-schema.ts'
import { say } from './messages.ts'
import { type Flow, formatNames } from './record.ts'
import { type Dialect, firstRows } from './rows.ts'

const layouts: readonly Layout[] = [
  customsCn,
  customsCnUnits,
  declarationCn,
  comtrade,
  mappedLayout('ledger', ledgerMapping),
  mappedLayout('baci', baciMapping),
]

/** Which layout reads a file, as data. */
export interface LayoutChoice {
  /** A known layout, auto, or the name of the mapping. */
  format: string
  mapping: ColumnMapping | null
}

/** The layout of a choice. */
export function layoutFor(choice: LayoutChoice): Layout {
  if (choice.mapping !== null) return mappedLayout('mapped', choice.mapping, `mapped/${choice.format}`)
  const layout = layouts.find((one) => one.name === choice.format)
  if (!layout) throw new Error(`no layout ${choice.format}`)
  return layout
}

/** Where the table of a file starts and what its columns are. */
export interface Sniffed {
  dialect: Dialect
  /** Rows before the header row: titles and notes. */
  skip: number
  match: HeaderMatch
  evidence: string[]
}

export type SniffResult = Sniffed | { refused: { line: number; value: string; reason: string; hint: string } }

const delimiters = [',', '\t', ';', '|']
const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
}
/** A header stands within the first rows; what comes before is a title or a note. */
const searchedRows = 20

/**
 * Finds delimiter, header row and layout together: the reading in which most headers mean something. `format` limits
 * the search to one layout. Pure: `head` is the decoded beginning of the file.
 */
export function sniffTable(head: string, choice: LayoutChoice): SniffResult {
  const { format, mapping } = choice
  const newline = head.includes('\n') ? '\n' : '\r'
  const known = layouts.filter((layout) => format === 'auto' || layout.name.replace('-units', '') === format)
  const among = mapping === null ? known : [layoutFor(choice)]
  let best: (Sniffed & { rows: string[][] }) | null = null
  for (const delimiter of delimiters) {
    const rows = firstRows(head, { delimiter, newline }, searchedRows)
    for (const [skip, cells] of rows.entries()) {
      for (const layout of among) {
        const match = matchHeader(layout, cells)
        const found = { dialect: { delimiter, newline } as Dialect, skip, match, evidence: [], rows }
        if (best === null || betterThan(match, best.match)) best = found
      }
    }
  }
  const first = firstRows(head, { delimiter: ',', newline }, 1)[0]?.join(',') ?? ''
  if (best === null || best.match.columns.size < 2) return { refused: unknownLayout(first, format) }
  const scaled = mapping === null ? otherUnit(best) : null
  if (scaled !== null) return { refused: scaled }
  const { rows, ...found } = inUnits(best)
  if (found.match.missing.length > 0) return { refused: incomplete(found) }
  const ambiguous = ambiguity(found)
  return ambiguous === null ? { ...found, evidence: evidenceOf(found) } : { refused: ambiguous }
}

function unitOf({ rows, skip }: Sniffed & { rows: string[][] }): string | null {
  return unitAround(rows.slice(0, skip), rows[skip + 1] ?? [])
}

/** The amounts of declarations, ledgers and international files are whole units of their currency. */
function otherUnit(found: Sniffed & { rows: string[][] }) {
  const { layout } = found.match
  const unit = layout === customsCn ? null : unitOf(found)
  if (unit === null) return null
  return {
    line: 1,
    value: unit,
    reason: say('unit-other', { format: layout.name, unit }),
    hint: say('mend-unit'),
  }
}

/** A table whose title gives the unit of its amounts is read as if its headers did. */
function inUnits(found: Sniffed & { rows: string[][] }): Sniffed & { rows: string[][] } {
  const { match } = found
  if (match.layout !== customsCn) return found
  const unit = unitOf(found)
  if (unit === null) return found
  const headers = match.headers.map((header) => {
    const field = customsCn.fieldOf.get(normaliseHeader(header)) ?? ''
    return ['cny', 'usd', 'value'].includes(field) ? `${header.replace(/(?<!美)元$/, '')}（${unit}）` : header
  })
  return { ...found, match: matchHeader(customsCnUnits, headers) }
}

/** Which of two columns holds the figures nobody can tell, and which product a name is. */
function ambiguity({ match, skip }: Sniffed) {
  const { columns, headers, layout } = match
  const at = { line: skip + 1 }
  const same = match.twice.find(
    ({ column, taken }) => normaliseHeader(headers[column] ?? '') === normaliseHeader(headers[taken] ?? ''),
  )
  if (same !== undefined) {
    const column = headers[same.column] ?? ''
    const [first, second] = [same.taken + 1, same.column + 1]
    const reason = say('header-twice', { column, first, second })
    return { ...at, value: column, reason, hint: say('mend-header-twice') }
  }
  const names = columns.get('hsName')
  if (!layout.name.startsWith('customs-cn') || names === undefined || columns.has('hs')) return null
  const column = headers[names] ?? ''
  return { ...at, value: column, reason: say('header-names-only', { column }), hint: say('mend-names-only') }
}

function betterThan(a: HeaderMatch, b: HeaderMatch): boolean {
  if (a.missing.length === 0 && b.missing.length > 0) return a.columns.size >= 2
  if (a.missing.length > 0 && b.missing.length === 0) return false
  return a.columns.size > b.columns.size
}

function unknownLayout(first: string, format: string) {
  return {
    line: 1,
    value: first.slice(0, 200),
    reason: format === 'auto' ? say('header-unknown') : say('header-other', { format }),
    hint: say('mend-layout', { formats: formatNames.join(', ') }),
  }
}

function incomplete({ match, skip }: Sniffed) {
  return {
    line: skip + 1,
    value: match.headers.join(',').slice(0, 200),
    reason: say('header-lacks', {
      format: match.layout.name,
      columns: match.missing.join(', and none for '),
    }),
    hint: say('mend-download-columns'),
  }
}

function evidenceOf({ dialect, skip, match }: Sniffed): string[] {
  const delimiter = delimiterNames[dialect.delimiter] ?? dialect.delimiter
  const recognised = { format: match.layout.name, columns: match.columns.size }
  const unused = match.unused.slice(0, 10).join(', ')
  return [
    say('delimiter-gives', { delimiter, columns: match.width }),
    say('header-in-row', { row: skip + 1 }),
    unused === ''
      ? say('columns-recognised', recognised)
      : say('columns-recognised-but', { ...recognised, unused }),
  ]
}

const exportWords = /出口|export/i
const importWords = /进口|import/i
const exportLetters = /(?:^|[^a-z])(?:exp?|out)(?:[^a-z]|$)/i
const importLetters = /(?:^|[^a-z])(?:imp?|in)(?:[^a-z]|$)/i

/** What a file name says about the flow; null when it says nothing or both. */
export function flowInName(name: string): Flow | null {
  const plain = name.replaceAll('进出口', '')
  const exported = exportWords.test(plain) || exportLetters.test(plain)
  const imported = importWords.test(plain) || importLetters.test(plain)
  if (exported === imported) return null
  return exported ? 'export' : 'import'
}

/** The period a file name contains (202603, 2026-03, 2026年3月), only ever a suggestion; null without or with several. */
export function periodInName(name: string): string | null {
  const found = name.match(/(?<!\d)(?:19|20)\d{2}(?:年\d{1,2}月|[-_.]?(?:0[1-9]|1[0-2]))(?!\d)/g) ?? []
  const periods = new Set(
    found.flatMap((text) => {
      const period = parsePeriod(text.replace('_', '-'))
      if (period?.months !== 1) return []
      return [periodLabel(`${period.year}-${String(period.month).padStart(2, '0')}-01`, 1)]
    }),
  )
  return periods.size === 1 ? ([...periods][0] ?? null) : null
}

const editionYears: Readonly<Record<string, string>> = {
  '92': '1992',
  '96': '1996',
  '02': '2002',
  '07': '2007',
  '12': '2012',
  '17': '2017',
  '22': '2022',
}

/** The edition of the Harmonized System in names such as BACI_HS17_Y2021_V202301.csv. */
export function editionInName(name: string): string | null {
  const found = /(?:^|[^a-z])HS(92|96|02|07|12|17|22)(?!\d)/i.exec(name)
  return editionYears[found?.[1] ?? ''] ?? null
}
