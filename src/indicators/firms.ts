import { Big } from 'big.js'
import { concentration } from './concentration.ts'
import type { Change } from './contribution.ts'
import { apportion, placesIn, sum, unitsOf } from './exact.ts'

/** Where a firm stands between two periods. */
export const stages = [
  'first-time',
  'returned',
  'growing',
  'steady',
  'shrinking',
  'exited',
  'unnamed',
] as const
export type Stage = (typeof stages)[number]

export interface StageRow {
  stage: Stage
  firms: number
  before: string
  after: string
  change: string
  /** Percentage points of the growth of the whole, six decimals; the rows add up to it. */
  pull: number | null
  /** Fraction of the current value, six decimals; the rows add up to 1. */
  share: string | null
}

/** `known` are the firms with trade before either period; trade that names no firm is a row of its own. */
export function stageOf({ code, before, after }: Change, known: ReadonlySet<string>): Stage {
  if (code === '') return 'unnamed'
  if (before.lte(0)) return known.has(code) ? 'returned' : 'first-time'
  if (after.lte(0)) return 'exited'
  const direction = after.cmp(before)
  return direction === 0 ? 'steady' : direction > 0 ? 'growing' : 'shrinking'
}

/** Firms by stage, with what each stage contributed; the changes add up to the change of the whole. */
export function lifeCycle(firms: readonly Change[], known: ReadonlySet<string>): StageRow[] {
  const active = firms.filter(({ before, after }) => !before.eq(0) || !after.eq(0))
  const byStage = Map.groupBy(active, (firm) => stageOf(firm, known))
  const rows = stages.flatMap((stage) => {
    const members = byStage.get(stage) ?? []
    const before = sum(members.map((firm) => firm.before))
    const after = sum(members.map((firm) => firm.after))
    return stage === 'unnamed' && members.length === 0
      ? []
      : [{ stage, firms: members.length, before, after }]
  })
  const [wholeBefore, whole] = [sum(rows.map((row) => row.before)), sum(rows.map((row) => row.after))]
  const points = rows.map(({ before, after }) => after.minus(before).times(100))
  const pulls = wholeBefore.gt(0) ? apportion(points, wholeBefore, 6) : []
  const values = rows.map(({ after }) => after)
  const shares = whole.gt(0) ? apportion(values, whole, 6) : []
  return rows.map(({ stage, firms: count, before, after }, at) => ({
    stage,
    firms: stage === 'unnamed' ? 0 : count,
    before: before.toFixed(),
    after: after.toFixed(),
    change: after.minus(before).toFixed(),
    pull: pulls[at]?.toNumber() ?? null,
    share: shares[at]?.toFixed(6) ?? null,
  }))
}

/** How much hangs on the largest firms of the current period. */
export function dependence(firms: readonly Change[]): {
  active: number
  hhi: number | null
  largest: { code: string; value: string; share: string }[]
} {
  const named = firms.filter(({ code, after }) => code !== '' && after.gt(0))
  const total = sum(firms.map(({ after }) => after))
  const largest = [...named]
    .sort((a, b) => b.after.cmp(a.after) || (a.code < b.code ? -1 : 1))
    .slice(0, 10)
    .map(({ code, after }) => ({
      code,
      value: after.toFixed(),
      share: (apportion([after], total, 6)[0] ?? new Big(0)).toFixed(6),
    }))
  const places = placesIn(named.map(({ after }) => after))
  const units = named.map(({ after }) => unitsOf(after, places))
  const { hhi } = concentration(units, places)
  return { active: named.length, hhi, largest }
}
