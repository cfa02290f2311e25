import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection, Tx } from '../db/connect.ts'
import { inScope } from '../db/scope.ts'
import type { Principal } from '../http/schema.ts'
import { scopeFor } from './access.ts'
import { requireEnterprise } from './firm-queries.ts'

export interface FirmDeps {
  connection: Connection
  clock: Clock
  config: Config
  /** Throws invalid-input unless the document is a case that can be judged for its origin. */
  checkCase: (document: unknown) => unknown
}

/** Runs `work` on the records of one enterprise, as far as the caller may see them. */
export async function onRecords<T>(
  deps: FirmDeps,
  request: { principal: Principal | null; params: { enterprise: string } },
  work: (tx: Tx, enterpriseId: string) => Promise<T>,
): Promise<T> {
  const { enterprise } = request.params
  const scope = scopeFor(request.principal, enterprise)
  return await inScope(deps.connection.db, scope, async (tx) => {
    await requireEnterprise(tx, enterprise)
    return await work(tx, enterprise)
  })
}
