import { invalid } from '../errors.ts'
import { decodePeriod } from './codes.ts'
import type { Settings } from './formats/layout.ts'
import type { ColumnMapping } from './formats/mapping.ts'
import type { HeaderMatch } from './header.ts'
import type { ImportOptions } from './options.ts'
import type { FileFacts } from './read.ts'
import type { Reject } from './record.ts'
import {
  editionInName,
  flowInName,
  type LayoutChoice,
  periodInName,
  type Sniffed,
  sniffTable,
} from './sniff.ts'

/** Everything settled before the first row is read. */
export interface Plan extends Sniffed {
  choice: LayoutChoice
  settings: Settings
  warnings: string[]
}

export interface PlanInput {
  name: string
  facts: FileFacts
  /** The decoded beginning of the file. */
  head: string
  options: ImportOptions
  /** The saved mapping that options.format names; null when it names a known layout. */
  mapping: ColumnMapping | null
  /** YYYY-MM-DD */
  today: string
}

/**
 * Settles layout, flow, period and currency from what the user set, the header and the file name, in this order. Damage
 * and unknown layouts are refusals; what only the user can say is an AppError naming the option.
 */
export function planImport({
  name,
  facts,
  head,
  options,
  mapping,
  today,
}: PlanInput): Plan | { refused: Reject } {
  const damage = damageOf(facts)
  if (damage) return { refused: damage }
  const sniffed = sniffTable(head, { format: options.format, mapping })
  if ('refused' in sniffed) return { refused: { column: 'header', ...sniffed.refused } }
  const evidence = [...facts.evidence, ...sniffed.evidence]
  const warnings = encodingWarnings(facts)
  const say = { evidence, warnings }
  const settings: Settings = {
    flow: settleFlow(name, sniffed.match, options, say),
    period: settlePeriod(name, sniffed.match, options, today),
    currency: settleCurrency(sniffed.match, options, say),
    part: options.part,
    edition: editionInName(name),
    rates: options.rates,
  }
  return {
    ...sniffed,
    choice: { format: mapping === null ? sniffed.match.layout.name : options.format, mapping },
    evidence,
    settings,
    warnings,
  }
}

function encodingWarnings({ encoding, detected = encoding }: FileFacts): string[] {
  if (detected === encoding) return []
  return [`encoding: the bytes look like ${detected}; ${encoding} was taken because you set it`]
}

interface Say {
  evidence: string[]
  warnings: string[]
}

function damageOf(facts: FileFacts): Reject | null {
  const refusal = (reason: string, hint: string): Reject => ({ line: 1, column: '', value: '', reason, hint })
  if (facts.container === 'xls') {
    return refusal('a workbook of the old kind', 'save it as .xlsx or the sheet as CSV UTF-8')
  }
  if (facts.bytes === 0) return refusal('the file is empty', 'download or export it again')
  if (facts.zeroFill === null) return null
  const { offset, length } = facts.zeroFill
  return refusal(
    `${length} zero bytes from byte ${offset}: the file was damaged when it was stored`,
    'download or export it again',
  )
}

function settleFlow(name: string, match: HeaderMatch, options: ImportOptions, { evidence, warnings }: Say) {
  const inColumn = match.layout.flowFields.some((field) => match.columns.has(field))
  const inName = flowInName(name)
  if (options.flow !== null) {
    evidence.push(`flow ${options.flow}: you set it`)
    if (!inColumn && inName !== null && inName !== options.flow) {
      warnings.push(`flow: the file name suggests ${inName}; ${options.flow} was taken because you set it`)
    }
    return options.flow
  }
  if (inColumn) {
    evidence.push('flow: from its column')
    return null
  }
  if (inName === null) {
    throw invalid(
      'flow',
      '(missing)',
      '--flow export or --flow import: neither a column nor the file name tells',
    )
  }
  evidence.push(`flow ${inName}: from the file name`)
  warnings.push(`flow: no column says it; ${inName} was taken from the file name`)
  return inName
}

function settlePeriod(
  name: string,
  match: HeaderMatch,
  options: ImportOptions,
  today: string,
): string | null {
  if (options.period !== null) {
    const period = decodePeriod(options.period, today)
    if ('reason' in period) throw invalid('period', options.period, `${period.reason}: ${period.hint}`)
    return options.period
  }
  if (match.layout.periodFields.some((field) => match.columns.has(field))) return null
  const suggested = periodInName(name)
  const suggestion = suggested === null ? '' : `; the file name suggests --period ${suggested}`
  throw invalid('period', '(missing)', `--period YYYY-MM: no column says it${suggestion}`)
}

function settleCurrency(
  { layout, columns }: HeaderMatch,
  options: ImportOptions,
  { evidence, warnings }: Say,
) {
  const named = columns.has('cny') || columns.has('usd') || layout.undeclaredValue === null
  if (named) {
    if (options.currency !== null)
      warnings.push('currency: the columns name their currency; what you set was not needed')
    return null
  }
  if (options.currency === null) {
    throw invalid('currency', '(missing)', '--currency CNY or --currency USD: the value column does not say')
  }
  evidence.push(`currency ${options.currency}: you set it`)
  return options.currency
}
