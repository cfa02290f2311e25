import { Big } from 'big.js'

/** A unit of quantity; a multiple (百个) names its base unit (个) and how many of it there are in one. */
export interface Unit {
  readonly code: string
  readonly nameZh: string
  readonly base: string
  /** Exact decimal text. */
  readonly factor: string
}

export interface UnitIndex {
  readonly all: readonly Unit[]
  readonly byKey: ReadonlyMap<string, Unit>
}

const spellings: Readonly<Record<string, string>> = {
  公斤: '千克',
  kg: '千克',
  kilogram: '千克',
  kilograms: '千克',
  kgs: '千克',
  g: '克',
  t: '吨',
  公吨: '吨',
  平方公尺: '平方米',
  m2: '平方米',
  m3: '立方米',
  m: '米',
  l: '升',
}

export function indexUnits(all: readonly Unit[]): UnitIndex {
  const byKey = new Map<string, Unit>()
  for (const unit of all) byKey.set(unit.code, unit).set(unit.nameZh, unit)
  return { all, byKey }
}

/** Finds a unit by its three-digit code, its name or a common spelling (公斤, kg); null for none, `?` and unknown text. */
export function findUnit(index: UnitIndex, text: string): Unit | null {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  return index.byKey.get(spellings[plain] ?? plain) ?? null
}

/** A quantity in its base unit: 3 百个 is 300 个. Quantities may be added only when their base units are equal. */
export function toBaseUnit(unit: Unit, quantity: Big): { unit: string; quantity: Big } {
  return { unit: unit.base, quantity: quantity.times(new Big(unit.factor)) }
}
