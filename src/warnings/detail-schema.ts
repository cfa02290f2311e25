import { Type } from 'typebox'
import { DecimalText, envelope, strict } from '../http/schema.ts'
import { measures } from './rule.ts'
import { nullable, PeriodText, Warning } from './schema.ts'
import { states } from './state.ts'
import { bandMethods } from './statistics.ts'

const estimate = nullable(Type.Number({ description: 'a statistic, in the currency' }))

export const BandQuery = strict({
  band: Type.Optional(
    Type.Enum([...bandMethods], {
      description:
        'naive: the value a year ago; smoothed: its growth exponentially smoothed (weight 0.3). Unless said, that of the rule, or naive',
    }),
  ),
})

const SeriesPoint = Type.Object({
  period: PeriodText,
  value: nullable(DecimalText),
  base: nullable(DecimalText),
  change: nullable(Type.String({ description: 'of the rule’s first measure' })),
  outcome: Type.Enum(['met', 'not-met', 'no-data']),
  state: Type.Enum([...states]),
  event: nullable(Type.Enum(['new', 'worse', 'resolved'])),
  forecast: estimate,
  lower: estimate,
  upper: estimate,
})

export const SeriesReply = envelope(
  Type.Array(SeriesPoint),
  Type.Object({
    rows: Type.Integer(),
    currency: Type.String(),
    measure: Type.Enum([...measures]),
    comparison: Type.String(),
    threshold: DecimalText,
    floor: Type.Object({ on: Type.String(), monthlyAmount: Type.String() }),
    band: Type.Object({
      method: Type.Enum([...bandMethods]),
      coverage: Type.Number({
        description: 'share of past forecast errors inside the band, by construction',
      }),
      observed: nullable(Type.Number({ description: 'share of the shown periods inside it' })),
      points: Type.Integer({ description: 'shown periods that have a band' }),
    }),
  }),
)

export const historyKinds = [
  'new',
  'worse',
  'revised',
  'resolved',
  'acknowledged',
  'escalated',
  'mailed',
] as const
const HistoryRow = Type.Object({
  at: Type.String({ description: 'ISO 8601 instant' }),
  kind: Type.Enum([...historyKinds]),
  cause: nullable(Type.Enum(['data', 'rule'])),
  period: nullable(PeriodText),
  value: nullable(DecimalText),
  base: nullable(DecimalText),
  change: nullable(Type.String()),
  by: nullable(Type.String()),
  owner: nullable(Type.String()),
  note: nullable(Type.String()),
  mail: nullable(
    Type.Object({
      id: Type.Integer(),
      recipient: Type.String(),
      reason: Type.String(),
      state: Type.String({ description: 'queued, sent, failed or bounced' }),
    }),
  ),
})
export type HistoryRow = Type.Static<typeof HistoryRow>
export const HistoryReply = envelope(Type.Array(HistoryRow), Type.Object({ rows: Type.Integer() }))

export const OneWarningReply = envelope(
  Warning,
  Type.Object({ evaluatedThrough: nullable(PeriodText), silenced: Type.Boolean() }),
)
