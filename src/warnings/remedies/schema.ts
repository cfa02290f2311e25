import { Type } from 'typebox'
import { DateText, DecimalText, envelope, strict } from '../../http/schema.ts'
import { nullable } from '../schema.ts'

const Code = Type.String({ pattern: '^[A-Za-z0-9]{1,8}$' })
const SourceName = Type.String({ minLength: 1, maxLength: 200 })

export const RemediesQuery = strict({
  affected: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,8}$', description: 'CN unless said' })),
  imposing: Type.Optional(Code),
  hs: Type.Optional(Type.String({ pattern: '^\\d{2,6}$', description: 'only codes beginning with it' })),
  standing: Type.Optional(Type.Enum(['any', 'stands', 'ended'], { description: 'any unless said' })),
  endsBefore: Type.Optional(DateText),
  source: Type.Optional(SourceName),
  dataset: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'of the exports' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
})
export type RemediesQuery = Type.Static<typeof RemediesQuery>

const RemedyRow = Type.Object({
  id: Type.Integer(),
  source: Type.String(),
  reference: Type.String(),
  kind: Type.Enum(['anti-dumping', 'countervailing', 'safeguard', 'other']),
  imposing: Type.String(),
  imposingZh: nullable(Type.String()),
  imposingEn: nullable(Type.String()),
  affected: Type.String(),
  product: Type.String(),
  initiatedOn: nullable(Type.String()),
  inForceOn: nullable(Type.String()),
  sunsetOn: nullable(Type.String()),
  sunsetStated: Type.Boolean({
    description: 'false: reckoned as every fifth year from the entry into force',
  }),
  withdrawnOn: nullable(Type.String()),
  hs6: Type.Array(Type.String()),
  stands: Type.Boolean(),
  exports: nullable(DecimalText),
})
export type RemedyRow = Type.Static<typeof RemedyRow>

const RemedySource = Type.Object({
  source: Type.String(),
  cases: Type.Integer(),
  againstChina: Type.Integer(),
})
export type RemedySource = Type.Static<typeof RemedySource>

export const RemediesReply = envelope(
  Type.Array(RemedyRow),
  Type.Object({
    rows: Type.Integer(),
    more: Type.Integer(),
    sources: Type.Array(RemedySource),
    exportsFrom: nullable(Type.String({ description: 'first of the months of `exports`, YYYY-MM' })),
    exportsTo: nullable(Type.String()),
  }),
)

export const RemedyImportReply = envelope(
  Type.Object({
    source: Type.String(),
    cases: Type.Integer(),
    againstChina: Type.Integer(),
    rejects: Type.Array(Type.Object({ row: Type.Integer(), reason: Type.String() })),
  }),
  Type.Object({}),
)

export const SourceQuery = strict({ source: SourceName })
