import type { Product } from './bill.ts'
import type { World } from './cumulation.ts'
import type { CountryOfOrigin } from './differential.ts'
import { judge } from './judge.ts'
import type { Judgement, Line, Route } from './judgement.ts'
import { turning } from './minimum-change.ts'
import { sum } from './percent.ts'
import type { OriginVerdict } from './result.ts'
import { ids, linesOf } from './rows.ts'
import { smallestSet } from './smallest-set.ts'
import type { OriginText } from './text.ts'

export interface Found {
  verdict: OriginVerdict
  judgement: Judgement
  product: Product
  world: World
  country: CountryOfOrigin | null
}

/** What is not known and would change the verdict or the rate, in sentences that say what would settle it. */
export function missingFacts(found: Found, text: OriginText): string[] {
  const open = found.verdict === 'needs-info' ? decisiveGaps(found, text) : []
  return [
    ...new Set([
      ...open,
      ...conditionsOfAPass(found, text),
      ...doubtfulValues(found, text),
      ...countryGaps(found, text),
    ]),
  ]
}

/** Why the verdict is needs-info. */
function decisiveGaps({ judgement, product, world }: Found, text: OriginText): string[] {
  const lines = allLines(judgement)
  const pairs = lines.filter((line) => line.standing.why === 'pair-unknown')
  const { hs6, edition } = product
  return [
    ...(world.unknownCodes.has(hs6) ? [text.missing.noCode('good', hs6, edition)] : []),
    ...(judgement.problem ? [text.ruleProblem(judgement.problem, null)] : []),
    ...(judgement.hasMaterials || product.whollyObtained ? [] : [text.missing.materials]),
    ...lines.flatMap(({ item, judgement: inner }) =>
      inner?.problem && !inner.passed ? [text.ruleProblem(inner.problem, item.id)] : [],
    ),
    ...unknownOrigins(lines, { judgement, product, world }, text),
    ...pairs.map(({ item }) =>
      text.missing.pair(world.terms.code, item.declared.party ?? item.made?.producedIn ?? '', world.importer),
    ),
    ...routesOf(judgement).flatMap((route) => routeGaps(route, product, world, text)),
    ...agreementGaps(judgement, world, text),
  ]
}

const mostTriedAlone = 300

/** Which proofs of origin would turn the verdict: any one of several, else the smallest set of them. */
function unknownOrigins(
  lines: Line[],
  { judgement, product, world }: Pick<Found, 'judgement' | 'product' | 'world'>,
  text: OriginText,
): string[] {
  const unknown = lines.filter((line) => line.standing.why === 'unknown')
  if (unknown.length === 0) return []
  const isPlain = product.items.every((item) => item.made === null)
  const turns = isPlain ? turning(judgement.routes, product, world) : byJudging(product, world)
  const alone = unknown.length > mostTriedAlone ? [] : unknown.filter((line) => turns([line]))
  if (alone.length > 0) return [text.missing.proofOfAny(ids(alone))]
  const set = smallestSet(unknown, ({ item }) => item.value, turns)
  if (!set) return [text.missing.unknownOrigins(ids(unknown))]
  return [text.missing.proofOfAll(ids(set.members), set.search === 'exact')]
}

/** The same question where intermediates may turn with their inputs: the whole bill is judged again. */
function byJudging(product: Product, world: World): (lines: readonly Line[]) => boolean {
  return (lines) => {
    const proven = new Set(lines.map(({ item }) => item))
    return judge(product, { ...world, believes: (item) => proven.has(item) }).passed
  }
}

function routeGaps(route: Route, product: Product, world: World, text: OriginText): string[] {
  return route.outcomes.flatMap((outcome) => {
    if (outcome.kind === 'CR') return outcome.stated ? [] : [text.missing.reaction]
    if (outcome.kind === 'weight') return outcome.weightMissing ? [text.missing.materialWeights] : []
    if (outcome.kind !== 'CTC' || outcome.passed) return []
    const { weightMissing } = outcome.deMinimis
    const unweighed = outcome.failing.filter((line) => line.item.weight === null).map((line) => line.item.id)
    const good = product.weight === null ? ['good'] : []
    const nameless = outcome.failing.filter((line) => world.unknownCodes.has(line.item.hs6))
    return [
      ...nameless.map(({ item }) => text.missing.noCode(item.id, item.hs6, product.edition)),
      ...(weightMissing ? [text.missing.weights([...good, ...unweighed])] : []),
      ...(world.terms.deMinimis.read ? [] : [text.missing.tolerance(world.terms.code)]),
    ]
  })
}

