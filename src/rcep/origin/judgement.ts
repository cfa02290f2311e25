import type Big from 'big.js'
import type { Term } from '../rules/types.ts'
import type { Item, Role } from './bill.ts'
import type { Standing } from './cumulation.ts'

/** What was done to a line: at its own level of the bill and at every level above it. */
export interface Work {
  operations: readonly string[]
  /** False where some level does not say what was done. */
  stated: boolean
}

/** A line as it stands in one reading of the bill. */
export interface Line {
  item: Item
  role: Role
  standing: Standing
  work: Work
  /** How it was judged, when it is an intermediate with a bill of its own. */
  judgement: Judgement | null
}

/** One reading of a bill: its lines, transport packing apart, and what belongs to the producer's own work. */
export interface Bill {
  lines: readonly Line[]
  /** Transport packing, left out of every test (Art. 3.8.1). */
  ignored: readonly Line[]
  costs: Big | null
  operations: readonly string[] | null
  /** Self-produced intermediates looked through to their inputs. */
  expanded: readonly string[]
}

export interface DeMinimis {
  used: boolean
  basis: 'value' | 'weight'
  value: Big
  /** Weight of the failing materials, or null where weights do not count or are not all known. */
  weight: Big | null
  weightMissing: boolean
}

export type Outcome =
  | { kind: 'CTC'; passed: boolean; failing: readonly Line[]; deMinimis: DeMinimis }
  | { kind: 'RVC'; passed: boolean; threshold: string; vnm: Big; vom: Big; buildUp: BuildUp }
  | { kind: 'CR'; passed: boolean; stated: boolean }
  | {
      kind: 'weight'
      passed: boolean
      threshold: string
      originating: Big
      total: Big
      weightMissing: boolean
    }
  | { kind: 'WO'; passed: boolean; failing: readonly Line[] }

/** `inconsistent`: materials and costs exceed the FOB value, so the cost sheet cannot be right and is not used. */
export type BuildUp =
  | { state: 'counted'; amount: Big }
  | { state: 'no-costs' | 'not-allowed' | 'not-read' | 'inconsistent' }

export type Criterion = 'WO' | 'PE' | 'CTC' | 'RVC' | 'CR'

/**
 * Whether the work done can confer origin at all (Art. 3.6): `clear`, `minimal` (it cannot), `unstated` (nobody wrote
 * what was done), `list-not-read` (of another agreement), `idle` (there is nothing non-originating to work on).
 */
export type Gate = 'clear' | 'minimal' | 'unstated' | 'list-not-read' | 'idle'

/** One way to originate, tried on the reading of the bill that serves it best. */
export interface Route {
  criterion: Criterion
  terms: readonly Term[]
  outcomes: readonly Outcome[]
  /** Whether the test itself is met; `holds` says whether Art. 3.6 lets it count. */
  passed: boolean
  gate: Gate
  holds: boolean
  bill: Bill
  /** Tried for orientation only: the rule of the good is missing or has to be read by a person. */
  indicative: boolean
  /** Product the alternative stands for, in a rule that differs by product. */
  condition: string | null
}

export type RuleProblem =
  | { kind: 'missing' }
  /** A general rule that the agreement's product list, which is not at hand, may override. */
  | { kind: 'incomplete'; text: string }
  | { kind: 'manual'; text: string; reason: string }
  | { kind: 'conditional'; conditions: string[] }

export interface Judgement {
  passed: boolean
  best: Route | null
  routes: Route[]
  problem: RuleProblem | null
  /** Whether any material is named at all. */
  hasMaterials: boolean
  /** The bill as it stands, no intermediate looked through. */
  bill: Bill
}
