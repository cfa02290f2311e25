import { useEffect, useState } from 'react'
import { type Draft, draftIn, emptyDraft } from './draft.ts'

const key = 'tradewind.origin'

/** The bill being worked on; it stays on this computer until another takes its place. */
export function useDraft(today: string): [Draft, (draft: Draft) => void] {
  const [draft, change] = useState(() => draftIn(localStorage.getItem(key) ?? '') ?? emptyDraft(today))
  useEffect(() => localStorage.setItem(key, JSON.stringify(draft)), [draft])
  return [draft, change]
}

/** Puts a bill on the desk: the editor shows it when it is opened. */
export function keepDraft(draft: Draft): void {
  localStorage.setItem(key, JSON.stringify(draft))
}
