import type Big from 'big.js'
import type { Alternative, Rule, Term } from '../rules/types.ts'
import { isMinimal } from './agreements.ts'
import type { Item, Product } from './bill.ts'
import { nonOriginating, testTerm } from './criteria.ts'
import { cumulated, declaredStanding, hopes, not, type World } from './cumulation.ts'
import type { Bill, Criterion, Gate, Judgement, Line, Route, RuleProblem, Work } from './judgement.ts'
import { sum, zero } from './percent.ts'

const order: readonly Criterion[] = ['WO', 'PE', 'CTC', 'RVC', 'CR']
const usualRules: readonly Alternative[] = [
  { terms: [{ kind: 'CTC', level: 2, except: [] }] },
  { terms: [{ kind: 'CTC', level: 4, except: [] }] },
  { terms: [{ kind: 'CTC', level: 6, except: [] }] },
  { terms: [{ kind: 'RVC', threshold: '40' }] },
]
const mostReadings = 64

/** Judges a good, or an intermediate, by every route open to it (RCEP Arts. 3.2 to 3.12). */
export function judge(product: Product, world: World): Judgement {
  const bills = readingsOf(product, world)
  const { alternatives, problem } = alternativesOf(product, world)
  const routes = [...exclusiveRoutes(bills, product)]
  for (const alternative of alternatives) routes.push(bestReading(alternative, bills, product, world))
  const hasMaterials = bills.some(namesMaterials)
  const best = hasMaterials || product.whollyObtained ? bestOf(routes) : null
  const undecided = problem !== null || !hasMaterials
  const hoped = undecided && hopes(world) && bills.some((bill) => gateOf(bill, world) !== 'minimal')
  const inParty = world.terms.parties.has(product.producedIn)
  return {
    passed: inParty && (best !== null || hoped),
    best: inParty ? best : null,
    routes,
    problem,
    hasMaterials,
    bill: bills[0] as Bill,
  }
}

function namesMaterials(bill: Bill): boolean {
  return bill.lines.some((line) => line.role === 'material' || line.role === 'accessory')
}

interface Candidates {
  alternatives: { terms: readonly Term[]; condition: string | null; indicative: boolean }[]
  problem: RuleProblem | null
}

function alternativesOf(product: Product, world: World): Candidates {
  const found = world.ruleOf(product)
  const usual = usualRules.map(({ terms }) => ({ terms, condition: null, indicative: true }))
  if (found === null) return { alternatives: usual, problem: { kind: 'missing' } }
  const { rule, certain } = found
  if (!certain && rule.kind === 'rule')
    return {
      alternatives: plain(rule.alternatives, null).map((one) => ({ ...one, indicative: true })),
      problem: { kind: 'incomplete', text: rule.text },
    }
  if (rule.kind === 'manual')
    return { alternatives: usual, problem: { kind: 'manual', text: rule.text, reason: rule.reason } }
  if (rule.kind === 'rule') return { alternatives: plain(rule.alternatives, null), problem: null }
  const chosen = caseOf(rule, product.condition)
  if (chosen) return { alternatives: plain(chosen.alternatives, chosen.condition), problem: null }
  return {
    alternatives: rule.cases.flatMap(({ alternatives, condition }) =>
      alternatives.map(({ terms }) => ({ terms, condition, indicative: true })),
    ),
    problem: { kind: 'conditional', conditions: rule.cases.map((one) => one.condition) },
  }
}

function plain(alternatives: Alternative[], condition: string | null): Candidates['alternatives'] {
  return alternatives.map(({ terms }) => ({ terms, condition, indicative: false }))
}

/** The product a case names: in the rule's words, or their beginning ("carp"), if only one begins so. */
function caseOf(rule: Extract<Rule, { kind: 'conditional' }>, condition: string | null) {
  if (condition === null) return null
  const wanted = condition.trim().toLowerCase()
  const exact = rule.cases.find((one) => one.condition.toLowerCase() === wanted)
  const begun = rule.cases.filter((one) => one.condition.toLowerCase().startsWith(wanted))
  return exact ?? (begun.length === 1 ? begun[0] : null) ?? null
}

/** WO where its facts are claimed, PE where every line originates. They are open to every good (Annex 3A, headnote 2). */
function* exclusiveRoutes(bills: readonly Bill[], product: Product): Generator<Route> {
  for (const bill of bills) {
    const failing = nonOriginating(bill)
    const common = { terms: [], gate: 'idle', bill, indicative: false, condition: null } as const
    if (product.whollyObtained) {
      const foreign = bill.lines.filter(
        (line) => line.role !== 'retail-packaging' && line.standing.party !== product.producedIn,
      )
      const passed = foreign.length === 0
      yield {
        ...common,
        criterion: 'WO',
        outcomes: [{ kind: 'WO', passed, failing: foreign }],
        passed,
        holds: passed,
      }
    }
    if (failing.length > 0 || !namesMaterials(bill)) continue
    yield { ...common, criterion: 'PE', outcomes: [], passed: true, holds: true }
  }
}

function bestReading(
  candidate: Candidates['alternatives'][number],
  bills: readonly Bill[],
  product: Product,
  world: World,
): Route {
  const routes = bills.map((bill) => tryRoute(candidate, bill, product, world))
  return routes.reduce((best, route) => (closer(route, best) ? route : best))
}

/** One that holds before one that does not; then the plainer one; of two that fail, the one that lacks less. */
function closer(route: Route, best: Route): boolean {
  if (route.holds !== best.holds) return route.holds
  if (!route.holds) return shortfall(route).lt(shortfall(best))
  return complication(route) < complication(best)
}

function complication(route: Route): number {
  return (tolerates(route) ? 1000 : 0) + route.bill.expanded.length
}

