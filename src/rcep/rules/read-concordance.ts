import { createHash } from 'node:crypto'
import { read, utils } from '@e965/xlsx'
import Papa from 'papaparse'
import { AppError } from '../../errors.ts'
import {
  type ConcordanceRow,
  concordanceRows,
  type HsEdition,
  isHsEdition,
} from '../../reference/concordance.ts'
import type { Reference } from '../../reference/parse.ts'

export interface ConcordanceFile {
  from: HsEdition
  to: HsEdition
  origin: string
  sha256: string
  /** Pairs of related codes, the later edition first; codes of it that no pair names keep what the shipped table says. */
  pairs: [string, string][]
  /** What it says of its codes otherwise than the shipped table: pairs it adds and pairs it lacks. */
  added: string[]
  lacking: string[]
}

/**
 * Reads a correlation of two HS editions from a user's file: the workbook of the UN Statistics Division, or a CSV with a column
 * an edition (`hs2022,hs2012`), one pair a row or several later codes apart by spaces. Codes no edition has refuse the file.
 */
export function readConcordance(
  bytes: Uint8Array,
  name: string,
  { concordance, concordanceRows: shipped }: Pick<Reference, 'concordance' | 'concordanceRows'>,
): ConcordanceFile {
  const found = isWorkbook(bytes) ? pairsOfWorkbook(bytes) : pairsOfCsv(bytes)
  const { from, to, pairs } = found.from > found.to ? found : turned(found)
  refuseUnknownCodes(pairs, { from: concordance.codes.get(from), to: concordance.codes.get(to) })
  const named = new Set(pairs.map(([code]) => code))
  const held = shipped.filter(
    (row) => row.fromEdition === from && row.toEdition === to && named.has(row.from),
  )
  const [foundKeys, heldKeys] = [keysOf(concordanceRows(from, to, pairs)), keysOf(held)]
  return {
    from,
    to,
    origin: name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pairs,
    added: [...foundKeys].filter((pair) => !heldKeys.has(pair)),
    lacking: [...heldKeys].filter((pair) => !foundKeys.has(pair)),
  }
}

interface Pairs {
  from: HsEdition
  to: HsEdition
  pairs: [string, string][]
}

function turned({ from, to, pairs }: Pairs): Pairs {
  return { from: to, to: from, pairs: pairs.map(([one, other]) => [other, one]) }
}

/** What a table says beyond "the same code on both sides". */
function keysOf(rows: readonly ConcordanceRow[]): Set<string> {
  const telling = rows.filter((row) => row.quality !== '1:1' || row.from !== row.to)
  return new Set(telling.map((row) => `${row.from} ${row.to}`))
}

function refuseUnknownCodes(
  pairs: readonly [string, string][],
  known: { from: ReadonlySet<string> | undefined; to: ReadonlySet<string> | undefined },
): void {
  const problems = pairs.flatMap(([from, to]) => [
    ...(known.from?.has(from) ? [] : [from]),
    ...(known.to?.has(to) ? [] : [to]),
  ])
  if (pairs.length === 0) throw refused('no pairs of six-digit codes were found')
  if (problems.length === 0) return
  const shown = [...new Set(problems)]
  throw refused(`${shown.length} codes are not in their edition: ${shown.slice(0, 5).join(', ')}`)
}

function isWorkbook(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)
}

function pairsOfCsv(bytes: Uint8Array): Pairs {
  const text = new TextDecoder('utf-8').decode(bytes).replace(/^\ufeff/, '')
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  const columns = (meta.fields ?? []).flatMap((field) => {
    const edition = editionIn(field)
    return edition ? [{ field, edition }] : []
  })
  const [one, other] = columns
  if (!one || !other || one.edition === other.edition)
    throw refused('expected a workbook of the UN Statistics Division or a CSV such as hs2022,hs2012')
  const pairs = data.flatMap((row) => {
    const [from] = codesIn(row[one.field])
    return codesIn(row[other.field]).flatMap((to): [string, string][] => (from ? [[from, to]] : []))
  })
  return { from: one.edition, to: other.edition, pairs }
}

function pairsOfWorkbook(bytes: Uint8Array): Pairs {
  for (const rows of sheetsOf(bytes)) {
    const heading = rows.findIndex((row) => row.filter((cell) => editionIn(cell)).length === 2)
    const columns = (rows[heading] ?? []).flatMap((cell, column) => {
      const edition = editionIn(cell)
      return edition ? [{ edition, column }] : []
    })
    const [one, other] = columns
    // The conversion sheet gives one target a code; the correlation sheet, which is wanted, at least as many pairs.
    if (!one || !other || !rows[heading]?.some((cell) => /relationship/i.test(cell))) continue
    const pairs = rows.slice(heading + 1).flatMap((row): [string, string][] => {
      const [[from], [to]] = [codesIn(row[one.column]), codesIn(row[other.column])]
      return from && to ? [[from, to]] : []
    })
    return { from: one.edition, to: other.edition, pairs }
  }
  throw refused('no sheet with the columns "HS 2022", "HS 2012", "Relationship" was found')
}

function sheetsOf(bytes: Uint8Array): string[][][] {
  try {
    const book = read(bytes, { type: 'array' })
    return book.SheetNames.map((name) => {
      const sheet = book.Sheets[name]
      const rows = sheet ? utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false, defval: '' }) : []
      return rows.map((row) => row.map((cell) => String(cell ?? '').trim()))
    })
  } catch {
    throw refused('damaged or no workbook: expected an Excel file (.xlsx) or a CSV')
  }
}

function editionIn(cell: string): HsEdition | null {
  const year = /^HS ?(\d{4})$/i.exec(cell.trim())?.[1] ?? ''
  return isHsEdition(year) ? year : null
}

function codesIn(cell: string | undefined): string[] {
  const words = (cell ?? '').replaceAll('.', '').split(/[\s;]+/)
  return words.filter((word) => /^\d{6}$/.test(word))
}

function refused(problem: string): AppError {
  return new AppError('refused', `file: ${problem}; nothing was stored`)
}
