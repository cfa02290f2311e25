import type { Rule } from '../../api-alerts.ts'
import { growth, missing, points, share } from '../../format.ts'
import type { Text } from '../../text/zh.ts'

type Measure = Rule['conditions'][number]['measure']

/** Rates of change: their thresholds are fractions, -0.3 is a fall of 30 %. */
const rates: ReadonlySet<string> = new Set<Measure>([
  'yoy',
  'ytdYoy',
  'rolling3Yoy',
  'quantityYoy',
  'unitValueYoy',
])

/** A measured value or a threshold as its measure is read: a percentage with its sign, a share, or a plain figure. */
export function measureText(measure: string, value: string | null, digits = 1): string {
  if (value === null) return missing
  if (rates.has(measure)) return growth(value, digits)
  if (measure === 'share') return share(value, digits)
  const signed = points(value, digits + 1)
  return measure === 'hhi' || measure === 'unitValue' ? signed.replace('+', '') : signed
}

/** What was measured and the threshold it is held against, with as many digits as it takes to tell them apart. */
export function comparedTexts(measure: string, value: string | null, threshold: string): [string, string] {
  for (const digits of [1, 2, 3]) {
    const [one, other] = [measureText(measure, value, digits), measureText(measure, threshold, digits)]
    if (one !== other) return [one, other]
  }
  return [measureText(measure, value, 4), measureText(measure, threshold, 4)]
}

/** A condition in words: "three months' amount below −30.0%". */
export function conditionText(
  { measure, comparison, threshold }: Rule['conditions'][number],
  text: Text,
): string {
  const { measures, comparisons } = text.alerts
  return `${measures[measure]} ${comparisons[comparison]} ${measureText(measure, threshold)}`
}

/** A breakdown in words: partner+hs4 is "by country and heading". */
export function rollupText(by: string, text: Text): string {
  return by
    .split('+')
    .map((part) => text.alerts.rollups[part] ?? part)
    .join(' × ')
}
