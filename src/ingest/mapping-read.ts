import { randomUUID } from 'node:crypto'
import { AppError } from '../errors.ts'
import { understood } from './messages.ts'
import { containerOf, readBytes } from './read.ts'
import { removeSheet, sheetAsCsv } from './read-workbook.ts'
import { sheetFolder } from './uploads.ts'

/** The beginning of a table; of a workbook with the sheet that was read and all there are. */
export interface Head {
  bytes: Uint8Array
  sheet?: string
  sheets?: string[]
}

const headBytes = 64 * 1024

/**
 * The beginning of a kept file: of a workbook that of a sheet, the first with data by default. Throws AppError for a sheet
 * it has not, and with the reason for a workbook that cannot be read.
 */
export async function readTableHead(
  path: string,
  { sheet, home }: { sheet: string | null; home: string },
): Promise<Head> {
  const container = await containerOf(path)
  if (container !== 'xlsx' && container !== 'xls') return { bytes: await firstBytes(path, container) }
  const found = await sheetAsCsv(path, { container, sheet, folder: sheetFolder(home), id: randomUUID() })
  if ('refused' in found)
    throw new AppError('refused', found.refused.reason, { said: understood(found.refused.reason) })
  try {
    const bytes = await firstBytes(found.csvPath, 'plain')
    return { bytes, sheet: found.sheet, sheets: found.sheets }
  } finally {
    await removeSheet(found.csvPath)
  }
}

async function firstBytes(path: string, container: 'plain' | 'gzip'): Promise<Uint8Array> {
  const blocks: Buffer[] = []
  let size = 0
  for await (const block of readBytes(path, { container, encoding: 'utf-8' })) {
    blocks.push(Buffer.from(block))
    size += block.length
    if (size >= headBytes) break
  }
  return Buffer.concat(blocks).subarray(0, headBytes)
}
