import type { Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { isDangling, notFound } from './access.ts'
import { requireHs } from './firm-queries.ts'
import { dated, type RecordKey, refuseDuplicate } from './product-queries.ts'
import type { Evidence, EvidenceBody, Supplier, SupplierBody } from './record-schema.ts'
import { requireRoom } from './room-queries.ts'

const supplierColumns = ['id', 'name', 'country', 'updatedAt'] as const

export async function listSuppliers(tx: Tx, enterpriseId: string): Promise<Supplier[]> {
  const rows = await tx
    .selectFrom('supplier')
    .select(supplierColumns)
    .where('enterpriseId', '=', enterpriseId)
    .orderBy('name')
    .execute()
  return rows.map(dated)
}

export async function addSupplier(
  tx: Tx,
  enterpriseId: string,
  body: SupplierBody,
  now: Date,
): Promise<Supplier> {
  await requireRoom(tx, 'supplier', enterpriseId)
  const row = await tx
    .insertInto('supplier')
    .values({ ...body, enterpriseId, updatedAt: now })
    .returning(supplierColumns)
    .executeTakeFirstOrThrow()
    .catch(refuseDuplicate('name', body.name))
  return dated(row)
}

export async function changeSupplier(
  tx: Tx,
  key: RecordKey,
  body: SupplierBody,
  now: Date,
): Promise<Supplier> {
  const row = await tx
    .updateTable('supplier')
    .set({ ...body, updatedAt: now })
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning(supplierColumns)
    .executeTakeFirst()
    .catch(refuseDuplicate('name', body.name))
  if (!row) throw notFound('supplier', key.id, 'the id of a supplier of this enterprise')
  return dated(row)
}

/** Its evidence goes with it. */
export async function deleteSupplier(tx: Tx, key: RecordKey): Promise<void> {
  const deleted = await tx
    .deleteFrom('supplier')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst()
  if (!deleted) throw notFound('supplier', key.id, 'the id of a supplier of this enterprise')
}

/** Proofs of origin with their state on a day (YYYY-MM-DD), those that end first on top. */
export async function listEvidence(tx: Tx, enterpriseId: string, on: string): Promise<Evidence[]> {
  const rows = await tx
    .selectFrom('originEvidence as e')
    .innerJoin('supplier as s', 's.id', 'e.supplierId')
    .select([
      'e.id',
      'e.supplierId',
      's.name as supplier',
      'e.hs',
      'e.party',
      'e.kind',
      'e.number',
      'e.validFrom',
      'e.validTo',
      'e.updatedAt',
    ])
    .where('e.enterpriseId', '=', enterpriseId)
    .orderBy('e.validTo')
    .orderBy('e.id')
    .execute()
  return rows.map((row) => ({
    ...dated(row),
    state: evidenceState(row, on),
    daysLeft: daysBetween(on, row.validTo),
  }))
}

/** Calendar days from one date to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** Both days count. */
export function evidenceState(
  validity: { validFrom: string; validTo: string },
  on: string,
): Evidence['state'] {
  if (on < validity.validFrom) return 'not-yet'
  return on > validity.validTo ? 'expired' : 'valid'
}

export async function addEvidence(
  tx: Tx,
  enterpriseId: string,
  body: EvidenceBody,
  at: { now: Date; on: string },
): Promise<Evidence> {
  await checkEvidence(tx, body)
  await requireRoom(tx, 'originEvidence', enterpriseId)
  const { id } = await tx
    .insertInto('originEvidence')
    .values({ ...body, enterpriseId, updatedAt: at.now })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseEvidence(body))
  return await findEvidence(tx, { enterpriseId, id }, at.on)
}

/** Renews or corrects a proof. */
export async function changeEvidence(
  tx: Tx,
  key: RecordKey,
  body: EvidenceBody,
  at: { now: Date; on: string },
): Promise<Evidence> {
  await checkEvidence(tx, body)
  await tx
    .updateTable('originEvidence')
    .set({ ...body, updatedAt: at.now })
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .execute()
    .catch(refuseEvidence(body))
  return await findEvidence(tx, key, at.on)
}

async function checkEvidence(tx: Tx, body: EvidenceBody): Promise<void> {
  if (body.validTo < body.validFrom)
    throw invalid('validTo', body.validTo, `a day not before validFrom (${body.validFrom})`)
  await requireHs(tx, body.hs)
}

function refuseEvidence(body: EvidenceBody): (error: unknown) => never {
  return (error) => {
    if (isDangling(error))
      throw notFound('supplierId', body.supplierId, 'the id of a supplier of this enterprise')
    return refuseDuplicate('number', body.number)(error)
  }
}

async function findEvidence(tx: Tx, { enterpriseId, id }: RecordKey, on: string): Promise<Evidence> {
  const found = (await listEvidence(tx, enterpriseId, on)).find((evidence) => evidence.id === id)
  if (!found) throw notFound('evidence', id, 'the id of a proof of this enterprise')
  return found
}

export async function deleteEvidence(tx: Tx, key: RecordKey): Promise<void> {
  const deleted = await tx
    .deleteFrom('originEvidence')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst()
  if (!deleted) throw notFound('evidence', key.id, 'the id of a proof of this enterprise')
}
