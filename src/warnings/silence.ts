import type { Warning } from './schema.ts'

/** What a silence is about: `rule`, `topic`, `severity` or the name of a label, each with the one value it must have. */
export type Matchers = Readonly<Record<string, string>>

/** The warnings that all matchers of any silence fit. A silence that names a label leaves warnings without it alone. */
export function silencedIds(
  warnings: readonly Warning[],
  silences: readonly Matchers[],
): ReadonlySet<number> {
  const silenced = warnings.filter((warning) => silences.some((matchers) => fits(warning, matchers)))
  return new Set(silenced.map(({ id }) => id))
}

function fits({ rule, labels }: Warning, matchers: Matchers): boolean {
  const values = new Map(labels.map(({ name, code }) => [name, code]))
  values.set('rule', rule.id).set('topic', rule.topic).set('severity', rule.severity)
  return Object.entries(matchers).every(([name, value]) => values.get(name) === value)
}
