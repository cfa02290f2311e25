import { copyRow } from '../../db/copy-text.ts'
import { isMissing, ownText } from '../codes.ts'
import type { TradeRecord } from '../record.ts'
import type { RawRow } from '../rows.ts'
import type { LoadingSlice } from '../slices.ts'
import { factValues, recordKeys } from './fact-columns.ts'
import type { FastParts } from './from-bytes.ts'
import { keyAt } from './keys.ts'
import { type Beside, type Known, knownCells } from './known.ts'
import type { RowNote } from './note-tape.ts'
import { namesBeside, type Part, partsOf, valueColumns } from './parts.ts'
import type { RowStore } from './row-store.ts'
import { type RowScan, scanThousandths } from './scan.ts'
import {
  makeRoom,
  type Words,
  wordsOf,
  writeByte,
  writeBytes,
  writeThousandths,
  writeWhole,
  writeWords,
} from './sink.ts'
import { type Amounts, thousandthsOf } from './sums.ts'

/** What the cells of a part were found to mean. */
interface Meaning {
  /** COPY text of what they write, without the amount. */
  text: Words
  /** Numbers of the keys of the part. */
  keys: Int32Array
  unit: number
  /** What the amount is in base units; null where it is not stored. */
  scale: Scale | null
  /** Whether there is anything to count: of the next three. */
  noted: boolean
  /** Columns without a value. */
  missing: readonly number[]
  notes: readonly RowNote[]
  slice: LoadingSlice
  year: number
  firm: { code: string; name: string } | null
}

/** One of the unit of the cells is so many of its base unit, or such a part of it. Whole numbers, one of them 1. */
interface Scale {
  times: number
  over: number
}

export interface QuickRows {
  /** Stores the row if all its cells are known; false when it has to go the general way. */
  take(bytes: Uint8Array, scan: RowScan, line: number): boolean
  /** Remembers what the cells of a row meant that went the general way. */
  learn(bytes: Uint8Array, scan: RowScan, from: Lesson): void
}

interface Lesson {
  record: TradeRecord
  slice: LoadingSlice
  /** With its cells decoded. */
  row: RawRow
}

const tab = 9
const lineFeed = 10
const encoder = new TextEncoder()
const nothing = encoder.encode('\\N')
/** Bytes beyond which no cell has less than three characters, as every marker of a missing value. */
const shortBytes = 8
/** Room for the amounts and the line number of a row. */
const amountBytes = 120

/** A part with what its cells are known to mean, and what those of the row at hand do. */
interface Slot {
  part: Part
  known: Known<Meaning>
  meaning: Meaning | null
  /** Thousandths of the amount in base units; NaN for none. */
  stored: number
}

