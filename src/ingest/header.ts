import type { Layout } from './formats/layout.ts'

/** Where each field of a layout is found: field name → column index. */
export type Columns = ReadonlyMap<string, number>

export interface HeaderMatch {
  layout: Layout
  columns: Columns
  /** Number of columns up to the last named one; the empty ones after it come from a trailing delimiter. */
  width: number
  /** Headers as the file has them, in order. */
  headers: readonly string[]
  /** Headers that stand for no field of the layout. */
  unused: readonly string[]
  /** Columns left aside because another one stands for the same field: both by index. */
  twice: readonly { column: number; taken: number }[]
  /** Fields the layout cannot do without and did not find, each with the headers it would take. */
  missing: readonly string[]
}

/** Case, spaces, brackets, dots and underscores do not distinguish headers: `Trade Value (US$)` = tradevalueus. */
export function normaliseHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.\-()[\]"'`’‘:$/\uFEFF\0]/g, '')
}

/** Matches a header row against one layout; of two columns for one field the first stands. */
export function matchHeader(layout: Layout, cells: readonly string[]): HeaderMatch {
  const headers = cells.map((cell) => cell.trim())
  const columns = new Map<string, number>()
  const unused: string[] = []
  const twice: { column: number; taken: number }[] = []
  headers.forEach((header, index) => {
    const field = layout.fieldOf.get(normaliseHeader(header))
    const taken = field === undefined ? undefined : columns.get(field)
    if (field !== undefined && taken === undefined) columns.set(field, index)
    else if (header !== '') unused.push(header)
    if (taken !== undefined) twice.push({ column: index, taken })
  })
  const missing = layout.needs
    .filter((need) => !need.fields.some((field) => columns.has(field)))
    .map((need) => need.say)
  return {
    layout,
    columns,
    width: headers.findLastIndex((header) => header !== '') + 1,
    headers,
    unused,
    twice,
    missing,
  }
}
