import type { Warning } from '../../api.ts'
import type { Rule } from '../../api-alerts.ts'
import { moneyText, month, unitFor } from '../../format.ts'
import type { Language } from '../../language.tsx'
import type { Text } from '../../text/zh.ts'
import { labelText } from '../warning-parts.tsx'
import { comparedTexts } from './measure-text.ts'

/** Why a warning stands as it does, in one sentence: amounts, what was measured against which threshold, size and time. */
export function whyText(
  warning: Warning,
  rule: Rule,
  { language, text }: { language: Language; text: Text },
): string {
  const labels = text.alerts
  const { currency } = warning
  const amount = (value: string | null) =>
    moneyText(value, unitFor([value], { currency, language, use: 'figure' }))
  const holds = warning.state === 'firing' || warning.state === 'pending'
  const reasons = warning.measured.flatMap(({ measure, change }, index) => {
    const condition = rule.conditions[index]
    if (!condition || condition.measure !== measure) return []
    const [shown, threshold] = comparedTexts(measure, change, condition.threshold)
    const words = {
      measure: labels.measures[condition.measure],
      change: shown,
      comparison: labels.comparisons[condition.comparison],
      threshold,
    }
    return [holds ? labels.warning.reason(words) : labels.warning.notReason(words)]
  })
  return labels.warning.why({
    flow: text.flows[rule.selector.flow],
    series: warning.labels.map((label) => labelText(label, language)).join(' · ') || text.warnings.total,
    period: month(warning.period, language),
    value: amount(warning.value),
    base: amount(warning.base),
    reasons,
    floor: amount(rule.floor.monthlyAmount),
    floorOn: rule.floor.on,
    held: rule.for,
  })
}

/** The explorer with the warning's filter: what of its labels the explorer can filter by, over the year so far. */
export function explorerAddress(warning: Warning): string {
  const { flow, currency, labels, period } = warning
  const filters = labels.filter(
    ({ name }) => name === 'hs' || name === 'partner' || name === 'mode' || name === 'enterprise',
  )
  const has = (name: string) => filters.some((label) => label.name === name)
  return `/explorer?${new URLSearchParams({
    flow,
    currency,
    by: has('hs') ? 'enterprise' : has('partner') || has('mode') || has('enterprise') ? 'hs2' : 'partner',
    from: `${period.slice(0, 4)}-01`,
    to: period.includes('/') ? `${period.slice(0, 4)}-02` : period,
    ...Object.fromEntries(filters.map(({ name, code }) => [name, code])),
  })}`
}
