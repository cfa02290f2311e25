import type Big from 'big.js'
import type { Product } from './bill.ts'
import { deductible, nonOriginating, toleranceBase, weighs } from './criteria.ts'
import type { World } from './cumulation.ts'
import { tryRoute } from './judge.ts'
import type { Bill, Line, Outcome, Route } from './judgement.ts'
import { hundred, share, sum, wholeFor, zero } from './percent.ts'
import { type SmallestSet, smallestSet } from './smallest-set.ts'

/** Something a firm could do so that a route holds; amounts in the currency of the good. */
export type Change =
  /** Replace this value of non-originating materials by originating ones; `materials` is the smallest set that does. */
  | { kind: 'switch'; route: Route; amount: Big; materials: SmallestSet<Line> | null }
  /** Sell at a higher FOB, all else equal. */
  | { kind: 'raise-fob'; route: Route; amount: Big; fob: Big }
  /** Replace these materials, which do not make the change of classification, by originating ones. */
  | { kind: 'switch-materials'; route: Route; amount: Big; materials: SmallestSet<Line> }
  /** Or buy them at an earlier stage, under a code that makes the change. */
  | { kind: 'reclass'; route: Route; materials: SmallestSet<Line> }
  /** Do more in the Party than the operations of Art. 3.6. */
  | { kind: 'process'; route: Route }

type ValueOutcome = Extract<Outcome, { kind: 'RVC' }>

/** The smallest changes that would make each failing route hold. Routes tried for orientation count only where there are no others. */
export function minimumChanges(routes: readonly Route[], product: Product, world: World): Change[] {
  const tried = routes.filter((route) => route.terms.length > 0 && !route.holds)
  const real = tried.filter((route) => !route.indicative)
  return (real.length > 0 ? real : tried).flatMap((route) => changesFor(route, product, world))
}

function changesFor(route: Route, product: Product, world: World): Change[] {
  if (route.passed) return route.gate === 'minimal' ? [{ kind: 'process', route }] : []
  // Replacing a part would leave the rest worked on by minimal operations only.
  if (route.gate === 'minimal') return switching(nonOriginating(route.bill), route, product, world)
  const value = route.outcomes.find(
    (outcome): outcome is ValueOutcome => outcome.kind === 'RVC' && !outcome.passed,
  )
  if (value) return valueChanges(value, route, product, world)
  const change = route.outcomes.find((outcome) => outcome.kind === 'CTC' && !outcome.passed)
  if (change?.kind !== 'CTC') return switching(nonOriginating(route.bill), route, product, world)
  const switched = switching(change.failing, route, product, world)
  // Another code mends the change of classification and no other requirement.
  const alone = route.outcomes.every((outcome) => outcome === change || outcome.passed)
  const moved = switched.map(({ materials }): Change => ({ kind: 'reclass', route, materials }))
  return alone ? [...switched, ...moved] : switched
}

/** Build-down: VNM must come down to (100 - threshold) % of FOB, or FOB rise until it is. */
function valueChanges(outcome: ValueOutcome, route: Route, product: Product, world: World): Change[] {
  const foreign = hundred.minus(outcome.threshold)
  const amount = outcome.vnm.minus(share(product.price, foreign))
  const candidates = route.bill.lines.filter((line) => !line.standing.originating)
  const materials = smallestSet(candidates, valueOfLine, sufficient(route, product, world))
  const changes: Change[] = [{ kind: 'switch', route, amount, materials }]
  if (foreign.lte(0) || route.outcomes.length > 1) return changes
  const fob = wholeFor(outcome.vnm, foreign)
  return [...changes, { kind: 'raise-fob', route, amount: fob.minus(product.price), fob }]
}

function switching(candidates: readonly Line[], route: Route, product: Product, world: World) {
  const materials = smallestSet(candidates, valueOfLine, sufficient(route, product, world))
  if (!materials) return []
  const amount = sum(materials.members.map(valueOfLine))
  return [{ kind: 'switch-materials', route, amount, materials } as const]
}

/**
 * Whether a set of lines of a bill without intermediates would make the good originate, were they originating; the routes tried
 * only for orientation do not count.
 */
export function turning(
  routes: readonly Route[],
  product: Product,
  world: World,
): (lines: readonly Line[]) => boolean {
  const real = routes.filter((route) => route.terms.length > 0 && !route.indicative)
  const tests = real
    .filter(({ gate }) => gate !== 'minimal')
    .map((route) => sufficient(route, product, world))
  const [bill] = routes.map((route) => route.bill)
  const foreign = new Set(bill ? nonOriginating(bill) : [])
  return (lines) =>
    tests.some((test) => test(lines)) ||
    (lines.length >= foreign.size && [...foreign].every((line) => lines.includes(line)))
}

/**
 * Test of a set of lines made originating. Where value alone decides one requirement, the excess to be removed is known
 * and only sums are compared; else the route is tried again.
 */
function sufficient(route: Route, product: Product, world: World): (lines: readonly Line[]) => boolean {
  const [outcome, ...others] = route.outcomes
  const simple = others.length === 0 && route.gate !== 'list-not-read' && route.gate !== 'minimal'
  if (simple && outcome?.kind === 'RVC') {
    const { threshold, vnm, buildUp } = outcome
    const excess = vnm.minus(share(product.price, hundred.minus(threshold)))
    const lack = buildUp.state === 'counted' ? share(product.price, threshold).minus(buildUp.amount) : null
    return (lines) =>
      sum(lines.map((line) => deductible(line.item, world))).gte(excess) ||
      (lack !== null && sum(lines.map(valueOfLine)).gte(lack))
  }
  if (simple && outcome?.kind === 'CTC' && world.terms.deMinimis.read)
    return tolerable(outcome, product, world)
  return (lines) => holdsWith(lines, route, product, world)
}

/** Whether what still fails is within the tolerance by value, or, in the chapters that may be weighed, by weight. */
function tolerable(
  { failing, deMinimis }: Extract<Outcome, { kind: 'CTC' }>,
  product: Product,
  world: World,
): (lines: readonly Line[]) => boolean {
  const { percent } = world.terms.deMinimis
  const excess = deMinimis.value.minus(share(toleranceBase(product, world), percent))
  const weights = failing.map((line) => line.item.weight)
  const mayWeigh = product.weight !== null && weighs(product, world)
  const unweighed = weights.filter((kg) => kg === null).length
  const overweight = mayWeigh
    ? sum(weights.map((kg) => kg ?? zero)).minus(share(product.weight ?? zero, percent))
    : null
  // What is left must all be weighed, and what goes must take away what is too much.
  const lightEnough = (lines: readonly Line[], tooMuch: Big) =>
    lines.filter((line) => line.item.weight === null).length === unweighed &&
    sum(lines.map((line) => line.item.weight ?? zero)).gte(tooMuch)
  return (lines) =>
    sum(lines.map(valueOfLine)).gte(excess) || (overweight !== null && lightEnough(lines, overweight))
}

/** Whether the route would hold, or nothing non-originating be left, if these lines were originating. */
function holdsWith(lines: readonly Line[], route: Route, product: Product, world: World): boolean {
  const switched = new Set(lines)
  const bill: Bill = {
    ...route.bill,
    lines: route.bill.lines.map((line) =>
      switched.has(line)
        ? { ...line, standing: { originating: true, party: product.producedIn, why: 'believed' } }
        : line,
    ),
  }
  return nonOriginating(bill).length === 0 || tryRoute(route, bill, product, world).holds
}

function valueOfLine(line: Line): Big {
  return line.item.value
}
