/** A part of a sentence: words, or a figure with the query that answers it. */
export type Piece = string | { figure: string; url: string }
export type Pieces = readonly Piece[]

/** Puts figures into a sentence: say`Exports came to ${total}.` */
export function say(words: TemplateStringsArray, ...values: readonly (Piece | Pieces)[]): Piece[] {
  return words
    .flatMap((word, index): Piece[] => {
      const value = values[index] ?? ''
      return [word, ...(isPieces(value) ? value : [value])]
    })
    .filter((piece) => piece !== '')
}

/** Puts sentences or clauses one after the other, with a text between them. */
export function joined(parts: readonly Pieces[], between: string): Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [between, ...part]))
}

/** The sentence as plain text. */
export function plain(pieces: Pieces): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.figure)).join('')
}

function isPieces(value: Piece | Pieces): value is Pieces {
  return Array.isArray(value)
}
