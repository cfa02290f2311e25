import Big from 'big.js'
import type { OriginCase, OriginCosts, OriginMaterial, WhollyObtainedGround } from './case.ts'
import { deductionsOf } from './deductions.ts'
import { sum, zero } from './percent.ts'

export type Role = NonNullable<OriginMaterial['role']>

/** A good, or an intermediate judged like one: what was made, where, at what price (FOB for the good), from what. */
export interface Product {
  hs6: string
  /** The HS edition of the codes, or null when the case does not say. */
  edition: string | null
  producedIn: string
  price: Big
  /** Where the importing Party measures by it; null when not stated. */
  customsValue: Big | null
  weight: Big | null
  rule: string | null
  condition: string | null
  whollyObtained: WhollyObtainedGround | null
  /** What was done to it; null when not stated. */
  operations: readonly string[] | null
  /** Labour, overhead, profit and other cost together; null when no cost sheet was given. */
  costs: Big | null
  items: readonly Item[]
}

/** A line of a bill with its figures read. */
export interface Item {
  /** The material's id; within a sub-bill "4/1" is material 1 of intermediate 4. */
  id: string
  hs6: string
  value: Big
  /** The value less documented deductions (Art. 3.5.5), for the regional value content only. */
  netValue: Big
  undocumented: Big
  weight: Big | null
  role: Role
  declared: NonNullable<OriginMaterial['origin']>
  selfProduced: boolean
  valueBasis: OriginMaterial['valueBasis'] | null
  inventoryMethod: string | null | undefined
  /** The intermediate, when the line has a bill of its own. */
  made: Product | null
}

/** Reads the figures of a checked case. */
export function productOf(input: OriginCase): Product {
  const { good } = input
  const edition = good.edition ?? null
  return {
    hs6: good.hs.slice(0, 6),
    edition,
    producedIn: good.producedIn,
    price: new Big(good.fob),
    customsValue: good.customsValue ? new Big(good.customsValue) : null,
    weight: good.weightKg ? new Big(good.weightKg) : null,
    rule: input.rule ?? null,
    condition: good.condition ?? null,
    whollyObtained: good.whollyObtained ?? null,
    operations: stated(input.operations),
    costs: totalCosts(input.costs),
    items: input.materials.map((material) =>
      itemOf(material, { prefix: '', edition, enclosing: good.producedIn }),
    ),
  }
}

interface Place {
  prefix: string
  edition: string | null
  enclosing: string
}

function itemOf(material: OriginMaterial, place: Place): Item {
  const { documented, undocumented } = deductionsOf(material)
  const value = new Big(material.value)
  const id = place.prefix + material.id
  return {
    id,
    hs6: material.hs.slice(0, 6),
    value,
    netValue: documented === zero ? value : value.minus(documented),
    undocumented,
    weight: material.weightKg ? new Big(material.weightKg) : null,
    // One invoiced separately is no part of the good's presentation (Art. 3.9): an ordinary material.
    role:
      material.role === 'accessory' && material.separatelyInvoiced
        ? 'material'
        : (material.role ?? 'material'),
    declared: material.origin ?? { status: 'unknown' },
    selfProduced: material.selfProduced ?? false,
    valueBasis: material.valueBasis ?? null,
    inventoryMethod: material.fungible ? (material.fungible.method ?? null) : undefined,
    made: material.materials?.length ? intermediateOf(material, value, { ...place, prefix: `${id}/` }) : null,
  }
}

function intermediateOf(material: OriginMaterial, price: Big, place: Place): Product {
  const producedIn = material.producedIn ?? place.enclosing
  return {
    hs6: material.hs.slice(0, 6),
    edition: place.edition,
    producedIn,
    price,
    customsValue: null,
    weight: material.weightKg ? new Big(material.weightKg) : null,
    rule: material.rule ?? null,
    condition: material.condition ?? null,
    whollyObtained: null,
    operations: stated(material.operations),
    costs: totalCosts(material.costs),
    items: (material.materials ?? []).map((part) => itemOf(part, { ...place, enclosing: producedIn })),
  }
}

/** An empty list says no more than an absent one: something was done, and nobody wrote what. */
function stated(operations: string[] | undefined): string[] | null {
  return operations?.length ? operations : null
}

function totalCosts(costs: OriginCosts | undefined): Big | null {
  if (!costs) return null
  return sum([costs.labour, costs.overhead, costs.profit, costs.other].map((cost) => new Big(cost ?? '0')))
}
