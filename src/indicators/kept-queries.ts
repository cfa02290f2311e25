import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'

/** Names of enterprises and reference facts change without a load: an answer is not kept longer than this. */
const longestMs = 60_000
const mostAnswers = 300

interface Kept {
  state: string
  at: number
  answer: Promise<Answered>
}

interface Answered {
  meta: object
}

export interface KeptAnswers {
  /** The answer to a question, computed once as long as the loads it rests on are the same. */
  answer<Answer extends Answered>(question: string, now: Date, load: () => Promise<Answer>): Promise<Answer>
}

/**
 * Keeps the answers of the last minute, which in a morning are asked again and again. Every question looks whether a load came, was
 * undone or became visible; whoever asks while an answer is computed waits for the same one. What fails is not kept.
 */
export function keptAnswers(db: Database): KeptAnswers {
  const kept = new Map<string, Kept>()
  return {
    async answer<Answer extends Answered>(question: string, now: Date, load: () => Promise<Answer>) {
      const state = await stateOfLoads(db, now)
      const found = kept.get(question)
      const ageMs = now.getTime() - (found?.at ?? 0)
      if (found?.state === state && ageMs >= 0 && ageMs < longestMs)
        return askedAt((await found.answer) as Answer, { before: new Date(found.at), now })
      const answer = load()
      kept.delete(question)
      kept.set(question, { state, at: now.getTime(), answer })
      const [oldest] = kept.keys()
      if (kept.size > mostAnswers && oldest !== undefined) kept.delete(oldest)
      answer.catch(() => kept.delete(question))
      return answer
    },
  }
}

/** The same answer as of now, where it was one as of then. */
function askedAt<Answer extends Answered>(
  answer: Answer,
  { before, now }: { before: Date; now: Date },
): Answer {
  const meta = answer.meta as { asOf?: string }
  if (meta.asOf !== before.toISOString()) return answer
  return { ...answer, meta: { ...meta, asOf: now.toISOString() } }
}

/** Changes with every load, undo and restoration, and when one that bears a later time comes into sight. */
async function stateOfLoads(db: Database, now: Date): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ', max(id), count(*), count(*) filter (where loaded_at <= ${now}),
      count(*) filter (where superseded_at <= ${now}), max(superseded_at), (select count(*) from slice_gap)) as state
    from slice`.execute(db)
  return rows[0]?.state ?? ''
}
