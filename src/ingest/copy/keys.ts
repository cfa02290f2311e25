import { copyRow } from '../../db/copy-text.ts'
import type { SumTable } from './sums.ts'

/** Texts by number; 0 is the empty one. */
export interface Dictionary {
  idOf(text: string): number
  textOf(id: number): string
  /** The text as an item of an array within COPY text. */
  itemOf(id: number): Uint8Array
  size(): number
  /** Places of the numbers when the texts are in the order of their bytes. */
  ranks(): Int32Array
}

export function dictionary(): Dictionary {
  const ids = new Map([['', 0]])
  const texts = ['']
  const items: Uint8Array[] = []
  let ranks = new Int32Array(0)
  return {
    idOf(text) {
      const known = ids.get(text)
      if (known !== undefined) return known
      const id = texts.length
      ids.set(text, id)
      texts.push(text)
      return id
    },
    textOf: (id) => texts[id] ?? '',
    itemOf(id) {
      const known = items[id]
      if (known !== undefined) return known
      const item = encoder.encode(itemText(texts[id] ?? ''))
      items[id] = item
      return item
    },
    size: () => texts.length,
    ranks() {
      if (ranks.length === texts.length) return ranks
      ranks = new Int32Array(texts.length)
      const order = texts.keys().toArray()
      order.sort((a, b) => compare(texts[a] ?? '', texts[b] ?? ''))
      for (const [place, id] of order.entries()) ranks[id] = place
      return ranks
    },
  }
}

const encoder = new TextEncoder()
const plainItem = /^[\w.-]+$/

function itemText(item: string): string {
  if (plainItem.test(item) && item.toUpperCase() !== 'NULL') return item
  return copyRow([`"${item.replaceAll(/["\\]/g, '\\$&')}"`]).slice(0, -1)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** What a row is summed by: numbers of the dictionaries, at these places. */
export const keyAt = {
  partner: 0,
  hs: 1,
  mode: 2,
  ownership: 3,
  transport: 4,
  district: 5,
  enterprise: 6,
} as const
export type KeyName = keyof typeof keyAt

export interface Dictionaries extends Record<KeyName, Dictionary> {
  unit: Dictionary
}

/** The sums of one slice from which all its rollups follow. */
export interface SliceSums {
  /** partner, hs */
  goods: SumTable
  /** mode, partner */
  modePartner: SumTable
  /** mode, chapter */
  modeChapter: SumTable
  /** mode and district, ownership and transport */
  others: SumTable
  /** enterprise, partner and hs; null where the file names none. */
  firms: SumTable | null
}
