import { rcepYear } from '../parties.ts'
import { parseRule } from '../rules/parse.ts'
import type { Rule } from '../rules/types.ts'
import { yearSpan } from '../tariff/schedule.ts'
import { type AgreementTerms, agreementInForce, termsOf } from './agreements.ts'
import { type Product, productOf } from './bill.ts'
import type { AppendixEntry, OriginCase } from './case.ts'
import type { World } from './cumulation.ts'
import { type CountryOfOrigin, countryOfOrigin } from './differential.ts'
import { evidenceFor } from './evidence.ts'
import { importationOf } from './importation.ts'
import { judge, tolerates } from './judge.ts'
import type { Judgement, Route } from './judgement.ts'
import { minimumChanges } from './minimum-change.ts'
import { missingFacts } from './missing.ts'
import type { OriginResult, OriginStep, OriginVerdict } from './result.ts'
import { changeRow, countryRow, linesOf, materialRows, routeName, routeRow } from './rows.ts'
import { sensitivityOf } from './sensitivity.ts'
import { cite, countrySteps, gateStep, materialSteps, routeSteps, type Telling } from './steps.ts'
import type { OriginLanguage } from './text.ts'
import { originText } from './texts.ts'

/** A product-specific rule found for a code, and where it comes from. */
export interface RuleFinding {
  text: string
  source: Record<OriginLanguage, string>
  /** False for a general rule that a product list not at hand may override. */
  certain?: boolean
}

/** Facts a case need not carry. Without them only what the case says is known. */
export interface OriginFacts {
  /** The terms of an agreement that does not ship; the case's own agreement otherwise. */
  terms?: AgreementTerms
  /** The rule of a subheading; `edition` is that of the code, null when not stated. */
  findRule?(hs6: string, world: { agreement: string; edition: string | null; on: string }): RuleFinding | null
  rates?: Readonly<Record<string, string>>
  appendix?: AppendixEntry
  /** Six-digit codes of the case that the edition of its rules does not have. */
  unknownCodes?: ReadonlySet<string>
}

/**
 * Judges a bill of materials under RCEP Chapters 3 and 2.6, or another agreement as far as its terms were read. The case
 * must have passed `checkCase`. Pure; percentages in the answer are cut for display, decisions are exact.
 */
export function evaluateOrigin(
  input: OriginCase,
  facts: OriginFacts = {},
  { language = 'en' }: { language?: OriginLanguage } = {},
): OriginResult {
  const text = originText(language)
  const product = productOf(input)
  const world = worldOf(input, facts)
  const bound = boundTo(input, world.terms)
  const judgement = judge(product, world)
  const { verdict, hopeful } = verdictOf(judgement, product, world, bound)
  const route = verdict === 'pass' ? judgement.best : null
  const alone = usesPartners(product)
    ? withoutCumulation(product, world, bound, route)
    : { verdict, relied: false }
  const country =
    route && world.terms.code === 'RCEP' ? countryFor(input, facts, route, { product, world }) : null
  const codes = route ? codesOf(route, alone.relied) : []
  const telling: Telling = { text, language, product, world }
  const changes = verdict === 'pass' || bound !== true ? [] : minimumChanges(judgement.routes, product, world)
  const importation = world.terms.code === 'RCEP' ? importationOf(input, country?.options ?? []) : null
  const pairGap =
    bound === null ? [text.missing.pair(world.terms.code, product.producedIn, input.importer)] : []
  return {
    verdict,
    agreement: world.terms.code,
    criterion: route?.criterion ?? null,
    codes,
    rule: ruleText(product, world, facts)?.text ?? null,
    routes: judgement.routes.map((one) => routeRow(one, product, world)),
    withoutCumulation: { verdict: alone.verdict },
    rcepCountryOfOrigin: country && countryRow(country, product),
    certificate: route && {
      box10: codes,
      box11: country?.box11 ?? null,
      box12Fob: route.criterion === 'RVC',
    },
    importation,
    minimumChange: changes.map((change) => changeRow(change, text)),
    sensitivity: bound === true ? sensitivityOf({ verdict, judgement, product, world }, text) : null,
    materials: materialRows(judgement, product, world),
    evidence: route ? evidenceFor(route, linesOf(judgement), product, text) : [],
    missing: [...pairGap, ...missingFacts({ verdict, judgement, product, world, country }, text)],
    steps: [
      ...openingSteps(input, facts, bound, telling),
      ...materialSteps(judgement, telling),
      ...routeSteps(judgement, hopeful, telling),
      ...gateStep(
        judgement.routes.find((one) => one.terms.length > 0),
        telling,
      ),
      ...cumulationStep(route, alone.relied, telling),
      ...(country ? countrySteps(country, telling) : []),
    ],
  }
}