function agreementGaps(judgement: Judgement, world: World, text: OriginText): string[] {
  const { minimalOperations, buildUp, deductions, ancillary, code } = world.terms
  const unread = [minimalOperations, buildUp, deductions, ancillary].includes(null)
  return unread && judgement.problem === null ? [text.missing.agreementTerms(code)] : []
}

/** Facts a pass rests on without anybody having stated them, and later texts. */
function conditionsOfAPass({ judgement, verdict, product, world }: Found, text: OriginText): string[] {
  const { openSince, code } = world.terms
  const later = openSince !== null && world.on >= openSince ? [text.missing.laterText(code, openSince)] : []
  if (verdict === 'fail') return later
  const used = judgement.best ?? judgement.routes.find((route) => route.passed)
  const within = product.operations === null ? null : (used?.bill.expanded.join(', ') ?? null)
  const unstated = used?.gate === 'unstated' ? [text.missing.operations(within)] : []
  const inner = allLines(judgement).flatMap(({ item, judgement: below }) =>
    below?.best?.gate === 'unstated' ? [text.missing.operations(item.id)] : [],
  )
  return [...unproven(judgement, product, world, text), ...unstated, ...inner, ...later]
}

/** Materials declared originating without a proof named, where the good would not originate but for them. */
function unproven(judgement: Judgement, product: Product, world: World, text: OriginText): string[] {
  const claimed = allLines(judgement).filter(
    ({ item, standing }) => standing.why === 'declared' && !item.declared.evidence,
  )
  if (claimed.length === 0 || !judgement.passed) return []
  return judge(product, { ...world, proofsOnly: true }).passed ? [] : [text.missing.unproven(ids(claimed))]
}

/** Values that would make a value content look better than it is, or a deduction nobody proved. */
function doubtfulValues({ judgement, product }: Found, text: OriginText): string[] {
  const valued = judgement.routes.some((route) => route.outcomes.some((outcome) => outcome.kind === 'RVC'))
  const total = sum(judgement.bill.lines.map(({ item }) => item.value))
  const over = total.gt(product.price) ? [text.missing.overFob(total.toFixed(), product.price.toFixed())] : []
  const ofLines = allLines(judgement).flatMap(({ item, standing }) => {
    const basis = item.valueBasis
    const cheap = valued && !standing.originating && (basis === 'FOB' || basis === 'EXW')
    const unproven = valued && !standing.originating && item.undocumented.gt(0)
    return [
      ...(cheap ? [text.missing.valueBasis(item.id, basis)] : []),
      ...(unproven ? [text.missing.deduction(item.id, item.undocumented.toFixed())] : []),
      ...(item.inventoryMethod === null ? [text.missing.inventory(item.id)] : []),
    ]
  })
  return [...over, ...ofLines]
}

function countryGaps({ country, world }: Found, text: OriginText): string[] {
  if (!country) return []
  const own = country.options.find((option) => option.basis === 'RCO')
  const incomparable = country.options.some((option) => option.rate === null && option.among.length > 1)
  return [
    ...(country.basis === 'undetermined' ? [text.countryNeedsOperations] : []),
    ...(country.appendix === 'unknown' && country.differential
      ? [text.missing.appendix(world.importer)]
      : []),
    ...(own && own.rate === null ? [text.missing.rate(own.party)] : []),
    ...(incomparable ? [text.missing.incomparable] : []),
    ...country.openPoints
      .filter((point) => point !== 'domestic-value-formula' && point !== 'contributors')
      .map((point) => text.openPoint[point]),
  ]
}

function routesOf(judgement: Judgement): Route[] {
  return judgement.routes.filter((route) => !route.indicative)
}

/** The lines of the good's bill and of every bill below it. */
function allLines(judgement: Judgement): Line[] {
  return linesOf(judgement).flatMap((line) => (line.judgement ? [line, ...allLines(line.judgement)] : [line]))
}
