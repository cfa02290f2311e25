import { read, utils } from '@e965/xlsx'
import { AppError } from '../../errors.ts'
import {
  type ConcordanceRow,
  concordanceRows,
  type HsEdition,
  isHsEdition,
} from '../../reference/concordance.ts'

/** What a correlation table said against the shipped one. */
export interface ConcordanceCheck {
  pack: string
  status: 'same'
  rows: number
}

/**
 * Checks a correlation table of the UN Statistics Division (.xlsx) against the shipped one of the same editions. The shipped
 * one stands, since every look-up uses it: a table that differs is refused with the first pairs that do.
 */
export function checkConcordance(bytes: Uint8Array, shipped: readonly ConcordanceRow[]): ConcordanceCheck {
  const { from, to, pairs } = readPairs(bytes)
  const held = shipped.filter((row) => row.fromEdition === from && row.toEdition === to)
  if (held.length === 0)
    throw new AppError(
      'refused',
      `file: HS ${from} to ${to}: expected a table of HS 2022 or 2017 to an earlier edition that ships`,
    )
  const found = concordanceRows(from, to, pairs).filter((row) => row.quality !== '1:1' || row.from !== row.to)
  const key = (row: ConcordanceRow) => `${row.from} ${row.to}`
  const [foundKeys, heldKeys] = [new Set(found.map(key)), new Set(held.map(key))]
  const added = [...foundKeys].filter((pair) => !heldKeys.has(pair))
  const lacking = [...heldKeys].filter((pair) => !foundKeys.has(pair))
  if (added.length + lacking.length > 0)
    throw new AppError(
      'refused',
      `file: differs from the shipped concordance HS ${from} to ${to}: ${added.length} pairs more (${added.slice(0, 5).join(', ')}), ${lacking.length} fewer (${lacking.slice(0, 5).join(', ')}); nothing was stored`,
    )
  return { pack: `concordance-${from}-${to}`, status: 'same', rows: pairs.length }
}

function readPairs(bytes: Uint8Array): { from: HsEdition; to: HsEdition; pairs: [string, string][] } {
  for (const rows of sheetsOf(bytes)) {
    const heading = rows.findIndex((row) => row.filter((cell) => editionIn(cell)).length === 2)
    const columns = (rows[heading] ?? []).flatMap((cell, column) => {
      const edition = editionIn(cell)
      return edition ? [{ edition, column }] : []
    })
    const [one, other] = columns
    if (!one || !other) continue
    const pairs = rows.slice(heading + 1).flatMap((row): [string, string][] => {
      const [from, to] = [codeIn(row[one.column]), codeIn(row[other.column])]
      return from && to ? [[from, to]] : []
    })
    // The conversion sheet gives one target a code; the correlation sheet, which is wanted, at least as many pairs.
    if (rows[heading]?.some((cell) => /relationship/i.test(cell)))
      return { from: one.edition, to: other.edition, pairs }
  }
  throw new AppError(
    'refused',
    'file: no sheet with the columns "HS 2022", "HS 2012", "Relationship" was found; nothing was stored',
  )
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
    throw new AppError(
      'refused',
      'file: damaged or no workbook: expected an Excel file (.xlsx); nothing was stored',
    )
  }
}

function editionIn(cell: string): HsEdition | null {
  const year = /^HS ?(\d{4})$/.exec(cell)?.[1] ?? ''
  return isHsEdition(year) ? year : null
}

function codeIn(cell: string | undefined): string | null {
  const digits = (cell ?? '').replaceAll('.', '')
  return /^\d{6}$/.test(digits) ? digits : null
}
