import type { Notes } from '../notes.ts'

/** What was noted about a row. */
export interface RowNote {
  field: string
  reason: string
  value: string
}

/** Notes that also tell what was noted since the tape was rewound. */
export interface NoteTape extends Notes {
  rewind(): void
  /** Notes of an earlier row that hold for another one. */
  again(notes: readonly RowNote[]): void
  since(): readonly RowNote[]
}

export function noteTape(notes: Notes): NoteTape {
  let tape: RowNote[] = []
  return {
    ...notes,
    add(field, reason, value) {
      tape.push({ field, reason, value })
      notes.add(field, reason, value)
    },
    rewind() {
      tape = []
    },
    again(rows) {
      for (const { field, reason, value } of rows) notes.add(field, reason, value)
    },
    since: () => tape,
  }
}
