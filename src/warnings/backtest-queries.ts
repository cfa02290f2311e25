import type { Database } from '../db/connect.ts'
import { firstMonth } from '../reference/period.ts'
import { type Backtest, backtester } from './backtest.ts'
import { loadCoverage } from './load.ts'
import { loadSeries } from './load-series.ts'
import { remedyLookup } from './remedies/queries.ts'
import type { Rule } from './rule.ts'
import { calendarOf } from './series.ts'

/** What a rule, stored or not, would have told in the last loaded periods. Stores nothing. */
export async function backtestRule(
  db: Database,
  rule: Rule,
  options: { periods: number; budget: number | null; now: Date },
): Promise<Backtest> {
  const { now } = options
  return await db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const { from, latest, loaded } = await loadCoverage(tx, rule, now)
      const nothing = { year: now.getUTCFullYear(), month: 3, months: 1 } as const
      const test = backtester(
        rule,
        calendarOf(from ?? firstMonth(latest ?? nothing), latest ?? nothing, loaded),
        options,
      )
      if (from) {
        const remedied = await remedyLookup(tx, rule, now)
        for await (const series of loadSeries(tx, rule, { asOf: now, keep: [] })) test.add(remedied(series))
      }
      return test.result()
    })
}
