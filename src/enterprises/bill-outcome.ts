import { AppError } from '../errors.ts'
import type { Outcome } from './bill-read.ts'
import { tableRows } from './bill-rows.ts'
import { readBillTable } from './bill-table.ts'

/** Errors lose their class between processes: what cannot be taken is told as what it is made of. */
export function outcomeOf(content: Buffer): Outcome {
  try {
    return { table: readBillTable(tableRows(content)) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, detail } = error
    return { refused: { code, message, detail } }
  }
}
