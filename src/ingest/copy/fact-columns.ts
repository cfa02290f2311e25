import type { CopyValue } from '../../db/copy-text.ts'
import type { Settings } from '../formats/layout.ts'
import type { HeaderMatch } from '../header.ts'
import type { TradeRecord } from '../record.ts'
import { keyAt } from './keys.ts'
import { partsOf, valueColumns } from './parts.ts'
import type { RollupSums } from './rollup-sums.ts'
import { type Amounts, amountsOf } from './sums.ts'

interface Place {
  /** Id of the slice. */
  slice: number
  line: number
}

/** What a column of trade_flow holds of a record. */
export const factValues = {
  slice_id: (_, { slice }) => slice,
  // without dashes it takes Postgres less to read
  period: (record) => record.periodStart.replaceAll('-', ''),
  hs: (record) => record.hs,
  partner: (record) => record.partner,
  trade_mode: (record) => record.tradeMode,
  supervision_mode: (record) => record.supervisionMode,
  ownership: (record) => record.ownership,
  transport: (record) => record.transport,
  district: (record) => record.district,
  enterprise: (record) => record.enterprise,
  quantity1: (record) => record.quantity1,
  unit1: (record) => record.unit1,
  quantity2: (record) => record.quantity2,
  unit2: (record) => record.unit2,
  value_cny: (record) => record.valueCny,
  value_usd: (record) => record.valueUsd,
  breakdown: (record) => record.breakdown,
  line: (_, { line }) => line,
  value_declared: ({ declared }) => declared?.value ?? null,
  currency: ({ declared }) => declared?.currency ?? null,
  declaration: ({ declared }) => declared?.number ?? null,
  item: ({ declared }) => declared?.item ?? null,
} satisfies Record<string, (record: TradeRecord, place: Place) => CopyValue>

export type FactColumn = keyof typeof factValues

const declaredColumns: readonly string[] = ['value_declared', 'currency', 'declaration', 'item']

/** The columns of trade_flow that a file fills: of the customs' tables only those that its headers can. */
export function columnsFor(match: HeaderMatch, settings: Settings): FactColumn[] {
  const parts = partsOf(match)
  if (parts !== null) {
    const { cny, usd } = valueColumns(match, settings)
    return [
      ...parts.flatMap((part) => part.writes),
      ...(cny === -1 ? [] : (['value_cny'] as const)),
      ...(usd === -1 ? [] : (['value_usd'] as const)),
      'line',
    ]
  }
  const all = Object.keys(factValues) as FactColumn[]
  return match.layout.declares ? all : all.filter((column) => !declaredColumns.includes(column))
}

/** Finds what a record is summed by; the array is used again for the next one. */
export function recordKeys({ dictionaries, hsId }: RollupSums): (record: TradeRecord) => Int32Array {
  const keys = new Int32Array(Object.keys(keyAt).length)
  return (record) => {
    keys[keyAt.partner] = dictionaries.partner.idOf(record.partner)
    keys[keyAt.hs] = hsId(record.hs)
    keys[keyAt.mode] = dictionaries.mode.idOf(record.supervisionMode ?? record.tradeMode ?? '')
    keys[keyAt.ownership] = dictionaries.ownership.idOf(record.ownership ?? '')
    keys[keyAt.transport] = dictionaries.transport.idOf(record.transport ?? '')
    keys[keyAt.district] = dictionaries.district.idOf(record.district ?? '')
    keys[keyAt.enterprise] = dictionaries.enterprise.idOf(record.enterprise ?? '')
    return keys
  }
}

export function rowAmounts({ dictionaries }: RollupSums, record: TradeRecord): Amounts {
  const { valueCny, valueUsd, quantity1, unit1 } = record
  return amountsOf([valueCny, valueUsd, quantity1], unit1 === null ? -1 : dictionaries.unit.idOf(unit1))
}
