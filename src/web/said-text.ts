import type { Said } from '../http/schema.ts'
import type { MessageCode } from '../ingest/messages.ts'
import type { Text } from './text/zh.ts'

/** What the service said, in the reader's language by its code; otherwise as the service says it. */
export function saidText(sentence: string, said: Said | undefined, text: Text): string {
  const words = said === undefined ? undefined : text.wizard.said[said.code as MessageCode]
  if (said === undefined || words === undefined) return sentence
  return words.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = said.params[name] ?? ''
    if (typeof value !== 'string') return saidText('', value, text)
    if (name === 'state') return stateText(value, text)
    // a list such as `customs-cn, ledger` is one of words
    return value
      .split(', ')
      .map((word) => text.wizard.words[word] ?? word)
      .join(', ')
  })
}

function stateText(state: string, text: Text): string {
  const states: Readonly<Record<string, string>> = text.imports.states
  return states[state] ?? state
}
