import type { Tx } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { notFound } from './access.ts'
import { mostAttachments, mostBytesOfFirm } from './attachment.ts'
import type { RecordKey } from './product-queries.ts'
import { attachmentColumns, listAttachments, lockedState } from './question-queries.ts'
import type { Attachment } from './question-schema.ts'

/** Adds a file to a question that is not closed. Throws when it has as many as it may, or the firm's take the room they may. */
export async function addAttachment(
  tx: Tx,
  key: RecordKey,
  file: { name: string; type: string; content: Buffer },
  by: { name: string; now: Date },
): Promise<Attachment> {
  const state = await lockedState(tx, key)
  if (state === 'closed')
    throw new AppError('conflict', `question: ${key.id}: is closed: reopen it first`, { field: 'question' })
  const { length } = await listAttachments(tx, key)
  if (length >= mostAttachments)
    throw new AppError('conflict', `file: ${file.name}: a question has at most ${mostAttachments} files`, {
      field: 'file',
      allowed: `at most ${mostAttachments} files`,
    })
  await requireRoom(tx, key.enterpriseId, file)
  const { enterpriseId, id: questionId } = key
  const row = await tx
    .insertInto('questionAttachment')
    .values({
      enterpriseId,
      questionId,
      ...file,
      bytes: file.content.length,
      addedBy: by.name,
      addedAt: by.now,
    })
    .returning(attachmentColumns)
    .executeTakeFirstOrThrow()
  return { ...row, addedAt: row.addedAt.toISOString() }
}

async function requireRoom(
  tx: Tx,
  enterpriseId: string,
  file: { name: string; content: Buffer },
): Promise<void> {
  const kept = await tx
    .selectFrom('questionAttachment')
    .select((of) => of.fn.coalesce(of.fn.sum<number>('bytes'), of.lit(0)).as('bytes'))
    .where('enterpriseId', '=', enterpriseId)
    .where('content', 'is not', null)
    .executeTakeFirstOrThrow()
  if (Number(kept.bytes) + file.content.length <= mostBytesOfFirm) return
  const allowed = `at most ${mostBytesOfFirm / 1024 / 1024} MiB of files an enterprise`
  throw new AppError('conflict', `file: ${file.name}: ${allowed}`, { field: 'file', allowed })
}

/** A file with its content; throws when there is none, or when it was taken away. */
export async function findAttachment(
  tx: Tx,
  key: RecordKey,
  attachment: number,
): Promise<{ name: string; type: string; content: Buffer }> {
  const row = await tx
    .selectFrom('questionAttachment')
    .select(['name', 'type', 'content'])
    .where('enterpriseId', '=', key.enterpriseId)
    .where('questionId', '=', key.id)
    .where('id', '=', attachment)
    .executeTakeFirst()
  if (!row?.content)
    throw notFound('attachment', attachment, 'the id of a file of this question that is kept')
  return { name: row.name, type: row.type, content: row.content }
}
