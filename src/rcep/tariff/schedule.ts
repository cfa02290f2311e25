import { dayBefore } from '../days.ts'
import { rcepYear } from '../parties.ts'
import { parseRate } from './rate.ts'

/** Entry into force of RCEP (Art. 20.6.2), the start of year 1 for every Party (Annex I, General Notes). */
const agreementFrom = '2022-01-01'

/** A line's rates in a treaty schedule: the base rate, and each year whose rate differs from the year before, from year 1. */
export interface StagedLine {
  /** National tariff line, digits only, in the schedule's HS edition. */
  line: string
  base: string
  steps: YearRate[]
}

export interface YearRate {
  year: number
  rate: string
}

/** Run-length form of the yearly columns 1, 2, 3 …: a year is kept only where the rate changes. */
export function stepsOf(yearly: readonly string[]): YearRate[] {
  return yearly.flatMap((rate, index) => (rate === yearly[index - 1] ? [] : [{ year: index + 1, rate }]))
}

/** The rate of a year of the agreement; years past the last column keep its rate. Null before year 1. */
export function rateInYear(steps: readonly YearRate[], year: number): string | null {
  return steps.findLast((step) => step.year <= year)?.rate ?? null
}

/** Text of the steps in a fact file: `1=9%|2=8.4%|21=0%`. */
export function formatSteps(steps: readonly YearRate[]): string {
  return steps.map((step) => `${step.year}=${step.rate}`).join('|')
}

/** Reads `formatSteps` back, or says why not: years must rise from 1 and every rate must be readable. */
export function parseSteps(text: string): YearRate[] | { problem: string } {
  const steps: YearRate[] = []
  for (const part of text.split('|')) {
    const [, year, rate] = /^(\d{1,2})=(.+)$/.exec(part) ?? []
    if (!year || !rate) return { problem: `"${part}" is not year=rate` }
    const previous = steps.at(-1)?.year ?? 0
    if (Number(year) <= previous || (previous === 0 && year !== '1'))
      return { problem: `year ${year} after ${previous}` }
    if (parseRate(rate).kind === 'unparsed') return { problem: `"${rate}" is not a rate` }
    steps.push({ year: Number(year), rate })
  }
  return steps
}

/** First and last day of a year of the schedules; year 1 begins with the Agreement, whatever the importing Party's later years do. */
export function yearSpan(importer: string, year: number): { from: string; to: string } {
  const next = yearStart(importer, year + 1)
  return { from: yearStart(importer, year), to: dayBefore(next) }
}

function yearStart(importer: string, year: number): string {
  if (year <= 1) return agreementFrom
  const [april, january] = [`${2020 + year}-04-01`, `${2021 + year}-01-01`]
  return rcepYear(importer, april) === year ? april : january
}
