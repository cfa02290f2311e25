import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type AppError, invalid } from '../errors.ts'
import { DecimalText, strict } from '../http/schema.ts'
import { rollups } from '../reference/rollups.ts'

export const severities = ['critical', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

export const topics = ['fall', 'surge', 'friction', 'band'] as const
export type Topic = (typeof topics)[number]

/** Growth against a year earlier: of the period's value, of that since January, of three months', of quantity, of value per unit. */
const growthMeasures = ['yoy', 'ytdYoy', 'rolling3Yoy', 'quantityYoy', 'unitValueYoy'] as const
/**
 * Levels of the period itself: share of a whole, value per unit, Herfindahl-Hirschman concentration of parts, and
 * (value - opposite flow) / (value + opposite flow).
 */
const levelMeasures = ['share', 'unitValue', 'hhi', 'balance'] as const
/** Statistics of the series' own past 12-month log differences (src/warnings/statistics.ts). */
export const statisticMeasures = ['robustZ', 'cusum', 'naiveBand', 'smoothedBand'] as const
export const measures = [...growthMeasures, ...levelMeasures, ...statisticMeasures] as const
export type Measure = (typeof measures)[number]
export type StatisticMeasure = (typeof statisticMeasures)[number]

/** Whether a measure is a rate of change: its threshold is then a fraction (-0.3 is a fall of 30 %), otherwise a level. */
export function isGrowth(measure: Measure): boolean {
  return growthMeasures.some((growth) => growth === measure)
}

export function isStatistic(measure: Measure): measure is StatisticMeasure {
  return statisticMeasures.some((statistic) => statistic === measure)
}

const Name = Type.String({ minLength: 1, maxLength: 80 })

/** One comparison: strictly above or below a threshold, or farther from zero than it on either side. */
export const Condition = strict({
  measure: Type.Enum([...measures]),
  comparison: Type.Enum(['above', 'below', 'outside']),
  threshold: DecimalText,
  of: Type.Optional(
    Type.Enum(['total', 'partner', 'hs'], {
      description: 'share only: of all trade, of that with the partner, or of that in the product',
    }),
  ),
  over: Type.Optional(
    Type.Enum(['partner', 'hs2', 'hs4', 'hs6', 'hs8', 'mode', 'enterprise'], {
      description: 'hhi only: concentration over what',
    }),
  ),
})
export type Condition = Type.Static<typeof Condition>

/**
 * A warning rule as officers write it and the database keeps it. It fires for every series of the selector for which
 * all conditions hold and which is large enough, `for` periods in a row.
 */
export const Rule = strict({
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,59}$' }),
  name: strict({ zh: Name, en: Name }),
  topic: Type.Enum([...topics]),
  severity: Type.Enum([...severities]),
  selector: strict({
    dataset: Type.String({ minLength: 1, maxLength: 40 }),
    flow: Type.Enum(['export', 'import', 're-export', 're-import']),
    by: Type.Enum([...rollups]),
    hs: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\d{2,10}$' }), {
        minItems: 1,
        maxItems: 200,
        description: 'only codes beginning with one of these',
      }),
    ),
    partner: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 8 }), { minItems: 1, maxItems: 300 }),
    ),
    currency: Type.Enum(['USD', 'CNY']),
  }),
  conditions: Type.Array(Condition, {
    minItems: 1,
    maxItems: 5,
    description: 'all must hold; the first is the one shown and ranked by',
  }),
  floor: strict({
    on: Type.Enum(['base', 'current'], {
      description: 'the amount that must be large enough: the earlier or the current one',
    }),
    monthlyAmount: Type.String({
      pattern: '^\\d+(\\.\\d+)?$',
      description: 'in the currency of the selector, for each month covered',
    }),
  }),
  for: Type.Integer({
    minimum: 1,
    maximum: 11,
    description: 'periods in a row the conditions hold before it fires; 1 fires at once',
  }),
  keepFiringFor: Type.Integer({
    minimum: 0,
    maximum: 11,
    description: 'periods it goes on firing after the conditions ceased',
  }),
  worseBy: Type.String({
    pattern: '^\\d+(\\.\\d+)?$',
    description: 'how much further the first measure must move, in its own unit, to be told as worse',
  }),
  remedy: Type.Optional(
    strict({
      market: Type.Enum(['same', 'any'], { description: 'a case in the series’ own market, or in any' }),
      match: Type.Enum(['hs6', 'hs4'], {
        description: 'on the same subheading, or on a neighbour in its heading',
      }),
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    description: 'firing series above which the rule is reported as too wide and changes nothing',
  }),
  escalateAfter: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 60,
      description: 'working days after which nobody having taken it on is told higher up',
    }),
  ),
  enabled: Type.Boolean(),
})
export type Rule = Type.Static<typeof Rule>

