import type { LoadedLineList } from '../../reference/line-lists-load.ts'
import type { Reference } from '../../reference/parse.ts'
import type { Columns } from '../header.ts'
import type { Notes } from '../notes.ts'
import type { Decoded, Flow, FormatName } from '../record.ts'

/** What the user set, and what the file name could settle. null = the columns must say. */
export interface Settings {
  flow: Flow | null
  period: string | null
  currency: Currency | null
  part: string | null
  /** Edition of the Harmonized System that the file name tells. */
  edition: string | null
  /** Yuan for one unit of a currency, by ISO code, as the user states them. */
  rates: Readonly<Record<string, string>>
  /** National lists of codes that users loaded. */
  lineLists?: readonly LoadedLineList[]
}

export type Currency = 'CNY' | 'USD'

export interface DecodeContext {
  columns: Columns
  headers: readonly string[]
  settings: Settings
  reference: Reference
  /** YYYY-MM-DD; trade of a period that has not begun is an error of the file. */
  today: string
  notes: Notes
}

/** One kind of file: which headers mean what, what must be there, and how a row becomes a record. */
export interface Layout {
  name: FormatName | 'customs-cn-units' | 'mapped'
  /** Normalised header → field. */
  fieldOf: ReadonlyMap<string, string>
  /** Alternatives of which one must be present, and how to say so. */
  needs: readonly { fields: readonly string[]; say: string }[]
  /** Levels of the product code that are summed. */
  hsLevels: readonly number[]
  /** Whether columns or only the user can say these. */
  flowFields: readonly string[]
  periodFields: readonly string[]
  /** Rows state a value in its own currency: as lines of declarations or ledgers, or as figures that may be totals of others. */
  declares?: 'lines' | 'figures'
  /** Fields holding values without saying their currency. */
  undeclaredValue: string | null
  decoder(context: DecodeContext): (cells: readonly string[]) => Decoded
}

/** Turns `field: [synonyms]` into the lookup of a layout; synonyms are written normalised. */
export function headerFields(synonyms: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(
    Object.entries(synonyms).flatMap(([field, names]) =>
      names.map((name): [string, string] => [name, field]),
    ),
  )
}
