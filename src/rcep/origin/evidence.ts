import type { Product } from './bill.ts'
import type { Line, Route } from './judgement.ts'
import type { OriginText } from './text.ts'

/** What the firm must hold for the route used, for three years from the proof (Arts. 3.5.5, 3.11, 3.27). */
export function evidenceFor(
  route: Route,
  lines: readonly Line[],
  product: Product,
  text: OriginText,
): string[] {
  const valued = route.outcomes.some((outcome) => outcome.kind === 'RVC')
  const classified = route.outcomes.some((outcome) => outcome.kind === 'CTC')
  return [
    ...lines.flatMap((line) => materialEvidence(line, valued, product, text)),
    ...(route.criterion === 'WO' ? [text.evidence.whollyObtained] : []),
    ...(valued ? [text.evidence.costs] : []),
    ...(classified ? [text.evidence.classification] : []),
    text.evidence.records,
  ]
}

function materialEvidence(
  { item, standing }: Line,
  valued: boolean,
  product: Product,
  text: OriginText,
): string[] {
  const declared = standing.why === 'declared' || standing.why === 'rolled-up'
  const own = standing.party === product.producedIn
  const deducted = valued && !standing.originating && item.netValue.lt(item.value)
  return [
    ...(declared && own ? [text.evidence.ownDeclaration(item.id)] : []),
    ...(declared && !own ? [text.evidence.partnerProof(item.id, standing.party)] : []),
    ...(deducted ? [text.evidence.deductions(item.id)] : []),
    ...(item.inventoryMethod ? [text.evidence.inventory(item.id, item.inventoryMethod)] : []),
  ]
}
