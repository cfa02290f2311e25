import type { ReactNode } from 'react'
import { useText } from '../language.tsx'
import { ScrollBox } from './ScrollBox.tsx'

/** A plain table that scrolls sideways where the page is narrow. */
export function ScrollingTable({ label, children }: { label: string; children: ReactNode }) {
  const { text } = useText()
  return (
    <ScrollBox label={text.tableOf(label)}>
      <table className="plain-table">{children}</table>
    </ScrollBox>
  )
}
