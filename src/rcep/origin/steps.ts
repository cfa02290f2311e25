import type { Item, Product } from './bill.ts'
import { toleranceBase } from './criteria.ts'
import type { World } from './cumulation.ts'
import type { CountryOfOrigin } from './differential.ts'
import type { Judgement, Line, Outcome, Route } from './judgement.ts'
import { percentOf } from './percent.ts'
import type { OriginStep } from './result.ts'
import { ids, linesOf, routeName, shiftOf, weightShareOf } from './rows.ts'
import type { OriginLanguage, OriginText } from './text.ts'

/** What the steps are told about: one reading of one good, in one language. */
export interface Telling {
  text: OriginText
  language: OriginLanguage
  product: Product
  world: World
}

/** Articles are RCEP's; under another agreement they only say which RCEP article the test follows. */
export function cite(article: string, { world }: Telling): string {
  return world.terms.code === 'RCEP' ? `Art. ${article}` : `${world.terms.code} (cf. RCEP Art. ${article})`
}

/** One step a material: whether it counts as originating, and why. */
export function materialSteps(judgement: Judgement, telling: Telling): OriginStep[] {
  const { text } = telling
  return linesOf(judgement).map((line) => {
    const { article, detail } = standingWords(line, telling)
    const role = roleWords(line, text)
    const shift = line.standing.originating || role?.ignored ? [] : [shiftWords(line.item, telling)]
    return {
      rule: text.rule.material(line.item.id),
      cite: cite(role?.article ?? article, telling),
      passed: role?.ignored || openOrigins.has(line.standing.why) ? null : line.standing.originating,
      detail: [...(role ? [role.detail] : []), ...(role?.ignored ? [] : [detail]), ...shift].join('; '),
    }
  })
}

function shiftWords(item: Item, { text, product, world }: Telling): string {
  const nameless = [
    ...(world.unknownCodes.has(product.hs6) ? ['good'] : []),
    ...(world.unknownCodes.has(item.hs6) ? [item.id] : []),
  ]
  return nameless.length > 0 ? text.noShift(nameless) : text.shift(shiftOf(item, product, world))
}

const openOrigins: ReadonlySet<string> = new Set(['unknown', 'pair-unknown'])

function roleWords({ role }: Line, text: OriginText) {
  if (role === 'transport-packing') return { article: '3.8.1', detail: text.transportPacking, ignored: true }
  if (role === 'retail-packaging') return { article: '3.8.2', detail: text.retailPackaging, ignored: false }
  return role === 'accessory' ? { article: '3.9', detail: text.accessory, ignored: false } : null
}

function standingWords({ item, standing }: Line, telling: Telling): { article: string; detail: string } {
  const { text, product, world } = telling
  const { declared, made } = item
  const party = made && standing.why !== 'declared' ? made.producedIn : (declared.party ?? '')
  switch (standing.why) {
    case 'indirect':
      return { article: '3.10', detail: text.indirect }
    case 'rolled-up':
      return { article: '3.12', detail: text.rolledUp(standing.party) }
    case 'declared':
    case 'believed':
      return standing.party === product.producedIn
        ? { article: '3.2', detail: text.ownOrigin(standing.party) }
        : { article: '3.4.1', detail: text.partnerOrigin(standing.party, declared.evidence || null) }
    case 'fails-its-rule': {
      const lookedThrough = item.selfProduced && made?.producedIn === product.producedIn
      return { article: '3.12', detail: text.failsItsRule(party, lookedThrough) }
    }
    case 'not-a-party':
      return { article: '3.4.1', detail: text.notCumulable(party) }
    case 'not-in-force':
      return { article: '20.6', detail: text.notYetInForce(party, world.on) }
    case 'pair-unknown':
      return { article: '20.6', detail: text.pairUnknown(party, world.importer) }
    case 'unknown':
      return { article: '3.5.4', detail: text.unknownOrigin }
    case 'without-cumulation':
    case 'declared-non-originating':
      return { article: '3.2', detail: text.nonOriginating(declared.country ?? null) }
  }
}

