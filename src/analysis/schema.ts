import { Type } from 'typebox'
import { DecimalText, envelope, strict } from '../http/schema.ts'
import { commonMeta, orNull, Statistic, selection } from '../indicators/schema.ts'
import { aggregates } from './task.ts'

/** Observations of a frame: lines × periods. */
export const mostObservations = 200_000
/** Cells of a pivot: rows × columns. */
export const mostCells = 20_000

const dimensions = [
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'partner',
  'mode',
  'ownership',
  'enterprise',
  'transport',
  'district',
] as const
const axes = ['period', 'year', ...dimensions] as const

const by = Type.Optional(
  Type.Enum([...dimensions], { description: 'what the lines are; one line for all unless given' }),
)
const measure = Type.Optional(
  Type.Enum(['value', 'yoy'], {
    description: 'money, or growth over the same period a year before; value unless given',
  }),
)

export const PivotQuery = strict({
  ...selection,
  rows: Type.Enum([...axes]),
  columns: Type.Optional(Type.Enum([...axes], { description: 'one column for all unless given' })),
  aggregate: Type.Optional(
    Type.Enum([...aggregates], {
      description: 'over the observations (line × period) of a cell; sum unless given; std is over n − 1',
    }),
  ),
})
export type PivotQuery = Type.Static<typeof PivotQuery>

export const DescribeQuery = strict({ ...selection, by, measure })
export type DescribeQuery = Type.Static<typeof DescribeQuery>

export const CorrelateQuery = strict({
  ...selection,
  by: Type.Enum([...dimensions]),
  measure: Type.Optional(
    Type.Enum(['value', 'yoy'], {
      description:
        'yoy unless given: what trends together correlates whether or not one has to do with the other',
    }),
  ),
  top: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 30, description: 'lines of the largest value, 10 unless given' }),
  ),
})
export type CorrelateQuery = Type.Static<typeof CorrelateQuery>

export const RollingQuery = strict({
  ...selection,
  by,
  measure,
  window: Type.Integer({
    minimum: 2,
    maximum: 60,
    description: 'periods; January and February are one unless janFeb=split',
  }),
  aggregate: Type.Optional(Type.Enum([...aggregates], { description: 'mean unless given' })),
  top: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'lines of the largest value, 10 unless given' }),
  ),
})
export type RollingQuery = Type.Static<typeof RollingQuery>

const Line = {
  code: orNull(Type.String({ description: 'null for all lines together' })),
  name: orNull(Type.String()),
  nameEn: orNull(Type.String()),
}
const Figure = Type.Union([DecimalText, Type.Number(), Type.Null()], {
  description: 'money as exact decimal text for sum, min and max; otherwise a number',
})
const Meta = {
  ...commonMeta,
  periods: Type.Array(Type.String()),
  observations: Type.Integer({ description: 'lines × periods of the frame' }),
}

export const PivotReply = envelope(
  Type.Array(Type.Object({ ...Line, values: Type.Array(Figure) })),
  Type.Object({ ...Meta, columns: Type.Array(Type.Object(Line)) }),
)
export type PivotReply = Type.Static<typeof PivotReply>

export const DescribeReply = envelope(
  Type.Array(
    Type.Object({
      ...Line,
      count: Type.Integer(),
      missing: Type.Integer({ description: 'periods without an observation' }),
      sum: Figure,
      mean: Statistic,
      std: Statistic,
      min: Figure,
      median: Statistic,
      max: Figure,
    }),
  ),
  Type.Object(Meta),
)
export type DescribeReply = Type.Static<typeof DescribeReply>

export const CorrelateReply = envelope(
  Type.Array(
    Type.Object({
      a: Type.Object(Line),
      b: Type.Object(Line),
      correlation: Statistic,
      observations: Type.Integer({ description: 'periods that both have' }),
    }),
  ),
  Type.Object(Meta),
)
export type CorrelateReply = Type.Static<typeof CorrelateReply>

export const RollingReply = envelope(
  Type.Array(Type.Object({ ...Line, period: Type.String(), value: Figure, rolling: Figure })),
  Type.Object(Meta),
)
export type RollingReply = Type.Static<typeof RollingReply>
