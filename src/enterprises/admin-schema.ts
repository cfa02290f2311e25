import { Type } from 'typebox'
import { DateText, envelope, strict } from '../http/schema.ts'
import { FormatQuery } from '../sheet.ts'
import { AuditRow, EnterpriseId, Id, Role } from './people-schema.ts'

export const AccountBody = strict({
  role: Role,
  enterpriseId: Type.Optional(EnterpriseId),
})
export type AccountBody = Type.Static<typeof AccountBody>

export const FirmBody = strict({
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' }),
  uscc: Type.Union([Type.String({ minLength: 18, maxLength: 18 }), Type.Null()], {
    description: 'unified social credit code (GB 32100); null takes it away',
  }),
})
export type FirmBody = Type.Static<typeof FirmBody>

const Part = Type.String({ minLength: 1, maxLength: 100 })
export const AuditQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 100 })),
  before: Type.Optional(Id),
  actor: Type.Optional(Part),
  action: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'part of method and route' }),
  ),
  subject: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'part of the address asked' }),
  ),
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
  format: FormatQuery,
})
export type AuditQuery = Type.Static<typeof AuditQuery>
export const AuditReply = envelope(Type.Array(AuditRow), Type.Object({ rows: Type.Integer() }))
