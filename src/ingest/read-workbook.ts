import { createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { read, utils } from '@e965/xlsx'
import { invalid } from '../errors.ts'

/** Bounds of a workbook: a sheet is held in memory whole, so that beyond these it must come as CSV. */
const most = { fileBytes: 30_000_000, unpackedBytes: 400_000_000, ratio: 200, cells: 6_000_000 }

export type Sheet =
  | { csvPath: string; sheet: string; others: string[] }
  | { refused: { reason: string; hint: string } }

/**
 * Writes one sheet of a workbook (the first with data, or the one named) as UTF-8 CSV below `folder`; the caller removes
 * it. What the archive says it unpacks to is checked before anything is unpacked. Throws AppError for a sheet it has not.
 */
export async function sheetAsCsv(
  path: string,
  { sheet, folder, id }: { sheet: string | null; folder: string; id: string },
): Promise<Sheet> {
  const bomb = await tooLarge(path)
  if (bomb !== null)
    return { refused: { reason: bomb, hint: 'save the sheet as CSV UTF-8 and import that file' } }
  const book = readBook(await readFile(path))
  if (book === null) {
    return { refused: { reason: 'not a workbook that can be read', hint: 'save the sheet as CSV UTF-8' } }
  }
  const names = book.SheetNames
  if (sheet !== null && !names.includes(sheet)) throw invalid('sheet', sheet, `one of ${names.join(', ')}`)
  const name = sheet ?? names.find((one) => book.Sheets[one]?.['!ref'] !== undefined) ?? names[0] ?? ''
  const cells = book.Sheets[name]
  const range = cells?.['!ref'] === undefined ? null : utils.decode_range(cells['!ref'])
  if (cells === undefined || range === null) {
    return { refused: { reason: `the sheet ${name} is empty`, hint: 'name another with --sheet' } }
  }
  const size = (range.e.r - range.s.r + 1) * (range.e.c - range.s.c + 1)
  if (size > most.cells) {
    const reason = `the sheet ${name} has ${size} cells, more than ${most.cells}`
    return { refused: { reason, hint: 'save the sheet as CSV UTF-8 and import that file' } }
  }
  await mkdir(folder, { recursive: true })
  const csvPath = join(folder, `${id}.csv`)
  const out = createWriteStream(csvPath)
  out.write(utils.sheet_to_csv(cells, { blankrows: true, rawNumbers: true, dateNF: 'yyyy-mm-dd' }))
  out.end()
  await finished(out)
  return { csvPath, sheet: name, others: names.filter((one) => one !== name) }
}

function readBook(bytes: Buffer): ReturnType<typeof read> | null {
  try {
    return read(bytes, { dense: true, cellFormula: false, cellHTML: false, cellDates: false })
  } catch {
    return null
  }
}

/** Reads the directory at the end of the archive: how large its parts become. Null when it is within bounds. */
async function tooLarge(path: string): Promise<string | null> {
  const { size } = await stat(path)
  if (size > most.fileBytes) return `a workbook of ${size} bytes, more than ${most.fileBytes}`
  const file = await open(path)
  try {
    const tail = Buffer.alloc(Math.min(size, 66_000))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end === -1) return null
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(end + 12), most.fileBytes))
    await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    const unpacked = unpackedBytes(directory)
    if (unpacked <= most.unpackedBytes && unpacked <= size * most.ratio) return null
    return `a workbook that unpacks to ${unpacked} bytes from ${size}`
  } finally {
    await file.close()
  }
}

function unpackedBytes(directory: Buffer): number {
  let sum = 0
  for (let at = directory.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1 && at + 46 <= directory.length; ) {
    sum += directory.readUInt32LE(at + 24)
    at = directory.indexOf('PK\x01\x02', at + 46, 'latin1')
  }
  return sum
}

export async function removeSheet(csvPath: string): Promise<void> {
  await rm(csvPath, { force: true })
}
