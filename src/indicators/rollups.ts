/** The dimensions a figure may be asked by or filtered on; `hs` counts the digits of the code that matter, 0 for none. */
export interface Dimensions {
  hs: number
  partner: boolean
  mode: boolean
  ownership: boolean
  transport: boolean
  district: boolean
  enterprise: boolean
}

export const noDimensions: Dimensions = {
  hs: 0,
  partner: false,
  mode: false,
  ownership: false,
  transport: false,
  district: false,
  enterprise: false,
}

// Kept with each load; fewest rows first.
const rollups = [
  'total',
  'ownership',
  'mode',
  'transport',
  'district',
  'hs2',
  'partner',
  'mode+hs2',
  'mode+partner',
  'enterprise',
  'hs4',
  'partner+hs2',
  'hs6',
  'enterprise+partner',
  'hs8',
  'enterprise+hs8',
  'partner+hs4',
  'partner+hs6',
  'partner+hs8',
  'enterprise+partner+hs8',
] as const
export type Rollup = (typeof rollups)[number]

/** How many of the asked slices keep each rollup; a slice keeps none over a dimension or level its source does not state. */
export type RollupCounts = ReadonlyMap<string, number>

/** Those that a slice may answer from a finer list without keeping them. */
const cutFromFiner: ReadonlySet<Rollup> = new Set(['partner+hs4', 'partner+hs6'])

export const rollupNames: readonly string[] = rollups

const names = ['partner', 'mode', 'ownership', 'transport', 'district', 'enterprise'] as const

/**
 * The smallest rollup that has every needed dimension and that every slice with trade keeps, or `facts` when there is none.
 */
export function sourceFor(needed: Dimensions, counts: RollupCounts): Rollup | 'facts' {
  const slices = counts.get('total') ?? 0
  return (
    rollups.find((rollup) => counts.get(rollup) === slices && covers(dimensionsOf(rollup), needed)) ?? 'facts'
  )
}

/** A needed dimension that none of the slices states: `partner`, `hs8`, …; null when all are stated somewhere. */
export function unstatedDimension(needed: Dimensions, counts: RollupCounts): string | null {
  if (!counts.get('total')) return null
  return dimensionsIn(needed).find((name) => !counts.get(name)) ?? null
}

/**
 * The rollups whose counts sourceFor() and unstatedDimension() need. One that only adds dimensions to another at the same level of the
 * code is left out: no slice keeps it without the other, unless the other may follow from a finer list.
 */
export function rollupsToCount(needed: Dimensions): string[] {
  const offered = rollups.filter((rollup) => covers(dimensionsOf(rollup), needed))
  const adds = (rollup: Rollup, to: Rollup) => {
    const [own, other] = [dimensionsOf(rollup), dimensionsOf(to)]
    return rollup !== to && !cutFromFiner.has(to) && [0, own.hs].includes(other.hs) && covers(own, other)
  }
  const useful = offered.filter((rollup) => !offered.some((other) => adds(rollup, other)))
  return [...new Set(['total', ...useful, ...dimensionsIn(needed)])]
}

/** The dimensions on their own, the code at the level kept for it. */
function dimensionsIn(needed: Dimensions): string[] {
  const level = [2, 4, 6, 8].find((digits) => digits >= Math.min(needed.hs, 8))
  return [...names.filter((name) => needed[name]), ...(needed.hs > 0 ? [`hs${level}`] : [])]
}

function dimensionsOf(rollup: Rollup): Dimensions {
  const parts = rollup.split('+')
  const level = parts.find((part) => part.startsWith('hs'))
  const has = Object.fromEntries(names.map((name) => [name, parts.includes(name)]))
  return { ...noDimensions, ...has, hs: level ? Number(level.slice(2)) : 0 }
}

function covers(offered: Dimensions, needed: Dimensions): boolean {
  return offered.hs >= needed.hs && names.every((name) => offered[name] || !needed[name])
}
