import { Type } from 'typebox'
import { envelope, strict } from '../http/schema.ts'

const OptionalText = Type.Union([Type.String(), Type.Null()])
const Instant = Type.String({ description: 'ISO 8601 instant' })
export const Role = Type.Enum(['admin', 'officer', 'enterprise'])
const Scope = Type.Enum(['read', 'write'], { description: 'read: may ask, not change' })
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Rows = Type.Object({ rows: Type.Integer() })
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' })
const Email = Type.String({ maxLength: 320 })
export const EnterpriseId = Type.Union([Type.String({ pattern: '^[0-9]{4}[0-9A-Z]{6}$' }), Type.Null()])
const OwnPassword = Type.Optional(
  Type.String({
    maxLength: 1024,
    description:
      'the own one, once more; who has none signed in within the last ten minutes, a program needs none',
  }),
)
const Code = Type.String({ pattern: '^[0-9]{6}$', description: 'six digits of the authenticator' })

export const IdParams = strict({ id: Id })

export const AccountRow = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: Role,
  enterpriseId: OptionalText,
  state: Type.Enum(['invited', 'active', 'disabled']),
  secondFactor: Type.Boolean(),
  createdAt: Instant,
})
export type AccountRow = Type.Static<typeof AccountRow>
export const AccountsReply = envelope(Type.Array(AccountRow), Rows)
export const InvitationBody = strict({
  email: Email,
  name: Name,
  role: Role,
  enterpriseId: Type.Optional(EnterpriseId),
})
export const InvitationReply = envelope(
  Type.Object({
    email: Type.String(),
    link: Type.String({ description: 'works once; hand it over where no mail was sent' }),
    mailed: Type.Boolean(),
  }),
  Type.Object({}),
)

export const ResetBody = strict({ email: Email })
export const PasswordBody = strict({
  token: Type.String({ maxLength: 100 }),
  password: Type.String({ maxLength: 1024 }),
})

export const SessionRow = Type.Object({
  id: Id,
  createdAt: Instant,
  expiresAt: Instant,
  current: Type.Boolean(),
})
export type SessionRow = Type.Static<typeof SessionRow>
export const SessionsReply = envelope(Type.Array(SessionRow), Rows)

export const TokenRow = Type.Object({
  id: Id,
  name: Type.String(),
  role: Role,
  enterpriseId: OptionalText,
  scope: Scope,
  createdAt: Instant,
  expiresAt: Type.Union([Instant, Type.Null()]),
  revokedAt: Type.Union([Instant, Type.Null()]),
})
export type TokenRow = Type.Static<typeof TokenRow>
export const TokensReply = envelope(Type.Array(TokenRow), Rows)
export const TokenBody = strict({
  name: Name,
  role: Role,
  enterpriseId: Type.Optional(EnterpriseId),
  scope: Type.Optional(Scope),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, description: 'how long it works' })),
  password: OwnPassword,
})
export const NewTokenReply = envelope(
  Type.Object({ token: Type.String({ description: 'shown once' }) }),
  Type.Object({}),
)

export const SecondFactorState = envelope(Type.Object({ on: Type.Boolean() }), Type.Object({}))
export const SecondFactorReply = envelope(
  Type.Object({ secret: Type.String(), address: Type.String({ description: 'otpauth://' }) }),
  Type.Object({}),
)
export const SecondFactorBody = strict({
  secret: Type.String({ pattern: '^[A-Z2-7]{32}$' }),
  code: Code,
  password: OwnPassword,
})
export const NoSecondFactorBody = strict({ code: Code, password: OwnPassword })

export const AuditRow = Type.Object({
  id: Id,
  at: Instant,
  actor: Type.String(),
  role: Type.String(),
  enterpriseId: OptionalText,
  action: Type.String({ description: 'method and route' }),
  subject: Type.String({ description: 'the address asked' }),
  status: Type.Integer(),
  requestId: Type.String(),
})
export type AuditRow = Type.Static<typeof AuditRow>