function worldOf(input: OriginCase, facts: OriginFacts): World {
  const terms = facts.terms ?? termsOf(input.agreement ?? 'RCEP')
  const world: World = {
    terms,
    importer: input.importer,
    on: input.on,
    cumulation: true,
    hopeful: false,
    proofsOnly: false,
    unknownCodes: facts.unknownCodes ?? new Set(),
    openness: { found: false },
    believes: () => false,
    ruleOf: (product) => {
      const found = ruleText(product, world, facts)
      return found ? { rule: readRule(found.text), certain: found.certain } : null
    },
  }
  return world
}

function ruleText(
  product: Product,
  world: World,
  facts: OriginFacts,
): { text: string; source: RuleFinding['source'] | null; certain: boolean } | null {
  if (product.rule !== null) return { text: product.rule, source: null, certain: true }
  const { hs6, edition } = product
  if (world.unknownCodes.has(hs6)) return null
  const found = facts.findRule?.(hs6, { agreement: world.terms.code, edition, on: world.on })
  return found ? { ...found, certain: found.certain ?? true } : null
}

const mostRules = 2000
const rules = new Map<string, Rule>()

/** Bills repeat a few hundred rule texts; each is read once. */
function readRule(text: string): Rule {
  const known = rules.get(text)
  if (known) return known
  if (rules.size >= mostRules) rules.clear()
  const rule = parseRule(text)
  rules.set(text, rule)
  return rule
}

/** Whether the agreement binds importer, producer and (back-to-back) exporter on the day; null when not known. */
function boundTo(input: OriginCase, terms: AgreementTerms): boolean | null {
  const exporters = [...new Set([input.good.producedIn, input.exporter ?? input.good.producedIn])]
  const bound = exporters.map((exporter) => agreementInForce(terms, input.importer, exporter, input.on))
  if (bound.includes(false)) return false
  return bound.includes(null) ? null : true
}

/** Pass on what is known, fail if not even every open fact in the good's favour would help, else needs-info. */
function verdictOf(
  known: Judgement,
  product: Product,
  world: World,
  bound: boolean | null,
): { verdict: OriginVerdict; hopeful: Judgement | null } {
  if (bound === false) return { verdict: 'fail', hopeful: null }
  if (known.passed) return { verdict: bound ? 'pass' : 'needs-info', hopeful: null }
  if (!world.openness.found) return { verdict: 'fail', hopeful: null }
  const hopeful = judge(product, { ...world, hopeful: true, believes: () => true })
  return { verdict: hopeful.passed ? 'needs-info' : 'fail', hopeful }
}

function withoutCumulation(product: Product, world: World, bound: boolean | null, route: Route | null) {
  const alone = { ...world, cumulation: false, openness: { found: false } }
  const judgement = judge(product, alone)
  // ACU is shown only if the route used depends on other Parties' materials, whatever else would hold without them.
  const holds = judgement.routes.some((one) => one.holds && route !== null && sameRoute(one, route))
  const relied = route !== null && route.terms.length > 0 && !holds
  return { verdict: verdictOf(judgement, product, alone, bound).verdict, relied }
}

