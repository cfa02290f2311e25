import { stat } from 'node:fs/promises'
import { dateIn } from '../clock.ts'
import { loadedLineLists } from '../reference/line-lists-load.ts'
import { jobOf, type ParseJob } from './load-parse.ts'
import type { ImportDeps, ImportRequest } from './load-table.ts'
import { threadBytes } from './load-thread.ts'
import { mappingFor } from './mapping-queries.ts'
import { type Plan, planImport } from './plan.ts'
import { storesSize } from './queries.ts'
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
 * What the beginning of a file makes likely of the whole; null where it tells nothing, or what only the whole may be refused
 * for, where the file is small, and where one of its size is stored: it may be that one.
 */
export async function likelyPlan(
  deps: ImportDeps,
  request: Named,
): Promise<{ facts: FileFacts; plan: Plan; today: string } | null> {
  try {
    const { size } = await stat(request.path)
    if (size < threadBytes || (await storesSize(deps.connection.pool, size))) return null
    const likely = await likelyFacts(request.path)
    if (likely === null) return null
    const facts = withEncoding(likely, request.options.encoding)
    const found = await planFor(deps, request, facts)
    return 'plan' in found ? { facts, ...found } : null
  } catch {
    return null // whatever it was, looking at the whole file meets it again and says so
  }
}
