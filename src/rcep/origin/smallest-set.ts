import type Big from 'big.js'

/** `exact`: no smaller or cheaper set does; `greedy`: it does, but a smaller or cheaper one may. */
export interface SmallestSet<T> {
  members: T[]
  search: 'exact' | 'greedy'
}

const mostForSingles = 300
const mostForPairs = 60

/**
 * The fewest candidates, of the least total value among as few, for which `suffices` holds: single ones (of up to 300
 * candidates) and pairs (of up to 60) are all tried; beyond, candidates are added from the largest down, and of up to 60
 * so chosen the needless ones dropped. Null when even all together do not suffice. `suffices` must not turn false when a
 * candidate is added.
 */
export function smallestSet<T>(
  candidates: readonly T[],
  worth: (candidate: T) => Big,
  suffices: (chosen: readonly T[]) => boolean,
): SmallestSet<T> | null {
  if (candidates.length === 0 || !suffices(candidates)) return null
  const rising = candidates.toSorted((one, other) => worth(one).cmp(worth(other)))
  const single =
    rising.length > mostForSingles ? undefined : rising.find((candidate) => suffices([candidate]))
  if (single !== undefined) return { members: [single], search: 'exact' }
  const pair = cheapestPair(rising, worth, suffices)
  if (pair) return { members: pair, search: 'exact' }
  return { members: greedy(rising, suffices), search: 'greedy' }
}

function cheapestPair<T>(
  rising: readonly T[],
  worth: (candidate: T) => Big,
  suffices: (chosen: readonly T[]) => boolean,
): [T, T] | null {
  if (rising.length > mostForPairs) return null
  let best: { pair: [T, T]; value: Big } | null = null
  for (const [index, one] of rising.entries()) {
    for (const other of rising.slice(index + 1)) {
      const value = worth(one).plus(worth(other))
      if (best && value.gte(best.value)) break
      if (suffices([one, other])) best = { pair: [one, other], value }
    }
  }
  return best?.pair ?? null
}

function greedy<T>(rising: readonly T[], suffices: (chosen: readonly T[]) => boolean): T[] {
  const falling = rising.toReversed()
  let [tooFew, enough] = [0, falling.length]
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (suffices(falling.slice(0, middle))) enough = middle
    else tooFew = middle
  }
  let chosen = falling.slice(0, enough)
  if (chosen.length > mostForPairs) return chosen
  for (const candidate of chosen.toReversed()) {
    const without = chosen.filter((other) => other !== candidate)
    if (suffices(without)) chosen = without
  }
  return chosen
}
