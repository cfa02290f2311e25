import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import ruleSets from '../../../data/origin/rule-sets.json' with { type: 'json' }

/** Product rules of an agreement, and how far they can be relied on. */
export type RuleSet = (typeof ruleSets)[number]

export { ruleSets }

const read = new Map<string, ReadonlyMap<string, string>>()

/** The rule set of an agreement, or null where none is shipped. */
export function ruleSetOf(agreement: string): RuleSet | null {
  return ruleSets.find((set) => set.agreement === agreement) ?? null
}

/** The rules of a set by chapter, heading or subheading, as text; each file is read once. */
export function rulesOf(set: RuleSet): ReadonlyMap<string, string> {
  const rules =
    read.get(set.rules) ?? readRules(new URL(`../../../data/origin/${set.rules}`, import.meta.url))
  read.set(set.rules, rules)
  return rules
}

function readRules(file: URL): ReadonlyMap<string, string> {
  const { data } = Papa.parse<{ code: string; rule: string }>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  })
  return new Map(data.map(({ code, rule }) => [code, rule]))
}
