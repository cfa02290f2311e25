import { ownText } from './codes.ts'

/** Counts what was kept although it looks odd; one warning for each kind, however many rows. */
export interface Notes {
  add(field: string, reason: string, value: string): void
  warnings(): string[]
}

interface Note {
  rows: number
  values: Set<string>
}

const shownValues = 10
const countedValues = 1000

/** Memory stays bounded: at most 1000 different values of a kind are told apart. */
export function makeNotes(): Notes {
  const notes = new Map<string, Note>()
  return {
    add(field, reason, value) {
      const key = `${field}: ${reason}`
      const note = notes.get(key) ?? { rows: 0, values: new Set() }
      notes.set(key, note)
      note.rows += 1
      if (note.values.size < countedValues) note.values.add(ownText(value))
    },
    warnings: () => [...notes].map(([key, note]) => `${key}: ${listed(note.values)} (${count(note.rows)})`),
  }
}

function listed(values: Set<string>): string {
  const some = [...values].slice(0, shownValues).join(', ')
  if (values.size <= shownValues) return some
  return `${some} and ${values.size - shownValues}${values.size === countedValues ? ' or more' : ''} others`
}

function count(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
