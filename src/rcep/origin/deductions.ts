import Big from 'big.js'
import type { OriginMaterial } from './case.ts'
import { zero } from './percent.ts'

/**
 * What may come off a material's value in the regional value content (Art. 3.5.5), and what may not for want of evidence.
 * A bare amount is a documented one; an object counts when it says `documented` or names its evidence.
 */
export function deductionsOf(material: OriginMaterial): { documented: Big; undocumented: Big } {
  const { deductions } = material
  if (deductions === undefined) return { documented: zero, undocumented: zero }
  if (typeof deductions === 'string') return { documented: new Big(deductions), undocumented: zero }
  let [documented, undocumented] = [zero, zero]
  for (const entry of Array.isArray(deductions) ? deductions : [deductions]) {
    if (entry.documented ?? Boolean(entry.evidence)) documented = documented.plus(entry.amount)
    else undocumented = undocumented.plus(entry.amount)
  }
  return { documented, undocumented }
}
