import type { Database } from '../db/connect.ts'
import type { FirmsQuery, FirmsReply } from './analysis-schema.ts'
import { coverageOf, slicesIn } from './coverage.ts'
import { dependence, lifeCycle } from './firms.ts'
import { comparisonBasis, firmFormulas } from './formulas.ts'
import { filtersShown, prepare, questionFor, rejectUnknownCodes, vintageOf } from './load.ts'
import { selectPair } from './pair.ts'
import { loadNames } from './reference-queries.ts'
import { spanOf } from './select.ts'
import { sumByCode } from './sum-queries.ts'

/** Enterprises by where they stand between two periods, and how much hangs on the largest. */
export async function loadFirms(db: Database, query: FirmsQuery, now: Date): Promise<FirmsReply> {
  const { base: _base, current: _current, ...selection } = query
  const prepared = await prepare(db, selection, now)
  const pair = selectPair(prepared.slices, query)
  const used = [...pair.base, ...pair.current]
  const grouping = 'enterprise' as const
  const question = await questionFor(db, used, {
    ...prepared,
    by: 'enterprise',
    grouping,
    currency: pair.currency,
  })
  const sums = await sumByCode(db, question, { ...pair, grouping })
  if (sums.rows === 0) await rejectUnknownCodes(db, selection, prepared.groups)
  const firms = sums.cells.map(({ code, base, current }) => ({ code, before: base, after: current }))
  const start = used.map((slice) => slice.firstDay).sort()[0] ?? ''
  const earlier = slicesIn(coverageOf(prepared.slices.filter((slice) => slice.firstDay < start)))
  const history = await sumByCode(db, question, { current: earlier, base: [], grouping })
  const known = new Set(history.cells.filter(({ current }) => current.gt(0)).map(({ code }) => code))
  const { active, hhi, largest } = dependence(firms)
  const names = await loadNames(
    db,
    'enterprise',
    largest.map(({ code }) => code),
  )
  const rows = lifeCycle(firms, known)
  return {
    data: rows,
    meta: {
      vintage: vintageOf(used),
      asOf: prepared.asOf.toISOString(),
      filters: filtersShown(selection, prepared, { currency: pair.currency }),
      currency: pair.currency,
      rows: sums.rows,
      source: question.source,
      base: spanOf(pair.baseRange),
      current: spanOf(pair.currentRange),
      comparison: comparisonBasis,
      since:
        earlier
          .map((slice) => slice.firstDay)
          .sort()[0]
          ?.slice(0, 7) ?? null,
      active,
      hhi,
      largest: largest.map((firm) => ({ ...firm, name: names.get(firm.code)?.zh ?? null })),
      warnings: pair.warnings,
      formulas: firmFormulas,
    },
  }
}
