import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { isDuplicate, noSuchEnterprise, taken } from './access.ts'
import type { Enterprise, EnterpriseBody } from './record-schema.ts'
import { normaliseUscc } from './registration.ts'

/** Enterprises by code, at most `limit`; `q` is the start of a code or a part of the name. */
export async function listEnterprises(
  db: Database,
  options: { q?: string; limit: number; id?: string },
): Promise<Enterprise[]> {
  const { q = '', limit, id } = options
  const pattern = `%${escapeLike(q.trim())}%`
  const rows = await db
    .selectFrom('enterprise as e')
    .leftJoin('district as d', (join) => join.on('d.code', '=', sql<string>`left(e.id, 5)`))
    .leftJoin('ownership as o', (join) => join.on('o.code', '=', sql<string>`substr(e.id, 6, 1)`))
    .select([
      'e.id',
      'e.name',
      'e.uscc',
      'e.registeredAt',
      'd.nameZh as districtZh',
      'o.nameZh as ownershipZh',
    ])
    .$if(id !== undefined, (query) => query.where('e.id', '=', id ?? ''))
    .$if(q.trim() !== '', (query) =>
      query.where((or) => or.or([or('e.name', 'like', pattern), or('e.id', 'like', pattern.slice(1))])),
    )
    .orderBy('e.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    uscc: row.uscc,
    district: { code: row.id.slice(0, 5), nameZh: row.districtZh },
    ownership: { code: row.id.charAt(5), nameZh: row.ownershipZh },
    registeredAt: row.registeredAt?.toISOString() ?? null,
  }))
}

export async function findEnterprise(db: Database, id: string): Promise<Enterprise> {
  const [found] = await listEnterprises(db, { id, limit: 1 })
  if (!found) throw noSuchEnterprise(id)
  return found
}

/** Registers a firm, or completes one that declarations made known. Throws when it is registered already. */
export async function registerEnterprise(db: Database, body: EnterpriseBody, now: Date): Promise<Enterprise> {
  const uscc = body.uscc === undefined ? null : normaliseUscc(body.uscc)
  if (body.uscc !== undefined && uscc === null) {
    throw invalid('uscc', body.uscc, 'a unified social credit code with its right check character')
  }
  const row = { id: body.id, name: body.name, uscc, registeredAt: now }
  const stored = await db
    .insertInto('enterprise')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ name: row.name, uscc, registeredAt: now })
        .where('enterprise.registeredAt', 'is', null),
    )
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      if (isDuplicate(error)) throw taken('uscc', body.uscc ?? '', 'a code no other enterprise has')
      throw error
    })
  if (!stored) throw taken('id', body.id, 'an enterprise that is not registered yet')
  return findEnterprise(db, body.id)
}

/** Throws unless the code is in the reference: six digits a subheading, eight a line, ten by their first eight. */
export async function requireHs(tx: Tx, hs: string): Promise<void> {
  const found =
    hs.length === 6
      ? await tx.selectFrom('hsSubheading').select('code').where('code', '=', hs).limit(1).executeTakeFirst()
      : await tx
          .selectFrom('hsLine')
          .select('code')
          .where('code', '=', hs.slice(0, 8))
          .limit(1)
          .executeTakeFirst()
  if (!found)
    throw invalid('hs', hs, 'an HS subheading of six digits, or a line of the statistics of 8 or 10')
}

/** Throws when the enterprise is unknown; an officer may ask for any code. */
export async function requireEnterprise(tx: Tx, id: string): Promise<void> {
  const found = await tx.selectFrom('enterprise').select('id').where('id', '=', id).executeTakeFirst()
  if (!found) throw noSuchEnterprise(id)
}

export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
