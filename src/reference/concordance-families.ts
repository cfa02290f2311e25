import { type Concordance, type HsEdition, mapCode } from './concordance.ts'

/** Codes of several editions that hold the same goods together, and no other codes hold any of them. */
export interface Family {
  /** The only code of all editions, or the first of the newest edition followed by `+`. */
  readonly code: string
  /** Codes by edition, ascending. */
  readonly members: ReadonlyMap<HsEdition, readonly string[]>
}

/**
 * The least common ancestors of editions: the connected components of their concordance, with codes cut to `digits`. What was split,
 * merged or moved between codes stays within its family, so sums over families compare. Key: edition and code, as familyKey() writes.
 */
export function familiesOf(
  concordance: Concordance,
  editions: readonly HsEdition[],
  digits: 4 | 6,
): ReadonlyMap<string, Family> {
  const leaders = new Map<string, string>()
  const leaderOf = (key: string): string => {
    const next = leaders.get(key)
    if (next === undefined || next === key) return key
    const leader = leaderOf(next)
    leaders.set(key, leader)
    return leader
  }
  for (const from of editions) {
    for (const code of concordance.codes.get(from) ?? []) {
      const key = familyKey(from, code.slice(0, digits))
      leaders.set(key, leaders.get(key) ?? key)
      for (const to of editions) {
        if (to === from) continue
        for (const candidate of mapCode(concordance, code, from, to).candidates) {
          leaders.set(leaderOf(familyKey(to, candidate.slice(0, digits))), leaderOf(key))
        }
      }
    }
  }
  const components = Map.groupBy([...leaders.keys()], leaderOf)
  return new Map(
    [...components.values()].flatMap((keys) => {
      const family = familyFrom(keys, editions)
      return keys.map((key): [string, Family] => [key, family])
    }),
  )
}

export function familyKey(edition: string, code: string): string {
  return `${edition} ${code}`
}

/** Whether the family is one and the same code in every edition. */
export function isUnchanged(family: Family): boolean {
  return new Set([...family.members.values()].flat()).size === 1
}

function familyFrom(keys: readonly string[], editions: readonly HsEdition[]): Family {
  const members = new Map(
    [...editions].sort().map((edition): [HsEdition, string[]] => [
      edition,
      keys
        .filter((key) => key.startsWith(`${edition} `))
        .map((key) => key.slice(edition.length + 1))
        .sort(),
    ]),
  )
  const codes = new Set([...members.values()].flat())
  const newest = [...members.values()].findLast((of) => of.length > 0)?.[0] ?? ''
  return { code: codes.size === 1 ? newest : `${newest}+`, members }
}
