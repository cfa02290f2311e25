import type { Tx } from '../db/connect.ts'
import { AppError } from '../errors.ts'

/**
 * Changes accounts so that an administrator is left; throws where none would be. Two who take the role from each other at once would
 * each still see the other: the administrators are locked before the change, in the order of their ids, and who comes second looks again.
 */
export async function keepingAdministrator(tx: Tx, change: () => Promise<void>): Promise<void> {
  const before = await administrators(tx).orderBy('id').forUpdate().execute()
  await change()
  if (before.length === 0) return
  const left = await administrators(tx).limit(1).executeTakeFirst()
  if (left) return
  const allowed = 'the last administrator stays one'
  throw new AppError('conflict', `role: ${allowed}`, { field: 'role', allowed })
}

function administrators(tx: Tx) {
  return tx.selectFrom('account').select('id').where('role', '=', 'admin').where('disabledAt', 'is', null)
}
