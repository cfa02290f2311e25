import { Value } from 'typebox/value'
import { parsePeriod } from '../reference/period.ts'
import type { Encoding } from './bytes.ts'
import { readDecimal } from './decimal.ts'
import type { Currency } from './formats/layout.ts'
import { ColumnMapping } from './mapping-schema.ts'
import { say } from './messages.ts'
import { type Flow, flows, formatNames } from './record.ts'
import { invalid } from './refusals.ts'

/** What the user sets about a file; null leaves it to the file. */
export interface ImportOptions {
  /** A known layout, the name of a saved mapping, or auto. */
  format: string
  flow: Flow | null
  period: string | null
  /** Null: as the bytes say. */
  encoding: Encoding | null
  currency: Currency | null
  part: string | null
  /** Yuan for one unit of a currency, by ISO code. */
  rates: Record<string, string>
  /** Sheet of a workbook; the first by default. */
  sheet: string | null
  /** What the values of the file should sum to; null when nobody says. */
  controlTotal: string | null
  acceptPartial: boolean
  dryRun: boolean
}

export interface OptionTexts {
  format?: string | undefined
  flow?: string | undefined
  period?: string | undefined
  encoding?: string | undefined
  currency?: string | undefined
  part?: string | undefined
  rates?: string | undefined
  sheet?: string | undefined
  controlTotal?: string | undefined
}

const encodings: readonly Encoding[] = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252']

/** Checks options as the command line or a form gives them. Throws AppError naming the option and what it allows. */
export function readOptions(
  given: OptionTexts,
  switches: { acceptPartial: boolean; dryRun: boolean },
): ImportOptions {
  const period = given.period ?? null
  if (period !== null && parsePeriod(period) === null) throw invalid('period', period, say('say-period-form'))
  return {
    format: readFormat(given.format ?? 'auto'),
    flow: given.flow === undefined ? null : oneOf('flow', given.flow, flows),
    period,
    encoding: given.encoding === undefined ? null : oneOf('encoding', given.encoding, encodings),
    currency:
      given.currency === undefined ? null : oneOf<Currency>('currency', given.currency, ['CNY', 'USD']),
    part: readPart(given.part),
    rates: readRates(given.rates),
    sheet: given.sheet ?? null,
    controlTotal: readControlTotal(given.controlTotal),
    ...switches,
  }
}

function readFormat(format: string): string {
  if (format === 'auto' || formatNames.some((name) => name === format) || mappingName.test(format))
    return format
  throw invalid('format', format, say('say-format', { formats: formatNames.join(', ') }))
}

/** Names of saved mappings: small letters, digits and dashes. */
export const mappingName = /^[a-z0-9][a-z0-9-]{1,39}$/

/** Checks a mapping and the name to save it under. Throws AppError naming what is wrong. */
export function readMapping(name: string, given: unknown): ColumnMapping {
  const taken = name === 'auto' || formatNames.some((one) => one === name)
  if (taken || !mappingName.test(name)) {
    throw invalid('name', name, say('say-mapping-name'))
  }
  if (!Value.Check(ColumnMapping, given)) {
    const [first] = Value.Errors(ColumnMapping, given)
    throw invalid('mapping', first?.instancePath ?? '', first?.message ?? say('say-mapping'))
  }
  const { columns } = given
  if (!columns.usd && !columns.cny && !columns.value) {
    throw invalid('mapping', 'columns', say('say-mapping-value'))
  }
  return given
}

function readRates(text: string | undefined): Record<string, string> {
  const parts = (text ?? '').split(',').filter(Boolean)
  const rates = parts.map((part) => /^([A-Z]{3})=(\d{1,6}(?:\.\d{1,8})?)$/.exec(part.trim()))
  if (rates.some((rate) => rate === null || Number(rate[2]) === 0)) {
    throw invalid('rates', text, say('say-rates'))
  }
  return Object.fromEntries(rates.map((rate) => [rate?.[1] ?? '', rate?.[2] ?? '']))
}

function readControlTotal(text: string | undefined): string | null {
  if (text === undefined) return null
  const read = readDecimal(text)
  if ('value' in read && read.value !== null) return read.value
  throw invalid('controlTotal', text, say('say-control'))
}

function oneOf<T extends string>(field: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw invalid(field, value, say('say-one-of', { values: allowed.join(', ') }))
  return found
}

function readPart(part: string | undefined): string | null {
  if (part === undefined) return null
  if (/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,59}$/u.test(part) && part !== 'W00') return part
  throw invalid('part', part, say('say-part'))
}
