import type { ReactNode } from 'react'

const tones = {
  good: ['valid', 'open', 'answered'],
  caution: ['soon', 'waiting', 'full'],
  bad: ['expired', 'cancelled'],
}
/** The classes the page has for marks of each tone. */
const classes: Record<string, string> = { good: 'loaded', caution: 'partial', bad: 'refused' }

/** A state in a word, in a colour that says no more than the word. */
export function Mark({ state, children }: { state: string; children: ReactNode }) {
  const tone = Object.entries(tones).find(([, states]) => states.includes(state))?.[0] ?? ''
  return <span className={`state nowrap ${classes[tone] ?? ''}`}>{children}</span>
}
