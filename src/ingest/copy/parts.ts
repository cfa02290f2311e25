import { moneyFields } from '../formats/customs-cn.ts'
import type { Settings } from '../formats/layout.ts'
import type { HeaderMatch } from '../header.ts'
import type { FactColumn } from './fact-columns.ts'
import { type KeyName, keyAt } from './keys.ts'

/** Cells of a row that mean something together and whatever the other cells say. */
export interface Part {
  /** Columns of the file. */
  columns: readonly number[]
  /** Column of the amount that goes with them, last in `writes`; -1 for none. */
  amount: number
  /** Columns of trade_flow they fill. */
  writes: readonly FactColumn[]
  /** Places of what it is summed by, see keyAt. */
  keys: readonly number[]
  /** Whether the year of the row matters as well. */
  yearly: boolean
  /** Whether its quantity is the one that is summed. */
  summed: boolean
  /** Only looked at for missing values, which are short. */
  named: boolean
}

interface PartFields {
  fields: readonly string[]
  amount?: string
  writes: readonly FactColumn[]
  keys?: readonly KeyName[]
  /** Written also where the file has none of the fields. */
  always?: true
  yearly?: true
  /** Columns written only where the file has one of these fields. */
  needs?: Partial<Record<FactColumn, readonly string[]>>
}

/**
 * The parts of a row in the customs' tables: what each is read from, by formats/customs-cn.ts. The year matters to a code
 * because what is odd about it depends on the list of that year.
 */
const customsParts: readonly PartFields[] = [
  { fields: ['flow', 'period'], writes: ['slice_id', 'period'], always: true },
  { fields: ['hs'], writes: ['hs'], keys: ['hs'], always: true, yearly: true },
  { fields: ['partner', 'partnerName'], writes: ['partner'], keys: ['partner'], always: true },
  {
    fields: ['tradeMode', 'tradeModeName', 'supervisionMode', 'supervisionModeName'],
    writes: ['trade_mode', 'supervision_mode'],
    keys: ['mode'],
  },
  {
    fields: ['enterprise', 'enterpriseName', 'ownership', 'ownershipName', 'district', 'districtName'],
    writes: ['enterprise', 'ownership', 'district'],
    keys: ['enterprise', 'ownership', 'district'],
    needs: {
      enterprise: ['enterprise'],
      ownership: ['enterprise', 'ownership', 'ownershipName'],
      district: ['enterprise', 'district', 'districtName'],
    },
  },
  { fields: ['transport', 'transportName'], writes: ['transport'], keys: ['transport'] },
  { fields: ['unit1'], amount: 'quantity1', writes: ['unit1', 'quantity1'] },
  { fields: ['unit2'], amount: 'quantity2', writes: ['unit2', 'quantity2'] },
]

/** The parts of the rows of a file; null for layouts whose cells are not independent. */
export function partsOf({ layout, columns }: Pick<HeaderMatch, 'layout' | 'columns'>): Part[] | null {
  if (layout.name !== 'customs-cn') return null
  return customsParts.flatMap(({ fields, amount, writes: all, keys = [], always, yearly = false, needs }) => {
    const writes = all.filter((column) => needs?.[column]?.some((field) => columns.has(field)) ?? true)
    const here = fields.flatMap((field) => columns.get(field) ?? [])
    const of = amount === undefined ? -1 : (columns.get(amount) ?? -1)
    if (here.length === 0 && of === -1 && !always) return []
    return [
      {
        columns: here,
        amount: of,
        writes,
        keys: keys.map((key) => keyAt[key]),
        yearly,
        summed: amount === 'quantity1',
        named: false,
      },
    ]
  })
}

/** Columns that are read but fill nothing, such as the name of the product: each a part of its own. */
export function namesBeside({ columns }: Pick<HeaderMatch, 'columns'>, taken: ReadonlySet<number>): Part[] {
  const others = [...new Set(columns.values())].filter((column) => !taken.has(column))
  return others.map((column) => ({
    columns: [column],
    amount: -1,
    writes: [],
    keys: [],
    yearly: false,
    summed: false,
    named: true,
  }))
}

/** Which columns of the file hold the values; -1 for none. */
export function valueColumns(
  { columns }: Pick<HeaderMatch, 'columns'>,
  settings: Settings,
): { cny: number; usd: number } {
  const fields = moneyFields(columns, settings)
  return { cny: columns.get(fields.cny ?? '') ?? -1, usd: columns.get(fields.usd ?? '') ?? -1 }
}
