import type { Tx } from '../db/connect.ts'
import { isDangling, isDuplicate, notFound, taken } from './access.ts'
import { requireHs } from './firm-queries.ts'
import type { Bill, BillBody, Product, ProductBody } from './record-schema.ts'
import { requireRoom, requireRoomForBill } from './room-queries.ts'

/** A record of one enterprise. */
export interface RecordKey {
  enterpriseId: string
  id: number
}

const productColumns = ['id', 'code', 'name', 'hs', 'updatedAt'] as const

/** All inside `inScope`: the database shows only what the caller may see, whatever is asked here. */
export async function listProducts(tx: Tx, enterpriseId: string): Promise<Product[]> {
  const rows = await tx
    .selectFrom('product')
    .select(productColumns)
    .where('enterpriseId', '=', enterpriseId)
    .orderBy('code')
    .execute()
  return rows.map(dated)
}

export async function addProduct(
  tx: Tx,
  enterpriseId: string,
  body: ProductBody,
  now: Date,
): Promise<Product> {
  await requireHs(tx, body.hs)
  await requireRoom(tx, 'product', enterpriseId)
  const row = await tx
    .insertInto('product')
    .values({ ...body, enterpriseId, updatedAt: now })
    .returning(productColumns)
    .executeTakeFirstOrThrow()
    .catch(refuseDuplicate('code', body.code))
  return dated(row)
}

export async function changeProduct(tx: Tx, key: RecordKey, body: ProductBody, now: Date): Promise<Product> {
  await requireHs(tx, body.hs)
  const row = await tx
    .updateTable('product')
    .set({ ...body, updatedAt: now })
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning(productColumns)
    .executeTakeFirst()
    .catch(refuseDuplicate('code', body.code))
  if (!row) throw notFound('product', key.id, 'the id of a product of this enterprise')
  return dated(row)
}

/** Throws when a bill of materials still names it. */
export async function deleteProduct(tx: Tx, key: RecordKey): Promise<void> {
  const deleted = await tx
    .deleteFrom('product')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      if (isDangling(error)) throw taken('product', String(key.id), 'a product no bill of materials names')
      throw error
    })
  if (!deleted) throw notFound('product', key.id, 'the id of a product of this enterprise')
}

const billColumns = ['id', 'name', 'productId', 'document', 'updatedAt'] as const

export async function listBills(tx: Tx, enterpriseId: string): Promise<Bill[]> {
  const rows = await tx
    .selectFrom('billOfMaterials')
    .select(billColumns)
    .where('enterpriseId', '=', enterpriseId)
    .orderBy('name')
    .execute()
  return rows.map((row) => dated({ ...row, document: row.document as Bill['document'] }))
}

export async function addBill(tx: Tx, enterpriseId: string, body: BillBody, now: Date): Promise<Bill> {
  const values = billValues(body)
  await requireRoomForBill(tx, { enterpriseId, id: null }, values.document)
  const row = await tx
    .insertInto('billOfMaterials')
    .values({ ...values, enterpriseId, updatedAt: now })
    .returning(billColumns)
    .executeTakeFirstOrThrow()
    .catch(refuseBill(body))
  return dated({ ...row, document: row.document as Bill['document'] })
}

export async function changeBill(tx: Tx, key: RecordKey, body: BillBody, now: Date): Promise<Bill> {
  const values = billValues(body)
  await requireRoomForBill(tx, key, values.document)
  const row = await tx
    .updateTable('billOfMaterials')
    .set({ ...values, updatedAt: now })
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning(billColumns)
    .executeTakeFirst()
    .catch(refuseBill(body))
  if (!row) throw notFound('bill', key.id, 'the id of a bill of materials of this enterprise')
  return dated({ ...row, document: row.document as Bill['document'] })
}

export async function deleteBill(tx: Tx, key: RecordKey): Promise<void> {
  const deleted = await tx
    .deleteFrom('billOfMaterials')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst()
  if (!deleted) throw notFound('bill', key.id, 'the id of a bill of materials of this enterprise')
}

function billValues({ name, productId = null, document }: BillBody) {
  return { name, productId, document: JSON.stringify(document) }
}

function refuseBill(body: BillBody): (error: unknown) => never {
  return (error) => {
    if (isDangling(error))
      throw notFound('productId', body.productId ?? '', 'the id of a product of this enterprise')
    return refuseDuplicate('name', body.name)(error)
  }
}

export function refuseDuplicate(field: string, value: string): (error: unknown) => never {
  return (error) => {
    if (isDuplicate(error)) throw taken(field, value, 'one this enterprise does not use yet')
    throw error
  }
}

export function dated<Row extends { updatedAt: Date }>(
  row: Row,
): Omit<Row, 'updatedAt'> & { updatedAt: string } {
  return { ...row, updatedAt: row.updatedAt.toISOString() }
}
