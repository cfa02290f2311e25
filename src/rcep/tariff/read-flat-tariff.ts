import Papa from 'papaparse'
import { AppError } from '../../errors.ts'
import type { FactProblem, TariffRate } from './facts.ts'
import { parseRate } from './rate.ts'
import { dollarOf } from './rate-units.ts'

/** Rates of a flat list, and the lines left to a person because their text is not surely read. */
export interface FlatTariff {
  rates: TariffRate[]
  left: FactProblem[]
}

interface Period {
  importer: string
  validFrom: string
  validTo: string | null
}

/**
 * Reads a flat list of duties: `line,rate[,from,to]` (UTF-8 CSV; days YYYY-MM-DD), or the Australian Schedule 3 as a table
 * with `hs8` and `mfn_duty`. A malformed row of the plain list refuses the file; of Schedule 3, whose cells also hold
 * preferences, unreadable ones are left out and listed.
 */
export function readFlatTariff(text: string, period: Period): FlatTariff {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  })
  const fields = meta.fields ?? []
  if (fields.includes('hs8') && fields.includes('mfn_duty')) return readScheduleThree(data, period)
  if (!fields.includes('line') || !fields.includes('rate'))
    throw new AppError(
      'refused',
      `columns: ${fields.join(', ').slice(0, 200)}: expected line,rate[,from,to], or hs8 and mfn_duty; nothing was stored`,
    )
  return { rates: readPlain(data, period), left: [] }
}

function readPlain(data: Record<string, string>[], period: Period): TariffRate[] {
  const problems: FactProblem[] = []
  const seen = new Set<string>()
  const rates = data.map((row, index): TariffRate => {
    const line = (row.line ?? '').replaceAll(/[.\s]/g, '')
    const rate = (row.rate ?? '').trim()
    const [validFrom, validTo] = [row.from || period.validFrom, row.to || period.validTo]
    const problem =
      problemOf({ line, rate, validFrom, validTo }, period) ?? repeated(seen, `${line} ${validFrom}`)
    if (problem !== null) problems.push({ row: index + 2, problem })
    return { line, base: false, validFrom, validTo, rate }
  })
  if (problems.length > 0) throw refused(problems)
  if (rates.length === 0)
    throw new AppError('refused', 'file: no rows: expected line,rate; nothing was stored')
  return rates
}

function repeated(seen: Set<string>, key: string): string | null {
  if (seen.has(key)) return `${key} stands twice`
  seen.add(key)
  return null
}

function problemOf(
  { line, rate, validFrom, validTo }: Omit<TariffRate, 'base'>,
  { importer }: Period,
): string | null {
  if (!/^\d{8,10}$/.test(line)) return `"${line}" is no tariff line of 8 to 10 digits`
  if (parseRate(rate, dollarOf(importer)).kind === 'unparsed') return `"${rate.slice(0, 80)}" is not a rate`
  const days = validTo === null ? [validFrom] : [validFrom, validTo]
  if (!days.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))) return `"${days.join(' ')}": days are YYYY-MM-DD`
  return validTo !== null && validTo < validFrom ? `ends on ${validTo}, before it begins` : null
}

function refused(problems: FactProblem[]): AppError {
  const shown = problems.slice(0, 5).map(({ row, problem }) => `row ${row}: ${problem}`)
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : ''
  return new AppError('refused', `${shown.join('; ')}${more}; nothing was stored`)
}

/** Statistical rows repeat a line; the first of them carries its duty. */
function readScheduleThree(data: Record<string, string>[], period: Period): FlatTariff {
  const left: FactProblem[] = []
  const rates = new Map<string, TariffRate>()
  for (const [index, row] of data.entries()) {
    const line = clean(row.hs8 ?? '').replaceAll(/[.\s]/g, '')
    const cell = clean(row.mfn_duty ?? '')
    if (!/^\d{8}$/.test(line) || cell === '') continue
    const rate = generalRate(cell)
    const known = rates.get(line)
    if (parseRate(rate, dollarOf(period.importer)).kind === 'unparsed')
      left.push({ row: index + 2, problem: `${line}: ${cell.slice(0, 80)}` })
    else if (known && known.rate !== rate) {
      rates.delete(line)
      left.push({ row: index + 2, problem: `${line}: two duties, ${known.rate} and ${rate}` })
    } else rates.set(line, { line, base: false, validFrom: period.validFrom, validTo: period.validTo, rate })
  }
  return { rates: [...rates.values()], left }
}

function clean(text: string): string {
  return text
    .replaceAll(/[\u200b\u00a0]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const preference = /[\s,]*[A-Z]{2,4}(?: ?\/ ?[A-Z]{2,4})*\s*[:;]?\s*(?=Free|\d|\$)/
const step = /From\s*\d{1,2}\s*(?:January|July)\s*\d{4}\s*(Free|\d+(?:\.\d+)?%)/gi

/**
 * The general rate of a cell that lists preferences behind it ("5% DCS4% CAFree"). Where the general rate itself falls in
 * steps ("5% From 1 July 2018 3.75% …", the last in 2021), its last step stands.
 */
function generalRate(cell: string): string {
  const steps = [...cell.matchAll(step)]
  const last = steps.at(-1)?.[1]
  if (last !== undefined) return last
  const at = cell.search(preference)
  return (at > 0 ? cell.slice(0, at) : cell).trim()
}
