import type { Big } from 'big.js'
import { apportion, sum } from './exact.ts'
import { otherCode } from './structure.ts'

/** A value before and after, under one code. */
export interface Change {
  code: string
  before: Big
  after: Big
}

export const levels = ['chapter', 'product', 'enterprise'] as const
export type Level = (typeof levels)[number]

/** A node of the contribution tree. The changes and pulls of the children of a node add up to its own. */
export interface ContributionNode extends Change {
  level: Level
  /** Codes from the chapter down, without the node's own. */
  path: string[]
  /** Percentage points of the growth of the whole, six decimals; null when nothing was traded before. */
  pull: string | null
}

type Branch = Change & { level: Level; path: string[]; children: Branch[] }

/**
 * The largest changes of a distribution by chapter, in each by product, in each of these by enterprise; what is beyond `top` at a level
 * becomes one line called `other`. Nodes in order of the size of their change, each followed by its children.
 */
export function contributionTree(
  products: readonly Change[],
  firmsOf: (product: string) => readonly Change[],
  top: number,
): ContributionNode[] {
  const chapters = Map.groupBy(products, ({ code }) => chapterOf(code))
  const chapterChanges = [...chapters].map(([code, members]) => added(code, members))
  const branches = folded(chapterChanges, top).map((chapter): Branch => {
    const inside = folded(chapters.get(chapter.code) ?? [], top)
    const children = inside.map((product): Branch => {
      const path = [chapter.code, product.code]
      const firms = product.code === otherCode ? [] : folded(firmsOf(product.code), top)
      const leaves = firms.map((firm): Branch => ({ ...firm, level: 'enterprise', path, children: [] }))
      return { ...product, level: 'product', path: [chapter.code], children: leaves }
    })
    return { ...chapter, level: 'chapter', path: [], children }
  })
  const whole = sum(products.map(({ before }) => before))
  const leaves = branches.flatMap(leavesOf)
  const points = whole.gt(0) ? apportion(leaves.map(pointsOf), whole, 6) : null
  const pulls = new Map(leaves.map((leaf, index) => [leaf, points?.[index] ?? null]))
  return branches.flatMap((branch) => flattened(branch, pulls))
}

/** The products that appear as nodes of the tree: those whose enterprises it needs. */
export function shownProducts(products: readonly Change[], top: number): string[] {
  const chapters = Map.groupBy(products, ({ code }) => chapterOf(code))
  const largest = folded(
    [...chapters].map(([code, members]) => added(code, members)),
    top,
  )
  return largest.flatMap(({ code }) =>
    folded(chapters.get(code) ?? [], top)
      .map((product) => product.code)
      .filter((product) => product !== otherCode),
  )
}

/** The `count` largest rises, or falls, of codes with trade at both times. */
export function movers<Item extends Change>(
  changes: readonly Item[],
  direction: 1 | -1,
  count: number,
): Item[] {
  return changes
    .filter(
      ({ before, after }) => !before.eq(0) && !after.eq(0) && after.minus(before).times(direction).gt(0),
    )
    .sort((a, b) => changeOf(b).minus(changeOf(a)).times(direction).cmp(0) || compareCodes(a, b))
    .slice(0, count)
}

function chapterOf(product: string): string {
  return /^\d/.test(product) ? product.slice(0, 2) : product
}

function changeOf({ before, after }: Change): Big {
  return after.minus(before)
}

function pointsOf(change: Change): Big {
  return changeOf(change).times(100)
}

function added(code: string, members: readonly Change[]): Change {
  return {
    code,
    before: sum(members.map(({ before }) => before)),
    after: sum(members.map(({ after }) => after)),
  }
}

function folded(changes: readonly Change[], top: number): Change[] {
  const ordered = changes
    .filter((change) => !change.before.eq(0) || !change.after.eq(0))
    .sort((a, b) => changeOf(b).abs().cmp(changeOf(a).abs()) || compareCodes(a, b))
  const rest = ordered.slice(top)
  return rest.length === 0 ? ordered : [...ordered.slice(0, top), added(otherCode, rest)]
}

function compareCodes(a: Change, b: Change): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}

function leavesOf(branch: Branch): Branch[] {
  return branch.children.length === 0 ? [branch] : branch.children.flatMap(leavesOf)
}

function flattened(branch: Branch, pulls: ReadonlyMap<Branch, Big | null>): ContributionNode[] {
  const { children, ...node } = branch
  const parts = leavesOf(branch).flatMap((leaf) => pulls.get(leaf) ?? [])
  const pull = parts.length === 0 ? null : sum(parts)
  return [
    { ...node, pull: pull?.toFixed(6) ?? null },
    ...children.flatMap((child) => flattened(child, pulls)),
  ]
}
