import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { type TSchema, Type } from 'typebox'

/** The server as features see it: routes validated and typed by their TypeBox schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Who may call a route; every route states it as `config: { access }`, and the server refuses to start otherwise. */
export type Access = 'public' | 'signed-in' | 'officer' | 'admin'

export type Role = 'admin' | 'officer' | 'enterprise'

/** Who is calling. `enterpriseId` is set exactly for role enterprise. */
export interface Principal {
  name: string
  role: Role
  enterpriseId: string | null
  /** The person and session behind a cookie; API tokens have none. */
  accountId?: number | null
  sessionId?: number | null
  /** An API token that may ask and not change. */
  readOnly?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** A public route pages of other sites may send to: a secret in the address allows what it does, never a cookie. */
    fromAnySite?: true
  }
  interface FastifyRequest {
    /** null on public routes called without a session or token. */
    principal: Principal | null
  }
}

/** Error body of every failed request (RFC 9457, application/problem+json). */
const SaidValues = Type.Record(Type.String(), Type.String())

/** What was said, by a code with its values; a value may have been said in the same way. */
export const Said = Type.Object({
  code: Type.String(),
  params: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Object({ code: Type.String(), params: SaidValues })]),
  ),
})
export type Said = Type.Static<typeof Said>

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  field: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  allowed: Type.Optional(Type.String()),
  said: Type.Optional(Said),
  requestId: Type.String(),
})
export type Problem = Type.Static<typeof Problem>

/** Reply envelope: the data and how it came about. Extra meta fields of a feature go into `meta`. */
export function envelope<Data extends TSchema, Meta extends TSchema>(data: Data, meta: Meta) {
  return Type.Object({ data, meta })
}

/** An object that allows no other fields: unknown parameters are a 400, never ignored. */
export function strict<Properties extends Type.TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false })
}

export const DecimalText = Type.String({
  pattern: '^-?\\d+(\\.\\d+)?$',
  description: 'exact decimal as text',
})
export const DateText = Type.String({ format: 'date', description: 'YYYY-MM-DD' })
