import { createHash } from 'node:crypto'
import Papa from 'papaparse'
import { AppError, invalid } from '../../errors.ts'
import { type Concordance, hsEditions, isHsEdition } from '../../reference/concordance.ts'
import { parseRule } from './parse.ts'
import type { LoadedRuleSet } from './queries.ts'

export interface RuleFile {
  set: Omit<LoadedRuleSet, 'loadedAt'>
  rules: { code: string; rule: string }[]
  /** Rules that a person must read, with the reason. */
  manual: { row: number; code: string; reason: string }[]
}

/** What the user says about a file of rules; empty where not said. */
export interface RuleFileOptions {
  name: string
  agreement: string
  edition: string
  parties: string
  from: string
  incomplete: boolean
}

/**
 * Reads product rules from a CSV `code,rule` (chapters, headings, subheadings; English or Chinese). Malformed rows refuse the
 * whole file, by row; a text the grammar cannot read is kept and listed as manual. `shippedParties` answers for agreements that
 * ship, of which Parties and day need not be said.
 */
export function readRuleFile(
  bytes: Uint8Array,
  options: RuleFileOptions,
  {
    concordance,
    shipped,
  }: { concordance: Concordance; shipped: ReadonlyMap<string, { parties: string[]; from: string }> },
): RuleFile {
  const agreement = options.agreement.toUpperCase()
  if (!/^[A-Z][A-Z0-9-]{1,19}$/.test(agreement) || agreement === 'MFN')
    throw invalid('agreement', options.agreement, 'the code of an agreement, such as CN-NZ')
  const { edition } = options
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  const known = shipped.get(agreement)
  const parties =
    options.parties === '' ? (known?.parties ?? []) : options.parties.toUpperCase().split(/[+,\s]+/)
  if (parties.length < 2 || !parties.every((party) => /^[A-Z]{2}$/.test(party)))
    throw invalid('parties', options.parties, 'the Parties of the agreement by ISO code, such as CN,NZ')
  const validFrom = options.from === '' ? (known?.from ?? '') : options.from
  if (!/^\d{4}-\d{2}-\d{2}$/.test(validFrom))
    throw invalid('from', options.from, 'the day the agreement entered into force, YYYY-MM-DD')
  const rows = rowsOf(bytes)
  const codes = concordance.codes.get(edition) ?? new Set<string>()
  refuseBadRows(rows, codes, edition)
  const manual = rows.flatMap(({ code, rule, row }) => {
    const parsed = parseRule(rule)
    return parsed.kind === 'manual' ? [{ row, code, reason: parsed.reason }] : []
  })
  const set = {
    agreement,
    edition,
    parties,
    validFrom,
    complete: !options.incomplete,
    origin: options.name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    rows: rows.length,
    manual: manual.length,
  }
  return { set, rules: rows.map(({ code, rule }) => ({ code, rule })), manual }
}

interface Row {
  row: number
  code: string
  rule: string
}

function rowsOf(bytes: Uint8Array): Row[] {
  const text = new TextDecoder('utf-8').decode(bytes)
  if (text.includes('\ufffd'))
    throw new AppError('refused', 'file: not UTF-8 text: expected a CSV file in UTF-8; nothing was stored')
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  if (!meta.fields?.includes('code') || !meta.fields.includes('rule'))
    throw new AppError(
      'refused',
      `columns: ${meta.fields?.join(', ').slice(0, 200) ?? 'none'}: expected code,rule; nothing was stored`,
    )
  return data.map((row, index) => ({
    row: index + 2,
    code: (row.code ?? '').replaceAll(/[.\s]/g, ''),
    rule: (row.rule ?? '').trim(),
  }))
}

function refuseBadRows(rows: readonly Row[], codes: ReadonlySet<string>, edition: string): void {
  const headings = new Set([...codes].flatMap((code) => [code.slice(0, 2), code.slice(0, 4), code]))
  const seen = new Set<string>()
  const problems = rows.flatMap(({ row, code, rule }) => {
    const repeated = seen.has(code)
    seen.add(code)
    if (!/^(\d{2}|\d{4}|\d{6})$/.test(code))
      return [`row ${row}, code "${code.slice(0, 40)}": 2, 4 or 6 digits`]
    if (!headings.has(code)) return [`row ${row}, code ${code}: not in HS ${edition}`]
    if (repeated) return [`row ${row}, code ${code}: stands twice`]
    return rule === '' ? [`row ${row}, code ${code}: no rule`] : []
  })
  if (rows.length === 0)
    throw new AppError('refused', 'file: no rows: expected code,rule; nothing was stored')
  if (problems.length === 0) return
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : ''
  throw new AppError('refused', `${problems.slice(0, 5).join('; ')}${more}; nothing was stored`)
}
