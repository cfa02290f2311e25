import { Big } from 'big.js'
import { type ByteSink, writeText, writeThousandths } from './sink.ts'

/** What one row adds to a sum. Amounts are whole thousandths, NaN where the row states none. */
export interface Amounts {
  cny: number
  usd: number
  quantity: number
  /** Number of the unit; -1 for none. */
  unit: number
  /** Amounts that are no whole thousandths, or too large to be exact as such; counted as 0 above. */
  odd: readonly { column: AmountColumn; amount: Big }[] | null
}

export type AmountColumn = 0 | 1 | 2

/**
 * Sums by a key of two whole numbers, kept in arrays because there are hundreds of thousands of them. They are exact: what
 * does not fit a double as a whole number is added apart.
 */
export interface SumTable {
  size: number
  /** Two for each sum. */
  keys: Int32Array
  /** Eight for each sum: thousandths of CNY, USD and quantity, how many rows stated each, unit, rows. */
  cells: Float64Array
  /** Where sums of a hash are, plus one. */
  slots: Int32Array
  apart: Map<number, Big>
  /** The one found last: rows mostly repeat part of the one before. */
  last: number
}

const width = 8
const cnyCell = 0
const unitCell = 6
const rowsCell = 7
const statedCells = 3
/** A unit that no row has stated yet, and one that not all rows share. */
const noUnitYet = -2
const mixedUnits = -1
const largest = Number.MAX_SAFE_INTEGER
/** Slots of first keys that lie together are two to this power. */
const blockBits = 6

/** An empty table with room for about that many sums. */
export function sumTable(expected = 32): SumTable {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, expected + 1)))
  return {
    size: 0,
    keys: new Int32Array(capacity * 2),
    cells: new Float64Array(capacity * width),
    slots: new Int32Array(capacity * 2),
    apart: new Map(),
    last: 0,
  }
}

/** Makes a table empty, to be used again. */
export function emptyTable(table: SumTable): void {
  table.cells.fill(0, 0, table.size * width)
  table.slots.fill(0)
  table.apart.clear()
  table.size = 0
  table.last = 0
}

/** Adds one row. */
export function addRow(table: SumTable, first: number, second: number, amounts: Amounts): void {
  const at = placeOf(table, first, second) * width
  const { cells } = table
  addAmount(table, at, amounts.cny)
  addAmount(table, at + 1, amounts.usd)
  addAmount(table, at + 2, amounts.quantity)
  for (const { column, amount } of amounts.odd ?? []) addApart(table, at + column, amount)
  joinUnit(cells, at, amounts.unit)
  cells[at + rowsCell] = (cells[at + rowsCell] ?? 0) + 1
}

/** Adds the sum at a place of another table. */
export function addSum(table: SumTable, first: number, second: number, from: SumTable, place: number): void {
  const at = placeOf(table, first, second) * width
  const source = place * width
  const { cells } = table
  for (let cell = 0; cell < statedCells; cell++) {
    addWhole(table, at + cell, from.cells[source + cell] ?? 0)
    const more = from.apart.size === 0 ? undefined : from.apart.get(source + cell)
    if (more !== undefined) addApart(table, at + cell, more)
  }
  for (let cell = statedCells; cell < unitCell; cell++) {
    cells[at + cell] = (cells[at + cell] ?? 0) + (from.cells[source + cell] ?? 0)
  }
  joinUnit(cells, at, from.cells[source + unitCell] ?? mixedUnits)
  cells[at + rowsCell] = (cells[at + rowsCell] ?? 0) + (from.cells[source + rowsCell] ?? 0)
}

function addAmount(table: SumTable, at: number, amount: number): void {
  if (Number.isNaN(amount)) return
  addWhole(table, at, amount)
  table.cells[at + statedCells] = (table.cells[at + statedCells] ?? 0) + 1
}

function addWhole(table: SumTable, at: number, amount: number): void {
  const before = table.cells[at] ?? 0
  const sum = before + amount
  if (sum <= largest && sum >= -largest) {
    table.cells[at] = sum
    return
  }
  addApart(table, at, new Big(before).div(1000))
  table.cells[at] = amount
}

function addApart({ apart }: SumTable, at: number, amount: Big): void {
  apart.set(at, amount.plus(apart.get(at) ?? 0))
}

function joinUnit(cells: Float64Array, at: number, unit: number): void {
  const held = cells[at + unitCell]
  if (held === noUnitYet) cells[at + unitCell] = unit
  else if (held !== unit) cells[at + unitCell] = mixedUnits
}

/** Near first keys of one second key lie near each other, as rows come mostly in the order of their product. */
function hashOf(first: number, second: number): number {
  const mixed = Math.imul(first >>> blockBits, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)
  const block = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 8
  return (block << blockBits) | ((first + block) & (2 ** blockBits - 1))
}

