import type { RowScan } from './scan.ts'

/** What cells with the same bytes were found to mean, by those bytes. */
export interface Known<T> {
  find(scan: RowScan, beside: Beside): T | undefined
  /** Remembers it for the cells that were asked for last. */
  add(value: T): void
}

/** What tells cells with the same bytes apart. */
export interface Beside {
  /** The number in the cell of the amount, NaN where it is none. */
  amount: number
  /** The year of the row, for what depends on it; otherwise 0. */
  year: number
}

/** Entries kept; a file with more different cells than this is mostly new ones, and remembering them is no use. */
const mostEntries = 32_768
const mostKeyBytes = 16_000_000
const longestCell = 60_000
/** Stand where a cell would begin with the upper byte of its size. */
const zeroMark = 254
const numberMark = 255

/**
 * Remembers by the bytes of some columns, and of one that holds amounts, `amountColumn` (-1 for none), only by whether it is
 * zero, another number, or what else it says. Memory is bounded: a full table is emptied.
 */
export function knownCells<T>(columns: readonly number[], amountColumn: number): Known<T> {
  const arena = new Uint8Array(16_384)
  const own = new Uint8Array(1024)
  const key: Key = {
    columns: amountColumn === -1 ? columns : [...columns, amountColumn],
    amountColumn,
    bytes: own,
    view: viewOf(own),
    length: 0,
    hash: 0,
  }
  const table: Table<T> = {
    slots: new Int32Array(1024),
    hashes: new Int32Array(512),
    offsets: new Int32Array(512),
    arena,
    view: viewOf(arena),
    used: 0,
    values: [],
    last: -1,
  }
  return {
    find(scan, beside) {
      const { last, values, offsets } = table
      // rows mostly repeat much of the one before
      if (last !== -1 && repeats(key, { scan, beside, known: table.view, at: offsets[last] ?? 0 }))
        return values[last]
      if (!gather(key, scan, beside)) return undefined
      return findKey(table, key)
    },
    add: (value) => addKey(table, key, value),
  }
}

/** The cells asked for last: the year, then each cell after its size, an amount as its mark. No key begins with another. */
interface Key {
  columns: readonly number[]
  amountColumn: number
  bytes: Uint8Array<ArrayBuffer>
  view: DataView
  length: number
  hash: number
}

function markOf({ amountColumn }: Key, column: number, amount: number): number {
  if (column !== amountColumn || Number.isNaN(amount)) return 0
  return amount === 0 ? zeroMark : numberMark
}

/** Puts the key together; false when a cell is too long to be remembered. */
function gather(key: Key, scan: RowScan, { amount, year }: Beside): boolean {
  key.length = 0
  key.hash = 0
  append(key, year >> 8)
  append(key, year & 255)
  for (let index = 0; index < key.columns.length; index++) {
    const column = key.columns[index] ?? 0
    const mark = markOf(key, column, amount)
    if (mark !== 0) append(key, mark)
    else if (!appendCell(key, scan, scan.starts[column] ?? 0, scan.ends[column] ?? 0)) return false
  }
  key.hash ^= key.hash >>> 15
  return true
}

function append(key: Key, byte: number): void {
  key.bytes[key.length] = byte
  key.length += 1
  key.hash = Math.imul(key.hash ^ byte, 16_777_619)
}

function appendCell(key: Key, scan: RowScan, start: number, end: number): boolean {
  const size = end - start
  if (size > longestCell) return false
  if (key.length + size + 8 > key.bytes.length) {
    key.bytes = longer(key.bytes, key.length + size + 8)
    key.view = viewOf(key.bytes)
  }
  append(key, size >> 8)
  append(key, size & 255)
  const { bytes: into, view, length } = key
  let { hash } = key
  let at = 0
  for (; at + 4 <= size; at += 4) {
    const word = scan.view.getInt32(start + at)
    view.setInt32(length + at, word)
    hash = Math.imul(hash ^ word, 16_777_619)
    hash ^= hash >>> 15 // what differs in the upper bytes of a word would stay there
  }
  for (; at < size; at++) {
    const byte = scan.view.getUint8(start + at)
    into[length + at] = byte
    hash = Math.imul(hash ^ byte, 16_777_619)
  }
  key.hash = hash
  key.length = length + size
  return true
}

