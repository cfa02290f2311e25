import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { parsePeriod } from '../reference/period.ts'
import type { Exposure } from './exposure.ts'
import { usableSlices, valueColumn } from './load.ts'
import { leadWindow } from './measure.ts'
import type { Rule } from './rule.ts'
import type { ExposedEnterprise, Warning } from './schema.ts'
import { entryOf } from './series.ts'

/**
 * The enterprises and districts behind each warning in the window the rule looks at and a year earlier, from the
 * declarations (facts): one query a rule.
 */
export async function exposures(
  db: Database,
  rule: Rule,
  options: { warnings: readonly Pick<Warning, 'id' | 'period' | 'labels'>[]; asOf: Date },
): Promise<Map<number, Exposure>> {
  const wanted = options.warnings.flatMap(({ id, period, labels }) => {
    const parsed = parsePeriod(period)
    if (!parsed) return []
    const spans = leadWindow(rule, entryOf(parsed))
    const now = spans.flatMap(({ key }) => monthStarts(key))
    const before = spans.flatMap(({ baseKey }) => monthStarts(baseKey))
    return [{ id, now, before, ...Object.fromEntries(labels.map(({ name, code }) => [name, code])) }]
  })
  const value = sql.ref(`f.${valueColumn(rule)}`)
  const { rows } = await sql<ExposedRow>`
    with ${usableSlices(rule, options.asOf)}, wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id bigint, now date[], before date[],
        hs text, partner text, mode text, ownership text, transport text, district text, enterprise text)
    ), part as (
      select w.id, f.enterprise, coalesce(nullif(f.district, ''), substr(f.enterprise, 1, 5)) as district,
        coalesce(sum(${value}) filter (where s.period = any(w.now)), 0) as value,
        coalesce(sum(${value}) filter (where s.period = any(w.before)), 0) as base
      from wanted w
      join usable s on s.period = any(w.now || w.before)
      join trade_flow f on f.slice_id = s.id and f.period = s.period and f.counted
        and (w.hs is null or f.hs like w.hs || '%')
        and (w.partner is null or f.partner = w.partner)
        and (w.mode is null or coalesce(f.supervision_mode, f.trade_mode) = w.mode)
        and (w.ownership is null or f.ownership = w.ownership)
        and (w.transport is null or f.transport = w.transport)
        and (w.district is null or f.district = w.district)
        and (w.enterprise is null or f.enterprise = w.enterprise)
      group by w.id, f.enterprise, 3
    ), known as (
      select id, enterprise, sum(value) as value, sum(base) as base,
        array_agg(district order by district) filter (where district is not null) as districts
      from part where value <> 0 or base <> 0 group by id, enterprise
    )
    select p.id as "warningId", p.enterprise as id, coalesce(e.name, p.enterprise) as name,
      p.value::text as value, p.base::text as base, coalesce(p.districts, '{}') as districts
    from known p left join enterprise e on e.id = p.enterprise
    order by p.id, abs(p.value - p.base) desc, p.enterprise`.execute(db)
  const found = new Map<number, Exposure>()
  for (const [warningId, group] of Map.groupBy(rows, (row) => row.warningId)) {
    const enterprises = group.flatMap(({ warningId: _, id, ...row }) => (id === null ? [] : [{ id, ...row }]))
    found.set(warningId, {
      enterprises,
      districts: [...new Set(group.flatMap(({ districts }) => districts))],
    })
  }
  return found
}

type ExposedRow = Omit<ExposedEnterprise, 'id'> & { warningId: number; id: string | null }

/** First days of the months a period text covers. */
function monthStarts(period: string): string[] {
  const year = period.slice(0, 4)
  return period.endsWith('/02') ? [`${year}-01-01`, `${year}-02-01`] : [`${period}-01`]
}