/** One step a route tried, with its figures; open where it fails on what is known and might hold on what is not (`hopeful`). */
export function routeSteps(judgement: Judgement, hopeful: Judgement | null, telling: Telling): OriginStep[] {
  const { text } = telling
  const hoped = new Set(hopeful?.routes.filter(({ passed }) => passed).map(nameOf))
  const steps = judgement.routes.map((route) => {
    const step = routeStep(route, telling)
    return { ...step, passed: step.passed || !hoped.has(nameOf(route)) ? step.passed : null }
  })
  if (!judgement.hasMaterials && !telling.product.whollyObtained)
    return [
      { rule: text.rule.exclusive, cite: cite('3.2', telling), passed: null, detail: text.noMaterials },
      ...steps,
    ]
  if (judgement.routes.some((route) => route.criterion === 'PE' && route.terms.length === 0)) return steps
  const foreign = judgement.bill.lines.filter(
    (line) => !line.standing.originating && line.role !== 'retail-packaging',
  )
  const detail = text.exclusiveFails(ids(foreign))
  const passed = hoped.has('PE ') ? null : false
  return [{ rule: text.rule.exclusive, cite: cite('3.2(b)', telling), passed, detail }, ...steps]
}

function nameOf(route: Route): string {
  return `${routeName(route)} ${route.condition ?? ''}`
}

function routeStep(route: Route, telling: Telling): OriginStep {
  const { text, product } = telling
  const expanded = route.bill.expanded.length > 0 ? [text.expanded([...route.bill.expanded])] : []
  if (route.terms.length === 0) {
    const wholly = route.criterion === 'WO'
    const failing = route.outcomes[0]?.kind === 'WO' ? ids(route.outcomes[0].failing) : []
    const claimed = route.passed
      ? text.whollyObtainedMet(product.producedIn)
      : text.whollyObtainedFails(failing)
    return {
      rule: wholly ? text.rule.whollyObtained : text.rule.exclusive,
      cite: cite(wholly ? '3.3' : '3.2(b)', telling),
      passed: route.passed,
      detail: [wholly ? claimed : text.exclusiveMet, ...expanded].join('; '),
    }
  }
  const details = route.outcomes.flatMap((outcome) => outcomeWords(outcome, telling))
  return {
    rule: routeName(route),
    cite: cite(articlesOf(route), telling),
    passed: route.passed,
    detail: [
      ...(route.indicative ? [text.change.orientation] : []),
      ...(route.condition === null ? [] : [route.condition]),
      ...details,
      ...expanded,
    ].join('; '),
  }
}

function articlesOf(route: Route): string {
  const articles = route.outcomes.map((outcome) => {
    if (outcome.kind === 'RVC') return '3.5'
    return outcome.kind === 'CTC' && outcome.failing.length > 0 ? '3.7' : '3.2(c)'
  })
  return [...new Set(articles)].join(', ')
}

function outcomeWords(outcome: Outcome, { text, product, world }: Telling): string[] {
  switch (outcome.kind) {
    case 'WO':
      return [outcome.passed ? text.exclusiveMet : text.exclusiveFails(ids(outcome.failing))]
    case 'CR':
      return [text.reaction(outcome.passed, outcome.stated)]
    case 'weight':
      return [text.weightShare(weightShareOf(outcome), outcome.threshold)]
    case 'CTC': {
      const failing = ids(outcome.failing)
      if (failing.length === 0) return [text.changeMet]
      const { deMinimis } = outcome
      const limit = world.terms.deMinimis.percent
      const valueShare = percentOf(deMinimis.value, toleranceBase(product, world))
      const weighed = deMinimis.basis === 'weight' && deMinimis.weight && product.weight
      const share = weighed ? percentOf(deMinimis.weight ?? weighed, product.weight ?? weighed) : valueShare
      const isAustralia = world.terms.code === 'RCEP' && world.importer === 'AU'
      const practice = isAustralia && product.customsValue === null ? [text.byCustomsValue] : []
      if (deMinimis.used) return [text.tolerated(failing, share, limit, deMinimis.basis), ...practice]
      return [text.changeFails(failing), text.notTolerated(valueShare, limit), ...practice]
    }
    case 'RVC':
      return valueWords(outcome, product, text)
  }
}