export function quickRows(parts: FastParts, { sink, wrote }: Pick<RowStore, 'sink' | 'wrote'>): QuickRows {
  const { match, tally, rollups, settings } = parts
  const values = valueColumns(match, settings)
  const slots = slotsFor(match, values)
  const teach = teacher(parts, slots)
  const keys = new Int32Array(Object.keys(keyAt).length)
  const sum: Amounts = { cny: Number.NaN, usd: Number.NaN, quantity: Number.NaN, unit: -1, odd: null }

  /** Reads the values; false when one of them is no plain number. */
  const readValues = (bytes: Uint8Array, scan: RowScan): boolean => {
    sum.cny = amountAt(bytes, scan, values.cny)
    sum.usd = amountAt(bytes, scan, values.usd)
    const good = (column: number, value: number) => column === -1 || !Number.isNaN(value)
    return good(values.cny, sum.cny) && good(values.usd, sum.usd)
  }
  const writeAmount = (amount: number): void => {
    if (Number.isNaN(amount)) writeBytes(sink, nothing)
    else writeThousandths(sink, amount)
    writeByte(sink, tab)
  }
  const write = (line: number): void => {
    for (const { part, meaning, stored } of slots) {
      if (meaning === null) continue
      makeRoom(sink, meaning.text.size + amountBytes)
      writeWords(sink, meaning.text)
      if (part.amount !== -1) writeAmount(stored)
    }
    if (values.cny !== -1) writeAmount(sum.cny)
    if (values.usd !== -1) writeAmount(sum.usd)
    writeWhole(sink, line)
    writeByte(sink, lineFeed)
  }
  const gatherKeys = (): void => {
    for (const { part, meaning, stored } of slots) {
      if (meaning === null) continue
      for (let key = 0; key < meaning.keys.length; key++) keys[part.keys[key] ?? 0] = meaning.keys[key] ?? 0
      if (!part.summed) continue
      sum.quantity = stored
      sum.unit = meaning.unit
    }
  }
  return {
    take(bytes, scan, line) {
      if (!fits(scan, bytes, match.width) || !readValues(bytes, scan)) return false
      const slice = look(slots, bytes, scan)
      if (slice === null) return false
      tally.read += 1
      slice.rows += 1
      for (const { meaning } of slots) if (meaning?.noted) recount(meaning, parts)
      write(line)
      wrote(slice)
      if (rollups === null) return true
      gatherKeys()
      rollups.add(slice.id, keys, sum)
      return true
    },
    learn(bytes, scan, lesson) {
      if (!fits(scan, bytes, match.width)) return
      slots.forEach(({ part, known }, index) => {
        const amount = amountAt(bytes, scan, part.amount)
        const year = part.yearly ? yearOf(lesson.record) : 0
        if (part.named && isLong(scan, part)) return
        if (known.find(scan, { amount, year }) !== undefined) return
        const meaning = teach(lesson, index, amount)
        if (meaning !== null) known.add(meaning)
      })
    },
  }
}

function slotsFor(match: FastParts['match'], values: { cny: number; usd: number }): Slot[] {
  const own = partsOf(match) ?? []
  const taken = new Set([...own.flatMap((part) => [...part.columns, part.amount]), values.cny, values.usd])
  return [...own, ...namesBeside(match, taken)].map((part) => ({
    part,
    known: knownCells<Meaning>(part.columns, part.amount),
    meaning: null,
    stored: Number.NaN,
  }))
}

const beside: Beside = { amount: Number.NaN, year: 0 }

/** Looks up every part; the slice of the row, or null at the first part that is new. */
function look(slots: readonly Slot[], bytes: Uint8Array, scan: RowScan): LoadingSlice | null {
  const first = slots[0]
  for (const slot of slots) {
    const { part, known } = slot
    slot.meaning = null
    if (part.named && isLong(scan, part)) continue
    beside.amount = amountAt(bytes, scan, part.amount)
    beside.year = part.yearly ? (first?.meaning?.year ?? 0) : 0
    const meaning = known.find(scan, beside)
    if (meaning === undefined) return null
    slot.meaning = meaning
    if (part.amount === -1) continue
    const { scale } = meaning
    slot.stored = scale === null ? Number.NaN : (beside.amount * scale.times) / scale.over
    if (scale !== null && !isExact(slot.stored)) return null
  }
  return first?.meaning?.slice ?? null
}

/** Whether that many thousandths are whole and few enough to be exact as a double. */
function isExact(thousandths: number): boolean {
  return Math.abs(thousandths) < 1e15 && Number.isInteger(thousandths)
}

/** Counts what is missing or odd about cells, and remembers the firm, as when they were read the general way. */
function recount({ missing, notes, firm }: Meaning, { tally, tape }: FastParts): void {
  for (const column of missing) tally.missing.set(column, (tally.missing.get(column) ?? 0) + 1)
  if (notes.length > 0) tape.again(notes)
  if (firm !== null && tally.enterprises.get(firm.code) !== firm.name)
    tally.enterprises.set(firm.code, firm.name)
}

function amountAt(bytes: Uint8Array, scan: RowScan, column: number): number {
  return column === -1 ? Number.NaN : scanThousandths(bytes, scan.starts[column] ?? 0, scan.ends[column] ?? 0)
}

function isLong({ starts, ends }: RowScan, { columns: [column = 0] }: Part): boolean {
  return (ends[column] ?? 0) - (starts[column] ?? 0) > shortBytes
}

