import { Type } from 'typebox'
import { envelope, strict } from '../../http/schema.ts'
import { severities, topics } from '../rule.ts'
import { BouncedMark, nullable } from '../schema.ts'

const Severities = Type.Array(Type.Enum([...severities]), { minItems: 1, uniqueItems: true })
const Topics = Type.Array(Type.Enum([...topics]), { uniqueItems: true, description: 'none: all' })
const RemindAfterDays = Type.Integer({ minimum: 1, maximum: 366 })
const Roles = Type.Enum(['admin', 'officer', 'enterprise'])

const wanted = {
  language: Type.Enum(['zh', 'en']),
  severities: Severities,
  topics: Topics,
  remindAfterDays: RemindAfterDays,
  active: Type.Boolean(),
  escalations: Type.Boolean({ default: false }),
  districts: Type.Array(Type.String({ pattern: '^[0-9A-Z]{2,5}$' }), {
    default: [],
    maxItems: 100,
    uniqueItems: true,
    description:
      'beginnings of district codes: only warnings with trade there, and only its firms; none: all',
  }),
}
const namesEnterprises = (whenUnsaid: boolean) =>
  Type.Boolean({ default: whenUnsaid, description: 'false: no firm’s name or amount' })

export const SubscriptionBody = strict({ ...wanted, namesEnterprises: namesEnterprises(true) })
export type SubscriptionBody = Type.Static<typeof SubscriptionBody>

export const AddressBody = strict({
  ...wanted,
  namesEnterprises: namesEnterprises(false),
  email: Type.String({ pattern: '^[^\\s@<>",;]+@[^\\s@<>",;]+$', maxLength: 320 }),
  name: Type.String({ minLength: 1, maxLength: 80, description: 'whose address it is' }),
  enterpriseId: Type.Optional(nullable(Type.String({ pattern: '^[0-9A-Z]{10}$' }))),
})
export type AddressBody = Type.Static<typeof AddressBody>

const SubscriptionRow = Type.Object({
  ...SubscriptionBody.properties,
  id: Type.Integer(),
  email: Type.String(),
  name: nullable(Type.String()),
  role: nullable(Roles),
  enterpriseId: nullable(Type.String()),
  own: Type.Boolean(),
  unsubscribedAt: nullable(
    Type.String({ description: 'ISO 8601 instant at which the address ended its mails by their link' }),
  ),
  bounced: BouncedMark,
})
export type SubscriptionRow = Type.Static<typeof SubscriptionRow>
export const SubscriptionsReply = envelope(Type.Array(SubscriptionRow), Type.Object({ rows: Type.Integer() }))
export const SubscriptionReply = envelope(SubscriptionRow, Type.Object({}))

export const UnsubscribeParams = strict({
  token: Type.String({ maxLength: 80, description: 'of the link in a mail' }),
})

export const RoleParams = strict({ role: Roles })
const byRole = {
  severities: Severities,
  topics: Topics,
  remindAfterDays: RemindAfterDays,
  escalations: Type.Boolean(),
  active: Type.Boolean({ description: 'false: the role alone subscribes nobody' }),
}
export const DefaultBody = strict(byRole)
const SubscriptionDefault = Type.Object({ role: Roles, ...byRole })
export type SubscriptionDefault = Type.Static<typeof SubscriptionDefault>
export const DefaultsReply = envelope(Type.Array(SubscriptionDefault), Type.Object({ rows: Type.Integer() }))
