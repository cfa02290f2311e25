import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { notFound } from './access.ts'
import { forFirm } from './audience-queries.ts'
import type { Notice, NoticeBody } from './notice-schema.ts'

const columns = ['id', 'title', 'body', 'districts', 'chapters', 'publishedAt', 'endsOn', 'author'] as const
const mostShown = 200

/** The bureau's notices, newest first; with a firm those that are for it and not over on the day `on`. */
export async function listNotices(
  tx: Tx,
  reader: { enterpriseId: string; on: string } | null,
): Promise<Notice[]> {
  const rows = await tx
    .selectFrom('notice')
    .select(columns)
    .$if(reader !== null, (query) =>
      query.where((or) => or.or([or('endsOn', 'is', null), or('endsOn', '>=', reader?.on ?? '')])),
    )
    .orderBy('publishedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute()
  const notices = rows.map(noticeOf)
  return reader ? await forFirm(tx, reader.enterpriseId, notices) : notices
}

export async function publishNotice(
  db: Database,
  body: NoticeBody,
  by: { author: string; now: Date },
): Promise<Notice> {
  await requireAudience(db, body)
  const row = await db
    .insertInto('notice')
    .values({ ...body, author: by.author, publishedAt: by.now })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return noticeOf(row)
}

export async function changeNotice(db: Database, id: number, body: NoticeBody): Promise<Notice> {
  await requireAudience(db, body)
  const row = await db
    .updateTable('notice')
    .set(body)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst()
  if (!row) throw notFound('notice', id, 'the id of a notice')
  return noticeOf(row)
}

export async function deleteNotice(db: Database, id: number): Promise<void> {
  const deleted = await db.deleteFrom('notice').where('id', '=', id).returning('id').executeTakeFirst()
  if (!deleted) throw notFound('notice', id, 'the id of a notice')
}

/** Throws for a district no firm is of and a chapter there is not: nobody would ever see what is for it. */
export async function requireAudience(
  db: Database,
  { districts, chapters }: Pick<NoticeBody, 'districts' | 'chapters'>,
): Promise<void> {
  const { rows } = await sql<{ field: string; code: string }>`
    select 'districts' as field, code from unnest(${districts}::text[]) code
    where not exists (select from district d where d.code = code.code)
      and not exists (select from enterprise e where left(e.id, 5) = code.code)
    union all
    select 'chapters', code from unnest(${chapters}::text[]) code
    where not exists (select from hs_chapter c where c.code = code.code)`.execute(db)
  const [wrong] = rows
  if (wrong?.field === 'districts')
    throw invalid('districts', wrong.code, 'districts of the reference, or that an enterprise is of')
  if (wrong) throw invalid('chapters', wrong.code, 'HS chapters of the reference')
}

function noticeOf(row: Omit<Notice, 'publishedAt'> & { publishedAt: Date }): Notice {
  return { ...row, publishedAt: row.publishedAt.toISOString() }
}
