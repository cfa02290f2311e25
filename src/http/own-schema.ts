import { Type } from 'typebox'
import { GrowthReply, StructureReply } from '../indicators/schema.ts'
import { ExposedEnterprise, Warning } from '../warnings/schema.ts'
import { envelope, strict } from './schema.ts'

export const TradeQuery = strict({
  flow: Type.Optional(Type.Enum(['export', 'import'], { default: 'export' })),
  currency: Type.Optional(Type.Enum(['USD', 'CNY'])),
})
const Trade = Type.Object({
  months: GrowthReply.properties.data,
  products: StructureReply.properties.data,
  partners: StructureReply.properties.data,
})
/** Own trade of a firm by month, and this year to date by product and partner. */
export const TradeReply = envelope(
  Type.Union([Trade, Type.Null()], { description: 'null: no loaded data name enterprises' }),
  Type.Object({
    flow: Type.Enum(['export', 'import']),
    currency: Type.Union([Type.String(), Type.Null()]),
    period: Type.Union([StructureReply.properties.meta.properties.period, Type.Null()]),
    total: Type.Union([Type.String(), Type.Null()]),
    yoy: Type.Union([Type.Number(), Type.Null()]),
    vintage: Type.Union([Type.String(), Type.Null()]),
  }),
)
export type TradeReply = Type.Static<typeof TradeReply>

const { id, rule, flow, currency, labels, period, firedPeriod } = Warning.properties
const OwnWarning = Type.Object({
  ...{ id, rule, flow, currency, labels, period, firedPeriod },
  value: ExposedEnterprise.properties.value,
  base: ExposedEnterprise.properties.base,
})
export const OwnWarningsReply = envelope(
  Type.Array(OwnWarning, { description: 'with the amounts of the firm, never those of the city' }),
  Type.Object({ rows: Type.Integer() }),
)
export type OwnWarningsReply = Type.Static<typeof OwnWarningsReply>