/** As wide as the header, but for an empty cell after a delimiter at the end. */
function fits({ plain, cells, starts, ends }: RowScan, bytes: Uint8Array, width: number): boolean {
  if (!plain || cells < width || cells > width + 1) return false
  if (cells === width) return true
  const start = starts[width] ?? 0
  const size = (ends[width] ?? 0) - start
  return size === 0 || (size === 1 && bytes[start] === 13)
}

/** Tells what the cells of a part meant in a row; null when that does not hold for others. */
function teacher(
  { match, tape, rollups }: FastParts,
  slots: readonly Slot[],
): (lesson: Lesson, index: number, amount: number) => Meaning | null {
  const keysOf = rollups === null ? null : recordKeys(rollups)
  const owners = new Map<number, number>()
  slots.forEach(({ part }, index) => {
    for (const column of [...part.columns, part.amount]) if (!owners.has(column)) owners.set(column, index)
  })
  const used = [...new Set(match.columns.values())]
  const ownerOf = (note: RowNote) =>
    owners.get(used.find((at) => match.headers[at] === note.field) ?? -1) ?? -1
  return (lesson, index, amount) => {
    const { record, row } = lesson
    const part = slots[index]?.part
    const said = tape.since()
    if (part === undefined || said.some((note) => ownerOf(note) === -1)) return null
    const stored = part.amount === -1 ? null : record[part.summed ? 'quantity1' : 'quantity2']
    const scale = stored === null ? null : scaleOf(amount, stored)
    if (scale === undefined) return null
    const missing = [...part.columns, part.amount].filter(
      (column) => owners.get(column) === index && column !== -1 && isMissingCell(row.cells[column] ?? ''),
    )
    const notes = said.filter((note) => ownerOf(note) === index).map(ownNote)
    const firm = firmOf(part, record)
    const all = rollups?.whole() ? keysOf?.(record) : undefined
    return {
      text: wordsOf(textOf(part, lesson)),
      keys: Int32Array.from(part.keys, (key) => all?.[key] ?? 0),
      unit: record.unit1 === null || !rollups?.whole() ? -1 : rollups.dictionaries.unit.idOf(record.unit1),
      scale,
      noted: missing.length + notes.length > 0 || firm !== null,
      missing,
      notes,
      slice: lesson.slice,
      year: yearOf(record),
      firm,
    }
  }
}

/** What thousandths of a cell are to what is stored of them; undefined where that is not exact. */
function scaleOf(amount: number, stored: string): Scale | undefined {
  const thousandths = thousandthsOf(stored)
  if (thousandths === null) return undefined
  if (thousandths === amount) return { times: 1, over: 1 }
  const scale = { times: Math.max(1, thousandths / amount), over: Math.max(1, amount / thousandths) }
  const whole = Number.isSafeInteger(scale.times) && Number.isSafeInteger(scale.over)
  return whole && (amount * scale.times) / scale.over === thousandths ? scale : undefined
}

/** COPY text of what a part writes, but for its amount, each column with its tab. */
function textOf({ writes, amount }: Part, { record, slice }: Lesson): Uint8Array {
  const columns = amount === -1 ? writes : writes.slice(0, -1)
  if (columns.length === 0) return new Uint8Array(0)
  const values = columns.map((column) => factValues[column](record, { slice: slice.id, line: 0 }))
  return encoder.encode(copyRow(values).replace(/\n$/, '\t'))
}

function firmOf({ keys }: Part, { enterprise, enterpriseName }: TradeRecord): Meaning['firm'] {
  if (!keys.includes(keyAt.enterprise) || enterprise === null || enterpriseName === null) return null
  return { code: ownText(enterprise), name: ownText(enterpriseName) }
}

function ownNote({ field, reason, value }: RowNote): RowNote {
  return { field, reason, value: ownText(value) }
}

function yearOf({ periodStart }: TradeRecord): number {
  return Number(periodStart.slice(0, 4))
}

function isMissingCell(cell: string): boolean {
  return cell.length < 3 && isMissing(cell.trim())
}
