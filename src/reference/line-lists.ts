import Papa from 'papaparse'
import { invalid } from '../errors.ts'

/** The eight-digit codes of a year as a user's file states them. */
export interface LineListFile {
  year: number
  origin: string
  sha256: string
  codes: string[]
}

const codeColumns = ['code', 'hs', 'hs8', '商品编码', '税则号列', '商品编号']

/**
 * Reads a CSV with a column of codes (code, 商品编码, 税则号列), one row a line of the tariff; points do not matter, of ten digits the
 * first eight are the line, headings of fewer are passed over. Throws naming the first row that is no code.
 */
export function readLineList(
  text: string,
  file: Omit<LineListFile, 'codes' | 'year'> & { year: string },
): LineListFile {
  if (!/^(?:19|20)\d\d$/.test(file.year))
    throw invalid('year', file.year, 'the year of the list, such as 2019')
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim().toLowerCase(),
  })
  const column = codeColumns.find((name) => meta.fields?.includes(name))
  if (column === undefined)
    throw invalid('columns', (meta.fields ?? []).join(','), `a column ${codeColumns.join(' or ')}`)
  const codes = data.flatMap((row, index) => lineOf(row[column] ?? '', index + 2))
  if (codes.length === 0) throw invalid('file', file.origin, 'at least one code of eight digits')
  return { ...file, year: Number(file.year), codes: [...new Set(codes)].sort() }
}

function lineOf(cell: string, line: number): string[] {
  const code = cell.normalize('NFKC').replaceAll(/[\s.'’]/g, '')
  if (/^(?:\d{8}|\d{10})$/.test(code)) return [code.slice(0, 8)]
  if (/^(?:\d{2}|\d{4}|\d{6})$/.test(code)) return []
  throw invalid(`line ${line}`, cell, 'a code of eight or ten digits, with its leading zero')
}
