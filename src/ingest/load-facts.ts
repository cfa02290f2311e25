import { join } from 'node:path'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { columnsFor } from './copy/fact-columns.ts'
import { rollupColumns } from './copy/rollup-writer.ts'
import type { Tally } from './copy/row-store.ts'
import { settleDeclarations } from './declaration-queries.ts'
import { jobOf, type ParseResult } from './load-parse.ts'
import { allocateSliceIds, type LoadTables, registerSlices, uncountTotals } from './load-queries.ts'
import type { ReadingThread } from './load-thread.ts'
import type { Plan } from './plan.ts'
import type { FileFacts } from './read.ts'
import type { Progress } from './schema.ts'

interface FactDeps {
  connection: { pool: pg.Pool }
  config: { home: string }
}

interface FactRequest {
  path: string
  onProgress?: (progress: Progress) => void
  turn?: Promise<unknown>
  signal?: AbortSignal
}

/**
 * Streams the file into the tables of a load and registers its slices. Facts and rollups come in turns, each a COPY of its
 * own in the transaction of the load.
 */
export async function copyFacts(
  client: pg.PoolClient,
  deps: FactDeps,
  { path, onProgress, turn, signal }: FactRequest,
  { facts, plan, today, tables, sums, thread }: CopyPlan,
): Promise<ParseResult> {
  const job = jobOf(plan, {
    path,
    facts,
    today,
    rejectsPath: join(deps.config.home, 'rejects', `${facts.sha256}.csv`),
    sums: sums && plan.match.layout.declares === undefined,
  })
  const parsing = thread.parse(job, {
    allocate: (count) => allocateSliceIds(deps.connection.pool, count),
    onProgress: onProgress ?? (() => {}),
  })
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

interface CopyPlan {
  facts: FileFacts
  plan: Plan
  today: string
  tables: LoadTables
  /** Whether all rollups are wanted. */
  sums: boolean
  thread: ReadingThread
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
