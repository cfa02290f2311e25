import type { Encoding } from './bytes.ts'
import { remember } from './codes.ts'
import type { HeaderMatch } from './header.ts'
import type { Dialect, RawRow } from './rows.ts'

/**
 * Whether rows can be cut before they are decoded: in these encodings no part of a longer character looks like a quote,
 * a line end or the delimiter. (In GB18030 the second byte may be a bar.)
 */
export function cutsBeforeDecoding(encoding: Encoding, { delimiter }: Dialect): boolean {
  return !encoding.startsWith('utf-16') && !(encoding === 'gb18030' && delimiter === '|')
}

/**
 * Decodes the cells of rows that were cut from bytes read as Latin-1: of a good row the cells in use, of one that will
 * be reported all. A name is decoded once, however many rows have it.
 */
export function cellDecoder(
  encoding: Encoding,
  { columns, width }: Pick<HeaderMatch, 'columns' | 'width'>,
  { all }: { all: boolean },
): (row: RawRow) => void {
  const decoder = new TextDecoder(encoding)
  const decode = remember((cell: string) => decoder.decode(Buffer.from(cell, 'latin1')))
  const used = [...new Set(columns.values())]
  const decodeAt = (cells: string[], index: number) => {
    const cell = cells[index]
    if (cell !== undefined && !isPlain(cell)) cells[index] = decode(cell)
  }
  return ({ cells, quotes }) => {
    const extra = cells.length === width || (cells.length === width + 1 && cells[width] === '')
    if (all || quotes !== 'good' || !extra) for (const index of cells.keys()) decodeAt(cells, index)
    else for (const index of used) decodeAt(cells, index)
  }
}

function isPlain(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) if (cell.charCodeAt(at) > 127) return false
  return true
}
