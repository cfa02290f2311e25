import type { Rule } from '../../api-alerts.ts'
import { RequestError } from '../../http.ts'

export const ruleTopics = ['fall', 'surge', 'friction', 'band'] as const satisfies readonly Rule['topic'][]
export const ruleSeverities = ['critical', 'warning', 'info'] as const satisfies readonly Rule['severity'][]
export const flows = [
  'export',
  'import',
  're-export',
  're-import',
] as const satisfies readonly Rule['selector']['flow'][]
export const breakdowns = [
  'total',
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'partner',
  'partner+hs2',
  'partner+hs4',
  'partner+hs6',
  'partner+hs8',
  'mode',
  'mode+hs2',
  'mode+partner',
  'ownership',
  'transport',
  'district',
  'enterprise',
  'enterprise+hs8',
  'enterprise+partner',
] as const satisfies readonly Rule['selector']['by'][]

export type Condition = Rule['conditions'][number]
export const measures = [
  'yoy',
  'ytdYoy',
  'rolling3Yoy',
  'quantityYoy',
  'unitValueYoy',
  'share',
  'unitValue',
  'hhi',
  'balance',
  'robustZ',
  'cusum',
  'naiveBand',
  'smoothedBand',
] as const satisfies readonly Condition['measure'][]
export const comparisons = ['above', 'below', 'outside'] as const satisfies readonly Condition['comparison'][]
export const wholes = ['total', 'partner', 'hs'] as const satisfies readonly Condition['of'][]
export const overs = [
  'partner',
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'mode',
  'enterprise',
] as const satisfies readonly Condition['over'][]
export const mostConditions = 5

/** A rule to begin with: exports to a market fall by more than 30 %. */
export const blankRule: Rule = {
  id: '',
  name: { zh: '', en: '' },
  topic: 'fall',
  severity: 'warning',
  selector: { dataset: 'customs-cn', flow: 'export', by: 'partner', currency: 'USD' },
  conditions: [{ measure: 'yoy', comparison: 'below', threshold: '-0.3' }],
  floor: { on: 'base', monthlyAmount: '500000' },
  for: 1,
  keepFiringFor: 0,
  worseBy: '0.1',
  limit: 500,
  enabled: true,
}

/** What the service found wrong with a rule: the field's path in it and what is allowed there. */
export interface RuleProblem {
  field: string
  allowed: string
}

/** The field of the rule a refusal names; null where it is about something else. */
export function ruleProblemOf(error: Error | null): RuleProblem | null {
  if (!(error instanceof RequestError)) return null
  const { field, allowed } = error.problem
  return field === undefined ? null : { field: field.replace(/^rule\./, ''), allowed: allowed ?? '' }
}

/** The rule itself, without what lists add to it. */
export function ruleOf({ evaluatedThrough: _, ...rule }: Rule & { evaluatedThrough: unknown }): Rule {
  return rule
}

/** The first field a value needs to be shown as a rule and does not have, or has as something else; null for none. */
export function missingField(value: unknown, shape: unknown = blankRule, path = 'rule'): string | null {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return path
    return value.map((each, index) => missingField(each, shape[0], `${path}.${index}`)).find(Boolean) ?? null
  }
  if (typeof shape === 'object' && shape !== null) {
    if (typeof value !== 'object' || value === null) return path
    const given = value as Record<string, unknown>
    return (
      Object.entries(shape)
        .map(([name, part]) => missingField(given[name], part, path === 'rule' ? name : `${path}.${name}`))
        .find(Boolean) ?? null
    )
  }
  return typeof value === typeof shape ? null : path
}

/** A thing with one of its optional fields set, or without it. */
export function put<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  name: Name,
  value: Whole[Name] | undefined,
): Whole {
  if (value !== undefined) return { ...whole, [name]: value }
  const { [name]: _, ...rest } = whole
  return rest as Whole
}
