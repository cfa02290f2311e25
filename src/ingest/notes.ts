import { ownText } from './codes.ts'
import { say } from './messages.ts'

/** Counts what was kept although it looks odd; one warning for each kind, however many rows. */
export interface Notes {
  add(field: string, reason: string, value: string): void
  warnings(): string[]
  /** The same, to be shown by column: with the first values of each kind. */
  all(): NoteEntry[]
}

export interface NoteEntry {
  column: string
  reason: string
  rows: number
  values: string[]
  /** How many different ones there are; 1000 stands for that many or more. */
  different: number
}

interface Note {
  column: string
  reason: string
  rows: number
  values: Set<string>
}

const shownValues = 10
const listedValues = 50
const countedValues = 1000

/** Memory stays bounded: at most 1000 different values of a kind are told apart. */
export function makeNotes(): Notes {
  const notes = new Map<string, Note>()
  return {
    add(field, reason, value) {
      const key = `${field}: ${reason}`
      const note = notes.get(key) ?? { column: field, reason, rows: 0, values: new Set() }
      notes.set(key, note)
      note.rows += 1
      if (note.values.size < countedValues) note.values.add(ownText(value))
    },
    all: () =>
      [...notes.values()].map(({ column, reason, rows, values }) => ({
        column,
        reason,
        rows,
        values: [...values].slice(0, listedValues),
        different: values.size,
      })),
    warnings: () => [...notes].map(([key, note]) => `${key}: ${listed(note.values)} (${count(note.rows)})`),
  }
}

function listed(values: Set<string>): string {
  const some = [...values].slice(0, shownValues).join(', ')
  if (values.size <= shownValues) return some
  return `${some} and ${values.size - shownValues}${values.size === countedValues ? ' or more' : ''} others`
}

function count(rows: number): string {
  return rows === 1 ? say('rows-one') : say('rows-many', { count: rows })
}
