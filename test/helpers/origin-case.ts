import type { OriginCase, OriginMaterial } from '../../src/rcep/origin/case.ts'
import { checkCase } from '../../src/rcep/origin/check-case.ts'
import { evaluateOrigin } from '../../src/rcep/origin/evaluate.ts'
import type { OriginResult } from '../../src/rcep/origin/result.ts'

/** A Chinese good of 8504.40, FOB 100, assembled, to Japan in 2023; a test states what it is about. */
export function originCase(
  change: Omit<Partial<OriginCase>, 'good'> & { good?: Partial<OriginCase['good']> },
): OriginCase {
  return {
    importer: 'JP',
    on: '2023-07-10',
    rule: 'CTH or RVC40',
    operations: ['assembly'],
    materials: [],
    ...change,
    good: { hs: '850440', edition: '2022', producedIn: 'CN', fob: '100', ...change.good },
  }
}

type Rest = Partial<OriginMaterial>

export function foreign(id: string, hs: string, value: string, rest: Rest = {}): OriginMaterial {
  return { id, hs, value, origin: { status: 'non-originating', country: 'US' }, ...rest }
}

export function originating(
  id: string,
  hs: string,
  value: string,
  party = 'CN',
  rest: Rest = {},
): OriginMaterial {
  return { id, hs, value, origin: { status: 'originating', party, evidence: 'proof' }, ...rest }
}

export function unknown(id: string, hs: string, value: string, rest: Rest = {}): OriginMaterial {
  return { id, hs, value, origin: { status: 'unknown' }, ...rest }
}

/** Judged as a program's input is: checked first, no facts but the case's. */
export function judged(input: OriginCase): OriginResult {
  return evaluateOrigin(checkCase(input))
}