const compiled = Compile(Rule)

/** Checks a rule from a file or the database. Throws naming the field, its value and what is allowed. */
export function parseRule(value: unknown): Rule {
  if (!compiled.Check(value)) throw firstError(compiled.Errors(value), value, 'rule')
  checkBreakdown(value)
  return value
}

interface SchemaError {
  instancePath: string
  keyword: string
  message: string
}

/** The first thing wrong with a value, by field; `whole` names the value itself. */
export function firstError(errors: readonly SchemaError[], value: unknown, whole: string): AppError {
  const [error] = errors
  const path = error?.instancePath ?? ''
  const field = path.slice(1).replaceAll('/', '.') || whole
  const allowed = error?.keyword === 'boolean' ? 'no such field here' : (error?.message ?? `a ${whole}`)
  return invalid(field, JSON.stringify(valueAt(value, path)), allowed)
}

/** A filter on something the breakdown leaves out would be ignored without a word: it is refused instead. */
export function checkBreakdown(rule: Rule): void {
  checkConditions(rule)
  const parts = rule.selector.by.split('+')
  if (rule.remedy && !/hs[68]/.test(rule.selector.by)) {
    throw invalid(
      'remedy',
      JSON.stringify(rule.remedy),
      `only with a breakdown by hs6 or hs8, not ${rule.selector.by}`,
    )
  }
  if (rule.remedy?.market === 'same' && !parts.includes('partner')) {
    throw invalid('remedy.market', 'same', `any, with a breakdown without partner as ${rule.selector.by}`)
  }
  if (rule.selector.hs && !parts.some((part) => part.startsWith('hs'))) {
    throw invalid(
      'selector.hs',
      rule.selector.hs.join(' '),
      `only with a breakdown by HS, not ${rule.selector.by}`,
    )
  }
  if (rule.selector.partner && !parts.includes('partner')) {
    throw invalid(
      'selector.partner',
      rule.selector.partner.join(' '),
      `only with a breakdown by partner, not ${rule.selector.by}`,
    )
  }
}

/** The rollup that holds the parts of each series, for a concentration over `over`; null when none is kept. */
export function partsOf(by: Rule['selector']['by'], over: string): (typeof rollups)[number] | null {
  const wanted = by === 'total' ? [over] : [...by.split('+'), over]
  return rollups.find((name) => isSameSet(name.split('+'), wanted)) ?? null
}

/** The condition that needs figures beside the series' own, which are loaded for one such condition a rule. */
export function contextOf(rule: Rule): Condition | null {
  return rule.conditions.find(({ measure }) => contextMeasures.has(measure)) ?? null
}

const contextMeasures: ReadonlySet<Measure> = new Set<Measure>(['share', 'hhi', 'balance'])

function checkConditions({ conditions, selector }: Rule): void {
  if (conditions.filter(({ measure }) => contextMeasures.has(measure)).length > 1) {
    throw invalid(
      'conditions',
      conditions.map(({ measure }) => measure).join(' '),
      'one of share, hhi and balance in a rule',
    )
  }
  for (const { measure, of, over } of conditions) {
    if (of && measure !== 'share') throw invalid('conditions.of', of, `only with share, not ${measure}`)
    if (over && measure !== 'hhi') throw invalid('conditions.over', over, `only with hhi, not ${measure}`)
    const label = of ?? 'total'
    if (label !== 'total' && !selector.by.includes(label)) {
      throw invalid('conditions.of', label, `only with a breakdown by ${label}, not ${selector.by}`)
    }
    if (measure === 'hhi' && (!over || !partsOf(selector.by, over))) {
      throw invalid(
        'conditions.over',
        over ?? '',
        `what ${selector.by} is kept by: with hs4, partner; with total, hs2`,
      )
    }
  }
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part) => b.includes(part))
}

/** SHA-256 of what decides the outcome: a rule that was only renamed evaluates as before. */
export function ruleHash(rule: Rule): string {
  const { selector, conditions, floor, keepFiringFor, worseBy, remedy } = rule
  const deciding = { selector, conditions, floor, for: rule.for, keepFiringFor, worseBy, remedy }
  return createHash('sha256').update(canonical(deciding)).digest('hex')
}

/** JSON with sorted keys: the database does not keep their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function valueAt(value: unknown, path: string): unknown {
  let at = value
  for (const key of path.split('/').slice(1)) at = (at as Record<string, unknown> | undefined)?.[key]
  return at
}
