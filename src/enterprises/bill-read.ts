import { askInTurn, type Limits } from '../aside.ts'
import { AppError, type ErrorCode, type ErrorDetail } from '../errors.ts'
import type { readBillTable } from './bill-table.ts'

/** Largest table. */
export const mostTableBytes = 2 * 1024 * 1024

type Table = ReturnType<typeof readBillTable>
export type Outcome =
  | { table: Table }
  | { refused: { code: ErrorCode; message: string; detail: ErrorDetail } }

/** Many times what the largest template takes. */
const usual: Limits = { timeoutMs: 5_000, memoryMb: 512 }

const ask = askInTurn<Buffer, Outcome>(
  { module: new URL('./bill-outcome.ts', import.meta.url), name: 'outcomeOf' },
  { atOnce: 1, mostWaiting: 7 },
)

/**
 * Materials of a table, a CSV or a workbook, with its errors; read aside, one after the other, so that no file keeps the
 * service from answering. Throws too-large for one that takes more time or memory than it may, and unavailable while too many others wait.
 */
export async function readBill(content: Buffer, limits: Limits = usual): Promise<Table> {
  const answer = await ask(content, limits)
  if ('busy' in answer)
    throw new AppError('unavailable', 'file: others are being read; try again in a moment')
  if ('exceeded' in answer) throw tooLarge()
  const outcome = answer.value
  if ('table' in outcome) return outcome.table
  throw new AppError(outcome.refused.code, outcome.refused.message, outcome.refused.detail)
}

function tooLarge(): AppError {
  const allowed = 'a table that is read in a moment: the template with its lines alone'
  return new AppError('too-large', `file: ${allowed}`, { field: 'file', allowed })
}
