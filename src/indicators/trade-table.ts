import { Big } from 'big.js'
import Papa from 'papaparse'
import { AppError, invalid } from '../errors.ts'

export interface TableColumns {
  country: string
  product: string
  value: string
}

/** A country × product table: values are integers in units of 10^−places, codes in ascending order. */
export interface TradeTable {
  countries: string[]
  products: string[]
  /** In order of country, then product; positions are those of the lists above. */
  cells: { country: number; product: number; value: bigint }[]
  places: number
  /** Rows that repeated a country and product: their values were added up. */
  repeated: number
}

/** A value of the table as exact decimal text. */
export function valueText(table: TradeTable, value: bigint): string {
  return new Big(`${value}e-${table.places}`).toFixed()
}

/**
 * Reads a CSV with a header, one row a country and product. Values are decimals that are not negative; rows of the same country and
 * product are added up. Throws AppError naming the first column or line that cannot be used.
 */
export function readTradeTable(text: string, columns: TableColumns): TradeTable {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const [header = [], ...rows] = parsed.data
  const names = header.map((name) => name.trim())
  const at = {
    country: columnAt(names, columns.country),
    product: columnAt(names, columns.product),
    value: columnAt(names, columns.value),
  }
  if (rows.length === 0) throw new AppError('refused', 'input: no rows: a header and at least one row')
  const read = rows.map((row, index) => ({
    country: codeIn(row, at.country, columns.country, index),
    product: codeIn(row, at.product, columns.product, index),
    value: valueAt(row, at.value, columns.value, index),
  }))
  return tableOf(read)
}

type Row = { country: string; product: string; value: string }

function tableOf(rows: readonly Row[]): TradeTable {
  const places = rows.reduce((most, row) => Math.max(most, row.value.split('.')[1]?.length ?? 0), 0)
  const countries = distinct(rows.map((row) => row.country))
  const products = distinct(rows.map((row) => row.product))
  const countryAt = new Map(countries.map((code, index) => [code, index]))
  const productAt = new Map(products.map((code, index) => [code, index]))
  const values = new Map<number, bigint>()
  for (const row of rows) {
    const key = (countryAt.get(row.country) ?? 0) * products.length + (productAt.get(row.product) ?? 0)
    values.set(key, (values.get(key) ?? 0n) + scaled(row.value, places))
  }
  const cells = [...values]
    .sort(([a], [b]) => a - b)
    .map(([key, value]) => ({
      country: Math.floor(key / products.length),
      product: key % products.length,
      value,
    }))
  return { countries, products, cells, places, repeated: rows.length - cells.length }
}

function columnAt(names: readonly string[], name: string): number {
  const index = names.indexOf(name)
  if (index < 0) throw invalid('columns', name, `a column of the file: ${names.join(', ')}`)
  return index
}

function codeIn(row: readonly string[], at: number, column: string, index: number): string {
  const code = row[at]?.trim() ?? ''
  if (code === '') throw refusedRow(index, column, code, 'a code')
  return code
}

function valueAt(row: readonly string[], at: number, column: string, index: number): string {
  const text = row[at]?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return text
  if (/^\d+(\.\d+)?[eE][+-]?\d{1,3}$/.test(text)) return new Big(text).toFixed()
  throw refusedRow(index, column, text, 'a decimal number that is not negative')
}

/** `index` counts the rows under the header; empty lines are not counted. */
function refusedRow(index: number, column: string, value: string, allowed: string): AppError {
  const field = `row ${index + 1}, ${column}`
  const shown = value.slice(0, 200)
  return new AppError('refused', `${field}: ${shown}: ${allowed}`, { field, value: shown, allowed })
}

function distinct(codes: readonly string[]): string[] {
  return [...new Set(codes)].sort()
}

function scaled(text: string, places: number): bigint {
  const [whole = '', decimals = ''] = text.split('.')
  return BigInt(whole + decimals.padEnd(places, '0'))
}
