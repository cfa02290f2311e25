import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import { AppError, invalid } from '../errors.ts'

/** The first sheet or the table of a file (.xlsx, .xlsb, .csv in UTF-8 or GB18030) as rows of cells. */
export async function readTable(path: string): Promise<unknown[][]> {
  const bytes = await readFile(path).catch(() => {
    throw invalid('file', path, 'a file that can be read')
  })
  return await tableOf(bytes)
}

/** The same from the file's bytes. Throws `refused` for what only looks like a workbook. */
export async function tableOf(bytes: Buffer): Promise<unknown[][]> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return csvRows(bytes)
  try {
    return await sheetRows(bytes)
  } catch {
    throw new AppError('refused', 'file: a workbook that can be opened, or a table as CSV', { field: 'file' })
  }
}

async function sheetRows(bytes: Buffer): Promise<unknown[][]> {
  const xlsx = await import('@e965/xlsx')
  const archive = xlsx.CFB.read(bytes, { type: 'buffer' })
  const types = xlsx.CFB.find(archive, '/[Content_Types].xml')
  // I-TIP's files call their workbook part /xl/bin, where there is none
  if (types) {
    const text = Buffer.from(types.content as Uint8Array).toString('utf8')
    if (text.includes('"/xl/bin"'))
      types.content = Buffer.from(text.replace('"/xl/bin"', '"/xl/workbook.bin"'))
  }
  const fixed = xlsx.CFB.write(archive, { fileType: 'zip', type: 'buffer' })
  // without the blank cells the reader moves what follows them to the left
  const book = xlsx.read(fixed, { type: 'buffer', sheetStubs: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  return sheet ? xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true }) : []
}

function csvRows(bytes: Buffer): unknown[][] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data
}