function sameRoute(one: Route, other: Route): boolean {
  return routeName(one) === routeName(other) && one.condition === other.condition
}

function usesPartners(product: Product): boolean {
  return product.items.some(
    ({ declared, made }) =>
      (declared.party !== undefined && declared.party !== product.producedIn) ||
      (made !== null && (made.producedIn !== product.producedIn || usesPartners(made))),
  )
}

/** Box 10: the criterion, ACU if relied on, DMI if relied on (with a change of classification only, Art. 3.7). */
function codesOf(route: Route, cumulated: boolean): string[] {
  return [route.criterion, ...(cumulated ? ['ACU'] : []), ...(tolerates(route) ? ['DMI'] : [])]
}

function countryFor(
  input: OriginCase,
  facts: OriginFacts,
  route: Route,
  { product, world }: { product: Product; world: World },
): CountryOfOrigin {
  return countryOfOrigin(product, route, world, {
    importer: input.importer,
    on: input.on,
    currency: input.good.currency ?? '',
    rates: input.rates ?? facts.rates ?? null,
    appendix: input.appendix ?? facts.appendix ?? null,
  })
}

function openingSteps(
  input: OriginCase,
  facts: OriginFacts,
  bound: boolean | null,
  telling: Telling,
): OriginStep[] {
  const { text, language, product, world } = telling
  const { code, parties } = world.terms
  const { importer, exporter, on } = input
  const { producedIn } = product
  const forceDetail = {
    true: text.inForce(code, importer, producedIn, on),
    false: parties.has(producedIn)
      ? text.notInForce(code, importer, producedIn, on)
      : text.notAParty(producedIn),
    null: text.forceUnknown(code, importer, producedIn),
  }[`${bound}`]
  const rule = ruleText(product, world, facts)
  const problem = rule && (!rule.certain || readRule(rule.text).kind === 'manual')
  const ruleDetail =
    rule && (rule.source ? text.ruleFound(rule.text, rule.source[language]) : text.ruleGiven(rule.text))
  const backToBack = exporter !== undefined && exporter !== producedIn
  return [
    { rule: text.rule.inForce, cite: cite('20.6', telling), passed: bound, detail: forceDetail },
    ...(code === 'RCEP' && bound !== false ? [yearStep(input, telling)] : []),
    ...(backToBack
      ? [
          {
            rule: text.rule.countryOfOrigin,
            cite: cite('3.19', telling),
            passed: true,
            detail: text.backToBack(producedIn),
          },
        ]
      : []),
    {
      rule: text.rule.productRule,
      cite: code === 'RCEP' ? 'Annex 3A' : code,
      passed: rule && !problem ? true : null,
      detail: ruleDetail ?? text.ruleProblem({ kind: 'missing' }, null),
    },
  ]
}

/** Whose column of the tariff schedules applies: years start on 1 April in ID, JP and PH. */
function yearStep({ importer, on }: OriginCase, { text }: Telling): OriginStep {
  const year = rcepYear(importer, on)
  const { from, to } = yearSpan(importer, year)
  const detail = text.scheduleYear(importer, year, `${from} – ${to}`)
  return { rule: text.rule.scheduleYear, cite: 'Annex I, General Notes', passed: true, detail }
}

function cumulationStep(route: Route | null, relied: boolean, telling: Telling): OriginStep[] {
  if (!route) return []
  const { text, product } = telling
  const partners = route.bill.lines.some(
    (line) => line.standing.originating && line.standing.party !== product.producedIn,
  )
  const exclusive = route.terms.length === 0
  const needed = relied ? text.cumulationNeeded : text.cumulationNotNeeded
  const used = exclusive ? text.cumulationExclusive : needed
  const detail = partners ? used : text.noPartnerMaterials
  return [{ rule: text.rule.cumulation, cite: cite('3.4', telling), passed: true, detail }]
}
