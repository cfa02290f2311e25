import type { Reference } from '../reference/parse.ts'
import { byteInspector, type Encoding } from './bytes.ts'
import { periodLabel } from './codes.ts'
import { customsHeaders } from './formats/customs-cn-headers.ts'
import type { Settings } from './formats/layout.ts'
import { normaliseHeader } from './header.ts'
import type { ColumnMapping, MappedField, MappingPreview } from './mapping-schema.ts'
import { understood } from './messages.ts'
import { makeNotes } from './notes.ts'
import type { Decoded } from './record.ts'
import { firstRows } from './rows.ts'
import { layoutFor, type Sniffed, sniffTable } from './sniff.ts'

/** What a mapping is tried on. */
export interface MappingTrial {
  /** The beginning of the file; it may be cut anywhere. */
  bytes: Uint8Array
  /** Null: only the columns are told, with a guess at what they mean. */
  mapping: ColumnMapping | null
  settings: Settings
  /** YYYY-MM-DD */
  today: string
}

const shownRows = 8
const searchedRows = 20
const delimiters = [',', '\t', ';', '|']

/** The columns of a file nobody knows, and the first records that a mapping makes of it. Pure. */
export function previewMapping(reference: Reference, trial: MappingTrial): MappingPreview {
  const { text, encoding } = decodeHead(trial.bytes)
  const table = plainTable(text)
  const base = {
    encoding,
    delimiter: table.delimiter,
    headers: table.headers,
    sample: table.rows.slice(0, shownRows),
    guesses: guessColumns(table.headers),
  }
  if (trial.mapping === null) return { ...base, records: [], refused: null }
  const sniffed = sniffTable(text, { format: 'mapped', mapping: trial.mapping })
  if ('refused' in sniffed) {
    const { reason } = sniffed.refused
    return { ...base, records: [], refused: reason, refusedCode: understood(reason) }
  }
  return { ...base, records: readRecords(reference, trial, text, sniffed), refused: null }
}

function decodeHead(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  // a character may be cut in the middle: up to the last line end it is whole
  const end = marked ? bytes.length & ~1 : bytes.lastIndexOf(0x0a) + 1 || bytes.length
  const head = bytes.subarray(0, end)
  const inspector = byteInspector()
  inspector.push(head)
  const { encoding } = inspector.finish()
  return { text: new TextDecoder(encoding).decode(head), encoding }
}

/** The delimiter that gives the widest table; the header is its first row of full width. */
function plainTable(text: string): { delimiter: string; headers: string[]; rows: string[][] } {
  const newline = text.includes('\n') ? '\n' : '\r'
  const tables = delimiters.map((delimiter) => {
    const rows = firstRows(text, { delimiter, newline }, searchedRows)
    const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').length)
    const width = Math.max(0, ...filled)
    const at = filled.indexOf(width)
    const headers = (rows[at] ?? []).map((cell) => cell.trim())
    return {
      delimiter,
      width,
      headers,
      rows: rows.slice(at + 1).filter((cells) => cells.join('').trim() !== ''),
    }
  })
  return tables.reduce((best, table) => (table.width > best.width ? table : best))
}

/** Words of other countries' files for the fields of a mapping, normalised. */
const words: Partial<Record<MappedField, readonly string[]>> = {
  hs: [
    'commodity',
    'product',
    'productcode',
    'cmdcode',
    'cncode',
    'ncm',
    'cancm',
    'concm',
    'sh6',
    'cosh6',
    'hs6',
    'hs10',
  ],
  partner: ['country', 'partner', 'countrycode', 'partnercode', 'copais', 'ctycode'],
  partnerName: ['countryname', 'partnername', 'ctyname', 'nopais', 'paises'],
  flow: ['flow', 'tradeflow'],
  period: ['period', 'time', 'month', 'date', 'timeperiod', 'yearmonth'],
  year: ['year', 'coano', 'ano'],
  month: ['comes', 'mes'],
  usd: ['customsvaluegenus', 'totalvalueus', 'valueus', 'valueusd', 'usd', 'vlfob', 'fobusd', 'us$'],
  value: ['value', 'amount', 'tradevalue', 'obsvalue'],
  currency: ['currency'],
  quantity1: ['quantity', 'quantity1gen', 'qty', 'qtestat', 'kgliquido', 'netweight'],
  unit1: ['unit', 'unitofmeasure', 'counid'],
}
const chinese = [
  'hs',
  'flow',
  'period',
  'quantity1',
  'unit1',
  'quantity2',
  'unit2',
  'cny',
  'usd',
  'value',
  'enterprise',
  'enterpriseName',
  'district',
  'transport',
  'supervisionMode',
  'partner',
  'partnerName',
] as const

/** What headers probably mean; of two headers for one field the first. */
function guessColumns(headers: readonly string[]): MappingPreview['guesses'] {
  const known = new Map<string, MappedField>()
  for (const field of chinese) for (const header of customsHeaders[field] ?? []) known.set(header, field)
  for (const [field, names] of Object.entries(words))
    for (const header of names) known.set(normaliseHeader(header), field as MappedField)
  const guesses: MappingPreview['guesses'] = {}
  for (const header of headers) {
    const field = known.get(normaliseHeader(header))
    if (field !== undefined) guesses[field] ??= header
  }
  return guesses
}

function readRecords(
  reference: Reference,
  { mapping, settings, today }: MappingTrial,
  text: string,
  { match, dialect, skip }: Sniffed,
): MappingPreview['records'] {
  const { columns, headers } = match
  const layout = layoutFor({ format: 'mapped', mapping })
  const decode = layout.decoder({ columns, headers, settings, reference, today, notes: makeNotes() })
  const rows = firstRows(text, dialect, skip + 1 + shownRows).slice(skip + 1)
  return rows.filter((cells) => cells.join('').trim() !== '').map((cells) => shownRecord(decode(cells)))
}

function shownRecord(decoded: Decoded): MappingPreview['records'][number] {
  if ('problems' in decoded) {
    const problems = decoded.problems.map((one) => ({
      ...one,
      reasonCode: understood(one.reason),
      hintCode: understood(one.hint),
    }))
    return { record: null, problems }
  }
  const { record } = decoded
  const { flow, hs, partner, quantity1, unit1, valueCny, valueUsd, declared } = record
  const period = periodLabel(record.periodStart, record.months)
  const value = declared?.value ?? null
  const shown = { flow, period, hs, partner, quantity1, unit1, valueCny, valueUsd }
  return { record: { ...shown, value, currency: declared?.currency ?? null }, problems: [] }
}
