import type { Clock } from '../clock.ts'
import type { Database } from '../db/connect.ts'

/** What a run of a job came to: it did something, found nothing to do, or failed. */
export interface JobResult {
  outcome: 'done' | 'idle' | 'failed'
  /** For people; null when there is nothing to say. */
  detail: string | null
}

const keptRuns = 200

/** Runs a job and writes down how it went; what the job throws is written down and thrown on. */
export async function recordRun(
  { db, clock }: { db: Database; clock: Clock },
  job: string,
  work: () => Promise<JobResult>,
): Promise<void> {
  const startedAt = clock.now()
  const note = ({ outcome, detail }: JobResult) =>
    writeRun(db, { job, startedAt, endedAt: clock.now(), outcome, detail: detail?.slice(0, 500) ?? null })
  try {
    await note(await work())
  } catch (error) {
    // Where the database is the reason there is nothing to write to.
    await note({ outcome: 'failed', detail: (error as Error).message }).catch(() => {})
    throw error
  }
}

interface Run extends JobResult {
  job: string
  startedAt: Date
  endedAt: Date
}

async function writeRun(db: Database, run: Run): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { id } = await tx.insertInto('jobRun').values(run).returning('id').executeTakeFirstOrThrow()
    const older = tx.deleteFrom('jobRun').where('job', '=', run.job).where('id', '<', id)
    await older.where('outcome', '=', 'idle').execute()
    await older
      .where('id', 'not in', (eb) =>
        eb
          .selectFrom('jobRun as kept')
          .select('kept.id')
          .where('kept.job', '=', run.job)
          .orderBy('kept.id', 'desc')
          .limit(keptRuns),
      )
      .execute()
  })
}

/** The latest runs of every job, newest first. */
export async function listRuns(db: Database, limit: number): Promise<Run[]> {
  const rows = await db
    .selectFrom('jobRun')
    .select(['job', 'startedAt', 'endedAt', 'outcome', 'detail'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows as Run[]
}
