export const flows = ['export', 'import', 're-export', 're-import'] as const
export type Flow = (typeof flows)[number]

export const formatNames = ['customs-cn', 'declaration-cn', 'ledger', 'comtrade', 'baci'] as const
export type FormatName = (typeof formatNames)[number]

/** Amounts are exact decimal text; codes are text; null is "the source does not say". */
export interface TradeRecord {
  dataset: string
  flow: Flow
  /** First day of the period, YYYY-MM-DD. */
  periodStart: string
  months: 1 | 2 | 12
  /** Partner of a source delivered by partner, or the part the user named; otherwise empty. */
  scope: string
  hsEdition: string
  hs: string
  partner: string
  tradeMode: string | null
  supervisionMode: string | null
  ownership: string | null
  transport: string | null
  district: string | null
  enterprise: string | null
  enterpriseName: string | null
  quantity1: string | null
  unit1: string | null
  quantity2: string | null
  unit2: string | null
  valueCny: string | null
  valueUsd: string | null
  breakdown: string | null
  /** What only declarations and ledgers state; null elsewhere. */
  declared: Declared | null
}

/** A line of a declaration: the value in its own currency and what tells it from the other lines. */
export interface Declared {
  value: string | null
  /** ISO 4217 */
  currency: string | null
  /** Number of the declaration, and of the item within it. */
  number: string | null
  item: string | null
  /** Taken back (删单): earlier statements about it no longer hold, and it states nothing. */
  withdrawn: boolean
  /** Freight and insurance of the whole declaration, shared among its lines by value once all are read. */
  shared?: string
}

/** What is wrong with one cell of a row, and how to mend it. `column` is the header as the file has it. */
export interface RowProblem {
  column: string
  value: string
  reason: string
  hint: string
}

/** A problem at a physical line of the file (1 is the first). */
export interface Reject extends RowProblem {
  line: number
}

export type Decoded = { record: TradeRecord } | { problems: RowProblem[] }
