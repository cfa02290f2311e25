import { Type } from 'typebox'
import { DateText, envelope, strict } from '../http/schema.ts'
import { FormatQuery } from '../sheet.ts'
import { Next } from './page.ts'
import { Id, Instant, Line, LongText } from './record-schema.ts'

/** Whom a notice or an event is for: nothing named means every firm. */
const audience = {
  districts: Type.Array(Type.String({ pattern: '^[0-9]{5}$' }), {
    maxItems: 50,
    uniqueItems: true,
    description: 'first five digits of a firm’s customs code; none: all',
  }),
  chapters: Type.Array(Type.String({ pattern: '^[0-9]{2}$' }), {
    maxItems: 97,
    uniqueItems: true,
    description: 'HS chapters of which the firm has a product or trade; none: all',
  }),
}
const InstantInput = Type.String({ format: 'date-time', description: 'ISO 8601 instant' })

export const NoticeBody = strict({
  title: Line,
  body: LongText,
  ...audience,
  endsOn: Type.Union([DateText, Type.Null()], { description: 'last day on which firms see it' }),
})
export type NoticeBody = Type.Static<typeof NoticeBody>
export const Notice = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  ...audience,
  publishedAt: Instant,
  endsOn: Type.Union([Type.String(), Type.Null()]),
  author: Type.String(),
})
export type Notice = Type.Static<typeof Notice>
export const NoticeReply = envelope(Notice, Type.Object({}))
export const NoticesReply = envelope(
  Type.Array(Notice),
  Type.Object({ rows: Type.Integer(), total: Type.Integer(), next: Next }),
)

export const EventBody = strict({
  title: Line,
  body: LongText,
  place: Line,
  ...audience,
  startsAt: InstantInput,
  deadline: InstantInput,
  capacity: Type.Integer({ minimum: 1, maximum: 100_000 }),
})
export type EventBody = Type.Static<typeof EventBody>
const SignUp = Type.Object({
  people: Type.Integer(),
  contact: Type.String(),
  phone: Type.String(),
  signedUpAt: Instant,
})
export const Event = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  place: Type.String(),
  ...audience,
  startsAt: Instant,
  deadline: Instant,
  capacity: Type.Integer(),
  free: Type.Integer({ description: 'places left' }),
  state: Type.Enum(['open', 'full', 'closed', 'past', 'cancelled']),
  publishedAt: Instant,
  author: Type.String(),
  own: Type.Union([SignUp, Type.Null()], { description: 'the sign-up of the firm that asks' }),
})
export type Event = Type.Static<typeof Event>
export const EventReply = envelope(Event, Type.Object({}))
export const EventsReply = envelope(
  Type.Array(Event),
  Type.Object({
    rows: Type.Integer(),
    open: Type.Integer({ description: 'events, on all pages, one can sign up for now' }),
    next: Next,
  }),
)

export const SignUpBody = strict({
  people: Type.Integer({ minimum: 1, maximum: 20 }),
  contact: Line,
  phone: Type.String({ pattern: '^[0-9+ ()-]{5,30}$' }),
})
export type SignUpBody = Type.Static<typeof SignUpBody>
export const SignUpRow = Type.Object({
  enterpriseId: Type.String(),
  enterprise: Type.String(),
  ...SignUp.properties,
})
export type SignUpRow = Type.Static<typeof SignUpRow>
export const SignUpsQuery = strict({ format: FormatQuery })
export const SignUpsReply = envelope(
  Type.Array(SignUpRow),
  Type.Object({ rows: Type.Integer(), event: Type.String(), people: Type.Integer() }),
)
