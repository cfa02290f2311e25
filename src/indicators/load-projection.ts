import { Big } from 'big.js'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../db/connect.ts'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
import { invalid } from '../errors.ts'
import type { ProjectionQuery, ProjectionReply } from './analysis-schema.ts'
import { projectionFormulas } from './formulas.ts'
import { defaultDataset, vintageOf } from './load.ts'
import { productSums } from './load-world.ts'
import { ownYear } from './load-year.ts'
import { type ProjectedProduct, project, type ScoredProduct } from './projection.ts'
import type { ComplexityFile } from './read-complexity.ts'
import { loadNames } from './reference-queries.ts'
import { instantOf, type Warning } from './select.ts'

const defaultTop = 50

/** Puts product complexities in place of those of the same level. */
export async function storeComplexity(pool: pg.Pool, file: ComplexityFile, now: Date): Promise<void> {
  const { digits, edition, solved, origin, sha256, products } = file
  await inTransaction(pool, async (client) => {
    await client.query('delete from complexity_set where digits = $1', [digits])
    await client.query(
      'insert into complexity_set (digits, hs_edition, solved, origin, sha256, rows, loaded_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [digits, edition, solved, origin, sha256, products.length, now],
    )
    const lines = products.map(({ code, pci, worldValue, countries }) =>
      copyRow([
        digits,
        code,
        pci,
        worldValue?.toFixed() ?? null,
        countries && `{${countries.map(quoted).join(',')}}`,
      ]),
    )
    const columns = ['digits', 'code', 'pci', 'world_value', 'countries']
    await copyInto(client, 'complexity_product', columns, [lines.join('')])
  })
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

interface ComplexitySet {
  digits: 2 | 4 | 6
  hsEdition: string
  solved: boolean
  origin: string
  loadedAt: Date
}

/** The city's exports of a year against product complexities that were solved without it. */
export async function loadProjection(
  db: Database,
  query: ProjectionQuery,
  now: Date,
): Promise<ProjectionReply> {
  const asOf = instantOf(query.asOf, now)
  const scores = await setOf(db, query.level)
  const dataset = query.dataset ?? defaultDataset
  const own = await ownYear(db, { dataset, year: query.year, asOf })
  const exports = await productSums(db, own.slices, scores.digits)
  if (exports.size === 0)
    throw invalid('level', scores.digits, `a level that ${dataset} states in ${own.year}`)
  const found = project(exports, await loadScored(db, scores.digits))
  const shown = found.products.sort(byWeight).slice(0, query.top ?? defaultTop)
  const level = `hs${scores.digits}` as const
  const names = await loadNames(
    db,
    level,
    shown.map(({ code }) => code),
  )
  return {
    data: shown.map((product) => ({
      ...product,
      exports: product.exports.toFixed(),
      name: names.get(product.code)?.zh ?? null,
      nameEn: names.get(product.code)?.en ?? null,
    })),
    meta: {
      vintage: vintageOf(own.slices),
      asOf: asOf.toISOString(),
      filters: { dataset, year: String(own.year), level: String(scores.digits) },
      currency: 'USD',
      rows: found.products.length,
      source: level,
      year: own.year,
      level: scores.digits,
      eci: found.eci,
      weightedPci: found.weightedPci,
      coverage: found.coverage,
      advantages: found.advantages,
      scores: {
        edition: scores.hsEdition,
        solved: scores.solved,
        origin: scores.origin,
        loadedAt: scores.loadedAt.toISOString(),
      },
      warnings: warningsOf(scores, own.slices[0]?.hsEdition ?? ''),
      formulas: projectionFormulas,
    },
  }
}

async function setOf(db: Database, level: number | undefined): Promise<ComplexitySet> {
  const found = await sql<ComplexitySet>`
    select digits, hs_edition, solved, origin, loaded_at from complexity_set order by digits desc`.execute(db)
  const set = level === undefined ? found.rows[0] : found.rows.find(({ digits }) => digits === level)
  if (set) return set
  const held = found.rows.map(({ digits }) => digits).join(', ')
  const how = 'tradewind reference import complexity FILE --edition E'
  throw invalid(
    'level',
    level ?? '',
    held ? `loaded: ${held}` : `needs product complexities, and none are loaded: ${how}`,
  )
}

async function loadScored(db: Database, digits: number): Promise<ScoredProduct[]> {
  const found = await sql<{
    code: string
    pci: number | null
    worldValue: string | null
    countries: string[] | null
  }>`
    select code, pci, world_value, countries from complexity_product where digits = ${digits} order by code`.execute(
    db,
  )
  return found.rows.map((row) => ({
    ...row,
    worldValue: row.worldValue === null ? null : new Big(row.worldValue),
  }))
}

/** What the city exports first, then what lies nearest to it. */
function byWeight(a: ProjectedProduct, b: ProjectedProduct): number {
  return b.exports.cmp(a.exports) || (b.density ?? 0) - (a.density ?? 0) || (a.code < b.code ? -1 : 1)
}

function warningsOf(scores: ComplexitySet, edition: string): Warning[] {
  const warnings: Warning[] = []
  if (!scores.solved) {
    const detail = 'only complexities were loaded: advantage and density need a country × product table'
    warnings.push({ code: 'no-world-table', detail })
  }
  if (scores.hsEdition !== edition) {
    const detail = `complexities are of HS ${scores.hsEdition}, exports of HS ${edition}: codes that changed do not meet`
    warnings.push({ code: 'hs-edition-break', detail })
  }
  return warnings
}
