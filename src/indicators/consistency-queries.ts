import type pg from 'pg'

/** A sum kept for a slice that is not the sum of its facts. */
export interface RollupDifference {
  sliceId: number
  /** The rollup, as named in `dims`. */
  rollup: string
  /** Groups that are missing, superfluous or of another value. */
  groups: number
}

export interface RollupCheck {
  slices: number
  checked: number
  /** False when time ran out first; the newest slices are checked first. */
  complete: boolean
  differences: RollupDifference[]
}

const columns: Readonly<Record<string, string>> = {
  partner: 'partner',
  mode: `coalesce(supervision_mode, trade_mode, '')`,
  ownership: `coalesce(ownership, '')`,
  transport: `coalesce(transport, '')`,
  district: `coalesce(district, '')`,
  enterprise: `coalesce(enterprise, '')`,
}

/**
 * Whether the sums kept for every slice are those of its counted facts: each group of each rollup, in both currencies and in rows.
 * Stops after `budgetMs`, between two slices.
 */
export async function rollupsEqualFacts(pool: pg.Pool, budgetMs = 10_000): Promise<RollupCheck> {
  const slices = await pool.query<{ id: number; period: string; rollups: string[] }>(`
    select s.id, s.period::text, array(
      select distinct name from trade_rollup r, unnest(array[r.dims, r.line_dims]) name
      where r.slice_id = s.id and name is not null order by 1) as rollups
    from slice s order by s.loaded_at desc, s.id desc`)
  const differences: RollupDifference[] = []
  const started = performance.now()
  let checked = 0
  for (const { id, period, rollups } of slices.rows) {
    if (performance.now() - started > budgetMs) break
    for (const rollup of rollups.length > 0 ? rollups : ['total']) {
      const found = await pool.query<{ groups: number }>(comparison(rollup), [id, period])
      const groups = Number(found.rows[0]?.groups ?? 0)
      if (groups > 0) differences.push({ sliceId: id, rollup, groups })
    }
    checked++
  }
  return { slices: slices.rows.length, checked, complete: checked === slices.rows.length, differences }
}

/** Groups in which one rollup of slice $1, of period $2, differs from the facts. */
function comparison(rollup: string): string {
  const by = rollup === 'total' ? [] : rollup.split('+')
  const level = by.find((part) => part.startsWith('hs'))
  const keys = by.map((part) => (part === level ? 'hs' : part))
  const code = `case when hs collate "C" < ':' then left(hs, ${level?.slice(2)}) else hs end as hs`
  const own = by.map((part) => (part === level ? code : `${columns[part]} as ${part}`))
  const grouped = keys.length === 0 ? '' : `group by ${keys.join(', ')}`
  const joined = keys.length === 0 ? 'true' : keys.map((key) => `f.${key} = r.${key}`).join(' and ')
  return `
    select count(*) as groups from (
      select ${[...keys, 'sum(value_cny) as cny', 'sum(value_usd) as usd', 'count(*) as rows'].join(', ')}
      from (select ${[...own, 'value_cny', 'value_usd'].join(', ')} from trade_flow
        where slice_id = $1 and period = $2 and counted) part
      ${grouped} having count(*) > 0
    ) f full join (
      select ${[...keys, 'value_cny as cny', 'value_usd as usd', 'rows'].join(', ')} from trade_sum
      where slice_id = $1 and dims = '${rollup}'
    ) r on ${joined}
    where (f.cny, f.usd, f.rows) is distinct from (r.cny, r.usd, r.rows)`
}
