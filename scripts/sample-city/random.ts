/** A stream of random numbers that the seed alone decides. */
export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** Standard normal. */
  normal(): number
  /** At least `low`, below `high`. */
  between(low: number, high: number): number
  /** One of the items, each as likely as its weight; the list is not empty. */
  pick<Item>(items: readonly (readonly [Item, number])[]): Item
}

/** A generator (mulberry32) of its own for everything that has a name, so that a change in one place moves nothing else. */
export function randomFor(seed: number, name: string): Random {
  let state = hash(`${seed}:${name}`)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    normal,
    between: (low, high) => low + (high - low) * next(),
    pick: (items) => pickWeighted(items, next()),
  }
}

function pickWeighted<Item>(items: readonly (readonly [Item, number])[], at: number): Item {
  const last = items.at(-1)
  if (!last) throw new Error('nothing to pick from')
  let left = at * items.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  return last[0]
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value | 0
}
