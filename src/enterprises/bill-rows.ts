import { inflateRawSync } from 'node:zlib'
import { read, utils } from '@e965/xlsx'
import papaparse from 'papaparse'
import { AppError, invalid } from '../errors.ts'
import { mostColumns, mostLines } from './bill-table.ts'

/** What a workbook may unpack to. */
const mostUnpackedBytes = 40 * 1024 * 1024

/**
 * Lines of a CSV (UTF-8, or GB18030 as Chinese spreadsheets write it) or of the first sheet of an .xlsx, by what is in the file. Empty
 * lines stay, so that rows keep their numbers. To be called in a process that can be ended: a file of a kilobyte may name ranges that take
 * hours to walk through. Throws for what is neither, and for a workbook that unpacks to more than is taken.
 */
export function tableRows(content: Buffer): string[][] {
  if (content.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return workbookRows(content)
  if (content.includes(0)) throw notATable()
  return papaparse.parse<string[]>(decoded(content).replace(/^\uFEFF/, '')).data
}

function decoded(content: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content)
    } catch {
      // the next one
    }
  }
  throw notATable()
}

function workbookRows(content: Buffer): string[][] {
  refuseBomb(content)
  const book = (() => {
    try {
      return read(content, { sheetRows: mostLines + 2, cellFormula: false, cellHTML: false, dense: true })
    } catch {
      throw notATable()
    }
  })()
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet) throw notATable()
  const width = utils.decode_range(sheet['!ref'] ?? 'A1').e.c + 1
  if (width > mostColumns) throw invalid('file', `${width} columns`, `at most ${mostColumns} columns`)
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, blankrows: true, defval: '' })
  return rows.map((row) => Array.from(row, textOf))
}

/** A figure as people typed it: fifteen digits are what a spreadsheet keeps. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return typeof value === 'string' ? value : ''
}

/** Unpacks every part within the bound and throws it away: what an archive says of its sizes may be a lie. */
function refuseBomb(content: Buffer): void {
  let room = mostUnpackedBytes
  for (const part of partsOf(content)) {
    try {
      room -=
        part.method === 8
          ? inflateRawSync(part.packed, { maxOutputLength: Math.max(room, 1) }).length
          : part.packed.length
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') throw notATable()
      room = -1
    }
    if (room < 0) {
      const allowed = `a workbook that unpacks to at most ${mostUnpackedBytes} bytes`
      throw new AppError('too-large', `file: ${allowed}`, { field: 'file', allowed })
    }
  }
}

/** The parts of an archive by its directory (APPNOTE 4.3.12); throws where an entry points outside of it. */
function partsOf(content: Buffer): { method: number; packed: Buffer }[] {
  const parts: { method: number; packed: Buffer }[] = []
  const entry = Buffer.from('PK\x01\x02', 'latin1')
  for (let at = content.indexOf(entry); at !== -1; at = content.indexOf(entry, at + 4)) {
    if (at + 46 > content.length) throw notATable()
    const local = content.readUInt32LE(at + 42)
    if (local + 30 > content.length) throw notATable()
    const from = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28)
    const packed = content.subarray(from, from + content.readUInt32LE(at + 20))
    parts.push({ method: content.readUInt16LE(at + 10), packed })
  }
  if (parts.length === 0) throw notATable()
  return parts
}

function notATable(): AppError {
  return invalid('file', '', 'the template as CSV (UTF-8 or GB18030) or as .xlsx')
}