function placeOf(table: SumTable, first: number, second: number): number {
  const { last } = table
  if (table.keys[last * 2] === first && table.keys[last * 2 + 1] === second && table.size > 0) return last
  if (table.size * 2 >= table.keys.length) grow(table)
  const { keys, slots } = table
  const mask = slots.length - 1
  let slot = hashOf(first, second) & mask
  for (;;) {
    const place = (slots[slot] ?? 0) - 1
    if (place === -1) break
    if (keys[place * 2] === first && keys[place * 2 + 1] === second) {
      table.last = place
      return place
    }
    slot = (slot + 1) & mask
  }
  const place = table.size
  table.size += 1
  slots[slot] = table.size
  keys[place * 2] = first
  keys[place * 2 + 1] = second
  table.cells[place * width + unitCell] = noUnitYet
  table.last = place
  return place
}

function grow(table: SumTable): void {
  const keys = new Int32Array(table.keys.length * 2)
  keys.set(table.keys)
  const cells = new Float64Array(table.cells.length * 2)
  cells.set(table.cells)
  const slots = new Int32Array(table.slots.length * 2)
  const mask = slots.length - 1
  for (let place = 0; place < table.size; place++) {
    let slot = hashOf(keys[place * 2] ?? 0, keys[place * 2 + 1] ?? 0) & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = place + 1
  }
  Object.assign(table, { keys, cells, slots })
}

/** Whether any row stated the amount; of quantities, whether any did at all. */
export function statesAmount({ cells }: SumTable, place: number, column: AmountColumn): boolean {
  return (cells[place * width + column + statedCells] ?? 0) > 0
}

/**
 * Writes the sum as exact decimal text, or what stands for none: when no row stated the amount, and of quantities when not
 * all rows did in one unit. Room for 60 bytes must have been made.
 */
export function writeSum(
  sink: ByteSink,
  table: SumTable,
  place: number,
  column: AmountColumn,
  none = '\\N',
): void {
  const at = place * width + column
  if (!statesAmount(table, place, column) || (column === 2 && unitOf(table, place) === -1)) {
    writeText(sink, none)
    return
  }
  const whole = table.cells[at] ?? 0
  const more = table.apart.size === 0 ? undefined : table.apart.get(at)
  if (more === undefined) writeThousandths(sink, whole)
  else writeText(sink, more.plus(new Big(whole).div(1000)).toFixed())
}

/** The unit all rows share, if all state a quantity; otherwise -1. */
export function unitOf({ cells }: SumTable, place: number): number {
  const at = place * width
  const all = cells[at + statedCells + 2] === cells[at + rowsCell]
  return all ? (cells[at + unitCell] ?? -1) : -1
}

export function rowsOf({ cells }: SumTable, place: number): number {
  return cells[place * width + rowsCell] ?? 0
}

export function firstKey({ keys }: SumTable, place: number): number {
  return keys[place * 2] ?? 0
}

export function secondKey({ keys }: SumTable, place: number): number {
  return keys[place * 2 + 1] ?? 0
}

/** The first keys of all places. */
export function firstKeys(table: SumTable): Int32Array<ArrayBuffer> {
  const keys = new Int32Array(table.size)
  for (let place = 0; place < keys.length; place++) keys[place] = firstKey(table, place)
  return keys
}

export function secondKeys(table: SumTable): Int32Array<ArrayBuffer> {
  const keys = new Int32Array(table.size)
  for (let place = 0; place < keys.length; place++) keys[place] = secondKey(table, place)
  return keys
}

const plainAmount = /^(-?)(\d{1,12})(?:\.(\d{1,3}))?$/

/** Whole thousandths of exact decimal text; null when it is no whole number of them or too long. */
export function thousandthsOf(text: string): number | null {
  const found = plainAmount.exec(text)
  if (found === null) return null
  const [, sign, whole, fraction = ''] = found
  const size = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'))
  return sign === '-' && size !== 0 ? -size : size
}

/** Amounts from exact decimal text; null = not stated. */
export function amountsOf(
  texts: readonly [cny: string | null, usd: string | null, quantity: string | null],
  unit: number,
): Amounts {
  const odd: { column: AmountColumn; amount: Big }[] = []
  const read = (column: AmountColumn): number => {
    const text = texts[column]
    if (text === null) return Number.NaN
    const amount = thousandthsOf(text)
    if (amount === null) odd.push({ column, amount: new Big(text) })
    return amount ?? 0
  }
  return {
    cny: read(cnyCell),
    usd: read(1),
    quantity: read(2),
    unit,
    odd: odd.length === 0 ? null : odd,
  }
}
