import Papa from 'papaparse'
import { dayBefore } from '../days.ts'
import { parseRate } from './rate.ts'
import type { JapanLine } from './read-japan-tariff.ts'
import { formatSteps, parseSteps, type StagedLine, yearSpan } from './schedule.ts'

/** Where a set of rates comes from and what it covers. `group` is null for rates open to every origin (MFN). */
export interface TariffPack {
  /** The regime, importer and group, lower case: `rcep-cn-asean`, `mfn-jp`. */
  id: string
  /** MFN, RCEP, or the code of another agreement. */
  regime: string
  importer: string
  group: string | null
  edition: '2012' | '2017' | '2022'
  validFrom: string
  /** Last day; null where the last column goes on. */
  validTo: string | null
  source: string
  origin: string
  /** Day the source bears, where it bears one. */
  published: string | null
  /** SHA-256 of the published file. */
  sha256: string
}

/** A rate of a national line from a day to a day (null: no end). The base rate is that of its one day, 1 January 2014. */
export interface TariffRate {
  line: string
  base: boolean
  validFrom: string
  validTo: string | null
  rate: string
}

/** What is wrong with a fact file, by line of the file. */
export interface FactProblem {
  row: number
  problem: string
}

/** Base rates of RCEP schedules are the MFN rates applied on this day (Annex I, General Notes). */
export const baseDay = '2014-01-01'

export const japanColumns = ['mfn', 'asean-au-nz', 'cn', 'kr'] as const
export type JapanColumn = (typeof japanColumns)[number]

export function formatSchedule(lines: readonly StagedLine[]): string {
  return toCsv(
    ['line', 'base', 'steps'],
    lines.map((line) => [line.line, line.base, formatSteps(line.steps)]),
  )
}

export function formatJapan(lines: readonly JapanLine[]): string {
  return toCsv(
    ['line', 'season', ...japanColumns],
    lines.map((line) => [line.line, line.season, ...japanColumns.map((column) => line[column])]),
  )
}

/** Reads a file of `formatSchedule`: rates and problems. */
export function parseSchedule(text: string): { lines: StagedLine[]; problems: FactProblem[] } {
  const lines: StagedLine[] = []
  const problems: FactProblem[] = []
  for (const [index, row] of rows(text).entries()) {
    const { line = '', base = '', steps: stepText = '' } = row
    const steps = parseSteps(stepText)
    const problem = 'problem' in steps ? steps.problem : lineProblem(line, base)
    if (problem) problems.push({ row: index + 2, problem })
    else if (!('problem' in steps)) lines.push({ line, base, steps })
  }
  return { lines, problems }
}

/** The dated rates of a schedule's lines under the importing Party's own years; the last step has no end. */
export function datedRates(importer: string, lines: readonly StagedLine[]): TariffRate[] {
  const spans = new Map<number, { from: string; dayBefore: string }>()
  const span = (year: number) => {
    const known = spans.get(year) ?? {
      from: yearSpan(importer, year).from,
      dayBefore: year > 1 ? yearSpan(importer, year - 1).to : '',
    }
    spans.set(year, known)
    return known
  }
  return lines.flatMap(({ line, base, steps }) => [
    { line, base: true, validFrom: baseDay, validTo: baseDay, rate: base },
    ...steps.map(({ year, rate }, index) => {
      const next = steps[index + 1]
      return {
        line,
        base: false,
        validFrom: span(year).from,
        validTo: next ? span(next.year).dayBefore : null,
        rate,
      }
    }),
  ])
}

/**
 * The dated rates of one column of Japan's tariff for the tariff year that begins on 1 April of `year`; seasonal lines
 * hold in their months only, and a line may say nothing for the rest of the year.
 */
export function parseJapan(
  text: string,
  column: JapanColumn,
  year: number,
): { rates: TariffRate[]; problems: FactProblem[] } {
  const rates: TariffRate[] = []
  const problems: FactProblem[] = []
  for (const [index, row] of rows(text).entries()) {
    const { line = '', season = '' } = row
    const rate = row[column] ?? ''
    const spans = seasonSpans(season, year)
    const problem = lineProblem(line, rate) ?? (spans ? null : `season "${season}"`)
    if (problem) problems.push({ row: index + 2, problem })
    else for (const span of spans ?? []) rates.push({ line, base: false, ...span, rate })
  }
  return { rates, problems }
}

/** The parts of a season ("12-5") within the year from April to March; the whole year for an empty season. */
export function seasonSpans(season: string, year: number): { validFrom: string; validTo: string }[] | null {
  if (season === '') return [{ validFrom: `${year}-04-01`, validTo: `${year + 1}-03-31` }]
  const [, first, last] = /^(\d{1,2})-(\d{1,2})$/.exec(season) ?? []
  if (!first || !last || Number(first) > 12 || Number(last) > 12) return null
  const start = Number(first)
  const months = ((Number(last) - start + 12) % 12) + 1
  const inSeason = Array.from({ length: 12 }, (_, index) => (index + 4 - start + 12) % 12 < months)
  return inSeason.flatMap((holds, index) => {
    if (!holds || (index > 0 && inSeason[index - 1])) return []
    const length = inSeason.slice(index).findIndex((later) => !later)
    const end = length === -1 ? 12 : index + length
    return [{ validFrom: monthStart(year, index), validTo: dayBefore(monthStart(year, end)) }]
  })
}

/** First day of the nth month of the year that begins in April. */
function monthStart(year: number, index: number): string {
  return new Date(Date.UTC(year, 3 + index, 1)).toISOString().slice(0, 10)
}

function lineProblem(line: string, rate: string): string | null {
  if (!/^\d{8,10}$/.test(line)) return `"${line}" is not a tariff line`
  return parseRate(rate).kind === 'unparsed' ? `"${rate}" is not a rate` : null
}

function rows(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
}

function toCsv(fields: string[], data: string[][]): string {
  return `${Papa.unparse({ fields, data }, { newline: '\n' })}\n`
}
