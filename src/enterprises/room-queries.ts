import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import type { RecordKey } from './product-queries.ts'

/** Rows one firm may keep: many times what a large one has, so that no account fills the disk. */
const most = { product: 10_000, supplier: 5_000, originEvidence: 20_000, question: 5_000 } as const
/** Entries of one question. */
const mostEntries = 500
/** What all bills of one firm may take, written out: a list of them is one answer. */
const mostBillBytes = 20 * 1024 * 1024

/** Throws conflict where a firm keeps as many of these as it may. */
export async function requireRoom(tx: Tx, table: keyof typeof most, enterpriseId: string): Promise<void> {
  const { kept } = await tx
    .selectFrom(table)
    .select(sql<number>`count(*)`.as('kept'))
    .where('enterpriseId', '=', enterpriseId)
    .executeTakeFirstOrThrow()
  if (kept >= most[table]) throw full(`${most[table]} of an enterprise`)
}

/** Throws conflict where the bills of a firm, with this one in place of the one it changes, would take more than they may. */
export async function requireRoomForBill(
  tx: Tx,
  key: { enterpriseId: string; id: number | null },
  document: string,
): Promise<void> {
  const { kept } = await tx
    .selectFrom('billOfMaterials')
    .select(billBytes.as('kept'))
    .where('enterpriseId', '=', key.enterpriseId)
    .$if(key.id !== null, (query) => query.where('id', '<>', key.id ?? 0))
    .executeTakeFirstOrThrow()
  if (kept + Buffer.byteLength(document) > mostBillBytes)
    throw full(`${mostBillBytes / 1024 / 1024} MiB of bills of an enterprise`)
}

const billBytes: RawBuilder<number> = sql`coalesce(sum(octet_length(document::text)), 0)::bigint`

/** Throws conflict where a question has as many entries as it may. */
export async function requireRoomForEntry(tx: Tx, { enterpriseId, id }: RecordKey): Promise<void> {
  const { kept } = await tx
    .selectFrom('questionEntry')
    .select(sql<number>`count(*)`.as('kept'))
    .where('enterpriseId', '=', enterpriseId)
    .where('questionId', '=', id)
    .executeTakeFirstOrThrow()
  if (kept >= mostEntries) throw full(`${mostEntries} entries of a question: ask a new one`)
}

function full(limit: string): AppError {
  const allowed = `at most ${limit}`
  return new AppError('conflict', `room: ${allowed}`, { field: 'room', allowed })
}
