import { Type } from 'typebox'
import { envelope, strict } from '../http/schema.ts'
import { EnterpriseId, HsInput, Id, Instant, Line, LongText, OptionalText, Rows } from './record-schema.ts'

export const topics = ['tariff', 'origin', 'certificate', 'warning', 'data', 'training', 'other'] as const
export const questionStates = ['open', 'answered', 'closed', 'reopened'] as const
export type QuestionState = (typeof questionStates)[number]
const Topic = Type.Enum([...topics])
const State = Type.Enum([...questionStates])

export const QuestionBody = strict({
  topic: Topic,
  title: Line,
  body: LongText,
  hs: Type.Optional(Type.Union([HsInput, Type.Null()])),
  productId: Type.Optional(Type.Union([Id, Type.Null()])),
})
export type QuestionBody = Type.Static<typeof QuestionBody>
export const EntryBody = strict({ body: LongText })
export const StateBody = strict({ state: Type.Enum(['closed', 'reopened']) })

export const Question = Type.Object({
  id: Id,
  enterpriseId: Type.String(),
  enterprise: Type.String({ description: 'its name' }),
  topic: Topic,
  title: Type.String(),
  hs: OptionalText,
  productId: Type.Union([Id, Type.Null()]),
  product: Type.Union([Type.String(), Type.Null()], { description: 'its name; null: none, or deleted' }),
  state: State,
  askedBy: Type.String(),
  askedAt: Instant,
  updatedAt: Instant,
})
export type Question = Type.Static<typeof Question>

const Entry = Type.Object({
  id: Id,
  kind: Type.Enum(['asked', 'added', 'answered', 'closed', 'reopened']),
  body: Type.String(),
  author: Type.String(),
  ofBureau: Type.Boolean(),
  at: Instant,
})
export type Entry = Type.Static<typeof Entry>
export const Attachment = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.String(),
  bytes: Type.Integer(),
  addedBy: Type.String(),
  addedAt: Instant,
  kept: Type.Boolean({ description: 'false: taken away when its time was over' }),
})
export type Attachment = Type.Static<typeof Attachment>
export const QuestionDetail = Type.Object({
  ...Question.properties,
  entries: Type.Array(Entry),
  attachments: Type.Array(Attachment),
})
export type QuestionDetail = Type.Static<typeof QuestionDetail>

export const InboxQuery = strict({
  state: Type.Optional(
    Type.Enum([...questionStates, 'waiting'], { description: 'waiting: open or reopened' }),
  ),
  topic: Type.Optional(Topic),
  enterprise: Type.Optional(EnterpriseId),
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the title or of the firm’s name' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
})
export type InboxQuery = Type.Static<typeof InboxQuery>
export const QuestionReply = envelope(QuestionDetail, Type.Object({}))
export const QuestionsReply = envelope(Type.Array(Question), Rows)
export const AttachmentReply = envelope(Attachment, Type.Object({}))
export const AttachmentParams = strict({ enterprise: EnterpriseId, id: Id, attachment: Id })
