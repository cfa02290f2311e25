import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
import { type PackContent, readShippedPacks } from './tariff/load-packs.ts'

/** What became of a pack: `kept` when the user imported one of that id, which the release never overwrites. */
export interface PackLoad {
  pack: string
  status: 'loaded' | 'unchanged' | 'kept'
  rows: number
}

/** Puts the shipped tariff packs into the database, each in its own transaction. */
export async function loadTariffs(pool: pg.Pool, now: Date, packs = readShippedPacks()): Promise<PackLoad[]> {
  const results: PackLoad[] = []
  for (const content of packs) results.push(await storePack(pool, content, { now, shipped: true }))
  return results
}

/** Replaces a pack by new content, whole or not at all; the same content again changes nothing. */
export async function storePack(
  pool: pg.Pool,
  content: PackContent,
  options: { now: Date; shipped: boolean },
): Promise<PackLoad> {
  const { pack, rates } = content
  return inTransaction(pool, async (client) => {
    await client.query('lock table tariff_pack in share row exclusive mode')
    const status = await statusOf(client, content, options.shipped)
    if (status === 'loaded') {
      await client.query('delete from tariff_pack where id = $1', [pack.id])
      await insertPack(client, content, options)
      await copyInto(client, 'tariff_rate', rateColumns, rateChunks(content))
    }
    return { pack: pack.id, status, rows: rates.length }
  })
}

const rateColumns = ['pack_id', 'line', 'base', 'valid_from', 'valid_to', 'rate']

function* rateChunks({ pack, rates }: PackContent): Iterable<string> {
  const size = 5000
  for (let start = 0; start < rates.length; start += size) {
    yield rates
      .slice(start, start + size)
      .map((rate) => copyRow([pack.id, rate.line, rate.base, rate.validFrom, rate.validTo, rate.rate]))
      .join('')
  }
}

async function statusOf(
  client: pg.PoolClient,
  content: PackContent,
  shipped: boolean,
): Promise<PackLoad['status']> {
  const found = await client.query<{ content_sha256: string; shipped: boolean }>(
    'select content_sha256, shipped from tariff_pack where id = $1',
    [content.pack.id],
  )
  const [stored] = found.rows
  if (!stored) return 'loaded'
  if (stored.content_sha256 === content.contentSha256) return 'unchanged'
  return shipped && !stored.shipped ? 'kept' : 'loaded'
}

async function insertPack(
  client: pg.PoolClient,
  { pack, rates, contentSha256 }: PackContent,
  { now, shipped }: { now: Date; shipped: boolean },
): Promise<void> {
  await client.query(
    `insert into tariff_pack (id, regime, importer, party_group, hs_edition, valid_from, valid_to, source, origin,
       published, sha256, content_sha256, rows, shipped, loaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      pack.id,
      pack.regime,
      pack.importer,
      pack.group,
      pack.edition,
      pack.validFrom,
      pack.validTo,
      pack.source,
      pack.origin,
      pack.published,
      pack.sha256,
      contentSha256,
      rates.length,
      shipped,
      now,
    ],
  )
}
