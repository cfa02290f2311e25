import { rename, rm } from 'node:fs/promises'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { columnsFor } from './copy/fact-columns.ts'
import { rollupColumns } from './copy/rollup-writer.ts'
import type { Chunk, Tally } from './copy/row-store.ts'
import { settleDeclarations } from './declaration-queries.ts'
import type { ParseJob, ParseResult } from './load-parse.ts'
import { type LoadTables, partitionsOf, registerSlices, uncountTotals } from './load-queries.ts'
import type { ReadingThread } from './load-thread.ts'
import type { Plan } from './plan.ts'
import { layoutFor } from './sniff.ts'

interface CopyPlan {
  job: ParseJob
  thread: ReadingThread
  tables: LoadTables
}

/**
 * Streams the file into the tables of a load and registers its slices. Facts and rollups come in turns, each a COPY of its
 * own in the transaction of the load, those of a year into its partition.
 */
export async function copyFacts(
  client: pg.PoolClient,
  { turn, signal }: { turn?: Promise<unknown>; signal?: AbortSignal },
  { job, thread, tables }: CopyPlan,
): Promise<ParseResult> {
  const parsing = thread.parse(job)
  const match = { ...job.match, layout: layoutFor(job.choice) }
  const columns = { facts: columnsFor(match, job.settings), rollups: rollupColumns }
  const next = async () => {
    signal?.throwIfAborted()
    return await parsing.next()
  }
  const tableOf = tableFor(tables, await partitionsOf(client, tables.facts))
  try {
    let step = await next()
    let table = tableOf(step)
    while (!step.done) {
      const own = table
      const run = async function* () {
        for (; !step.done && table === own; table = tableOf(step)) {
          yield step.value.bytes
          step = await next()
        }
      }
      await copyInto(client, own, columns[step.value.into], run())
    }
    await turn
    await registerSlices(client, step.value.slices)
    return step.value
  } finally {
    await parsing.return(undefined as never)
  }
}

type Step = IteratorResult<Chunk, ParseResult>

/**
 * Where what was read belongs. Rows of one year go straight to their partition, as Postgres then looks for none; after rows of
 * several years all go by way of the whole table, so that a file in no order is not cut to pieces.
 */
function tableFor({ facts, rollups }: LoadTables, partitions: ReadonlySet<string>): (step: Step) => string {
  let ordered = true
  return (step) => {
    if (step.done) return ''
    const { value } = step
    if (value.into === 'rollups') return rollups
    ordered &&= value.year !== null
    const own = `${facts}_y${value.year}`
    return ordered && partitions.has(own) ? own : facts
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