interface Compared {
  scan: RowScan
  beside: Beside
  known: DataView
  at: number
}

/** Whether the cells are those of a known key, which takes less than to gather them. */
function repeats(key: Key, { scan, beside, known, at: from }: Compared): boolean {
  let at = from + 2
  if (known.getUint16(from) !== beside.year) return false
  for (let index = 0; index < key.columns.length; index++) {
    const column = key.columns[index] ?? 0
    const mark = markOf(key, column, beside.amount)
    const start = scan.starts[column] ?? 0
    const size = (scan.ends[column] ?? 0) - start
    if (known.getUint8(at) !== (mark === 0 ? size >> 8 : mark)) return false
    at += 1
    if (mark !== 0) continue
    if (known.getUint8(at) !== (size & 255) || !sameBytes(scan.view, start, known, at + 1, size)) return false
    at += 1 + size
  }
  return true
}

/** Four bytes at a time, as there are few that differ. */
function sameBytes(a: DataView, from: number, b: DataView, at: number, size: number): boolean {
  let byte = 0
  for (; byte + 4 <= size; byte += 4) if (a.getInt32(from + byte) !== b.getInt32(at + byte)) return false
  for (; byte < size; byte++) if (a.getUint8(from + byte) !== b.getUint8(at + byte)) return false
  return true
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}

interface Table<T> {
  /** Where entries of a hash are, plus one. */
  slots: Int32Array<ArrayBuffer>
  hashes: Int32Array<ArrayBuffer>
  /** Where the key of an entry begins in the arena. */
  offsets: Int32Array<ArrayBuffer>
  arena: Uint8Array<ArrayBuffer>
  view: DataView
  used: number
  values: T[]
  /** The entry found last; -1 for none. */
  last: number
}

function findKey<T>(table: Table<T>, { hash, view, length }: Key): T | undefined {
  const { slots, hashes, offsets, values } = table
  const mask = slots.length - 1
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const index = (slots[slot] ?? 0) - 1
    if (index === -1) return undefined
    if (hashes[index] === hash && sameBytes(view, 0, table.view, offsets[index] ?? 0, length)) {
      table.last = index
      return values[index]
    }
  }
}

function addKey<T>(table: Table<T>, { hash, bytes, length }: Key, value: T): void {
  if (table.values.length >= mostEntries || table.used + length > mostKeyBytes) {
    table.slots.fill(0)
    Object.assign(table, { values: [], used: 0, last: -1 })
  }
  if (table.values.length * 2 + 2 > table.slots.length) grow(table)
  if (table.used + length > table.arena.length) {
    table.arena = longer(table.arena, table.used + length)
    table.view = viewOf(table.arena)
  }
  table.arena.set(bytes.subarray(0, length), table.used)
  const index = table.values.length
  table.hashes[index] = hash
  table.offsets[index] = table.used
  table.used += length
  table.values.push(value)
  place(table, index)
}

function grow<T>(table: Table<T>): void {
  table.slots = new Int32Array(table.slots.length * 2)
  table.hashes = longer(table.hashes, table.slots.length / 2)
  table.offsets = longer(table.offsets, table.slots.length / 2)
  for (let index = 0; index < table.values.length; index++) place(table, index)
}

function place<T>({ slots, hashes }: Table<T>, index: number): void {
  const mask = slots.length - 1
  let slot = (hashes[index] ?? 0) & mask
  while (slots[slot] !== 0) slot = (slot + 1) & mask
  slots[slot] = index + 1
}

function longer<A extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(array: A, least: number): A {
  const size = Math.max(array.length * 2, least)
  const grown = (array instanceof Uint8Array ? new Uint8Array(size) : new Int32Array(size)) as A
  grown.set(array)
  return grown
}
