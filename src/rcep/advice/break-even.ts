import Big from 'big.js'
import type { OriginMaterial } from '../origin/case.ts'
import { percentOf } from '../origin/percent.ts'
import { savingOf } from '../tariff/offers.ts'
import type { PlanText } from './plan-text.ts'
import type { BreakEven, Dossier, Findings, Question } from './types.ts'

/**
 * For every change that would make the goods originate by replacing materials: how much dearer the originating ones may be
 * before the duty saved on one good is used up, the customs value taken as its FOB value.
 */
export function breakEvens(
  { bill, origin }: Dossier,
  { mfn, rcep }: Findings,
  { goods }: Question,
  text: PlanText,
): BreakEven[] {
  if (!bill || !origin || origin.verdict === 'pass') return []
  const { fob, currency = goods.shipment?.currency ?? '', weightKg } = bill.good
  const quantities = weightKg ? [{ amount: weightKg, unit: 'kg' }] : []
  const dutySaved = savingOf(mfn, rcep, { ...goods, shipment: { value: fob, currency, quantities } })
  if (dutySaved === null || new Big(dutySaved).eq(0)) return []
  const suppliers = suppliersOf(bill.materials, '')
  return origin.minimumChange.flatMap(({ rule, amount, materials = [], kind, indicative }) => {
    if (indicative || amount === undefined || kind === 'raise-fob' || new Big(amount).lte(0)) return []
    const named = materials.flatMap((id) => suppliers.get(id) ?? [])
    const premium = percentOf(new Big(dutySaved), new Big(amount))
    const what = [...materials, ...(named.length > 0 ? [`(${named.join(', ')})`] : [])].join(' ')
    const facts = { materials: what, switched: amount, saved: dutySaved, premium, currency }
    return [
      {
        rule,
        materials,
        suppliers: named,
        switched: amount,
        dutySaved,
        premium,
        currency,
        text: text.breakEven(facts),
      },
    ]
  })
}

/** Suppliers by the id of their material, within sub-bills "4/1". */
function suppliersOf(materials: readonly OriginMaterial[], prefix: string): Map<string, string> {
  return new Map(
    materials.flatMap(({ id, supplier, materials: inner = [] }): [string, string][] => [
      ...(supplier ? [[prefix + id, supplier] as [string, string]] : []),
      ...suppliersOf(inner, `${prefix}${id}/`),
    ]),
  )
}
