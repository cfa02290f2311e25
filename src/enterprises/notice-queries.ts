import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { notFound } from './access.ts'
import { isForFirm } from './audience-queries.ts'
import type { Notice, NoticeBody } from './notice-schema.ts'
import { type Page, pageOf } from './page.ts'

const columns = ['id', 'title', 'body', 'districts', 'chapters', 'publishedAt', 'endsOn', 'author'] as const

/** Who reads: a firm on a day, or with null the bureau. */
export type NoticeReader = { enterpriseId: string; on: string } | null

/** A page of the bureau's notices, newest first, and how many there are; with a firm those that are for it and not over. */
export async function listNotices(
  tx: Tx,
  reader: NoticeReader,
  page: Page,
): Promise<{ notices: Notice[]; total: number; next: string | null }> {
  const fitting = noticesFor(tx, reader)
  const found = await fitting
    .select(columns)
    .$if(page.after !== null, (query) =>
      query.where(sql<boolean>`(published_at, id) < (${page.after?.at}, ${page.after?.id})`),
    )
    .orderBy('publishedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const { rows, next } = pageOf(found, page, ({ publishedAt }) => publishedAt)
  const { total } = await fitting.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
  return { notices: rows.map(noticeOf), total, next }
}

function noticesFor(tx: Tx, reader: NoticeReader) {
  const all = tx.selectFrom('notice')
  if (reader === null) return all
  return all
    .where((or) => or.or([or('endsOn', 'is', null), or('endsOn', '>=', reader.on)]))
    .where(isForFirm(reader.enterpriseId))
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
