import { rcepYear } from '../parties.ts'
import { compareRates } from '../tariff/duty.ts'
import { parseRate } from '../tariff/rate.ts'
import type { OriginCase } from './case.ts'
import type { ClaimOption } from './claim-options.ts'
import { leftOfOriginal, mayWaiveProof, proofState } from './proof.ts'
import type { OriginImportation } from './result.ts'

/**
 * What the day and the value of an importation mean under RCEP: the year of the schedule, the lowest rate that may be taken
 * (MFN where it is not above, Art. 2.4.2), and the state of the proof. `options` are empty where the goods do not originate.
 */
export function importationOf(input: OriginCase, options: readonly ClaimOption[]): OriginImportation {
  const year = rcepYear(input.importer, input.on)
  return {
    scheduleYear: year < 1 ? null : year,
    lowest: lowestRate(input, options),
    proof: proofOf(input),
  }
}

function lowestRate(input: OriginCase, options: readonly ClaimOption[]): OriginImportation['lowest'] {
  const { mfn, good } = input
  const shipment = {
    value: good.fob,
    currency: good.currency ?? '',
    quantities: good.weightKg ? [{ amount: good.weightKg, unit: 'kg' }] : [],
  }
  const [own] = options
  // The options of 2.6.6 are never below the rate of the country of origin: they are for where that is not known.
  const claim = own && own.rate !== null ? { basis: own.basis, rate: own.rate } : null
  if (mfn === undefined) return claim && { regime: 'RCEP', ...claim, proofNeeded: true }
  const general = { regime: 'MFN', basis: '2.4.2', rate: mfn, proofNeeded: false } as const
  if (claim === null) return options.length === 0 ? general : null
  const preferred = parseRate(claim.rate)
  if (preferred.kind === 'unbound') return general
  const order = compareRates(preferred, parseRate(mfn), shipment)
  if (order === null) return null
  return order < 0 ? { regime: 'RCEP', ...claim, proofNeeded: true } : general
}

function proofOf({ proof, on }: OriginCase): OriginImportation['proof'] {
  if (!proof) return null
  const { issuedOn, customsValueUsd, original } = proof
  const left = original ? leftOfOriginal(original.quantity, original.parts) : null
  return {
    state: issuedOn === undefined ? null : proofState(issuedOn, on),
    waived: customsValueUsd === undefined ? null : mayWaiveProof(customsValueUsd),
    leftOfOriginal: left,
    covered: original ? left !== null : null,
  }
}
