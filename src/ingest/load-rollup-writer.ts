import { copyRow } from '../db/copy.ts'
import type { Rollup } from '../reference/rollups.ts'
import {
  type ByteSink,
  makeRoom,
  takeBytes,
  writeByte,
  writeBytes,
  writeText,
  writeWhole,
} from './load-bytes.ts'
import type { Dictionaries, KeyName } from './load-keys.ts'
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
} from './load-sums.ts'
import { packOf } from './rollup.ts'

/** The columns of trade_rollup in the order in which `rollupRows` writes them. */
export const rollupColumns = [
  'slice_id',
  'dims',
  'hs',
  'partner',
  'mode',
  'ownership',
  'transport',
  'district',
  'enterprise',
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

/** Sums of a table, in the order in which they are to be listed. */
interface Lines {
  table: SumTable
  places: ArrayLike<number>
  itemOf: (place: number) => Uint8Array
}

export interface Writer {
  wanted: Wanted
  /** A row that is the sum at a place of a table. */
  row(dims: Rollup, by: By, sum: { table: SumTable; place: number }): void
  /** A row that is the sum of lines and lists them; that sum, alone in a table that the next one uses again. */
  pack(dims: Rollup, by: By, lines: Lines): SumTable
  /** What was written, when that is more than a few rows. */
  ready(): Generator<Uint8Array>
}

/** Bytes that are worth a chunk of their own. */
const chunkBytes = 200_000

/** Writes rows of the rollups of one slice. */
export function rollupWriter(sink: ByteSink, slice: number, wanted: Wanted): Writer {
  const { unit } = wanted.dictionaries
  const unitAt = (table: SumTable, place: number) => {
    const id = unitOf(table, place)
    return id < 0 ? null : unit.textOf(id)
  }
  const sum = sumTable(1)
  const unitItem = (id: number) => (id < 0 ? noItem : unit.itemOf(id))
  const writeHead = (dims: Rollup, by: By, table: SumTable, place: number): void => {
    const {
      hs = '',
      partner = '',
      mode = '',
      ownership = '',
      transport = '',
      district = '',
      enterprise = '',
    } = by
    const keys = copyRow([slice, dims, hs, partner, mode, ownership, transport, district, enterprise])
    writeText(sink, `${keys.slice(0, -1)}\t`)
    makeRoom(sink, 100)
    for (const column of amountColumns) {
      writeSum(sink, table, place, column)
      writeByte(sink, tab)
    }
    writeText(sink, `${copyRow([unitAt(table, place)]).slice(0, -1)}\t`)
    writeWhole(sink, rowsOf(table, place))
  }
  const list = (lines: Lines, write: (place: number) => void): void => {
    const { places } = lines
    writeByte(sink, brace)
    for (let at = 0; at < places.length; at++) {
      if (at > 0) writeByte(sink, comma)
      makeRoom(sink, 100)
      write(places[at] ?? 0)
    }
    writeText(sink, '}\t')
  }
  return {
    wanted,
    row(dims, by, { table, place }) {
      writeHead(dims, by, table, place)
      writeText(sink, noLists)
    },
    pack(dims, by, lines) {
      const { table, places, itemOf } = lines
      emptyTable(sum)
      let single = true
      for (let at = 0; at < places.length; at++) {
        addSum(sum, 0, 0, table, places[at] ?? 0)
        single &&= rowsOf(table, places[at] ?? 0) === 1
      }
      writeHead(dims, by, sum, 0)
      const lineDims = packOf(dims, wanted.names)
      if (lineDims === null) {
        writeText(sink, noLists)
        return sum
      }
      writeText(sink, `\t${lineDims}\t`)
      list(lines, (place) => writeItem(sink, itemOf(place)))
      for (const column of amountColumns) {
        const stated = column === 2 ? someUnit(lines) : statesAmount(sum, 0, column)
        if (stated) list(lines, (place) => writeSum(sink, table, place, column, 'NULL'))
        else writeText(sink, '\\N\t')
      }
      if (unitAt(sum, 0) !== null || !someUnit(lines)) writeText(sink, '\\N\t')
      else list(lines, (place) => writeItem(sink, unitItem(unitOf(table, place))))
      if (single) writeText(sink, '\\N\n')
      else {
        list(lines, (place) => writeWhole(sink, rowsOf(table, place)))
        sink.bytes[sink.size - 1] = lineFeed
      }
      return sum
    },
    *ready() {
      if (sink.size > chunkBytes) yield takeBytes(sink)
    },
  }
}

function writeItem(sink: ByteSink, item: Uint8Array): void {
  makeRoom(sink, item.length + 100)
  writeBytes(sink, item)
}

const noItem = new TextEncoder().encode('NULL')
const amountColumns: readonly AmountColumn[] = [0, 1, 2]
const tab = 9
const lineFeed = 10
const comma = 44
const brace = 123
const noLists = '\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n'

function someUnit({ table, places }: Lines): boolean {
  for (let at = 0; at < places.length; at++) if (unitOf(table, places[at] ?? 0) >= 0) return true
  return false
}
