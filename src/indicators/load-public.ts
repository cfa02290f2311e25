import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { PublicQuery, PublicReply } from './analysis-schema.ts'
import type { Currency } from './coverage.ts'
import { apportion, sum } from './exact.ts'
import { publicFormulas } from './formulas.ts'
import { groupingOf, nameOf } from './lines.ts'
import { defaultDataset, questionFor, vintageOf } from './load.ts'
import { lastWholeYear, wholeYear } from './load-year.ts'
import { countFirmsBy, countRollups, loadSlices } from './queries.ts'
import { loadNames } from './reference-queries.ts'
import { sumByCode } from './sum-queries.ts'
import { suppress } from './suppression.ts'

/**
 * The structure of a year for those who may not see single enterprises. There is one table a year, dimension and flow, in one currency,
 * without filters, overlapping spans, nested levels or a comparison: nothing of it can be subtracted from another.
 */
export async function loadPublic(db: Database, query: PublicQuery, now: Date): Promise<PublicReply> {
  const dataset = defaultDataset
  const slices = await loadSlices(db, { dataset, flow: query.flow, asOf: now })
  if (slices.length === 0) throw invalid('flow', query.flow, 'a flow that is loaded')
  const currency: Currency = slices.some((slice) => slice.currencies.includes('CNY')) ? 'CNY' : 'USD'
  const stating = slices.filter((slice) => slice.currencies.includes(currency))
  const year = query.year === undefined ? lastWholeYear(stating) : Number(query.year)
  const current = wholeYear(stating, year, dataset)
  const grouping = groupingOf(query.by)
  const filters = { hs: null, partners: null, mode: null, enterprise: null }
  const counts = await countRollups(db, current, ['enterprise'])
  if (!counts.get('enterprise')) {
    throw invalid(
      'by',
      query.by,
      'needs data that name enterprises: without them nobody can tell what a cell reveals',
    )
  }
  const question = await questionFor(db, current, { filters, grouping, by: query.by, currency, dataset })
  const sums = await sumByCode(db, question, { current, base: [], grouping })
  const firms = await countFirmsBy(db, current, query.by)
  const cells = sums.cells
    .map(({ code, current: value }) => ({ code, value, firms: firms.get(code) ?? 0 }))
    .sort((a, b) => b.value.cmp(a.value) || (a.code < b.code ? -1 : 1))
  const withheld = suppress(cells)
  const total = sum(cells.map(({ value }) => value))
  const names = await loadNames(
    db,
    query.by,
    cells.map(({ code }) => code),
  )
  const hidden = (code: string) => withheld.primary.has(code) || withheld.complementary.has(code)
  const shares = total.gt(0)
    ? apportion(
        cells.map(({ value }) => value),
        total,
        6,
      )
    : []
  const rows = cells.map(({ code, value }, at) => {
    const name = nameOf(code, query.by, names)
    const shown = !hidden(code) && !withheld.total
    return {
      code,
      name: name?.zh ?? null,
      nameEn: name?.en ?? null,
      value: shown ? value.toFixed() : null,
      share: shown ? (shares[at]?.toFixed(6) ?? null) : null,
      note: shown ? null : 'suppressed',
    }
  })
  const order = (row: (typeof rows)[number]) => (row.note === null ? 0 : 1)
  return {
    // Withheld lines by code: their order by value would say which is larger.
    data: rows.sort((a, b) => order(a) - order(b) || (a.note === null ? 0 : a.code < b.code ? -1 : 1)),
    meta: {
      vintage: vintageOf(current),
      asOf: now.toISOString(),
      filters: { dataset, flow: query.flow, by: query.by, year: String(year) },
      currency,
      rows: sums.rows,
      source: question.source,
      year,
      total: withheld.total ? null : total.toFixed(),
      suppressed: rows.filter((row) => row.note !== null).length,
      warnings: [],
      formulas: publicFormulas,
    },
  }
}
