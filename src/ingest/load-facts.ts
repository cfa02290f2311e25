import { join } from 'node:path'
import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { settleDeclarations } from './declaration-queries.ts'
import type { ParseJob, ParseResult } from './load-parse.ts'
import { allocateSliceIds, registerSlices, uncountTotals } from './load-queries.ts'
import { declaredColumns, factColumns, type Tally } from './load-stream.ts'
import { parseAside } from './load-thread.ts'
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
  signal?: AbortSignal
}

/** Streams the file into the table of facts and registers its slices. */
export async function copyFacts(
  client: pg.PoolClient,
  deps: FactDeps,
  { path, onProgress, signal }: FactRequest,
  { facts, plan, today, table }: { facts: FileFacts; plan: Plan; today: string; table: string },
): Promise<ParseResult> {
  const { layout: _layout, ...match } = plan.match
  const job: ParseJob = {
    path,
    facts,
    choice: plan.choice,
    match,
    dialect: plan.dialect,
    settings: plan.settings,
    skip: plan.skip + 1,
    today,
    rejectsPath: join(deps.config.home, 'rejects', `${facts.sha256}.csv`),
  }
  const parsing = parseAside(job, {
    allocate: (count) => allocateSliceIds(deps.connection.pool, count),
    onProgress: onProgress ?? (() => {}),
  })
  const box: { result: ParseResult | null } = { result: null }
  async function* chunks() {
    for (;;) {
      signal?.throwIfAborted()
      const next = await parsing.next()
      if (!next.done) yield next.value
      else {
        box.result = next.value
        return
      }
    }
  }
  await copyInto(client, table, columnsOf(plan), chunks())
  if (box.result === null) throw new Error('the file was not read to its end')
  await registerSlices(client, box.result.slices)
  return box.result
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

function columnsOf({ match }: Plan): string[] {
  return match.layout.declares ? [...factColumns, ...declaredColumns] : factColumns
}
