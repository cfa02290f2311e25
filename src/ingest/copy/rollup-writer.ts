import { copyValue } from '../../db/copy-text.ts'
import type { Rollup } from '../../reference/rollups.ts'
import { packOf } from '../rollup.ts'
import type { Dictionaries, KeyName } from './keys.ts'
import {
  type ByteSink,
  chunkBytes,
  makeRoom,
  takeBytes,
  writeByte,
  writeBytes,
  writeText,
  writeWhole,
} from './sink.ts'
import {
  type AmountColumn,
  addSum,
  emptyTable,
  rowsOf,
  type SumTable,
  statesAmount,
  sumTable,
  unitOf,
  writeSum,
} from './sums.ts'

const keyColumns = ['hs', 'partner', 'mode', 'ownership', 'transport', 'district', 'enterprise'] as const

/** The columns of trade_rollup in the order in which `rollupRows` writes them. */
export const rollupColumns = [
  'slice_id',
  'dims',
  ...keyColumns,
  'value_cny',
  'value_usd',
  'quantity',
  'unit',
  'rows',
  'line_dims',
  'lines',
  'line_cny',
  'line_usd',
  'line_quantity',
  'line_unit',
  'line_rows',
]

export interface Wanted {
  names: readonly Rollup[]
  dictionaries: Dictionaries
  hsLevels: readonly number[]
}

/** What a row of a rollup is by, as far as it is. */
type By = Partial<Record<KeyName, string | undefined>>

/** A sum at a place of a table, and what it is the sum by. */
interface Row {
  dims: Rollup
  by: By
  table: SumTable
  place: number
}

/** A row that is the sum of lines and lists them: sums of a table, in the order in which they are to be listed. */
interface Pack {
  dims: Rollup
  by: By
  table: SumTable
  places: ArrayLike<number>
  /** Number of the product code by place. */
  codes: Int32Array
}

/** Writes the rollups of one slice. Functions rather than methods: the machine code made for one slice serves all. */
export interface Writer {
  sink: ByteSink
  slice: number
  wanted: Wanted
  /** The sum of the pack at hand, alone in a table that is used again. */
  sum: SumTable
}

export function rollupWriter(sink: ByteSink, slice: number, wanted: Wanted): Writer {
  return { sink, slice, wanted, sum: sumTable(1) }
}

/** What was written, when that is more than a few rows. */
export function* readyBytes({ sink }: Writer): Generator<Uint8Array> {
  if (sink.size > chunkBytes) yield takeBytes(sink)
}

export function writeRow(writer: Writer, row: Row): void {
  writeHead(writer, row)
  writeText(writer.sink, noLists)
}

export function writePack(writer: Writer, pack: Pack): void {
  const { sink, wanted, sum } = writer
  const { dims, by, table, places } = pack
  emptyTable(sum)
  let single = true
  for (let at = 0; at < places.length; at++) {
    addSum(sum, 0, 0, table, places[at] ?? 0)
    single &&= rowsOf(table, places[at] ?? 0) === 1
  }
  writeHead(writer, { dims, by, table: sum, place: 0 })
  const lineDims = packOf(dims, wanted.names)
  if (lineDims === null) {
    writeText(sink, noLists)
    return
  }
  const measured = hasUnit(pack)
  writeText(sink, `\t${lineDims}\t`)
  listCodes(writer, pack)
  writeText(sink, '\t')
  for (const column of amountColumns) {
    const stated = column === 2 ? measured : statesAmount(sum, 0, column)
    if (stated) listSums(writer, pack, column)
    else writeText(sink, nothing)
    writeText(sink, '\t')
  }
  if (measured && unitOf(sum, 0) < 0) listUnits(writer, pack)
  else writeText(sink, nothing)
  writeText(sink, '\t')
  if (single) writeText(sink, nothing)
  else listRows(writer, pack)
  writeText(sink, '\n')
}

function writeHead({ sink, slice, wanted }: Writer, { dims, by, table, place }: Row): void {
  writeText(sink, `${slice}\t${dims}\t`)
  for (const key of keyColumns) {
    const code = by[key]
    if (code !== undefined && code !== '') writeText(sink, copyValue(code))
    writeText(sink, '\t')
  }
  for (const column of amountColumns) {
    makeRoom(sink, itemBytes)
    writeSum(sink, table, place, column)
    writeText(sink, '\t')
  }
  const unit = unitOf(table, place)
  writeText(sink, copyValue(unit < 0 ? null : wanted.dictionaries.unit.textOf(unit)))
  writeText(sink, '\t')
  makeRoom(sink, itemBytes)
  writeWhole(sink, rowsOf(table, place))
}

function listCodes({ sink, wanted }: Writer, { places, codes }: Pack): void {
  const { hs } = wanted.dictionaries
  for (let at = 0; at < places.length; at++) {
    beginItem(sink, at)
    writeItem(sink, hs.itemOf(codes[places[at] ?? 0] ?? 0))
  }
  writeText(sink, '}')
}

function listSums({ sink }: Writer, { table, places }: Pack, column: AmountColumn): void {
  for (let at = 0; at < places.length; at++) {
    beginItem(sink, at)
    writeSum(sink, table, places[at] ?? 0, column, 'NULL')
  }
  writeText(sink, '}')
}

function listUnits({ sink, wanted }: Writer, { table, places }: Pack): void {
  const { unit } = wanted.dictionaries
  for (let at = 0; at < places.length; at++) {
    beginItem(sink, at)
    const id = unitOf(table, places[at] ?? 0)
    if (id < 0) writeText(sink, 'NULL')
    else writeItem(sink, unit.itemOf(id))
  }
  writeText(sink, '}')
}

function listRows({ sink }: Writer, { table, places }: Pack): void {
  for (let at = 0; at < places.length; at++) {
    beginItem(sink, at)
    writeWhole(sink, rowsOf(table, places[at] ?? 0))
  }
  writeText(sink, '}')
}

/** Opens the list or goes on with it, with room for a number. */
function beginItem(sink: ByteSink, at: number): void {
  makeRoom(sink, itemBytes)
  writeByte(sink, at === 0 ? brace : comma)
}

function writeItem(sink: ByteSink, item: Uint8Array): void {
  makeRoom(sink, item.length)
  writeBytes(sink, item)
}

function hasUnit({ table, places }: Pack): boolean {
  for (let at = 0; at < places.length; at++) if (unitOf(table, places[at] ?? 0) >= 0) return true
  return false
}

const itemBytes = 100
const amountColumns: readonly AmountColumn[] = [0, 1, 2]
const comma = 44
const brace = 123
const nothing = '\\N'
const noLists = '\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n'
