import { rename, rm } from 'node:fs/promises'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { columnsFor } from './copy/fact-columns.ts'
import { rollupColumns } from './copy/rollup-writer.ts'
import type { Tally } from './copy/row-store.ts'
import { settleDeclarations } from './declaration-queries.ts'
import type { ParseJob, ParseResult } from './load-parse.ts'
import { type LoadTables, registerSlices, uncountTotals } from './load-queries.ts'
import type { ReadingThread } from './load-thread.ts'
import type { Plan } from './plan.ts'

interface CopyPlan {
  plan: Plan
  job: ParseJob
  thread: ReadingThread
  tables: LoadTables
}

/**
 * Streams the file into the tables of a load and registers its slices. Facts and rollups come in turns, each a COPY of its
 * own in the transaction of the load.
 */
export async function copyFacts(
  client: pg.PoolClient,
  { turn, signal }: { turn?: Promise<unknown>; signal?: AbortSignal },
  { plan, job, thread, tables }: CopyPlan,
): Promise<ParseResult> {
  const parsing = thread.parse(job)
  const columns = { facts: columnsFor(plan.match, plan.settings), rollups: rollupColumns }
  const next = async () => {
    signal?.throwIfAborted()
    return await parsing.next()
  }
  try {
    let step = await next()
    while (!step.done) {
      const { into } = step.value
      const run = async function* () {
        for (; !step.done && step.value.into === into; step = await next()) yield step.value.bytes
      }
      await copyInto(client, tables[into], columns[into], run())
    }
    await turn
    await registerSlices(client, step.value.slices)
    return step.value
  } finally {
    await parsing.return(undefined as never)
  }
}

/** Puts the list of rejects in the place of that of an earlier attempt; without rejects that one goes too. */
export async function keepRejects(read: ParseResult, kept: string): Promise<ParseResult> {
  const { rejectsFile } = read
  if (rejectsFile === null) await rm(kept, { force: true })
  else await rename(rejectsFile, kept)
  return { ...read, rejectsFile: rejectsFile && kept }
}

/** Declarations replace each other item by item; of figures the totals of others stop counting. */
export async function settleFacts(
  client: pg.PoolClient,
  facts: string,
  plan: Plan,
  tally: Tally,
): Promise<void> {
  const { layout } = plan.match
  if (layout.name === 'declaration-cn') await settleDeclarations(client, facts, tally, plan.settings.rates)
  else if (layout.declares !== 'lines') await uncountTotals(client, facts, tally)
}
