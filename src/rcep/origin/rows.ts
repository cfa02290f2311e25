import { ruleToText } from '../rules/parse.ts'
import type { Term } from '../rules/types.ts'
import type { Item, Product } from './bill.ts'
import { changes, toleranceBase } from './criteria.ts'
import type { World } from './cumulation.ts'
import type { CountryOfOrigin } from './differential.ts'
import type { Judgement, Line, Outcome, Route } from './judgement.ts'
import type { Change } from './minimum-change.ts'
import { hundred, percentOf, share as shareOf, wholeFor } from './percent.ts'
import type { OriginChangeRow, OriginMaterialRow, OriginResult, OriginRouteRow } from './result.ts'
import type { OriginText } from './text.ts'

/** A route as the answer shows it; percentages are cut for display, the decision was taken on exact values. */
export function routeRow(route: Route, product: Product, world: World): OriginRouteRow {
  const row: OriginRouteRow = {
    rule: routeName(route),
    criterion: route.criterion,
    passed: route.passed,
    void: route.passed && route.gate === 'minimal',
    indicative: route.indicative,
    condition: route.condition,
    expanded: [...route.bill.expanded],
  }
  for (const outcome of route.outcomes) Object.assign(row, outcomeFields(outcome, product, world))
  return row
}

const names = new WeakMap<readonly Term[], string>()

/** The rule's own notation; WO and PE, open to every good, by their codes. */
export function routeName(route: Route): string {
  if (route.terms.length === 0) return route.criterion
  let name = names.get(route.terms)
  if (name === undefined) {
    name = ruleToText([{ terms: [...route.terms] }], 'en')
    names.set(route.terms, name)
  }
  return name
}

function outcomeFields(outcome: Outcome, product: Product, world: World): Partial<OriginRouteRow> {
  switch (outcome.kind) {
    case 'WO':
      return { blocking: ids(outcome.failing) }
    case 'CTC':
      return changeFields(outcome, product, world)
    case 'RVC':
      return valueFields(outcome, product)
    case 'weight':
      return { weightShare: weightShareOf(outcome) }
    case 'CR':
      return {}
  }
}

/** Percentage by weight of the originating materials; null where weights are missing or there is nothing to weigh. */
export function weightShareOf(outcome: Extract<Outcome, { kind: 'weight' }>): string | null {
  const { originating, total, weightMissing } = outcome
  return weightMissing || total.eq(0) ? null : percentOf(originating, total)
}

function changeFields(
  { passed, failing, deMinimis }: Extract<Outcome, { kind: 'CTC' }>,
  product: Product,
  world: World,
): Partial<OriginRouteRow> {
  const limit = world.terms.deMinimis.percent
  const base = toleranceBase(product, world)
  const valueShare = percentOf(deMinimis.value, base)
  const weightShare = deMinimis.weight && product.weight ? percentOf(deMinimis.weight, product.weight) : null
  const share = deMinimis.basis === 'weight' && weightShare !== null ? weightShare : valueShare
  const left = shareOf(base, limit).minus(deMinimis.value)
  return {
    blocking: ids(failing),
    deMinimis: { used: deMinimis.used, share, limit, basis: deMinimis.basis, valueShare, weightShare },
    ...(passed && left.gte(0) ? { sensitivity: { toleranceLeft: left.toFixed() } } : {}),
  }
}

function valueFields(outcome: Extract<Outcome, { kind: 'RVC' }>, product: Product): Partial<OriginRouteRow> {
  const { vnm, vom, buildUp, threshold } = outcome
  const content = product.price.minus(vnm)
  const up = buildUp.state === 'counted' ? buildUp.amount : null
  const best = up?.gt(content) ? up : content
  const foreign = hundred.minus(threshold)
  const rise = shareOf(product.price, foreign).minus(vnm)
  const least = foreign.gt(0) ? wholeFor(vnm, foreign) : null
  return {
    buildDown: percentOf(content, product.price),
    buildUp: up && percentOf(up, product.price),
    threshold,
    margin: percentOf(best.minus(shareOf(product.price, threshold)), product.price),
    vnm: vnm.toFixed(),
    vom: vom.toFixed(),
    ...(rise.gte(0) && least
      ? { sensitivity: { vnmRise: rise.toFixed(), fobFall: product.price.minus(least).toFixed() } }
      : {}),
  }
}

