import { type TObject, Type } from 'typebox'
import { DecimalText, envelope, strict } from '../http/schema.ts'
import { FormatQuery } from '../sheet.ts'
import { commonMeta, Money, Note, orNull, Span, Statistic, selection } from './schema.ts'

const SpanText = Type.String({
  pattern: '^\\d{4}(-(0[1-9]|1[0-2]|01/02))?(\\.\\.\\d{4}(-(0[1-9]|1[0-2]|01/02))?)?$',
  description: 'a month YYYY-MM, a year YYYY, YYYY-01/02, or two of them as FROM..TO',
})

const { from: _from, to: _to, janFeb: _janFeb, ...pairSelection } = selection

export const DecompositionQuery = strict({
  ...pairSelection,
  method: Type.Enum(['price-quantity', 'margins', 'cms', 'contribution']),
  base: Type.Optional(SpanText),
  current: Type.Optional(SpanText),
  minMonths: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 120,
      description:
        'margins: months a new or lost cell must have traded in; 2 unless given, 1 for short spans',
    }),
  ),
  top: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 50, description: 'contribution: branches shown at each level' }),
  ),
})
export type DecompositionQuery = Type.Static<typeof DecompositionQuery>

export const FirmsQuery = strict({
  ...pairSelection,
  base: Type.Optional(SpanText),
  current: Type.Optional(SpanText),
})
export type FirmsQuery = Type.Static<typeof FirmsQuery>

export const CompetitivenessQuery = strict({
  measure: Type.Enum(['rca', 'rsca', 'nrca', 'lafay', 'tsc', 'gl', 'michaely', 'tii', 'tci', 'esi']),
  dataset: selection.dataset,
  year: Type.Optional(Type.String({ pattern: '^\\d{4}$', description: 'the last whole year unless given' })),
  level: Type.Optional(
    Type.Union([Type.Literal(2), Type.Literal(4), Type.Literal(6)], {
      description: 'digits of the product code; the finest that all the data keep unless given',
    }),
  ),
  top: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000, description: '50 unless given' })),
  asOf: selection.asOf,
})
export type CompetitivenessQuery = Type.Static<typeof CompetitivenessQuery>

export const ProjectionQuery = strict({
  dataset: selection.dataset,
  year: CompetitivenessQuery.properties.year,
  level: Type.Optional(
    Type.Union([Type.Literal(2), Type.Literal(4), Type.Literal(6)], {
      description: 'digits of the product code; the finest that complexities are loaded for unless given',
    }),
  ),
  top: CompetitivenessQuery.properties.top,
  asOf: selection.asOf,
})
export type ProjectionQuery = Type.Static<typeof ProjectionQuery>

const publicDimensions = ['hs2', 'partner', 'mode', 'ownership', 'transport', 'district'] as const

export const PublicQuery = strict({
  flow: Type.Enum(['export', 'import']),
  by: Type.Enum([...publicDimensions]),
  year: Type.Optional(Type.String({ pattern: '^\\d{4}$', description: 'the last whole year unless given' })),
})
export type PublicQuery = Type.Static<typeof PublicQuery>

/** A query over HTTP: the same with the format of the answer. */
export function withFormat(query: TObject) {
  return strict({ ...query.properties, format: FormatQuery })
}

const Mover = Type.Object({
  code: Type.String(),
  name: orNull(Type.String()),
  nameEn: orNull(Type.String()),
  before: DecimalText,
  after: DecimalText,
  change: DecimalText,
})
const SpanValue = Type.Object({ ...Span.properties, value: DecimalText })

