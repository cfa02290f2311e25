import type Big from 'big.js'
import type { CodeRange, Term } from '../rules/types.ts'
import type { Item, Product } from './bill.ts'
import { hopes, type World } from './cumulation.ts'
import type { Bill, BuildUp, DeMinimis, Line, Outcome } from './judgement.ts'
import { atLeast, atMost, sum, zero } from './percent.ts'

/** Tests one requirement of a rule on one reading of the bill. */
export function testTerm(term: Term, bill: Bill, product: Product, world: World): Outcome {
  switch (term.kind) {
    case 'WO': {
      const failing = nonOriginating(bill)
      return { kind: 'WO', passed: bill.lines.length > 0 && failing.length === 0, failing }
    }
    case 'CTC':
      return testChange(term, bill, product, world)
    case 'RVC':
      return testValue(term.threshold, bill, product, world)
    case 'CR': {
      const stated = bill.operations !== null
      const declared =
        bill.operations?.some((operation) => /^chemical[ _-]reaction$/i.test(operation)) ?? false
      return { kind: 'CR', passed: declared || (!stated && hopes(world)), stated }
    }
    case 'weight':
      return testWeight(term.threshold, bill, world)
  }
}

/** Non-originating lines that count against "produced exclusively from originating materials" (Arts. 3.2(b), 3.8.2). */
export function nonOriginating(bill: Bill): Line[] {
  return bill.lines.filter((line) => !line.standing.originating && line.role !== 'retail-packaging')
}

/** Whether a material makes the change of classification: another chapter, heading or subheading, and none excepted. */
export function changes(
  hs6: string,
  goodHs6: string,
  level: number,
  except: readonly CodeRange[] = [],
): boolean {
  if (hs6.slice(0, level) === goodHs6.slice(0, level)) return false
  return !except.some(({ from, to }) => {
    const code = hs6.slice(0, from.length)
    return from <= code && code <= to
  })
}

/** A code that does not exist makes no change that could be relied on. */
function makesChange(
  { item }: Line,
  { level, except }: Extract<Term, { kind: 'CTC' }>,
  product: Product,
  world: World,
): boolean {
  const isKnown = ![item.hs6, product.hs6].some((hs6) => world.unknownCodes.has(hs6))
  return isKnown ? changes(item.hs6, product.hs6, level, except) : hopes(world)
}

function testChange(
  term: Extract<Term, { kind: 'CTC' }>,
  bill: Bill,
  product: Product,
  world: World,
): Outcome {
  const failing = bill.lines.filter(
    (line) =>
      !line.standing.originating &&
      line.role !== 'retail-packaging' &&
      line.role !== 'accessory' &&
      !makesChange(line, term, product, world),
  )
  const deMinimis = tolerate(failing, product, world)
  return { kind: 'CTC', passed: failing.length === 0 || deMinimis.used, failing, deMinimis }
}

/** Art. 3.7: at most 10 % of FOB; in the textile chapters alternatively at most 10 % of the good's weight. */
function tolerate(failing: readonly Line[], product: Product, world: World): DeMinimis {
  const { percent, read } = world.terms.deMinimis
  const value = sum(failing.map((line) => line.item.value))
  const inValue = atMost(value, toleranceBase(product, world), percent)
  const { weight, inWeight, weightMissing } = tolerateWeight(failing, product, world)
  const allowed = failing.length > 0 && (read || hopes(world))
  const basis = inValue || !inWeight ? 'value' : 'weight'
  return { used: allowed && (inValue || inWeight), basis, value, weight, weightMissing }
}

/** What the tolerance by value is measured against: FOB, in Australia the customs value where it is stated (Customs Act s 153ZQE). */
export function toleranceBase({ price, customsValue }: Product, { terms, importer }: World): Big {
  return terms.code === 'RCEP' && importer === 'AU' ? (customsValue ?? price) : price
}

/** Whether the goods of a product may use the weight tolerance. */
export function weighs(product: Product, world: World): boolean {
  const { weightChapters } = world.terms.deMinimis
  const chapter = product.hs6.slice(0, 2)
  return weightChapters !== null && weightChapters[0] <= chapter && chapter <= weightChapters[1]
}

/** `weightMissing` only where the weights that are known would still fit, so that the missing ones decide. */
function tolerateWeight(failing: readonly Line[], product: Product, world: World) {
  if (!weighs(product, world)) return { weight: null, inWeight: false, weightMissing: false }
  const weights = failing.map((line) => line.item.weight)
  const known = sum(weights.map((kg) => kg ?? zero))
  const fits = product.weight === null || atMost(known, product.weight, world.terms.deMinimis.percent)
  const complete = product.weight !== null && !weights.includes(null)
  return {
    weight: complete ? known : null,
    inWeight: fits && (complete || hopes(world)),
    weightMissing: fits && !complete,
  }
}

function testValue(threshold: string, bill: Bill, product: Product, world: World): Outcome {
  let [vom, foreign, deducted] = [zero, zero, zero]
  for (const { item, standing } of bill.lines) {
    if (standing.originating) {
      vom = vom.plus(item.value)
      continue
    }
    foreign = foreign.plus(item.value)
    const counted = deductible(item, world)
    if (counted !== item.value) deducted = deducted.plus(item.value).minus(counted)
  }
  const vnm = foreign.minus(deducted)
  const buildUp = buildUpOf(vom, foreign, bill, product, world)
  const passed =
    atLeast(product.price.minus(vnm), product.price, threshold) ||
    (buildUp.state === 'counted' && atLeast(buildUp.amount, product.price, threshold))
  return { kind: 'RVC', passed, threshold, vnm, vom, buildUp }
}

/** Value of a non-originating line in the regional value content: without the deductions an agreement allows. */
export function deductible(item: Item, world: World): Big {
  const { deductions } = world.terms
  return deductions === true || (deductions === null && hopes(world)) ? item.netValue : item.value
}

function buildUpOf(vom: Big, foreign: Big, bill: Bill, product: Product, world: World): BuildUp {
  const { buildUp } = world.terms
  if (buildUp === false) return { state: 'not-allowed' }
  if (buildUp === null && !hopes(world)) return { state: 'not-read' }
  if (bill.costs === null) return { state: 'no-costs' }
  if (vom.plus(foreign).plus(bill.costs).gt(product.price)) return { state: 'inconsistent' }
  return { state: 'counted', amount: vom.plus(bill.costs) }
}

/** "At least n per cent by weight of the materials used is originating": packing and indirect materials are not weighed. */
function testWeight(threshold: string, bill: Bill, world: World): Outcome {
  let [originating, total] = [zero, zero]
  const unweighed = { originating: false, other: false }
  for (const { item, role, standing } of bill.lines) {
    if (role === 'retail-packaging' || role === 'indirect') continue
    if (item.weight === null) unweighed[standing.originating ? 'originating' : 'other'] = true
    total = total.plus(item.weight ?? zero)
    if (standing.originating) originating = originating.plus(item.weight ?? zero)
  }
  const reached = total.gt(0) && atLeast(originating, total, threshold)
  const weightMissing = unweighed.originating || (unweighed.other && (reached || total.eq(0)))
  const passed = weightMissing ? hopes(world) : reached
  return { kind: 'weight', passed, threshold, originating, total, weightMissing }
}
