import { customsHeaders } from './customs-cn-headers.ts'

/** Units in which tables for people state amounts, and what one is. */
const unitFactors: Readonly<Record<string, string>> = {
  千: '1000',
  万: '10000',
  百万: '1000000',
  千万: '10000000',
  亿: '100000000',
  十亿: '1000000000',
}
const unitWords = '百万|千万|十亿|千|万|亿'

type Money = 'cny' | 'usd' | 'value'

/** What may follow a unit in the header of a column, and which column it then is. */
const suffixes: Readonly<Record<Money | 'none', Readonly<Record<string, Money>>>> = {
  cny: { '': 'cny', 元: 'cny', 人民币: 'cny', 元人民币: 'cny', 人民币元: 'cny' },
  usd: { '': 'usd', 元: 'usd', 美元: 'usd' },
  value: { '': 'value', 元: 'cny', 人民币: 'cny', 元人民币: 'cny', 人民币元: 'cny', 美元: 'usd' },
  none: { 元: 'cny', 人民币: 'cny', 元人民币: 'cny', 人民币元: 'cny', 美元: 'usd' },
}

/** A column of amounts in a unit: its field, the currency it is in (`value`: none said), and the factor. */
export interface ScaledField {
  field: string
  money: Money
  factor: string
  unit: string
}

const unitNames: Readonly<Record<Money, string>> = { cny: '元', usd: '美元', value: '' }

const scaled = new Map<string, ScaledField>()
const scaledHeaders = new Map<string, string>()
for (const base of ['cny', 'usd', 'value', 'none'] as const) {
  for (const header of base === 'none' ? [''] : (customsHeaders[base] ?? [])) {
    for (const [unit, factor] of Object.entries(unitFactors)) {
      for (const [suffix, money] of Object.entries(suffixes[base])) {
        const field = `${money}*${factor}`
        scaledHeaders.set(`${header}${unit}${suffix}`, field)
        scaled.set(field, { field, money, factor, unit: `${unit}${unitNames[money]}` })
      }
    }
  }
}

/** Normalised headers such as 人民币万元 and 亿美元 by the field they stand for. */
export const unitHeaders: ReadonlyMap<string, string> = scaledHeaders

/** The columns of amounts in units, smaller units first: more digits are better. */
export const scaledFields: readonly ScaledField[] = [...scaled.values()].sort(
  (a, b) => a.factor.length - b.factor.length,
)

const inTitle = new RegExp(`单位[:：]?\\s*(?:人民币)?\\s*((?:${unitWords})(?:美元|元人民币|人民币|元))`)
const inCell = new RegExp(`^[（(]?((?:${unitWords})(?:美元|元人民币|人民币|元))[）)]?$`)

/** The unit that titles above the header, or a row of units below it, give for the amounts of a table; null without one. */
export function unitAround(titles: readonly string[][], below: readonly string[]): string | null {
  for (const cell of titles.flat()) {
    const found = inTitle.exec(cell.normalize('NFKC').replaceAll(/(?<=单)\s+(?=位)/g, ''))
    if (found) return found[1] ?? null
  }
  for (const cell of below) {
    const found = inCell.exec(cell.trim())
    if (found) return found[1] ?? null
  }
  return null
}
