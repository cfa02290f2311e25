import { Type } from 'typebox'
import { envelope, strict } from '../../http/schema.ts'
import { Instant, nullable } from '../schema.ts'

export const FeedParams = strict({ token: Type.String({ maxLength: 80, description: 'of the feed' }) })
export const FeedReply = envelope(
  nullable(
    Type.Object({
      createdAt: Instant,
      lastUsedAt: nullable(Type.String({ description: 'when a program last read it, to the hour' })),
    }),
  ),
  Type.Object({}),
)
export const NewFeedReply = envelope(Type.Object({ address: Type.String() }), Type.Object({}))

export const CalendarReply = envelope(
  Type.Array(
    Type.Object({
      day: Type.String({ description: 'YYYY-MM-DD' }),
      kind: Type.Enum(['publication', 'sunset']),
      summary: Type.String(),
      description: Type.String(),
    }),
  ),
  Type.Object({ rows: Type.Integer(), from: Type.String(), to: Type.String() }),
)
