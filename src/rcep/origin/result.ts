import { type Static, Type } from 'typebox'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T, options = {}) =>
  Type.Union([type, Type.Null()], options)
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
  duty: Nullable(Amount, { description: 'on one good, its FOB value taken for the customs value' }),
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

const Importation = Type.Object({
  scheduleYear: Nullable(
    Type.Integer({ description: "year of the importing Party's schedule; null before the Agreement" }),
  ),
  /** The lowest of the applied MFN rate and the rates that may be claimed, where they were given. */
  lowest: Nullable(
    Type.Object({
      regime: Type.Enum(['MFN', 'RCEP']),
      basis: Type.Enum(['2.4.2', 'RCO', '2.6.6(a)', '2.6.6(b)']),
      rate: Type.String(),
      proofNeeded: Type.Boolean(),
    }),
  ),
  proof: Nullable(
    Type.Object({
      state: Nullable(Type.Enum(['not-yet-issued', 'valid', 'anniversary', 'expired'])),
      waived: Nullable(Type.Boolean({ description: 'at most US$200, or a higher national limit' })),
      leftOfOriginal: Nullable(Amount),
      covered: Nullable(Type.Boolean({ description: 'whether the original covers all part shipments' })),
    }),
  ),
})

const Shock = Type.Enum(['material-price', 'exchange-rate', 'fob-price'])

const Sensitivity = Type.Object({
  limits: Type.Array(
    Type.Object({
      of: Shock,
      percent: Nullable(Percent, {
        description:
          'change in percent up to which a pass holds, or from which a fail turns; null: none does',
      }),
      rule: Nullable(Type.String()),
      text: Type.String(),
    }),
  ),
  shocks: Type.Array(Type.Object({ of: Shock, percent: Type.String(), verdict: Verdict })),
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
  importation: Nullable(Importation),
  minimumChange: Type.Array(Change),
  sensitivity: Nullable(Sensitivity),
  materials: Type.Array(MaterialFinding),
  evidence: Type.Array(Type.String()),
  missing: Type.Array(Type.String()),
  steps: Type.Array(Step),
})

export type OriginResult = Static<typeof OriginResult>
export type OriginSensitivity = Static<typeof Sensitivity>
export type OriginImportation = Static<typeof Importation>
export type OriginStep = Static<typeof Step>
export type OriginVerdict = OriginResult['verdict']
export type OriginRouteRow = Static<typeof Route>
export type OriginChangeRow = Static<typeof Change>
export type OriginMaterialRow = Static<typeof MaterialFinding>
