import { Big } from 'big.js'
import Papa from 'papaparse'
import { invalid } from '../errors.ts'
import { advantageOf } from './advantage.ts'
import { complexity } from './complexity.ts'
import { sum } from './exact.ts'
import type { ScoredProduct } from './projection.ts'
import { readTradeTable } from './trade-table.ts'

/** Product complexities of one level of the code, from a user's file. */
export interface ComplexityFile {
  digits: 2 | 4 | 6
  edition: string
  /** Whether they were solved here from a country × product table, or came as published. */
  solved: boolean
  origin: string
  sha256: string
  products: ScoredProduct[]
}

interface Source {
  origin: string
  sha256: string
  edition: string
}

/**
 * Reads published complexities (CSV with the columns `product` and `pci`) or solves a table (`country`, `product`, `value`). Products
 * are HS codes of one length. Throws naming what cannot be used.
 */
export function readComplexity(text: string, source: Source): ComplexityFile {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const solved = !/\bpci\b/i.test(header)
  const products = solved ? solvedProducts(text) : publishedProducts(text)
  const lengths = [...new Set(products.map(({ code }) => (/^\d+$/.test(code) ? code.length : 0)))]
  const digits = ([2, 4, 6] as const).find((length) => length === lengths[0])
  if (lengths.length !== 1 || digits === undefined) {
    throw invalid(
      'product',
      products.find(({ code }) => code.length !== lengths[0])?.code ?? lengths.join(', '),
      'HS codes, all of two, four or six digits',
    )
  }
  return { digits, solved, ...source, products }
}

function solvedProducts(text: string): ScoredProduct[] {
  const table = readTradeTable(text, { country: 'country', product: 'product', value: 'value' })
  const { products, meta } = complexity(table)
  if (meta.warnings[0]) throw invalid('file', 'the table', meta.warnings[0])
  const { countriesOf } = advantageOf(table)
  const pci = new Map(products.map((product) => [product.code, product.pci]))
  const values = Map.groupBy(table.cells, ({ product }) => product)
  return table.products.map((code, at) => ({
    code,
    pci: pci.get(code) ?? null,
    worldValue: sum((values.get(at) ?? []).map(({ value }) => new Big(`${value}e-${table.places}`))),
    countries: (countriesOf[at] ?? []).map((country) => table.countries[country] ?? ''),
  }))
}

function publishedProducts(text: string): ScoredProduct[] {
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  const seen = new Set<string>()
  return data.map((row, index) => {
    const [code, pci] = [row.product?.trim() ?? '', row.pci?.trim() ?? '']
    if (code === '' || seen.has(code)) throw invalid(`row ${index + 1}, product`, code, 'a code, each once')
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(pci))
      throw invalid(`row ${index + 1}, pci`, pci, 'a number')
    seen.add(code)
    return { code, pci: Number(pci), worldValue: null, countries: null }
  })
}