const levels = [
  [2, 'CC'],
  [4, 'CTH'],
  [6, 'CTSH'],
] as const

/** The widest change of classification a material makes against the good; null where it makes none that is known. */
export function shiftOf(item: Item, good: Product, { unknownCodes }: World): 'CC' | 'CTH' | 'CTSH' | null {
  if (unknownCodes.has(item.hs6) || unknownCodes.has(good.hs6)) return null
  return levels.find(([level]) => changes(item.hs6, good.hs6, level))?.[1] ?? null
}

export function materialRows(judgement: Judgement, product: Product, world: World): OriginMaterialRow[] {
  return linesOf(judgement).map(({ item, role, standing }) => ({
    id: item.id,
    hs: item.hs6,
    value: item.value.toFixed(),
    role,
    originating: standing.originating,
    party: standing.party,
    why: role === 'transport-packing' ? 'ignored' : standing.why,
    changes: shiftOf(item, product, world),
  }))
}

/** Every line of the bill as it stands, transport packing included. */
export function linesOf({ bill }: Judgement): Line[] {
  return [...bill.lines, ...bill.ignored]
}

export function changeRow(change: Change, text: OriginText): OriginChangeRow {
  const rule = routeName(change.route)
  const common = { kind: change.kind, rule, indicative: change.route.indicative }
  const note = noteOn(change.route, text)
  switch (change.kind) {
    case 'switch': {
      const members = change.materials?.members.map((line) => line.item.id) ?? null
      const search = change.materials?.search
      const amount = change.amount.toFixed()
      return {
        ...common,
        amount,
        ...(members && search ? { materials: members, search } : {}),
        text: text.change.switchValue(rule, amount, members, search === 'exact') + note,
      }
    }
    case 'raise-fob': {
      const [amount, fob] = [change.amount.toFixed(), change.fob.toFixed()]
      return { ...common, amount, fob, text: text.change.raiseFob(rule, amount, fob) + note }
    }
    case 'switch-materials': {
      const { members, search } = change.materials
      const sentence = text.change.switchMaterials(rule, ids(members), search === 'exact')
      return {
        ...common,
        amount: change.amount.toFixed(),
        materials: ids(members),
        search,
        text: sentence + note,
      }
    }
    case 'reclass': {
      const { members, search } = change.materials
      return {
        ...common,
        materials: ids(members),
        search,
        text: text.change.reclass(rule, ids(members)) + note,
      }
    }
    case 'process':
      return { ...common, text: text.change.process(rule) + note }
  }
}

function noteOn(route: Route, text: OriginText): string {
  if (route.condition !== null) return ` (${route.condition})`
  return route.indicative ? ` (${text.change.orientation})` : ''
}

export function countryRow(found: CountryOfOrigin, product: Product): OriginResult['rcepCountryOfOrigin'] {
  const { domesticValue } = found
  return {
    party: found.party,
    basis: found.basis,
    differential: found.differential,
    domesticValue: domesticValue && {
      buildDown: percentOf(domesticValue.buildDown, product.price),
      buildUp: domesticValue.buildUp && percentOf(domesticValue.buildUp, product.price),
      threshold: '20',
      passed: domesticValue.passed,
    },
    contributions: Object.fromEntries(
      [...found.contributions].map(([party, value]) => [party, value.toFixed()]),
    ),
    claimOptions: found.options,
    openPoints: found.openPoints,
  }
}

export function ids(lines: readonly Line[]): string[] {
  return lines.map((line) => line.item.id)
}
