import type { Said } from '../../../http/schema.ts'
import { useText } from '../../language.tsx'
import { saidText } from '../../said-text.ts'

/** Puts what the service said, or a word of it, into the reader's language. */
export function useSaid(): (sentence: string, said?: Said) => string {
  const { text } = useText()
  return (sentence, said) =>
    said === undefined ? (text.wizard.words[sentence] ?? sentence) : saidText(sentence, said, text)
}
