import { stat } from 'node:fs/promises'
import { dateIn } from '../clock.ts'
import { loadedLineLists } from '../reference/line-lists-load.ts'
import type { ImportDeps, ImportRequest } from './load.ts'
import { jobOf, type ParseJob } from './load-parse.ts'
import { type ReadingThread, threadBytes } from './load-thread.ts'
import { mappingFor } from './mapping-queries.ts'
import { type Plan, planImport } from './plan.ts'
import { type FileFacts, likelyFacts, readHead, withEncoding } from './read.ts'
import type { Reject } from './record.ts'

export type Named = ImportRequest & { name: string }

/** How a file is to be read, and the day that ends the periods there can be. Throws and refuses as planImport. */
export async function planFor(
  { connection, clock, config }: ImportDeps,
  { name, options, path }: Named,
  facts: FileFacts,
): Promise<{ plan: Plan; today: string } | { refused: Reject }> {
  const today = dateIn(config.timeZone, clock.now())
  const head = await readHead(path, facts)
  const mapping = await mappingFor(connection.pool, options.format)
  const lineLists = await loadedLineLists(connection.pool)
  const plan = planImport({ name, facts, head, options, mapping, lineLists, today })
  return 'refused' in plan ? plan : { plan, today }
}

/** What the reading thread is told of a planned import; rejects go to `rejectsPath`. */
export function readingJob(
  { path, options }: Named,
  { facts, plan, today, rejectsPath }: { facts: FileFacts; plan: Plan; today: string; rejectsPath: string },
): ParseJob {
  const { container, encoding, sizeBytes, nuls } = facts
  const sums = !options.dryRun && plan.match.layout.declares === undefined
  return jobOf(plan, { path, facts: { container, encoding, sizeBytes, nuls }, today, rejectsPath, sums })
}

/**
 * Lets the thread read what the beginning of a file makes likely, while the whole is looked at. Where the beginning tells nothing, or
 * what only the whole may be refused for, it is left to that.
 */
export async function readAhead(
  deps: ImportDeps,
  request: Named,
  { thread, rejectsPath }: { thread: ReadingThread; rejectsPath: string },
): Promise<void> {
  try {
    if ((await stat(request.path)).size < threadBytes) return // it is read at once
    const likely = await likelyFacts(request.path)
    if (likely === null) return
    const facts = withEncoding(likely, request.options.encoding)
    const planned = await planFor(deps, request, facts)
    if ('plan' in planned) thread.expect(readingJob(request, { facts, ...planned, rejectsPath }))
  } catch {
    // whatever it was, looking at the whole file meets it again and says so
  }
}
