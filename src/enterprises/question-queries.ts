import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { isDangling, notFound } from './access.ts'
import { escapeLike, requireHs } from './firm-queries.ts'
import type { RecordKey } from './product-queries.ts'
import type {
  Attachment,
  Entry,
  InboxQuery,
  Question,
  QuestionBody,
  QuestionDetail,
  QuestionState,
} from './question-schema.ts'
import { requireRoom, requireRoomForEntry } from './room-queries.ts'

/** Who writes: a firm about itself, or the bureau. */
export interface Writer {
  name: string
  ofBureau: boolean
}

const mostListed = 500

/** All inside `inScope`. Questions that wait for the bureau first, then the ones last touched. */
export async function listQuestions(
  tx: Tx,
  filter: InboxQuery & { enterprise?: string },
): Promise<Question[]> {
  const { state, topic, enterprise, q = '', limit = mostListed } = filter
  const pattern = `%${escapeLike(q.trim())}%`
  const states = state === 'waiting' ? ['open', 'reopened'] : [state ?? '']
  const rows = await questions(tx)
    .$if(state !== undefined, (query) => query.where('q.state', 'in', states))
    .$if(topic !== undefined, (query) => query.where('q.topic', '=', topic ?? ''))
    .$if(enterprise !== undefined, (query) => query.where('q.enterpriseId', '=', enterprise ?? ''))
    .$if(q.trim() !== '', (query) =>
      query.where((or) => or.or([or('q.title', 'ilike', pattern), or('e.name', 'ilike', pattern)])),
    )
    .orderBy((of) => of.case().when('q.state', 'in', ['open', 'reopened']).then(0).else(1).end())
    .orderBy('q.updatedAt', 'desc')
    .orderBy('q.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(questionOf)
}

export async function findQuestion(tx: Tx, key: RecordKey): Promise<QuestionDetail> {
  const row = await questions(tx)
    .where('q.enterpriseId', '=', key.enterpriseId)
    .where('q.id', '=', key.id)
    .executeTakeFirst()
  if (!row) throw noSuchQuestion(key.id)
  const entries = await tx
    .selectFrom('questionEntry')
    .select(['id', 'kind', 'body', 'author', 'ofBureau', 'at'])
    .where('enterpriseId', '=', key.enterpriseId)
    .where('questionId', '=', key.id)
    .orderBy('id')
    .execute()
  return {
    ...questionOf(row),
    entries: entries.map((entry) => ({
      ...entry,
      kind: entry.kind as Entry['kind'],
      at: entry.at.toISOString(),
    })),
    attachments: await listAttachments(tx, key),
  }
}

export const attachmentColumns = [
  'id',
  'name',
  'type',
  'bytes',
  'addedBy',
  'addedAt',
  sql<boolean>`content is not null`.as('kept'),
] as const

/** The files of a question without their contents, as they came. */
export async function listAttachments(tx: Tx, key: RecordKey): Promise<Attachment[]> {
  const rows = await tx
    .selectFrom('questionAttachment')
    .select(attachmentColumns)
    .where('enterpriseId', '=', key.enterpriseId)
    .where('questionId', '=', key.id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() }))
}

/** Asks. Throws for a code the reference does not know and a product that is not the firm's. */
export async function ask(
  tx: Tx,
  enterpriseId: string,
  body: QuestionBody,
  by: Writer & { now: Date },
): Promise<QuestionDetail> {
  const { topic, title, hs = null, productId = null } = body
  if (hs !== null) await requireHs(tx, hs)
  await requireRoom(tx, 'question', enterpriseId)
  const { id } = await tx
    .insertInto('question')
    .values({
      enterpriseId,
      topic,
      title,
      hs,
      productId,
      askedBy: by.name,
      askedAt: by.now,
      updatedAt: by.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isDangling(error))
        throw notFound('productId', productId ?? '', 'the id of a product of this enterprise')
      throw error
    })
  await note(tx, { enterpriseId, id }, { kind: 'asked', body: body.body }, by)
  return await findQuestion(tx, { enterpriseId, id })
}

/** Writes on: an answer where the bureau does; where the firm does, what was answered or closed is open again. */
export async function writeOn(
  tx: Tx,
  key: RecordKey,
  body: string,
  by: Writer & { now: Date },
): Promise<QuestionDetail> {
  const state = await lockedState(tx, key)
  if (by.ofBureau && state === 'closed')
    throw new AppError('conflict', `question: ${key.id}: is closed: reopen it first`, { field: 'question' })
  await requireRoomForEntry(tx, key)
  const waits = state === 'open' || state === 'reopened'
  const kind = by.ofBureau ? 'answered' : waits ? 'added' : 'reopened'
  await note(tx, key, { kind, body }, by)
  await setState(tx, key, by.ofBureau ? 'answered' : waits ? state : 'reopened', by.now)
  return await findQuestion(tx, key)
}

/** Closes or reopens. Throws conflict when it is in that state. */
export async function changeState(
  tx: Tx,
  key: RecordKey,
  wanted: 'closed' | 'reopened',
  by: Writer & { now: Date },
): Promise<QuestionDetail> {
  const state = await lockedState(tx, key)
  const changes = wanted === 'closed' ? state !== 'closed' : state === 'closed' || state === 'answered'
  if (!changes)
    throw new AppError('conflict', `question: ${key.id}: is ${state} already`, {
      field: 'state',
      value: wanted,
    })
  await note(tx, key, { kind: wanted, body: '' }, by)
  await setState(tx, key, wanted, by.now)
  return await findQuestion(tx, key)
}

/** The state, held until the transaction ends, so that two who write at once come one after the other. */
export async function lockedState(tx: Tx, key: RecordKey): Promise<QuestionState> {
  const row = await tx
    .selectFrom('question')
    .select('state')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchQuestion(key.id)
  return row.state as QuestionState
}

async function setState(tx: Tx, key: RecordKey, state: QuestionState, now: Date): Promise<void> {
  await tx
    .updateTable('question')
    .set({ state, updatedAt: now })
    .where('enterpriseId', '=', key.enterpriseId)
    .where('id', '=', key.id)
    .execute()
}

async function note(
  tx: Tx,
  { enterpriseId, id }: RecordKey,
  entry: Pick<Entry, 'kind' | 'body'>,
  by: Writer & { now: Date },
): Promise<void> {
  const { name: author, ofBureau, now: at } = by
  await tx
    .insertInto('questionEntry')
    .values({ enterpriseId, questionId: id, ...entry, author, ofBureau, at })
    .execute()
}

function questions(tx: Tx) {
  return tx
    .selectFrom('question as q')
    .innerJoin('enterprise as e', 'e.id', 'q.enterpriseId')
    .leftJoin('product as p', (join) =>
      join.onRef('p.id', '=', 'q.productId').onRef('p.enterpriseId', '=', 'q.enterpriseId'),
    )
    .select([
      'q.id',
      'q.enterpriseId',
      'e.name as enterprise',
      'q.topic',
      'q.title',
      'q.hs',
      'q.productId',
      'p.name as product',
      'q.state',
      'q.askedBy',
      'q.askedAt',
      'q.updatedAt',
    ])
}

type QuestionRow = Awaited<ReturnType<ReturnType<typeof questions>['execute']>>[number]

function questionOf(row: QuestionRow): Question {
  return {
    ...row,
    topic: row.topic as Question['topic'],
    state: row.state as QuestionState,
    askedAt: row.askedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function noSuchQuestion(id: number): AppError {
  return notFound('question', id, 'the id of a question of this enterprise')
}
