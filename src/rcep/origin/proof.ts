import Big from 'big.js'
import { yearsLater } from '../days.ts'

/** State of a proof of origin on the day of a claim; customs must say whether the anniversary itself still counts. */
export type ProofState = 'not-yet-issued' | 'valid' | 'anniversary' | 'expired'

/** A proof is valid for one year from its issue or completion (Art. 3.16). Days are YYYY-MM-DD. */
export function proofState(issuedOn: string, claimedOn: string): ProofState {
  const anniversary = yearAfter(issuedOn)
  if (claimedOn < issuedOn) return 'not-yet-issued'
  if (claimedOn < anniversary) return 'valid'
  return claimedOn === anniversary ? 'anniversary' : 'expired'
}

/** Whether a certificate may still be issued retroactively: within one year of shipment (Art. 3.17.8). */
export function mayIssueRetroactively(shippedOn: string, issuedOn: string): boolean {
  return issuedOn >= shippedOn && issuedOn <= yearAfter(shippedOn)
}

/** Whether proof may be waived by value: at most US$200, or the importing Party's higher limit (Art. 3.22). */
export function mayWaiveProof(customsValueUsd: string, nationalLimitUsd = '200'): boolean {
  const limit = new Big(nationalLimitUsd).gt(200) ? nationalLimitUsd : '200'
  return new Big(customsValueUsd).lte(limit)
}

/** What is left of an original proof after back-to-back proofs of part shipments; null when they exceed it (Art. 3.19). */
export function leftOfOriginal(original: string, partial: readonly string[]): string | null {
  const left = partial.reduce((rest, quantity) => rest.minus(quantity), new Big(original))
  return left.lt(0) ? null : left.toFixed()
}

function yearAfter(day: string): string {
  return yearsLater(day, 1)
}
