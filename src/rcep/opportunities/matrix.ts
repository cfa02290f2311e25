import Big from 'big.js'
import type { Exchange } from '../tariff/duty.ts'
import { type Cell, type CellState, cellOf, type RateTable, savedAlone } from './cells.ts'
import type { TradeRow, TradeYear } from './queries.ts'
import { sumQuantities } from './trade.ts'

export interface Matrix {
  products: { hs: string; value: string }[]
  cells: Cell[]
  summary: Summary
}

export interface Summary {
  /** Savings of the cells that promise one, at least and at most. */
  least: string
  most: string
  /** Of these, what is saved over every agreement in force, not over the general rate alone. */
  certain: { least: string; most: string }
  /** How many cells have more than that. */
  contested: number
  cells: Partial<Record<CellState, number>>
}

/** Every product of a firm with every Party: 60 products make 840 cells. Best first: by most saved, then by trade. */
export function matrixOf(
  rows: readonly TradeRow[],
  table: RateTable,
  ask: {
    edition: TradeYear['edition']
    flow: 'export' | 'import'
    partners: readonly string[]
    currency: string
    exchange?: Exchange
  },
): Matrix {
  const byProduct = Map.groupBy(rows, ({ hs }) => hs.slice(0, 6))
  const products = [...byProduct]
    .map(([hs, traded]) => ({ hs, value: sumQuantities(traded).value }))
    .toSorted((one, other) => new Big(other.value).cmp(one.value))
  const cells = products.flatMap(({ hs }) =>
    ask.partners.map((partner) => {
      const traded = (byProduct.get(hs) ?? []).filter((row) => row.partner === partner)
      const goods = traded.length > 0 ? { ...sumQuantities(traded), currency: ask.currency } : null
      const [importer, exporter] = ask.flow === 'export' ? [partner, 'CN'] : ['CN', partner]
      return cellOf(
        table,
        { hs, edition: ask.edition, importer, exporter, goods },
        { allowBase: ask.flow === 'import', ...(ask.exchange ? { exchange: ask.exchange } : {}) },
      )
    }),
  )
  return { products, cells: ranked(cells), summary: summaryOf(cells) }
}

/** Most saved first, then most traded. */
export function ranked(cells: readonly Cell[]): Cell[] {
  return cells.toSorted(
    (one, other) =>
      new Big(other.saving?.most ?? '0').cmp(one.saving?.most ?? '0') ||
      new Big(other.value ?? '0').cmp(one.value ?? '0'),
  )
}

export function summaryOf(cells: readonly Cell[]): Summary {
  const states: Partial<Record<CellState, number>> = {}
  for (const { state } of cells) states[state] = (states[state] ?? 0) + 1
  const alone = cells.map(savedAlone)
  const contested = cells.filter(
    ({ saving }, index) => saving !== null && new Big(saving.most).gt(alone[index]?.most ?? '0'),
  )
  const all = savedIn(cells.map(({ saving }) => saving))
  return { ...all, certain: savedIn(alone), contested: contested.length, cells: states }
}

function savedIn(savings: readonly Cell['saving'][]): { least: string; most: string } {
  let [least, most] = [new Big(0), new Big(0)]
  for (const saving of savings) {
    least = least.plus(saving?.least ?? '0')
    most = most.plus(saving?.most ?? '0')
  }
  return { least: least.toFixed(), most: most.toFixed() }
}

/** The city's trade line by line and market by market, where RCEP undercuts what it is held against. */
export function ledgerOf(
  rows: readonly TradeRow[],
  table: RateTable,
  ask: { edition: TradeYear['edition']; flow: 'export' | 'import'; currency: string; exchange?: Exchange },
): { cells: Cell[]; summary: Summary } {
  const cells = rows.map(({ hs, partner, value, quantities }) => {
    const [importer, exporter] = ask.flow === 'export' ? [partner, 'CN'] : ['CN', partner]
    const goods = { value, quantities, currency: ask.currency }
    return cellOf(
      table,
      { hs, edition: ask.edition, importer, exporter, goods },
      { allowBase: ask.flow === 'import', ...(ask.exchange ? { exchange: ask.exchange } : {}) },
    )
  })
  const open = cells.filter(({ saving }) => saving !== null && saving.most !== '0')
  return { cells: ranked(open), summary: summaryOf(cells) }
}
