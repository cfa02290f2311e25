import { formatPeriod, type Month, monthsBetween, parseMonth } from '../../src/reference/period.ts'
import type { Firm } from './firms.ts'
import { industries } from './products.ts'
import type { Relation } from './relations.ts'

/** What an event does to one relation in one month: factors on value and unit price, another mode, or nothing at all. */
export interface Effect {
  readonly value: number
  readonly price: number
  readonly supervisionMode: string | null
}

/** The planted events, in terms of whom and what they touch. */
export const planted = {
  surge: { product: '94036099', partner: 'US', from: '2026-05' },
  lostClient: { product: '85044099', partner: 'MX', lastMonth: '2026-03' },
  newExporter: { product: '85076000', partners: ['TH', 'AU'], from: '2026-06' },
  modeShift: { product: '95030060', from: '2025-09', supervisionMode: '9710' },
} as const

export interface PlantedFirms {
  readonly surge: readonly Firm[]
  readonly lostClient: Firm
  readonly newExporter: Firm
  readonly modeShift: Firm
}

/** The firms the events happen to, chosen by their place in their industry. */
export function plantedFirms(firms: readonly Firm[]): PlantedFirms {
  const at = (industry: string, rank: number): Firm => {
    const firm = firms.filter((candidate) => candidate.industry.name === industry)[rank]
    if (!firm) throw new Error(`no firm ${rank} in ${industry}`)
    return firm
  }
  return {
    surge: [at('wood', 1), at('wood', 4), at('wood', 7)],
    lostClient: at('electronics', 3),
    newExporter: at('electronics', 23),
    modeShift: at('household', 2),
  }
}

/** Takes out what would blur an event and puts in the relations that carry it. */
export function plant(relations: readonly Relation[], firms: readonly Firm[]): Relation[] {
  const at = plantedFirms(firms)
  const kept = relations.filter(({ flow, firm, product, partner }) => {
    if (firm === at.newExporter) return false
    if (flow !== 'export') return true
    if (product === planted.surge.product && partner === planted.surge.partner) return false
    if (product === planted.lostClient.product && partner === planted.lostClient.partner) return false
    return !(firm === at.modeShift && product === planted.modeShift.product)
  })
  return [
    ...kept,
    ...at.surge.map((firm, place) =>
      steady(firm, planted.surge.product, 'US', [520_000, 310_000, 170_000][place] ?? 0),
    ),
    steady(at.lostClient, planted.lostClient.product, planted.lostClient.partner, 760_000),
    ...planted.newExporter.partners.map((partner, place) =>
      steady(at.newExporter, planted.newExporter.product, partner, place === 0 ? 700_000 : 380_000),
    ),
    ...['US', 'DE', 'GB'].map((partner) => steady(at.modeShift, planted.modeShift.product, partner, 150_000)),
  ]
}

/** A relation that trades every month with little noise, so that what happens to it can be seen. */
function steady(firm: Firm, product: string, partner: string, usdPerMonth: number): Relation {
  const prices = industries
    .flatMap((industry) => industry.products)
    .find((group) => group.codes.includes(product))
  if (!prices) throw new Error(`no price for ${product}`)
  return {
    id: `export ${firm.code} ${product} ${partner}`,
    flow: 'export',
    firm,
    product,
    prices,
    partner,
    supervisionMode: '0110',
    transport: '2',
    usdPerMonth,
    likelihood: 1,
    growthPerYear: 0.03,
    noise: 0.1,
    season: firm.industry.season,
  }
}

const none: Effect = { value: 1, price: 1, supervisionMode: null }

/** The effect of the events on a relation in a month; null when they leave nothing to ship. */
export function effectOn(relation: Relation, firms: PlantedFirms, month: Month): Effect | null {
  if (relation.flow === 'import') return none
  if (isPart(relation, planted.surge.product, 'US') && firms.surge.includes(relation.firm))
    return surge(month)
  if (
    relation.firm === firms.lostClient &&
    isPart(relation, planted.lostClient.product, planted.lostClient.partner)
  ) {
    return since(month, planted.lostClient.lastMonth) > 0 ? null : none
  }
  if (relation.firm === firms.newExporter) {
    const started = since(month, planted.newExporter.from) - (relation.partner === 'AU' ? 2 : 0)
    return started < 0 ? null : { ...none, value: 0.6 + 0.2 * started }
  }
  const shifted = relation.firm === firms.modeShift && relation.product === planted.modeShift.product
  if (!shifted || since(month, planted.modeShift.from) < 0) return none
  return { ...none, supervisionMode: planted.modeShift.supervisionMode }
}

/** From the first month on the value rises while the unit price falls further each month. */
function surge(month: Month): Effect {
  const months = since(month, planted.surge.from)
  if (months < 0) return none
  return { ...none, value: 1.75 + 0.15 * Math.min(months, 4), price: 0.84 - 0.025 * Math.min(months, 4) }
}

function isPart(relation: Relation, product: string, partner: string): boolean {
  return relation.product === product && relation.partner === partner
}

/** Months since a month given as text; negative before. */
function since(month: Month, from: string): number {
  const start = parseMonth(from)
  if (!start) throw new Error(`${from} is no month, asked for ${formatPeriod(month)}`)
  return monthsBetween(start, month)
}
