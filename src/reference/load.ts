import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
import { parseReference, type Reference, type ReferenceFile, referenceFiles } from './parse.ts'
import { referenceTables } from './tables.ts'

const shipped = fileURLToPath(new URL('../../data/reference/', import.meta.url))

/** What a load did: `unchanged` when the database already held these very files. */
export interface ReferenceLoad {
  status: 'loaded' | 'unchanged'
  tables: { table: string; rows: number }[]
}

/** Reads and parses the shipped facts (about 10,000 rows, well under a second); needs no database. */
export function readReference(folder: string = shipped): Reference {
  return parseReference(readTexts(folder))
}

/** Replaces the reference tables by the shipped facts in one transaction; loading the same files again changes nothing. */
export async function loadReference(pool: pg.Pool, folder: string = shipped): Promise<ReferenceLoad> {
  const texts = readTexts(folder)
  return inTransaction(pool, async (client) => {
    await client.query('lock table reference_file in exclusive mode')
    const changed = await filesChanged(client, texts)
    const tables = changed ? await replaceTables(client, parseReference(texts)) : []
    if (changed) await recordFiles(client, texts)
    return { status: changed ? 'loaded' : 'unchanged', tables }
  })
}

type Texts = Record<ReferenceFile, string>

function readTexts(folder: string): Texts {
  const entries = referenceFiles.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')])
  return Object.fromEntries(entries) as Texts
}

async function replaceTables(
  client: pg.PoolClient,
  reference: Reference,
): Promise<{ table: string; rows: number }[]> {
  const tables = referenceTables(reference)
  for (const { table } of tables.toReversed()) await client.query(`delete from ${table}`)
  for (const { table, columns, rows } of tables) {
    await copyInto(client, table, columns, [rows.map(copyRow).join('')])
  }
  return tables.map(({ table, rows }) => ({ table, rows: rows.length }))
}

async function filesChanged(client: pg.PoolClient, texts: Texts): Promise<boolean> {
  const found = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from reference_file',
  )
  const stored = new Map(found.rows.map((row) => [row.name, row.sha256]))
  return (
    stored.size !== referenceFiles.length ||
    referenceFiles.some((name) => stored.get(name) !== hash(texts[name]))
  )
}

async function recordFiles(client: pg.PoolClient, texts: Texts): Promise<void> {
  const rows = referenceFiles.map((name) => copyRow([name, hash(texts[name]), countRows(texts[name])]))
  await client.query('delete from reference_file')
  await copyInto(client, 'reference_file', ['name', 'sha256', 'rows'], [rows.join('')])
}

function countRows(text: string): number {
  return text.trimEnd().split('\n').length - 1
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
