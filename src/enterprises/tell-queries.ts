import type { Database } from '../db/connect.ts'
import type { Question } from './question-schema.ts'
import { questionMails } from './text.ts'

/** What happened to a question, told to whoever did not do it. */
export interface Told {
  question: Question
  /** The entry of its history; every person is mailed about it once. */
  entryId: number
  byBureau: boolean
}

/**
 * Puts mails about a question into the outbox: to the firm's people where the bureau wrote, to the bureau's officers where the firm
 * did. They name the question and link to it; what was written stays here. Outside of a firm's scope: addresses are none of its rows.
 */
export async function tellAbout(
  db: Database,
  { question, entryId, byBureau }: Told,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<void> {
  const people = await db
    .selectFrom('account')
    .select(['id', 'email'])
    .where('disabledAt', 'is', null)
    .$if(byBureau, (query) => query.where('enterpriseId', '=', question.enterpriseId))
    .$if(!byBureau, (query) => query.where('role', '=', 'officer'))
    .execute()
  if (people.length === 0) return
  const { subject, text } = questionMails[byBureau ? 'toFirm' : 'toBureau']
  const bodyText = text(question, `${publicUrl}/questions?open=${question.enterpriseId}-${question.id}`)
  const host = new URL(publicUrl).hostname
  const mails = people.map(({ id, email }) => ({
    dedupKey: `question:${entryId}:${id}`,
    recipient: email,
    accountId: id,
    enterpriseId: byBureau ? question.enterpriseId : null,
    reason: 'question',
    subject: subject(question).replaceAll(/\s+/g, ' '),
    bodyText,
    bodyHtml: `<pre>${escapeHtml(bodyText)}</pre>`,
    nextAttemptAt: now,
    messageId: `<question.${entryId}.${id}@${host}>`,
    createdAt: now,
  }))
  await db
    .insertInto('mail')
    .values(mails)
    .onConflict((conflict) => conflict.column('dedupKey').doNothing())
    .execute()
}

/** Text as it may stand in a mail of HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
