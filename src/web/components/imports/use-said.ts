import { useText } from '../../language.tsx'
import { translated } from './messages.ts'

/** Puts sentences of the service into the reader's language. */
export function useSaid(): (text: string) => string {
  const { text } = useText()
  return (sentence) => translated(sentence, text.wizard)
}
