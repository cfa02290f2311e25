import { invalid } from '../errors.ts'
import type { Command, Io } from './io.ts'

const benches: Record<string, () => Promise<Pick<Command, 'run'>>> = {
  advice: () => import('./bench-advice.ts'),
  http: () => import('./bench-http.ts'),
  ingest: () => import('./bench-ingest.ts'),
  query: () => import('./bench-query.ts'),
  warnings: () => import('./bench-warnings.ts'),
}

export const usage = `bench advice [--seconds N] [--json]
    origin verdicts and advice a second on one core, and a firm's 60 products with 14 Parties through HTTP
bench http [--rate N] [--seconds N] [--url ADDRESS --token TOKEN] [--json]
    a steady stream of mixed questions to the demo, or to a running service: errors, p50, p95, p99 by route, its peak memory
bench ingest [--rows N] [--json]
    a quoted GB18030 customs file against COPY of the same rows clean and narrow: time, ratio, peak memory
bench query [--rows N] [--runs N] [--json]
    median and p95 of twelve queries of an officer over generated facts, in a database of its own
bench warnings [--series N] [--months N] [--json]
    time and memory of an evaluation of all series end to end, and the measures on a simulated city`

/** `bench WHAT`: each bench is a file of its own. */
export async function run(argv: string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined
  if (!load) throw invalid('bench', name, `one of ${Object.keys(benches).join(', ')}`)
  return (await load()).run(rest, io)
}
