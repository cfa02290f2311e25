import { formatPeriod, type Month, monthsBetween } from '../../src/reference/period.ts'
import { festivalFactor, rateOf, sampleMonths } from './calendar.ts'
import { effectOn, type PlantedFirms } from './events.ts'
import type { Firm } from './firms.ts'
import { randomFor } from './random.ts'
import type { Flow, Relation } from './relations.ts'

/** A month's trade of a firm in a product with a partner under a mode. Values in whole units of their currency. */
export interface SampleRow {
  readonly flow: Flow
  /** YYYY-MM. */
  readonly period: string
  readonly product: string
  readonly partner: string
  readonly supervisionMode: string
  readonly transport: string
  readonly firm: Firm
  readonly kilograms: number
  /** In the unit of the product that is not a weight. */
  readonly pieces: number
  readonly valueCny: number
  readonly valueUsd: number
}

export interface Making {
  readonly seed: number
  /** YYYY-MM-DD; decides the last month. */
  readonly publishedOn: string
}

/** What the relations lead to, as first published, in the order of the files. */
export function makeRows(making: Making, relations: readonly Relation[], firms: PlantedFirms): SampleRow[] {
  const months = sampleMonths(making.publishedOn)
  const rows = relations.flatMap((relation) =>
    months.flatMap((month) => rowOf(making, relation, firms, month) ?? []),
  )
  return rows.sort((a, b) => compareText(keyOf(a), keyOf(b)))
}

/** Flow, period and all dimensions: what makes a row that row. */
export function keyOf(row: SampleRow): string {
  return [
    row.flow,
    row.period,
    row.product,
    row.partner,
    row.supervisionMode,
    row.transport,
    row.firm.code,
  ].join(' ')
}

function rowOf(making: Making, relation: Relation, firms: PlantedFirms, month: Month): SampleRow | null {
  const period = formatPeriod(month)
  const random = randomFor(making.seed, `${relation.id} ${period}`)
  const effect = effectOn(relation, firms, month)
  if (effect === null || random.next() > relation.likelihood) return null
  const years = monthsBetween(firstMonthOfSample, month) / 12
  const trend = (1 + relation.growthPerYear) ** years * (relation.season[month.month - 1] ?? 1)
  const chance = Math.exp(relation.noise * random.normal() - relation.noise ** 2 / 2)
  const usd =
    (relation.usdPerMonth / relation.likelihood) * trend * festivalFactor(month) * chance * effect.value
  const usdPerKg =
    relation.prices.usdPerKg * priceLevel(making, relation) * effect.price * Math.exp(0.03 * random.normal())
  const valueUsd = Math.max(20, Math.round(usd))
  const kilograms = Math.max(1, Math.round(valueUsd / usdPerKg))
  return {
    flow: relation.flow,
    period,
    product: relation.product,
    partner: relation.partner,
    supervisionMode: effect.supervisionMode ?? relation.supervisionMode,
    transport: relation.transport,
    firm: relation.firm,
    kilograms,
    pieces: Math.max(1, Math.round(kilograms / relation.prices.kgPerPiece)),
    // Each declaration is converted at its own day's rate, so the two currencies never grow exactly alike.
    valueCny: Math.round(valueUsd * rateOf(month) * (1 + 0.0035 * random.normal())),
    valueUsd,
  }
}

const firstMonthOfSample: Month = { year: 2023, month: 11, months: 1 }

/** Two firms never charge quite the same. */
function priceLevel(making: Making, relation: Relation): number {
  return Math.exp(0.15 * randomFor(making.seed, `price ${relation.id}`).normal())
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
