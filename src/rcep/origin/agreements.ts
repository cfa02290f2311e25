import table from '../../../data/origin/agreements.json' with { type: 'json' }
import { inForce } from '../parties.ts'

export type AgreementCode = keyof typeof table

export const agreementCodes = Object.keys(table) as AgreementCode[]

/** What an origin verdict needs to know of an agreement. `null` is "not read in its text", never "no". */
export interface AgreementTerms {
  code: string
  parties: ReadonlySet<string>
  /** From when it is in force between its Parties, and what is known of earlier days; RCEP's dates are those of each pair. */
  from: string
  before: 'no' | 'unknown'
  /** Whether RVC may also be met by the build-up formula (RCEP Art. 3.5.1(b)). */
  buildUp: boolean | null
  /** Whether documented freight, duties and the like may be taken off the non-originating value (Art. 3.5.5). */
  deductions: boolean | null
  /** Whether packing, accessories and indirect materials are treated as in RCEP Arts. 3.8 to 3.10. */
  ancillary: boolean | null
  /** Tolerance for a failed change of classification (Art. 3.7); `read` is false for a limit only recalled. */
  deMinimis: { percent: string; weightChapters: [string, string] | null; read: boolean }
  minimalOperations: ReadonlySet<string> | null
  /** From this day a later text may apply whose entry into force was not found. */
  openSince: string | null
}

const terms = new Map<string, AgreementTerms>(
  Object.entries(table).map(([code, row]) => [
    code,
    {
      code,
      parties: new Set(row.parties),
      from: row.from,
      before: row.before === 'no' ? 'no' : 'unknown',
      buildUp: row.buildUp,
      deductions: row.deductions,
      ancillary: row.ancillary,
      deMinimis: { ...row.deMinimis, weightChapters: pair(row.deMinimis.weightChapters) },
      minimalOperations: row.minimalOperations === null ? null : new Set(row.minimalOperations),
      openSince: row.openSince,
    },
  ]),
)

export function termsOf(agreement: AgreementCode): AgreementTerms {
  const found = terms.get(agreement)
  if (!found) throw new RangeError(`no terms for ${agreement}`)
  return found
}

/** Terms of an agreement of which only the Parties and the product rules were loaded: nothing else is read. */
export function unreadTerms(code: string, parties: readonly string[], from: string): AgreementTerms {
  return {
    code,
    parties: new Set(parties),
    from,
    before: 'unknown',
    buildUp: null,
    deductions: null,
    ancillary: null,
    deMinimis: { percent: '10', weightChapters: null, read: false },
    minimalOperations: null,
    openSince: null,
  }
}

/** Whether an agreement is in force between two countries on a day; null when that is not known. */
export function agreementInForce(
  { code, parties, from, before }: AgreementTerms,
  importer: string,
  exporter: string,
  on: string,
): boolean | null {
  if (code === 'RCEP') return inForce(importer, exporter, on)
  if (!parties.has(importer) || !parties.has(exporter)) return false
  if (on >= from) return true
  return before === 'no' ? false : null
}

/**
 * Whether an operation, by its code, is one of those that confer no origin (RCEP Arts. 3.6 and 2.6.5); null when the
 * agreement's list was not read. "simple-cutting" is "cutting"; painting, polishing and mixing count only when simple.
 */
export function isMinimal(operation: string, agreement: AgreementTerms): boolean | null {
  if (agreement.minimalOperations === null) return null
  const code = operation
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
  const listed = agreement.minimalOperations
  return listed.has(code) || listed.has(synonyms[code] ?? code.replace(/^(simple|mere)-/, ''))
}

const synonyms: Record<string, string> = {
  repacking: 'packing',
  packaging: 'packing',
  labeling: 'labelling',
  relabelling: 'labelling',
  diluting: 'dilution',
  disassembling: 'disassembly',
  slaughtering: 'slaughter',
}

function pair(chapters: string[] | null): [string, string] | null {
  const [first, last] = chapters ?? []
  return first === undefined || last === undefined ? null : [first, last]
}