function valueWords(
  outcome: Extract<Outcome, { kind: 'RVC' }>,
  product: Product,
  text: OriginText,
): string[] {
  const { vnm, buildUp, threshold } = outcome
  const content = product.price.minus(vnm)
  const up = buildUp.state === 'counted' ? buildUp.amount : null
  const sentence = text.value({
    vnm: vnm.toFixed(),
    fob: product.price.toFixed(),
    buildDown: percentOf(content, product.price),
    buildUp: up && percentOf(up, product.price),
    threshold,
  })
  if (buildUp.state !== 'counted') return [sentence, text.buildUpState[buildUp.state]]
  return buildUp.amount.eq(content) ? [sentence] : [sentence, text.formulasDiffer]
}

/** The gate of Art. 3.6, which stands over every other provision of the Chapter. */
export function gateStep(route: Route | undefined, telling: Telling): OriginStep[] {
  if (!route) return []
  const { text, world } = telling
  const step = (passed: boolean | null, detail: string): OriginStep[] => [
    { rule: text.rule.minimalOperations, cite: cite('3.6', telling), passed, detail },
  ]
  switch (route.gate) {
    case 'minimal':
      return step(false, text.onlyMinimal(route.bill.operations ?? telling.product.operations ?? []))
    case 'clear':
      return step(true, text.moreThanMinimal)
    case 'unstated':
      return step(null, text.operationsUnstated)
    case 'list-not-read':
      return step(null, text.listNotRead(world.terms.code))
    case 'idle':
      return step(true, text.operationsIdle)
  }
}

/** Art. 2.6, step by step, with the points no text settles. */
export function countrySteps(found: CountryOfOrigin, telling: Telling): OriginStep[] {
  const { text, product, world } = telling
  const step = (rule: string, article: string, passed: boolean | null, detail: string): OriginStep => {
    return { rule, cite: `Art. ${article}`, passed, detail }
  }
  const value = found.domesticValue
  const { appendix, countryOfOrigin } = text.rule
  const practice = text.importerPractice[world.importer]
  const open = found.party === null
  const unresolved = found.basis === 'undetermined' ? text.countryNeedsOperations : text.countryOpen
  return [
    // The same rate for all settles the matter; different ones leave it to the steps below.
    step(appendix, '2.6.1', found.differential === false || null, text.differential(found.differential)),
    step(appendix, '2.6.3', found.appendix === 'inactive' || null, text.appendixState[found.appendix]),
    ...(value
      ? [
          step(
            appendix,
            '2.6.3',
            value.passed,
            text.appendixTest({
              buildDown: percentOf(value.buildDown, product.price),
              buildUp: value.buildUp && percentOf(value.buildUp, product.price),
              passed: value.passed,
            }),
          ),
        ]
      : []),
    step(
      countryOfOrigin,
      found.basis === 'undetermined' ? '2.6.2' : found.basis,
      open ? null : true,
      found.party === null ? unresolved : text.countryOfOrigin(found.party, found.basis),
    ),
    ...found.openPoints.map((point) => step(countryOfOrigin, '2.6', null, text.openPoint[point])),
    ...found.options.map((option) =>
      step(
        text.rule.claim(option.basis),
        option.basis === 'RCO' ? '2.6.1' : option.basis,
        option.rate === null ? null : true,
        text.claim(option.rate, option.among, option.complete),
      ),
    ),
    ...(practice && found.options.length > 0 ? [step(countryOfOrigin, '2.6.6', null, practice)] : []),
  ]
}
