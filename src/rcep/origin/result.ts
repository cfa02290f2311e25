import { type Static, Type } from 'typebox'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Amount = Type.String({ description: 'exact decimal string' })
const Percent = Type.String({ description: 'percentage cut, never rounded up, at four places' })
const Verdict = Type.Enum(['pass', 'fail', 'needs-info'])
const Criterion = Type.Enum(['WO', 'PE', 'CTC', 'RVC', 'CR'])
const Ids = Type.Array(Type.String())

const Step = Type.Object({
  rule: Type.String(),
  cite: Type.String({ description: 'article of the agreement' }),
  passed: Nullable(Type.Boolean()),
  detail: Type.String(),
})

const Route = Type.Object({
  rule: Type.String(),
  criterion: Criterion,
  passed: Type.Boolean({ description: 'whether the test itself is met' }),
  void: Type.Boolean({ description: 'met, but only minimal operations were done (Art. 3.6)' }),
  indicative: Type.Boolean({ description: 'a usual rule tried for orientation, not the rule of the good' }),
  condition: Nullable(Type.String()),
  expanded: Type.Array(Type.String(), { description: 'self-produced intermediates looked through' }),
  blocking: Type.Optional(Ids),
  deMinimis: Type.Optional(
    Type.Object({
      used: Type.Boolean(),
      share: Percent,
      limit: Type.String(),
      basis: Type.Enum(['value', 'weight']),
      valueShare: Percent,
      weightShare: Nullable(Percent),
    }),
  ),
  buildDown: Type.Optional(Percent),
  buildUp: Type.Optional(Nullable(Percent)),
  threshold: Type.Optional(Type.String()),
  margin: Type.Optional(Percent),
  vnm: Type.Optional(Amount),
  vom: Type.Optional(Amount),
  weightShare: Type.Optional(Nullable(Percent)),
  sensitivity: Type.Optional(
    Type.Object({
      vnmRise: Type.Optional(Amount),
      fobFall: Type.Optional(Amount),
      toleranceLeft: Type.Optional(Amount),
    }),
  ),
})

const ClaimOption = Type.Object({
  basis: Type.Enum(['RCO', '2.6.6(a)', '2.6.6(b)']),
  party: Type.String(),
  rate: Nullable(Type.String()),
  among: Ids,
  complete: Type.Boolean(),
})

const CountryOfOrigin = Type.Object({
  party: Nullable(Type.String()),
  basis: Type.Enum(['2.6.2', '2.6.3', '2.6.4', '2.6.6', 'undetermined']),
  differential: Nullable(Type.Boolean()),
  domesticValue: Nullable(
    Type.Object({
      buildDown: Percent,
      buildUp: Nullable(Percent),
      threshold: Type.String(),
      passed: Type.Boolean(),
    }),
  ),
  contributions: Type.Record(Type.String(), Amount),
  claimOptions: Type.Array(ClaimOption),
  openPoints: Type.Array(Type.String()),
})

const Change = Type.Object({
  kind: Type.Enum(['switch', 'raise-fob', 'switch-materials', 'reclass', 'process']),
  rule: Type.String(),
  amount: Type.Optional(Amount),
  fob: Type.Optional(Amount),
  materials: Type.Optional(Ids),
  search: Type.Optional(Type.Enum(['exact', 'greedy'])),
  indicative: Type.Boolean(),
  text: Type.String(),
})

const MaterialFinding = Type.Object({
  id: Type.String(),
  hs: Type.String(),
  value: Amount,
  role: Type.String(),
  originating: Type.Boolean(),
  party: Nullable(Type.String()),
  why: Type.String(),
  changes: Nullable(Type.Enum(['CC', 'CTH', 'CTSH'])),
})

const Box11 = Type.Object({ party: Nullable(Type.String()), mark: Nullable(Type.Enum(['*', '**'])) })

/** The answer to an origin case: what `tradewind origin --json` prints and `POST /rcep/origin` returns. */
export const OriginResult = Type.Object({
  verdict: Verdict,
  agreement: Type.String(),
  criterion: Nullable(Criterion),
  codes: Type.Array(Type.String(), { description: 'box 10' }),
  rule: Nullable(Type.String()),
  routes: Type.Array(Route),
  withoutCumulation: Type.Object({ verdict: Verdict }),
  rcepCountryOfOrigin: Nullable(CountryOfOrigin),
  certificate: Nullable(Type.Object({ box10: Ids, box11: Nullable(Box11), box12Fob: Type.Boolean() })),
  minimumChange: Type.Array(Change),
  materials: Type.Array(MaterialFinding),
  evidence: Type.Array(Type.String()),
  missing: Type.Array(Type.String()),
  steps: Type.Array(Step),
})

export type OriginResult = Static<typeof OriginResult>
export type OriginStep = Static<typeof Step>
export type OriginVerdict = OriginResult['verdict']
export type OriginRouteRow = Static<typeof Route>
export type OriginChangeRow = Static<typeof Change>
export type OriginMaterialRow = Static<typeof MaterialFinding>
