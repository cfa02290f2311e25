import { Type } from 'typebox'
import { DecimalText, envelope, strict } from '../http/schema.ts'

const flows = ['export', 'import', 're-export', 're-import'] as const
const dimensions = [
  'section',
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'partner',
  'region',
  'mode',
  'form',
  'ownership',
  'enterprise',
  'transport',
  'district',
] as const
export type By = (typeof dimensions)[number]

const PeriodText = Type.String({
  pattern: '^\\d{4}(-(0[1-9]|1[0-2]))?$',
  description: 'YYYY-MM, or YYYY for a whole year and for yearly sources',
})

export const selection = {
  dataset: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'customs-cn unless given; see /indicators/datasets',
    }),
  ),
  flow: Type.Enum([...flows]),
  from: Type.Optional(PeriodText),
  to: Type.Optional(PeriodText),
  currency: Type.Optional(
    Type.Enum(['USD', 'CNY'], {
      description: 'as the source states it, never converted; CNY where there is both and none is given',
    }),
  ),
  hs: Type.Optional(
    Type.String({
      pattern: '^(\\d{2}|\\d{4}|\\d{6}|\\d{8}|\\d{10})$',
      description: 'HS code of 2, 4, 6, 8 or 10 digits with everything under it',
    }),
  ),
  partner: Type.Optional(
    Type.String({
      pattern: '^[A-Z0-9]{2,8}$',
      description:
        'partner as the data carry it (ISO alpha-2, or the customs code), or a group: RCEP, ASEAN, EU, or one that was loaded (BRI)',
    }),
  ),
  mode: Type.Optional(
    Type.String({ pattern: '^(\\d{2}|\\d{4})$', description: 'supervision or trade mode' }),
  ),
  enterprise: Type.Optional(
    Type.String({ pattern: '^[0-9A-Z]{10}$', description: 'customs registration code' }),
  ),
  janFeb: Type.Optional(
    Type.Enum(['merged', 'split'], {
      description:
        'January and February together (default: there is no January release, and Spring Festival moves) or apart',
    }),
  ),
  asOf: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
      description:
        'answers with the data as loaded by then: an instant, or a date (to the end of the day, Beijing time)',
    }),
  ),
}

const editions = Type.Optional(
  Type.Enum(['as-is', 'common'], {
    description:
      'periods in different HS editions: codes as they are, with a warning (default), or families of codes that hold the same goods in all of them',
  }),
)

export const StructureQuery = strict({
  ...selection,
  editions,
  by: Type.Enum([...dimensions]),
  top: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 20_000, description: 'lines shown, 20 unless given' }),
  ),
})
export type StructureQuery = Type.Static<typeof StructureQuery>

export const GrowthQuery = strict({
  ...selection,
  editions,
  flow: Type.Enum([...flows, 'balance', 'total'], {
    description: 'balance is exports less imports, total both together',
  }),
})
export type GrowthQuery = Type.Static<typeof GrowthQuery>

export const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
export const Statistic = orNull(Type.Number())
export const Money = orNull(DecimalText)
export const Note = orNull(
  Type.String({
    description: 'new | gone | none | not-loaded | negative-base | unequal-periods | not-monthly',
  }),
)
export const Span = Type.Object({ from: Type.String(), to: Type.String() })

export const commonMeta = {
  vintage: Type.String({ description: 'when the newest of the data behind the answer was loaded' }),
  asOf: Type.String(),
  filters: Type.Record(Type.String(), Type.String()),
  currency: Type.String(),
  rows: Type.Integer({ description: 'facts behind the answer' }),
  source: Type.String({ description: 'the rollup that answered, or facts' }),
  warnings: Type.Array(Type.Object({ code: Type.String(), detail: Type.String() })),
  formulas: Type.Record(Type.String(), Type.String()),
}

const CodeFamily = Type.Object({
  code: Type.String({ description: 'as the lines name it' }),
  editions: Type.Record(Type.String(), Type.Array(Type.String())),
})
export type FamilyShown = Type.Static<typeof CodeFamily>
const families = Type.Optional(
  Type.Array(CodeFamily, { description: 'families of several codes, where editions=common was asked' }),
)

export const StructureReply = envelope(
  Type.Array(
    Type.Object({
      code: Type.String(),
      name: orNull(Type.String()),
      nameEn: orNull(Type.String()),
      value: DecimalText,
      share: Money,
      base: Money,
      change: Money,
      yoy: Statistic,
      note: Note,
      pull: Statistic,
      contributionRate: Statistic,
      isNew: Type.Boolean(),
      isGone: Type.Boolean(),
    }),
  ),
  Type.Object({
    ...commonMeta,
    period: Span,
    comparison: orNull(Type.Object({ ...Span.properties, basis: Type.String() })),
    total: DecimalText,
    base: Money,
    yoy: Statistic,
    note: Note,
    pull: Statistic,
    n: Type.Integer({ description: 'lines with a positive value, over which concentration is measured' }),
    hhi: Statistic,
    normalisedHhi: Statistic,
    unctad: Statistic,
    effectiveNumber: Statistic,
    theil: Statistic,
    gini: Statistic,
    entropy: Statistic,
    top: Type.Array(Type.Object({ n: Type.Integer(), share: DecimalText })),
    excludedShare: Money,
    otherLines: Type.Integer(),
    overlapping: Type.Boolean(),
    families,
  }),
)
export type StructureReply = Type.Static<typeof StructureReply>

export const GrowthReply = envelope(
  Type.Array(
    Type.Object({
      period: Type.String(),
      value: Money,
      change: Money,
      yoy: Statistic,
      mom: Statistic,
      ytd: Money,
      ytdYoy: Statistic,
      rolling3Yoy: Statistic,
      rolling12Yoy: Statistic,
      cagr2: Statistic,
      oddBase: Type.Boolean(),
      notes: Type.Record(Type.String(), Type.String()),
    }),
  ),
  Type.Object({
    ...commonMeta,
    comparison: Type.Object({ basis: Type.String() }),
    seasonallyAdjusted: Type.Boolean(),
    families,
  }),
)
export type GrowthReply = Type.Static<typeof GrowthReply>

export const DatasetsReply = envelope(
  Type.Array(
    Type.Object({
      dataset: Type.String(),
      flow: Type.String(),
      first: Type.String(),
      last: Type.String(),
      yearly: Type.Boolean(),
      currencies: Type.Array(Type.String()),
      vintage: Type.String(),
    }),
  ),
  Type.Object({
    rows: Type.Integer(),
    asOf: Type.String(),
    complexities: Type.Array(Type.Integer(), { description: 'levels of the code with product complexities' }),
  }),
)
export type DatasetsReply = Type.Static<typeof DatasetsReply>
