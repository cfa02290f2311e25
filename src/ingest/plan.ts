import { decodePeriod } from './codes.ts'
import { scaledFields } from './formats/customs-cn-units.ts'
import type { Settings } from './formats/layout.ts'
import type { HeaderMatch } from './header.ts'
import type { ColumnMapping } from './mapping-schema.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import type { FileFacts } from './read.ts'
import type { Reject } from './record.ts'
import { invalid } from './refusals.ts'
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
  /** National lists of codes that users loaded. */
  lineLists?: Settings['lineLists']
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
  lineLists = [],
  today,
}: PlanInput): Plan | { refused: Reject } {
  const damage = damageOf(facts) ?? foreign(head)
  if (damage) return { refused: damage }
  const sniffed = sniffTable(head, { format: options.format, mapping })
  if ('refused' in sniffed) return { refused: { column: 'header', ...sniffed.refused } }
  const evidence = [...facts.evidence, ...sniffed.evidence]
  const warnings = [...(facts.warnings ?? []), ...encodingWarnings(facts), ...columnWarnings(sniffed.match)]
  const say = { evidence, warnings }
  const settings: Settings = {
    flow: settleFlow(name, sniffed.match, options, say),
    period: settlePeriod(name, sniffed.match, options, today),
    currency: settleCurrency(sniffed.match, options, say),
    part: options.part,
    edition: editionInName(name),
    rates: options.rates,
    // of those only the customs' tables and declarations have
    ...(/^(customs|declaration)-cn/.test(sniffed.match.layout.name) && lineLists.length > 0 && { lineLists }),
  }
  return {
    ...sniffed,
    choice: { format: mapping === null ? sniffed.match.layout.name : options.format, mapping },
    evidence,
    settings,
    warnings,
  }
}

function encodingWarnings({ encoding, detected = encoding, broken }: FileFacts): string[] {
  if (broken?.encoding === encoding) return [say('check-encoding-broken', broken)]
  if (detected === encoding) return []
  return [say('check-encoding-set', { detected, encoding })]
}

/** Amounts in units, and columns left aside because another stands for the same. */
function columnWarnings({ columns, headers, twice }: HeaderMatch): string[] {
  const named = (index: number) => headers[index] ?? ''
  return [
    ...scaledFields.flatMap(({ field, unit, factor }) => {
      const index = columns.get(field)
      return index === undefined ? [] : [say('check-amount-unit', { column: named(index), unit, factor })]
    }),
    ...twice.map(({ column, taken }) =>
      say('check-other-column', { column: named(column), taken: named(taken) }),
    ),
  ]
}

interface Say {
  evidence: string[]
  warnings: string[]
}

function refusal(value: string, reason: string, hint: string): Reject {
  return { line: 1, column: '', value, reason, hint }
}

function damageOf(facts: FileFacts): Reject | null {
  if (facts.bytes === 0) return refusal('', say('file-empty'), say('mend-download'))
  if (facts.zeroFill !== null) {
    const { offset, length: bytes } = facts.zeroFill
    return refusal('', say('zero-fill', { bytes, offset }), say('mend-download'))
  }
  if (facts.broken === null || facts.detected !== undefined) return null
  return refusal('', say('encoding-broken', facts.broken), say('mend-encoding', facts.broken))
}

const page = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table|meta|script|div)\b/i

/** What is saved under a table's name without being one. */
function foreign(head: string): Reject | null {
  const first = head.trimStart().slice(0, 80)
  if (page.test(head)) return refusal(first, say('file-page'), say('mend-page'))
  return head.startsWith('%PDF-') ? refusal(first.slice(0, 8), say('file-pdf'), say('mend-pdf')) : null
}

function settleFlow(name: string, match: HeaderMatch, options: ImportOptions, { evidence, warnings }: Say) {
  const inColumn = match.layout.flowFields.some((field) => match.columns.has(field))
  const inName = flowInName(name)
  if (options.flow !== null) {
    evidence.push(say('flow-set', { flow: options.flow }))
    if (!inColumn && inName !== null && inName !== options.flow) {
      warnings.push(say('check-flow-set', { suggested: inName, flow: options.flow }))
    }
    return options.flow
  }
  if (inColumn) {
    evidence.push(say('flow-in-column'))
    return null
  }
  if (inName === null) {
    throw invalid('flow', '(missing)', say('say-flow'))
  }
  evidence.push(say('flow-in-name', { flow: inName }))
  warnings.push(say('check-flow-in-name', { flow: inName }))
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
    if ('reason' in period) throw invalid('period', options.period, period.hint)
    return options.period
  }
  if (match.layout.periodFields.some((field) => match.columns.has(field))) return null
  const suggested = periodInName(name)
  const ask = suggested === null ? say('say-period') : say('say-period-suggested', { period: suggested })
  throw invalid('period', '(missing)', ask)
}

function settleCurrency(
  { layout, columns }: HeaderMatch,
  options: ImportOptions,
  { evidence, warnings }: Say,
) {
  const named =
    layout.undeclaredValue === null || [...columns.keys()].some((field) => /^(?:cny|usd)\b/.test(field))
  if (named) {
    if (options.currency !== null) warnings.push(say('check-currency-idle'))
    return null
  }
  if (options.currency === null) {
    throw invalid('currency', '(missing)', say('say-currency'))
  }
  evidence.push(say('currency-set', { currency: options.currency }))
  return options.currency
}
