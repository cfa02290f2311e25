import { type ReactNode, useId } from 'react'

/** One thing that may be said about a file, under its label. */
export function OptionField({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="option">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