export const DecompositionReply = envelope(
  Type.Array(
    Type.Object({
      level: Type.Enum(['part', 'chapter', 'product', 'enterprise']),
      code: Type.String(),
      parent: orNull(
        Type.String({ description: 'codes from the chapter down; parts with a parent are in it' }),
      ),
      name: orNull(Type.String()),
      nameEn: orNull(Type.String()),
      before: Money,
      after: Money,
      change: DecimalText,
      pull: Statistic,
      index: Statistic,
      cells: orNull(Type.Integer()),
    }),
  ),
  Type.Object({
    ...commonMeta,
    base: SpanValue,
    current: SpanValue,
    comparison: Type.String(),
    change: DecimalText,
    sumOfParts: DecimalText,
    yoy: Statistic,
    note: Note,
    coverage: orNull(Type.Number({ description: 'share of the current value that the method could use' })),
    movers: orNull(Type.Object({ risers: Type.Array(Mover), fallers: Type.Array(Mover) })),
    firms: orNull(
      Type.Object({
        since: orNull(Type.String({ description: 'first month that was looked back to' })),
        active: Type.Integer(),
        firstTimeCount: Type.Integer(),
        returnedCount: Type.Integer(),
        silentCount: Type.Integer(),
        firstTime: Type.Array(Mover),
        silent: Type.Array(Mover),
      }),
    ),
  }),
)
export type DecompositionReply = Type.Static<typeof DecompositionReply>

export const CompetitivenessReply = envelope(
  Type.Array(
    Type.Object({
      code: Type.String({ description: 'product, or partner for tii, tci and esi' }),
      name: orNull(Type.String()),
      nameEn: orNull(Type.String()),
      exports: Money,
      imports: Money,
      index: Statistic,
      firms: orNull(Type.Integer({ description: 'enterprises that export it, where the data name them' })),
      note: orNull(Type.String({ description: 'few-firms: not shown for fewer than three | no-trade' })),
    }),
  ),
  Type.Object({
    ...commonMeta,
    year: Type.Integer(),
    level: Type.Integer(),
    world: Type.Array(Type.String({ description: 'datasets that stand for the world' })),
    total: Statistic,
    rcepImports: orNull(
      Type.Object({
        parties: Type.Array(Type.String()),
        products: Type.Integer({ description: 'with an RCA above 1' }),
        share: orNull(Type.Number({ description: 'of these in what the parties import' })),
      }),
    ),
  }),
)
export type CompetitivenessReply = Type.Static<typeof CompetitivenessReply>

export const ProjectionReply = envelope(
  Type.Array(
    Type.Object({
      code: Type.String(),
      name: orNull(Type.String()),
      nameEn: orNull(Type.String()),
      exports: DecimalText,
      rca: Statistic,
      pci: Statistic,
      density: Statistic,
    }),
  ),
  Type.Object({
    ...commonMeta,
    year: Type.Integer(),
    level: Type.Integer(),
    eci: orNull(Type.Number({ description: 'mean complexity of the products with an RCA of at least 1' })),
    weightedPci: Statistic,
    coverage: Type.Number({ description: 'share of exports in products with a complexity' }),
    advantages: Type.Integer(),
    scores: Type.Object({
      edition: Type.String(),
      solved: Type.Boolean({ description: 'here, from a country × product table; false: as published' }),
      origin: Type.String(),
      loadedAt: Type.String(),
    }),
  }),
)
export type ProjectionReply = Type.Static<typeof ProjectionReply>

export const FirmsReply = envelope(
  Type.Array(
    Type.Object({
      stage: Type.String({
        description: 'first-time | returned | growing | steady | shrinking | exited | unnamed',
      }),
      firms: Type.Integer(),
      before: DecimalText,
      after: DecimalText,
      change: DecimalText,
      pull: Statistic,
      share: Money,
    }),
  ),
  Type.Object({
    ...commonMeta,
    base: Span,
    current: Span,
    comparison: Type.String(),
    since: orNull(Type.String({ description: 'first month that was looked back to' })),
    active: Type.Integer(),
    hhi: Statistic,
    largest: Type.Array(
      Type.Object({
        code: Type.String(),
        name: orNull(Type.String()),
        value: DecimalText,
        share: DecimalText,
      }),
    ),
  }),
)
export type FirmsReply = Type.Static<typeof FirmsReply>

export const PublicReply = envelope(
  Type.Array(
    Type.Object({
      code: Type.String(),
      name: orNull(Type.String()),
      nameEn: orNull(Type.String()),
      value: Money,
      share: Money,
      note: orNull(Type.String({ description: 'suppressed: would reveal an enterprise' })),
    }),
  ),
  Type.Object({
    ...commonMeta,
    year: Type.Integer(),
    total: Money,
    suppressed: Type.Integer(),
  }),
)
export type PublicReply = Type.Static<typeof PublicReply>
