/** Sentences of the service and what stands for them: `{0}`, `{1}` are names and figures. */
export interface Catalogue {
  messages: readonly (readonly [string, string])[]
  words: Readonly<Record<string, string>>
}

/** A sentence of the service in the reader's language; one that nobody translated stays as it is. */
export function translated(text: string, catalogue: Catalogue): string {
  const word = catalogue.words[text]
  if (word !== undefined) return word
  for (const [sentence, translation] of catalogue.messages) {
    const found = patternOf(sentence).exec(text)
    if (found === null) continue
    const parts = found.slice(1).map((part) => translated(part, catalogue))
    return translation.replaceAll(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '')
  }
  return text
}

const patterns = new Map<string, RegExp>()

function patternOf(sentence: string): RegExp {
  const known = patterns.get(sentence)
  if (known) return known
  const source = sentence.split(/\{\d\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${source.join('(.+?)')}$`, 's')
  patterns.set(sentence, pattern)
  return pattern
}
