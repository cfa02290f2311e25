import { parseArgs } from 'node:util'
import { invalid } from '../errors.ts'
import type { Alternative, Rule } from '../rcep/rules/parse.ts'
import { parseRule, ruleToText } from '../rcep/rules/parse.ts'
import type { Io } from './io.ts'

export const usage = `rule parse "TEXT" [--json]
    reads one origin rule, English or Chinese, e.g. "CTH except from heading 72.08 or RVC40"`

/** `rule parse "TEXT"`: a text the grammar cannot read is an answer (manual, with the reason), not an error. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [action = '', ...words] = positionals
  if (action !== 'parse') throw invalid('action', action, 'parse')
  const text = words.join(' ')
  if (text.trim() === '') throw invalid('text', text, 'an origin rule, e.g. "CTH or RVC40"')
  const rule = parseRule(text)
  io.stdout(`${values.json ? JSON.stringify(rule) : rendering(rule)}\n`)
  return 0
}

function rendering(rule: Rule): string {
  switch (rule.kind) {
    case 'manual':
      return `manual: ${rule.reason}`
    case 'rule':
      return choice(rule.alternatives, '')
    case 'conditional':
      return [
        'depends on the product:',
        ...rule.cases.map(({ condition, alternatives }) => `${condition}\n${choice(alternatives, '  ')}`),
      ].join('\n')
  }
}

/** One alternative a line, in the canonical notation of both languages. */
function choice(alternatives: Alternative[], indent: string): string {
  const heading = alternatives.length === 1 ? 'must meet:' : 'must meet one of:'
  const lines = alternatives.map((alternative) => {
    return `  ${ruleToText([alternative], 'en')}  (${ruleToText([alternative], 'zh')})`
  })
  return [heading, ...lines].map((line) => indent + line).join('\n')
}