/** Value that stands in the way of a route, to tell which reading of the bill comes closest. */
function shortfall(route: Route): Big {
  return sum(
    route.outcomes.map((outcome) => {
      if (outcome.kind === 'RVC') return outcome.vnm
      return outcome.kind === 'CTC' ? outcome.deMinimis.value : zero
    }),
  )
}

/** Tries one alternative of a rule on one reading of the bill; every term must hold. */
export function tryRoute(
  candidate: Candidates['alternatives'][number],
  bill: Bill,
  product: Product,
  world: World,
): Route {
  const outcomes = candidate.terms.map((term) => testTerm(term, bill, product, world))
  const passed = outcomes.every((outcome) => outcome.passed)
  const gate = gateOf(bill, world)
  const open = gate !== 'minimal' && (gate !== 'list-not-read' || hopes(world))
  return {
    ...candidate,
    criterion: criterionOf(candidate.terms),
    outcomes,
    passed,
    gate,
    holds: passed && open,
    bill,
  }
}

/** The code a rule is shown by in box 10; a rule that needs the value content too shows RVC, for FOB must be stated. */
function criterionOf(terms: readonly Term[]): Criterion {
  const kinds = new Set(terms.map((term) => term.kind))
  if (kinds.has('WO')) return 'PE'
  if (kinds.has('RVC')) return 'RVC'
  return kinds.has('CTC') || kinds.has('weight') ? 'CTC' : 'CR'
}

function bestOf(routes: readonly Route[]): Route | null {
  const open = routes.filter((route) => route.holds && !route.indicative)
  const cost = (route: Route) => order.indexOf(route.criterion) * 10_000 + complication(route)
  return open.reduce<Route | null>((best, route) => (best && cost(best) <= cost(route) ? best : route), null)
}

export function tolerates(route: Route): boolean {
  return route.outcomes.some((outcome) => outcome.kind === 'CTC' && outcome.deMinimis.used)
}

/**
 * Every material that does not originate must have been worked on beyond the minimal operations. Accessories and packing
 * only accompany the good.
 */
export function gateOf(bill: Bill, world: World): Gate {
  const foreign = bill.lines.filter((line) => line.role === 'material' && !line.standing.originating)
  if (foreign.length === 0) return 'idle'
  const gates = [...new Set(foreign.map((line) => line.work))].map((work) => gateFor(work, world))
  return severity.find((gate) => gates.includes(gate)) ?? 'clear'
}

const severity: readonly Gate[] = ['minimal', 'list-not-read', 'unstated', 'clear']

function gateFor({ operations, stated }: Work, world: World): Gate {
  const minimal = operations.map((operation) => isMinimal(operation, world.terms))
  if (minimal.includes(false)) return 'clear'
  if (!stated) return 'unstated'
  return minimal.includes(null) ? 'list-not-read' : 'minimal'
}

/** Every reading of a bill: a self-produced intermediate that fails its own rule stands as one line or as its inputs. */
function readingsOf(product: Product, world: World): Bill[] {
  const lines: Line[] = []
  const ignored: Line[] = []
  const open: { line: Line; inner: Bill[] }[] = []
  const work: Work = { operations: product.operations ?? [], stated: product.operations !== null }
  for (const item of product.items) {
    const line = { item, work, ...standingOf(item, product.producedIn, world) }
    if (line.role === 'transport-packing') ignored.push(line)
    else if (canLookThrough(line, product))
      open.push({ line, inner: readingsOf(item.made as Product, world) })
    else lines.push(line)
  }
  const { costs, operations } = product
  let readings: Bill[] = [{ lines, ignored, costs, operations, expanded: [] }]
  for (const { line, inner } of open) {
    const closed = readings.map((bill) => ({ ...bill, lines: [...bill.lines, line] }))
    const opened = readings.flatMap((bill) => inner.map((within) => joined(bill, within, line.item.id, work)))
    readings = [...closed, ...opened].slice(0, mostReadings)
  }
  return readings
}

function canLookThrough(line: Line, product: Product): boolean {
  const { made, selfProduced } = line.item
  return selfProduced && made !== null && made.producedIn === product.producedIn && !line.standing.originating
}

function joined(bill: Bill, within: Bill, id: string, above: Work): Bill {
  return {
    lines: [...bill.lines, ...within.lines.map((line) => ({ ...line, work: both(above, line.work) }))],
    ignored: [...bill.ignored, ...within.ignored],
    costs: bill.costs?.plus(within.costs ?? '0') ?? null,
    operations: bill.operations && within.operations && [...bill.operations, ...within.operations],
    expanded: [...bill.expanded, id, ...within.expanded],
  }
}

function both(above: Work, below: Work): Work {
  return { operations: [...above.operations, ...below.operations], stated: above.stated && below.stated }
}

/** A line's role, and its standing at its use: by its proof, by its own bill judged first (Art. 3.12), or as declared. */
function standingOf(
  item: Item,
  workedIn: string,
  world: World,
): Pick<Line, 'role' | 'standing' | 'judgement'> {
  const known = world.terms.ancillary === true || hopes(world)
  const role = known ? item.role : 'material'
  if (role === 'indirect')
    return { role, standing: { originating: true, party: workedIn, why: 'indirect' }, judgement: null }
  const proven = item.declared.status === 'originating' && Boolean(item.declared.evidence)
  if (item.made === null || proven)
    return { role, standing: declaredStanding(item, workedIn, world), judgement: null }
  const judgement = judge(item.made, world)
  const standing = judgement.passed
    ? cumulated(item.made.producedIn, workedIn, world, 'rolled-up')
    : not('fails-its-rule')
  return { role, standing, judgement }
}
