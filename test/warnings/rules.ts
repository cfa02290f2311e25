import type { Rule } from '../../src/warnings/rule.ts'
import {
  type Calendar,
  calendarOf,
  type Labels,
  type Point,
  pointOf,
  type Series,
} from '../../src/warnings/series.ts'

/** A rule on yoy of exports by partner: below −30 % with a floor of 100 a month; override what a test is about. */
export function ruleWith(changes: Partial<Rule> = {}): Rule {
  return {
    id: 'fall-by-partner',
    name: { zh: '出口下降', en: 'Exports fall' },
    topic: 'fall',
    severity: 'warning',
    selector: { dataset: 'customs-cn', flow: 'export', by: 'partner', currency: 'USD' },
    conditions: [{ measure: 'yoy', comparison: 'below', threshold: '-0.3' }],
    floor: { on: 'base', monthlyAmount: '100' },
    for: 1,
    keepFiringFor: 0,
    worseBy: '0.1',
    limit: 100,
    enabled: true,
    ...changes,
  }
}

const months = ['01/02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']

/**
 * A series from 2025-01/02 on in a compact notation, one item a growth period: a number, `_` for no row (a zero when
 * the period is loaded), `?` for a period that is not loaded. The whole of 2025 is `base` a month.
 */
export function seriesOf(
  base: number,
  items: string,
  labels: Labels = { partner: 'US' },
): { series: Series; calendar: Calendar } {
  const points = new Map<string, Point>()
  const loaded = new Set<string>()
  for (const month of months) {
    loaded.add(`2025-${month}`)
    points.set(`2025-${month}`, point(month === '01/02' ? base * 2 : base))
  }
  const values = items.trim().split(/\s+/)
  values.forEach((item, index) => {
    const period = `2026-${months[index]}`
    if (item !== '?') loaded.add(period)
    if (/\d/.test(item)) points.set(period, point(item))
  })
  const month = values.length === 1 ? 2 : values.length + 1
  const calendar = calendarOf(
    { year: 2025, month: 1, months: 1 },
    month === 2 ? { year: 2026, month: 1, months: 2 } : { year: 2026, month, months: 1 },
    loaded,
  )
  return { series: { labels, points }, calendar }
}

export function point(value: number | string, quantity: number | null = null, unit = '千克'): Point {
  return pointOf(String(value), quantity === null ? null : String(quantity), { unit })
}
